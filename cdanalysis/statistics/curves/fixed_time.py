"""Survival of groups compared at a chosen time: the difference with its interval, and the test of log(-log S).

The test compares log(-log S) by Greenwood's variance (Klein et al., Stat Med 2007;26:4505: of the transformations the one
that keeps its level in small groups). The interval of the difference is put together from each group's own interval
(MOVER; Zou and Donner, Stat Med 2008;27:1693), so it stays between -1 and 1 and is not symmetric.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from scipy.special import chdtrc

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve
from cdanalysis.statistics.time_axis import merged

LEVEL = 1e-9


@dataclass(frozen=True)
class SurvivalDifference:
    """At `time`: survival of the second group less that of the first; statistic has 1 degree of freedom."""

    time: float
    first: object
    second: object
    difference: Estimate | NotEstimable
    statistic: float
    p_value: float | NotEstimable


@dataclass(frozen=True)
class FixedTime:
    """One time: the test of all groups at once, and every other group against the first."""

    time: float
    statistic: float
    df: int
    p_value: float | NotEstimable
    differences: tuple[SurvivalDifference, ...]


def at_fixed_time(curves: Sequence[KaplanMeierCurve], time: float) -> FixedTime:
    """The groups' curves (two or more, log-log intervals) at a time; what cannot be compared has its reason for a P."""
    (own,) = merged(np.concatenate([curve.time for curve in curves]), [time]).tolist()
    points = [_point(curve, own) for curve in curves]
    differences = tuple(_difference(points[0], point, time) for point in points[1:])
    reasons = [point.reason for point in points if point.reason]
    if reasons:
        return FixedTime(time, np.nan, len(points) - 1, NotEstimable("; ".join(dict.fromkeys(reasons))), differences)
    values = np.array([point.transformed for point in points])
    weights = np.array([1 / point.variance for point in points])
    statistic = float((weights * (values - (weights * values).sum() / weights.sum()) ** 2).sum())
    return FixedTime(time, statistic, len(points) - 1, float(chdtrc(len(points) - 1, statistic)), differences)


@dataclass(frozen=True)
class _Point:
    """A curve at the time: survival, log(-log S) and its variance, or why there is none."""

    group: object
    survival: Estimate
    transformed: float
    variance: float
    reason: str


def _point(curve: KaplanMeierCurve, time: float) -> _Point:
    seen = curve.time <= time
    place = int(seen.sum()) - 1
    values = (curve.survival, curve.lower, curve.upper)
    survival = Estimate(*(float(value[place]) for value in values)) if place >= 0 else Estimate(1.0, 1.0, 1.0)
    reason = _reason(curve, survival.value, time)
    if reason:
        return _Point(curve.group, survival, np.nan, np.nan, reason)
    events, at_risk = curve.n_events[seen].astype(float), curve.n_at_risk[seen].astype(float)
    falls = events > 0
    greenwood = float((events[falls] / (at_risk[falls] * (at_risk[falls] - events[falls]))).sum())
    log_survival = float(np.log(survival.value))
    return _Point(curve.group, survival, float(np.log(-log_survival)), greenwood / log_survival**2, "")


def _reason(curve: KaplanMeierCurve, survival: float, time: float) -> str:
    last = float(curve.time[-1]) if len(curve.time) else 0.0
    if time > last and survival > LEVEL:
        return f"{curve.group} was followed to {last:.1f} only"
    if survival >= 1 - LEVEL:
        return f"no event in {curve.group} by then"
    return f"everybody in {curve.group} had the event by then" if survival <= LEVEL else ""


def _difference(first: _Point, second: _Point, time: float) -> SurvivalDifference:
    reason = first.reason or second.reason
    names = time, first.group, second.group
    if reason:
        return SurvivalDifference(*names, NotEstimable(reason), np.nan, NotEstimable(reason))
    one, other = first.survival, second.survival
    gap = other.value - one.value
    lower = gap - hypot(other.value - other.lower, one.upper - one.value)
    upper = gap + hypot(other.upper - other.value, one.value - one.lower)
    statistic = (first.transformed - second.transformed) ** 2 / (first.variance + second.variance)
    return SurvivalDifference(*names, Estimate(gap, lower, upper), statistic, float(chdtrc(1, statistic)))
