"""What it would take to overturn a hazard ratio: censored patients who in fact relapsed, or a confounder nobody measured.

Tipping point: the censored of a group become events at their censoring, the earliest first, until P crosses the level.
E-value: VanderWeele and Ding, Ann Intern Med 2017;167:268; for a common outcome the hazard ratio is first brought to the
scale of a risk ratio by their square-root approximation.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.statistics.time_axis import Observed

MOST_CHANGED = 300


@dataclass(frozen=True)
class TippingPoint:
    """p_values[k], ratios[k]: with the k earliest censored changed, k = 0 as observed; NaN where there is no estimate.

    needed: the first k with P on the other side of `level`; None if none does. n_censored: how many could be changed.
    extreme: ratio and P with every one of them changed; None where nobody was censored.
    """

    n_censored: int
    needed: int | None
    p_values: tuple[float, ...]
    ratios: tuple[float, ...]
    extreme: tuple[float, float] | None
    level: float

    @property
    def was_significant(self) -> bool:
        """Whether P is below the level as observed."""
        return self.p_values[0] < self.level


@dataclass(frozen=True)
class EValue:
    """The risk ratio that a confounder must have with both exposure and outcome to explain the estimate, and its limit, away."""

    estimate: float
    limit: float


def tipping_point(
    data: Observed, x: np.ndarray, place: int, inside: np.ndarray, *, ties: str = "efron", level: float = 0.05,
    all_of_them: bool = False,
) -> TippingPoint | NotEstimable:  # fmt: skip
    """Change the censored of a group (inside (n,) bool) one by one; P is Wald's of column `place` of x (n, p).

    all_of_them: go on after P has crossed the level.
    """
    event = data.event.copy()
    censored = np.flatnonzero(inside & ~event)
    found = [_wald(data, event, x, place, ties)]
    first, needed = found[0][1], None
    if np.isnan(first):
        return NotEstimable("it has no estimate as observed")
    extreme = _wald(data, event | inside, x, place, ties) if len(censored) else None
    for k, i in enumerate(censored[np.argsort(data.time[censored], kind="stable")][:MOST_CHANGED], 1):
        event[i] = True
        found.append(_wald(data, event, x, place, ties))
        p = found[-1][1]
        crossed = (p < level) != (first < level) and not np.isnan(p)
        needed = k if crossed and needed is None else needed
        if needed and not all_of_them:
            break
    ratios, p_values = zip(*found, strict=True)
    return TippingPoint(len(censored), needed, p_values, ratios, extreme, level)


def e_value(ratio: Estimate, *, common_outcome: bool) -> EValue:
    """E-value of a hazard ratio and of its limit nearer to 1; 1 where the interval holds 1."""
    above = ratio.value >= 1
    nearer = ratio.lower if above else ratio.upper
    inside = not (nearer > 1 if above else nearer < 1)
    return EValue(_e_value(ratio.value, common_outcome), 1.0 if inside else _e_value(nearer, common_outcome))


def _e_value(hazard_ratio: float, common_outcome: bool) -> float:
    away = max(hazard_ratio, 1 / hazard_ratio)
    risk_ratio = (1 - 0.5 ** sqrt(away)) / (1 - 0.5 ** sqrt(1 / away)) if common_outcome else away
    return risk_ratio + sqrt(risk_ratio * (risk_ratio - 1))


def _wald(data: Observed, event: np.ndarray, x: np.ndarray, place: int, ties: str) -> tuple[float, float]:
    """Hazard ratio and P of column `place`, NaN where it has no estimate."""
    fitted = cox_batch(data.time, event, x[None], ties=ties, entry=data.entry)
    return float(exp_within(fitted.coef[0, place])), float(fitted.p_value[0, place])
