"""Candidate models in words: every hazard ratio of a forest plot, for who cannot see it; plain."""

from __future__ import annotations

from collections.abc import Sequence

from cdanalysis.results import PredictorRow
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import count, hazard_ratio_with_p


def forest_alt(rows: Sequence[PredictorRow]) -> str:
    """The alternative text of the forest plot: every hazard ratio it shows; plain."""
    if not rows:
        return "Forest plot without a predictor."
    return f"Forest plot of {count(len(rows), 'hazard ratio')}. " + " ".join(_row_alt(row) for row in rows)


def _row_alt(row: PredictorRow) -> str:
    alone = hazard_ratio_with_p(row.univariable, row.univariable_p)
    together = ""
    if row.multivariable is not None:
        together = f"; in the model {hazard_ratio_with_p(row.multivariable, row.multivariable_p)}"
    return one_line(f"{row.label}: alone {alone}{together}.")
