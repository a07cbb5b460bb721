"""Kaplan-Meier curves and a Cox model of two weighted groups, with errors that are robust to the weights.

Curves: the infinitesimal jackknife, as R's survfit(weights =, robust = TRUE); ratio and test: Breslow's ties and the sandwich,
as coxph(weights =, robust = TRUE, ties = "breslow"). The weights are taken for known, which makes the errors a little too
large. Cole and Hernan, Comput Methods Programs Biomed 2004;75:45.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.cox.cox_result import ChiSquare, CoxTerm, chi_square, wald_term
from cdanalysis.statistics.time_axis import Observed

MOST_STEPS, CLOSE, RUNAWAY = 50, 1e-12, 12.0


@dataclass(frozen=True, eq=False)
class WeightedCurve:
    """One group at its distinct event times (J,): survival with robust limits on the log-log scale, weighted number at risk."""

    time: np.ndarray
    survival: np.ndarray
    standard_error: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    at_risk: np.ndarray


def weighted_curve(data: Observed, weights: np.ndarray, conf_level: float = 0.95) -> WeightedCurve:
    """The curve of one group; weights (n,)."""
    times = np.unique(data.time[data.event])
    inside = data.time[:, None] >= times
    died = (data.time[:, None] == times) & data.event[:, None]
    at_risk, deaths = weights @ inside, weights @ died
    left = at_risk - deaths
    survival = np.cumprod(1 - deaths / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        pull = np.cumsum((died * at_risk - inside * deaths) / (at_risk * left), axis=1)
        error = np.sqrt(((weights[:, None] * pull) ** 2).sum(axis=0))  # of log S
        spread = z_value(conf_level) * error / np.log(survival)
        limits = [np.where(survival > 0, survival ** np.exp(sign * spread), 0.0) for sign in (-1, 1)]
    lower, upper = (np.where(np.isfinite(one), one, survival) for one in (limits[0], limits[1]))
    own = np.where(survival > 0, survival * error, 0.0)
    return WeightedCurve(times, survival, own, np.minimum(lower, upper), np.maximum(lower, upper), at_risk)


def weighted_cox(
    data: Observed, marked: np.ndarray, weights: np.ndarray, name: str, conf_level: float = 0.95
) -> tuple[CoxTerm, ChiSquare] | NotEstimable:
    """The hazard ratio of the marked (n,) and the robust score test, which is the weighted log-rank test."""
    if len(np.unique(marked[data.event])) < 2:
        return NotEstimable(f"a group of {name} has no event" if data.event.any() else "no event was observed")
    residuals, information = _score(data, marked, weights, 0.0)
    test = chi_square(float(residuals.sum() ** 2 / (residuals**2).sum()), 1)
    coef = 0.0
    for _ in range(MOST_STEPS):
        residuals, information = _score(data, marked, weights, coef)
        step = float(residuals.sum()) / information
        coef += step
        if abs(step) < CLOSE:
            break
        if abs(coef) > RUNAWAY:
            return NotEstimable(f"{name} separates the patients with an event from the others")
    residuals, information = _score(data, marked, weights, coef)
    error = sqrt(float((residuals**2).sum())) / information
    return wald_term(name, coef, error, z_value(conf_level)), test


def _score(data: Observed, marked: np.ndarray, weights: np.ndarray, coef: float) -> tuple[np.ndarray, float]:
    """Each patient's weighted score residual (n,) and the information at a coefficient."""
    times = np.unique(data.time[data.event])
    inside = data.time[:, None] >= times
    died = (data.time[:, None] == times) & data.event[:, None]
    risk = weights * np.exp(coef * marked)
    total, deaths = risk @ inside, weights @ died
    mean = (risk * marked) @ inside / total
    own = (died * (marked[:, None] - mean)).sum(axis=1)
    expected = np.exp(coef * marked) * (inside * (deaths / total) * (marked[:, None] - mean)).sum(axis=1)
    return weights * (own - expected), float((deaths * mean * (1 - mean)).sum())
