"""Flat tables: one row a patient with visits as columns or with the outcome itself, or one row a visit.

Both become the sheets of a workbook, so that everything after reading knows one layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS, FLAT_OUTCOMES, TIME_COLUMNS
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.results import Fault

VISIT_COLUMNS = tuple(spec.name for spec in COLUMNS["visits"])
MEASURES = tuple(name for name in VISIT_COLUMNS if name not in ("patient_id", *TIME_COLUMNS["visits"]))


def is_flat(known: Mapping[str, RawSheet], raw: Sequence[RawSheet]) -> RawSheet | None:
    """The table to be read as flat, if the file is one: a single sheet, whatever its name, or none that is known."""
    filled = [table for table in raw if table.rows]
    if len(filled) == 1 and set(known) <= {"patients"}:
        return filled[0]
    if "patients" in known:
        return None
    return next((table for table in filled if _has_patients(table)), None)


def _has_patients(table: RawSheet) -> bool:
    return any(row.column == "patient_id" for row in match_headers("patients", table.headers, flat=True))


def flat_sheets(table: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The patients and visits sheets of a flat table."""
    if "patient_id" not in table.columns:
        return {"patients": table}, []
    times = [name for name in TIME_COLUMNS["visits"] if name in table.columns]
    if times and table["patient_id"].duplicated().any():
        return _from_visits(table)
    wide = [column for column in table.columns if isinstance(column, tuple)]
    patients = table.drop(columns=[*wide, *times])
    return ({"patients": patients, "visits": _from_wide(table, wide)} if wide else {"patients": patients}), []


def _from_wide(table: pd.DataFrame, wide: Sequence[tuple[str, float]]) -> pd.DataFrame:
    """`cdai_week_8` and its kin as one row a patient and week."""
    parts = []
    for week in sorted({week for _, week in wide}):
        measured = {name: table[(name, week)] for name, at in wide if at == week}
        parts.append(pd.DataFrame({"row": table["row"], "patient_id": table["patient_id"], "week": week, **measured}))
    visits = pd.concat(parts, ignore_index=True)
    return visits.dropna(subset=[name for name in MEASURES if name in visits], how="all")


def _from_visits(table: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Several rows a patient: the visits as they stand, the patients from the first value each column has."""
    visits = table[[column for column in table.columns if column in ("row", *VISIT_COLUMNS)]]
    own = [column for column in table.columns if column not in (*MEASURES, *TIME_COLUMNS["visits"])]
    patients = table[own].groupby("patient_id", sort=False, as_index=False).first()
    outcomes = {spec.name for spec in FLAT_OUTCOMES}
    changing = [
        column for column in own
        if column not in ("row", "patient_id") and (table.groupby("patient_id")[column].nunique() > 1).any()
    ]  # fmt: skip
    return {"patients": patients, "visits": visits}, [
        Fault("table", None, str(column), "different values in the rows of one patient",
              "one outcome a patient" if column in outcomes else "the first is used", "warning")
        for column in changing
    ]  # fmt: skip
