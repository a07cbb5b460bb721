"""What a file held and how it was understood, as tables: contents, matching, faults, exclusions."""

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
