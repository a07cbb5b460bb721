"""Flat tables: one row per patient with visits as columns or with the outcome itself, or one row per visit.

Both become the sheets of a workbook, so that everything after reading knows one layout.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS, TIME_COLUMNS
from cdanalysis.dictionary.outcomes import ENTRY, column_of, outcomes_among, parted_column
from cdanalysis.reading.cells.tables import RESERVED
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.one_row_each import ENDS, MEASURES, changing, put_together, without_times
from cdanalysis.reading.rows.several_rows import one_row
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

VISIT_COLUMNS = tuple(spec.name for spec in COLUMNS["visits"])
Frames = dict[str, pd.DataFrame]


def flat_sheets(frames: Mapping[str, pd.DataFrame], asking: Asking) -> tuple[Frames, list[Fault]]:
    """The frames, the patients with one row each, and the visits that stood among their rows or columns."""
    table = frames["patients"]
    if "patient_id" not in table.columns:
        return dict(frames), []
    again = table["patient_id"].duplicated()[table["patient_id"].notna()].any()
    table = _at_entries(table) if again else table
    times = [name for name in TIME_COLUMNS["visits"] if name in table.columns]
    made: list[pd.DataFrame] = []
    if again and times:
        table, said = _with_start(table)
        made.append(_visits(table, have_own_sheet="visits" in frames))
        table, faults = put_together(table, times)
        faults = [*said, *faults]
    elif again:
        table, faults = without_times(table)
        table, more = one_row(table, asking)
        faults += more
    else:
        table, faults = _without(table, times)
    wide = [column for column in table.columns if isinstance(column, tuple)]
    if wide:
        made.append(_from_wide(table, wide))
        table = _with_baseline(table, wide).drop(columns=wide)
    visits = [frames["visits"], *made] if "visits" in frames else made
    whole = {**frames, "patients": table}
    return (whole | {"visits": pd.concat(visits, ignore_index=True)} if visits else whole), faults


def _at_entries(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of intervals as visits at the beginning of each, where no other column says when they were."""
    if any(name in table for name in TIME_COLUMNS["visits"]):
        return table
    entry = next((column_of(code, ENTRY) for code in outcomes_among(table) if column_of(code, ENTRY) in table), None)
    return table if entry is None else table.assign(months=table[entry])


def _with_start(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Rows by date of which none says the start: it is each patient's first date, said."""
    if "visit_date" not in table or "start_date" in table or table["visit_date"].isna().all():
        return table, []
    first = table["visit_date"].groupby(table["patient_id"]).transform("min")
    said = warned(
        "patients", "no start: time is counted from each patient's first visit", "a start_date", column="visit_date"
    )
    return table.assign(start_date=first), [said]


def _visits(table: pd.DataFrame, *, have_own_sheet: bool) -> pd.DataFrame:
    """The rows at which anything was measured, or all where no sheet measures anything; have_own_sheet: there is one of visits."""
    own = changing(table, [name for name in table.columns if _is_own_number(table, name)])
    visits = table[[column for column in table.columns if column in ("row", *VISIT_COLUMNS, *own)]]
    measured = [name for name in (*MEASURES, *own) if name in visits]
    timeless = visits[[name for name in TIME_COLUMNS["visits"] if name in visits]].isna().all(axis="columns")
    empty = visits[measured].isna().all(axis="columns")
    return visits[~(timeless | empty if have_own_sheet else timeless & empty)]


def _is_own_number(table: pd.DataFrame, name: object) -> bool:
    """Whether a column is one of numbers that neither the dictionary nor an outcome has."""
    is_known = not isinstance(name, str) or name in (*RESERVED, *ENDS) or bool(parted_column(name)[0])
    return not is_known and table[name].dtype == float


def _without(table: pd.DataFrame, times: Sequence[str]) -> tuple[pd.DataFrame, list[Fault]]:
    """One row per patient has no visit whose time a column could be: such a column is left out, and said."""
    held = [name for name in times if table[name].notna().any()]
    return table.drop(columns=list(times)), [
        warned(
            "patients",
            "a time of visits, with one row per patient: left out",
            "the column that it is, chosen under How each column was understood",
            column=name,
        )
        for name in held
    ]


def _from_wide(table: pd.DataFrame, wide: Sequence[tuple[str, float]]) -> pd.DataFrame:
    """`cdai_week_8` and its kin as one row per patient and week."""
    parts = []
    for week in sorted({week for _, week in wide}):
        measured = {name: table[(name, week)] for name, at in wide if at == week}
        parts.append(pd.DataFrame({"row": table["row"], "patient_id": table["patient_id"], "week": week, **measured}))
    visits = pd.concat(parts, ignore_index=True)
    return visits.dropna(subset=list(dict.fromkeys(name for name, _ in wide)), how="all")


def _with_baseline(table: pd.DataFrame, wide: Sequence[tuple[str, float]]) -> pd.DataFrame:
    """The patients with what was measured at week 0, where no column of theirs says it."""
    at_start = {name: table[(name, week)] for name, week in wide if week == 0 and name not in table.columns}
    return table.assign(**at_start)
