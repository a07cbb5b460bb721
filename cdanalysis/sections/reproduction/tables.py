"""Printed results beside the computed ones, as a table."""

import pandas as pd

from cdanalysis.sections.reproduction.analysis import ReproducedRow, Reproduction
from cdanalysis.writing.numbers import NOTHING

MATCHES = {True: "✓ equal", False: "differs", None: "cannot be reached"}
ABSENT = "not in this cohort"


def _compared(row: ReproducedRow, found: Reproduction) -> str:
    if row.matches is None and not found.of_study:
        return "not computed"
    return ABSENT if row.computed == NOTHING else MATCHES[row.matches]


def reproduction_table(found: Reproduction, only_other: bool = False) -> pd.DataFrame:
    """A line a printed result: printed, computed, whether they agree, and why not."""
    lines = [
        (row.section, row.quantity, row.printed, row.computed, row.unit, _compared(row, found), row.how)
        for row in found.rows
        if not (only_other and row.matches)
    ]
    columns = ["Section", "Result", "Printed", "Computed", "Unit", "Comparison", "Computed as"]
    return pd.DataFrame(lines, columns=columns)
