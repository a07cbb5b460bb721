"""The model as a prediction in tables: sample size, scores by month, calibration, points."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.writing.numbers import NOTHING, confidence, not_estimable, percentage, percentage_with_interval

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.prognostic_model.analysis import PrognosticModel

CRITERIA = ("Shrinkage of at least 0.9", "Optimism of R² at most 0.05", "Risk known to within 5 points")


def size_table(found: PrognosticModel) -> pd.DataFrame:
    """A line a criterion: patients needed, and whether there are as many."""
    lines = [
        (name, NOTHING if isinf(needed) else f"{needed:,.0f}", found.n, "yes" if found.n >= needed else "no")
        for name, needed in zip(CRITERIA, found.size.patients, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Criterion", "Patients needed", "Patients", "Met"])


def score_table(found: PrognosticModel) -> pd.DataFrame:
    """A line a chosen month: AUC, Brier score, that of everybody's risk, and the share explained."""
    lines = []
    for one in found.scores:
        if isinstance(one, NotEstimable):
            lines.append((NOTHING, not_estimable(one), NOTHING, NOTHING, NOTHING))
        else:
            auc = not_estimable(one.auc) if isinstance(one.auc, NotEstimable) else f"{one.auc:.3f}"
            lines.append((f"{one.time:g}", auc, f"{one.brier:.3f}", f"{one.brier_null:.3f}", percentage(one.explained)))
    return pd.DataFrame(lines, columns=["Months", "AUC", "Brier score", "Without the model", "Explained"])


def calibration_table(found: PrognosticModel, conf_level: float) -> pd.DataFrame:
    """A line a group of predicted risk."""
    lines = [
        (place, one.n, percentage(one.predicted), percentage_with_interval(one.observed))
        for place, one in enumerate(found.calibration, 1)
    ]
    return pd.DataFrame(
        lines, columns=["Group by predicted risk", "Patients", "Predicted", f"Observed ({confidence(conf_level)})"]
    )


def points_table(found: PrognosticModel) -> pd.DataFrame:
    """A line a term: coefficient and points, 100 for the widest span of one term."""
    lines = [(term.label, f"{term.coef:.4f}", f"{term.points:.1f}") for term in found.terms]
    return pd.DataFrame(lines, columns=["Term", "Coefficient", "Points per unit"])
