"""Events that a hazard ratio needs, and the hazard ratio that events can find: Schoenfeld's formula.

D = (z(1 - alpha/2) + z(power))^2 / (variance * log(HR)^2 * (1 - R^2)), the variance of the covariate: p(1 - p) where a share p has
it. R^2: of the covariate explained by the others of a model. Schoenfeld, Biometrics 1983;39:499; Hsieh and Lavori, Control Clin
Trials 2000;21:552. It holds for small log ratios and equal follow-up; beyond a ratio of 4 it is a rough guide.
"""

from math import exp, inf, log, sqrt
from statistics import NormalDist

import numpy as np

NORMAL = NormalDist()


def detectable_ratio(
    n_events: float, variance: float, *, power: float = 0.8, alpha: float = 0.05, explained: float = 0.0
) -> float:
    """The least hazard ratio above 1 found with that power; inf where nothing is: no event, or everybody alike."""
    informed = n_events * variance * (1 - explained)
    return exp(min(_reach(power, alpha) / sqrt(informed), log(1e300))) if informed > 0 else inf


def events_needed(
    ratio: float, variance: float, *, power: float = 0.8, alpha: float = 0.05, explained: float = 0.0
) -> float:
    """Events for a hazard ratio to be found with that power; inf for a ratio of 1 or where everybody is alike."""
    informed = variance * log(ratio) ** 2 * (1 - explained) if 0 < ratio < inf else 0.0
    return _reach(power, alpha) ** 2 / informed if informed > 0 else inf


def power_of(ratio: float, n_events: float, variance: float, *, alpha: float = 0.05, explained: float = 0.0) -> float:
    """The chance to find a hazard ratio with that many events, two-sided."""
    shift, limit = abs(log(ratio)) * sqrt(n_events * variance * (1 - explained)), NORMAL.inv_cdf(1 - alpha / 2)
    return NORMAL.cdf(shift - limit) + NORMAL.cdf(-shift - limit)


def explained_by_others(columns: np.ndarray) -> np.ndarray:
    """R^2 (p,) of each column (n, p) in the linear regression on the others; 0 for a single one, 1 where it follows from them."""
    n, p = columns.shape
    found = np.zeros(p)
    for j in range(p):
        own, others = columns[:, j], np.column_stack([np.ones(n), np.delete(columns, j, axis=1)])
        total = float(((own - own.mean()) ** 2).sum())
        left = own - others @ np.linalg.lstsq(others, own, rcond=None)[0]
        found[j] = 1 - float(left @ left) / total if total > 0 else 1.0
    return np.clip(found, 0.0, 1.0)


def _reach(power: float, alpha: float) -> float:
    return NORMAL.inv_cdf(1 - alpha / 2) + NORMAL.inv_cdf(power)
