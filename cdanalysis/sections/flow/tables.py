"""What a file held and how it was understood, as tables: contents, matching, exclusions, faults each and grouped."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.results import Fault
from cdanalysis.sections.flow.analysis import Flow
from cdanalysis.writing.numbers import NOTHING

SHEETS = ("patients", "visits", "events", "endoscopy", "adverse_events", "screening")
FAULT_COLUMNS = ("Sheet", "Row", "Column", "Found", "Accepted", "What was done")
DONE = {"error": "left out", "warning": "used, with this warning"}
MATCHING_COLUMNS = {"sheet": "Sheet", "header": "Header in the file", "column": "Understood as", "how": "How",
                    "note": "Note"}  # fmt: skip
GROUP_COLUMNS = ("Sheet", "Column", "Times", "Rows", "Found", "Accepted", "What was done")
MOST_NAMED = 3


def cohort_contents(cohort: Cohort) -> pd.DataFrame:
    """One line per sheet: its rows, its patients, and the columns that hold something."""
    lines = [_sheet_line(name, getattr(cohort, name)) for name in SHEETS]
    return pd.DataFrame([line for line in lines if line[1]], columns=["Sheet", "Rows", "Patients", "Columns filled"])


def faults_table(faults: Sequence[Fault]) -> pd.DataFrame:
    """A line a fault; `Row` is the spreadsheet's own number, empty where a whole column or sheet is meant."""
    lines = [
        (fault.sheet, fault.row, fault.column, fault.found, fault.accepted, DONE.get(fault.severity, fault.severity))
        for fault in faults
    ]
    return pd.DataFrame(lines, columns=list(FAULT_COLUMNS)).astype({"Row": "Int64"})


def matching_table(matching: Iterable[Any]) -> pd.DataFrame:
    """A line a header of the file: how its column was understood."""
    rows = getattr(matching, "rows", matching)
    lines = [[str(getattr(row, name, "") or "") for name in MATCHING_COLUMNS] for row in rows]
    return pd.DataFrame(lines, columns=list(MATCHING_COLUMNS.values()), dtype=object)


def _sheet_line(name: str, frame: pd.DataFrame) -> tuple[str, int, str, int]:
    n_patients = str(frame["patient_id"].nunique()) if "patient_id" in frame else "–"
    return name.replace("_", " "), len(frame), n_patients, int(frame.notna().any().sum())


def steps_table(found: Flow) -> pd.DataFrame:
    """The patients of each step and who left on the way to it."""
    lines = [
        (step.label, f"{step.n:,}", "; ".join(f"{one.reason} (n = {one.n:,})" for one in step.left if one.n) or NOTHING)
        for step in found.steps
    ]
    return pd.DataFrame(lines, columns=["Step", "Patients", "Left out on the way to it"])


def grouped(faults: Sequence[Fault]) -> pd.DataFrame:
    """A line for all faults of a column that accept the same and were dealt with alike, in the order in which they arose."""
    groups: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.sheet, fault.column, fault.accepted, fault.severity), []).append(fault)
    lines = []
    for (sheet, column, accepted, severity), equal in groups.items():
        rows, found = _first(one.row for one in equal), _first(one.found for one in equal)
        lines.append((sheet, column, len(equal), rows, found, accepted, DONE.get(severity, severity)))
    return pd.DataFrame(lines, columns=list(GROUP_COLUMNS))


def _first(values: Iterable[object]) -> str:
    """The first different values, and how many others there are; empty where there is none."""
    different = list(dict.fromkeys(value for value in values if value is not None))
    more = len(different) - MOST_NAMED
    return ", ".join(map(str, different[:MOST_NAMED])) + (f" and {more:,} more" if more > 0 else "")
