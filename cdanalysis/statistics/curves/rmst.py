"""Restricted mean survival time: the area under a curve up to a horizon, with R's standard error.

SE = sqrt(sum A_i^2 d_i / (n_i (n_i - d_i))), A_i = the area right of event time t_i; as survRM2 and print(survfit, rmean).
Royston and Parmar, BMC Med Res Methodol 2013;13:152. Difference and ratio are of a group against the first.
"""

from dataclasses import dataclass
from math import exp, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, kaplan_meier
from cdanalysis.statistics.time_axis import check_conf_level, merged


@dataclass(frozen=True)
class RestrictedMean:
    """One group's restricted mean, in the unit of time given; reason in place of it where its curve ends before the horizon."""

    group: object
    n: int
    n_events: int
    rmst: Estimate | NotEstimable
    standard_error: float


@dataclass(frozen=True)
class MeanContrast:
    """A group against the first one: difference and ratio of the restricted means, each with its P."""

    group: object
    difference: Estimate | NotEstimable
    ratio: Estimate | NotEstimable
    p_value: float
    ratio_p_value: float


@dataclass(frozen=True)
class Rmst:
    """Groups in order; contrasts: every other group against the first."""

    groups: tuple[RestrictedMean, ...]
    horizon: float
    contrasts: tuple[MeanContrast, ...]

    @property
    def difference(self) -> Estimate | NotEstimable | None:
        """Of two groups: the second less the first; None of one or more than two."""
        return self.contrasts[0].difference if len(self.contrasts) == 1 else None

    @property
    def ratio(self) -> Estimate | NotEstimable | None:
        """Of two groups: the second to the first; None of one or more than two."""
        return self.contrasts[0].ratio if len(self.contrasts) == 1 else None

    @property
    def p_value(self) -> float:
        """Of the difference; NaN unless there are two groups."""
        return self.contrasts[0].p_value if len(self.contrasts) == 1 else nan

    @property
    def ratio_p_value(self) -> float:
        """Of the ratio; NaN unless there are two groups."""
        return self.contrasts[0].ratio_p_value if len(self.contrasts) == 1 else nan


def rmst(
    time: ArrayLike, event: ArrayLike, groups: ArrayLike | None = None, *, horizon: float, conf_level: float = 0.95
) -> Rmst:
    """Restricted mean survival time of every group up to `horizon`, and each group's against the first one's.

    time (n,): 0 or more, any unit; event (n,): True = event; groups (n,): labels, a missing one leaves the patient out;
    horizon: in the unit of time. A group whose curve has not reached 0 must have been observed to the
    horizon: beyond its last time the curve is not known. Raises ValueError for a horizon that is not more than 0.
    """
    check_conf_level(conf_level)
    if not horizon > 0 or not np.isfinite(horizon):
        raise ValueError(f"horizon is {horizon:g}, expected a time of more than 0")
    curves = kaplan_meier(time, event, groups).curves
    (end,) = merged(np.concatenate([curve.time for curve in curves]), [horizon]).tolist()
    means = tuple(_mean(curve, end, z_value(conf_level)) for curve in curves)
    others = tuple(MeanContrast(one.group, *_contrast((means[0], one), z_value(conf_level))) for one in means[1:])
    return Rmst(means, float(horizon), others)


def _mean(curve: KaplanMeierCurve, horizon: float, z: float) -> RestrictedMean:
    last = float(curve.time[-1]) if len(curve.time) else 0.0
    sizes = curve.group, curve.n, curve.n_events_total
    if horizon > last and (not len(curve.time) or curve.survival[-1] > 0):
        who = f"{curve.group} was" if str(curve.group) else "the patients were"
        return RestrictedMean(*sizes, NotEstimable(f"{who} observed to {last:.1f}, not to {horizon:g}"), nan)
    inside = (curve.n_events > 0) & (curve.time <= horizon)
    time, survival = curve.time[inside], curve.survival[inside]
    areas = np.diff(np.concatenate([[0.0], time, [horizon]])) * np.concatenate([[1.0], survival])
    right = areas[::-1].cumsum()[::-1][1:]
    at_risk, events = curve.n_at_risk[inside].astype(float), curve.n_events[inside]
    left = at_risk - events
    variance = float((right**2 * events / np.where(left > 0, at_risk * left, np.inf)).sum())
    mean, error = float(areas.sum()), sqrt(variance)
    return RestrictedMean(*sizes, Estimate(mean, mean - z * error, mean + z * error), error)


def _contrast(
    means: tuple[RestrictedMean, RestrictedMean], z: float
) -> tuple[Estimate | NotEstimable, Estimate | NotEstimable, float, float]:
    (one, se_first), (other, se_second) = ((mean.rmst, mean.standard_error) for mean in means)
    if isinstance(one, NotEstimable):
        return one, one, nan, nan
    if isinstance(other, NotEstimable):
        return other, other, nan, nan
    first, second = one.value, other.value
    gap, se = second - first, sqrt(se_first**2 + se_second**2)
    difference = Estimate(gap, gap - z * se, gap + z * se)
    p = 2 * float(ndtr(-abs(gap) / se)) if se else nan
    if min(first, second) <= 0:
        return difference, NotEstimable("a restricted mean is 0"), p, nan
    ratio, se_log = log(second / first), sqrt((se_first / first) ** 2 + (se_second / second) ** 2)
    limits = (exp(ratio + sign * z * se_log) for sign in (-1, 1))
    return difference, Estimate(exp(ratio), *limits), p, 2 * float(ndtr(-abs(ratio) / se_log)) if se_log else nan
