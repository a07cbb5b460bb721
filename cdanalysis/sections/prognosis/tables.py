"""The model as a prediction in tables: sample size, scores by month, calibration, terms."""

from collections.abc import Sequence
from math import isinf

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.prognosis.analysis import PrognosticModel
from cdanalysis.statistics.prediction.optimism import Optimism
from cdanalysis.statistics.prediction.scores import Calibrated
from cdanalysis.writing.numbers import NOTHING, confidence, not_estimable, percentage, percentage_with_interval

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
    for month, one in zip(found.months, found.scores, strict=True):
        if isinstance(one, NotEstimable):
            lines.append((f"{month:g}", not_estimable(one), NOTHING, NOTHING, NOTHING))
        else:
            auc = not_estimable(one.auc) if isinstance(one.auc, NotEstimable) else f"{one.auc:.3f}"
            lines.append((f"{month:g}", auc, f"{one.brier:.3f}", f"{one.brier_null:.3f}", percentage(one.explained)))
    return pd.DataFrame(lines, columns=["Months", "AUC", "Brier score", "Without the model", "Explained"])


def calibration_table(groups: Sequence[Calibrated], conf_level: float) -> pd.DataFrame:
    """One line per group of predicted risk."""
    lines = [
        (place, one.n, percentage(one.predicted), percentage_with_interval(one.observed))
        for place, one in enumerate(groups, 1)
    ]
    return pd.DataFrame(
        lines, columns=["Group by predicted risk", "Patients", "Predicted", f"Observed ({confidence(conf_level)})"]
    )


def terms_table(found: PrognosticModel) -> pd.DataFrame:
    """One line per column: coefficient and error, the ridge's beside it, the knots on the first column of a spline."""
    shrunk = (
        [NOTHING] * found.n_terms
        if isinstance(found.shrunk, NotEstimable)
        else [f"{value:.4f}" for value in found.shrunk.coef.tolist()]
    )
    knots = [
        ", ".join(f"{knot:.4g}" for knot in one.knots) if one.knots and not place else ""
        for one in found.model.terms
        for place in range(len(one.coef))
    ]
    lines = [
        (name, told, f"{term.coef:.4f} ({term.standard_error:.4f})", own)
        for name, told, term, own in zip(found.names, knots, found.fit.terms, shrunk, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Term", "Knots", "Coefficient (SE)", "Coefficient by ridge"])


def terms_numbers(found: PrognosticModel) -> pd.DataFrame:
    """The same as numbers, unrounded, with the knots of every spline and what makes a risk of them."""
    nothing = float("nan")
    shrunk = [nothing] * found.n_terms if isinstance(found.shrunk, NotEstimable) else found.shrunk.coef.tolist()
    knots = [" ".join(map(repr, one.knots)) for one in found.model.terms for _ in one.coef]
    lines: list[tuple[object, ...]] = [
        (name, told, term.coef, term.standard_error, own)
        for name, told, term, own in zip(found.names, knots, found.fit.terms, shrunk, strict=True)
    ]
    lines += [
        ("(centre)", "", found.model.centre, nothing, nothing),
        (f"(survival at the centre by {found.month:g} months)", "", found.model.baseline, nothing, nothing),
    ]
    return pd.DataFrame(lines, columns=["term", "knots", "coefficient", "standard_error", "ridge"])


def optimism_table(found: Optimism) -> pd.DataFrame:
    """C in these patients, its optimism over the resamples, C and slope as they are to be expected in others."""
    lines = [
        ("C in these patients", f"{found.apparent:.3f}"),
        ("Optimism of C", f"{found.optimism:.3f}"),
        ("C in other patients", f"{found.corrected:.3f}"),
        ("Calibration slope in other patients", f"{found.slope:.3f}"),
    ]
    return pd.DataFrame(lines, columns=["Measure", "Model"])
