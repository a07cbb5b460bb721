"""Printed results beside the computed ones, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.writing.numbers import NOTHING

if TYPE_CHECKING:
    from cdanalysis.sections.reproduction.reproduction import ReproducedRow, Reproduction

MATCHES = {True: "✓ equal", False: "differs", None: "cannot be reached"}
ABSENT, NOT_COMPUTED = "not in this cohort", "not computed"


def reproduction_table(found: Reproduction, only_other: bool = False) -> pd.DataFrame:
    """A line a printed result: printed, computed, whether they agree, and why not."""
    lines = [
        (row.section, row.quantity, row.printed, row.computed, row.unit, _comparison(row, found.of_study), row.how)
        for row in found.rows if not (only_other and row.matches)
    ]  # fmt: skip
    columns = ["Section", "Result", "Printed", "Computed", "Unit", "Comparison", "Computed as"]
    return pd.DataFrame(lines, columns=columns)


def _comparison(row: ReproducedRow, of_study: bool) -> str:
    if row.computed == NOTHING:
        return ABSENT if of_study else NOT_COMPUTED
    return MATCHES[row.matches]
