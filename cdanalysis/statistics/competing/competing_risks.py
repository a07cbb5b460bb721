"""Cumulative incidence where another event may come first: the Aalen-Johansen estimator.

Variance by Greenwood's form, equal to R's survfit (infinitesimal jackknife) and prodlim; cuminc's Aalen variance is a
little larger. Interval on the log scale of the incidence as survfit's, or log-log (default, bounded), or plain.
Aalen and Johansen, Scand J Stat 1978;5:141.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.statistics.curves.curve_steps import CurveSteps, curve_steps, value_at
from cdanalysis.statistics.curves.survival_band import INTERVALS, limits
from cdanalysis.statistics.time_axis import check_conf_level, labels_in_order, merged, numbers, observed, one_of

NO_EVENT = "no event of any type was observed: everybody was censored"


@dataclass(frozen=True, eq=False)
class IncidenceCurve:
    """One group and type of event; arrays hold one value a distinct observed time, in the unit of time given."""

    group: object
    event_type: int
    time: np.ndarray
    incidence: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    standard_error: np.ndarray
    n_at_risk: np.ndarray
    n: int
    n_events_total: int


@dataclass(frozen=True)
class IncidenceAt:
    """A curve at a chosen time."""

    time: float
    group: object
    event_type: int
    incidence: Estimate
    n_at_risk: int


@dataclass(frozen=True, eq=False)
class AalenJohansen:
    """Curves by group, then type of event; at: by curve, then time."""

    curves: tuple[IncidenceCurve, ...]
    at: tuple[IncidenceAt, ...]
    interval: str
    conf_level: float


def aalen_johansen(
    time: ArrayLike,
    event_type: ArrayLike,
    groups: ArrayLike | None = None,
    *,
    at: Sequence[float] = (),
    interval: str = "log-log",
    conf_level: float = 0.95,
) -> AalenJohansen | NotEstimable:
    """Cumulative incidence of every type of event; NotEstimable where none was observed.

    time (n,): 0 or more, any unit; event_type (n,): 0 = censored, 1, 2, ... = what happened first; groups (n,): labels,
    a missing one leaves the patient out. Raises ValueError for an argument that is not as said.
    """
    one_of("interval", interval, INTERVALS)
    check_conf_level(conf_level)
    types = event_types(event_type)
    times = observed(time, types > 0).time
    labels, places = (
        ([""], np.zeros(len(times), int)) if groups is None else labels_in_order("groups", groups, len(times))
    )
    causes = sorted(set(types[(types > 0) & (places >= 0)].tolist()))
    if not causes:
        return NotEstimable(NO_EVENT if (places >= 0).any() else "no patient is in a group")
    curves = tuple(
        _curve(label, cause, times[places == place], types[places == place], interval, z_value(conf_level))
        for place, label in enumerate(labels)
        for cause in causes
    )
    asked = numbers("at", list(at))
    pairs = list(zip(asked.tolist(), merged(times, asked).tolist(), strict=True))
    chosen = tuple(_at(curve, t, own) for curve in curves for t, own in pairs)
    return AalenJohansen(curves, chosen, interval, conf_level)


def event_types(values: ArrayLike) -> np.ndarray:
    """Checked types of event (n,): 0 for censored, positive whole numbers for what happened."""
    found = numbers("event_type", values)
    if (found < 0).any() or (found != np.round(found)).any():
        raise ValueError(
            f"event_type holds {found[(found < 0) | (found != np.round(found))][0]:g}, expected 0, 1, 2, ..."
        )
    return found.astype(int)


def _curve(group: object, cause: int, time: np.ndarray, types: np.ndarray, interval: str, z: float) -> IncidenceCurve:
    distinct = np.unique(time)
    at_risk = len(time) - np.searchsorted(np.sort(time), distinct, "left")
    place = np.searchsorted(distinct, time)
    every, own = (np.bincount(place[chosen], minlength=len(distinct)) for chosen in (types > 0, types == cause))
    survival = np.cumprod(1 - every / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence = np.cumsum(before * own / at_risk)
    error = np.sqrt(np.maximum(_variance(at_risk.astype(float), every, own, before, incidence), 0))
    lower, upper = limits(incidence, error / np.where(incidence > 0, incidence, 1), interval, z)
    return IncidenceCurve(group, cause, distinct, incidence, lower, upper, error, at_risk, len(time), int(own.sum()))


def _variance(
    at_risk: np.ndarray, every: np.ndarray, own: np.ndarray, before: np.ndarray, incidence: np.ndarray
) -> np.ndarray:
    """Greenwood's, at every time: sums over the earlier times of (F(t) - F(s)) and of the jumps."""
    left = at_risk - every
    jumps = np.where(left > 0, every / np.where(left > 0, at_risk * left, 1), 0)
    own_part = before**2 * own * (at_risk - own) / at_risk**3
    mixed = before * own / at_risk**2  # the covariance of a jump with what comes after it, where patients are left
    a, b, c = jumps.cumsum(), (jumps * incidence).cumsum(), (jumps * incidence**2).cumsum()
    first = incidence**2 * a - 2 * incidence * b + c
    return first + own_part.cumsum() - 2 * (incidence * mixed.cumsum() - (incidence * mixed).cumsum())


def _at(curve: IncidenceCurve, asked: float, t: float) -> IncidenceAt:
    """The incidence at a time asked for, which the axis has as t."""
    estimate = value_at(t, curve.time, (curve.incidence, curve.lower, curve.upper), before=0.0)
    later = np.searchsorted(curve.time, t, "left")
    return IncidenceAt(
        asked, curve.group, curve.event_type, estimate, int(curve.n_at_risk[later]) if later < len(curve.time) else 0
    )


def incidence_steps(
    curve: IncidenceCurve, time: np.ndarray, event_type: np.ndarray, risk_times: Sequence[float]
) -> CurveSteps:
    """The curve as the steps of 1 - incidence, for a figure; time, event_type (n,): the group's own, as given before."""
    rises = np.diff(curve.incidence, prepend=0.0) > 0
    band = 1 - curve.incidence[rises], 1 - curve.upper[rises], 1 - curve.lower[rises]
    # Only the censored get a mark; a competing event is none.
    steps = curve_steps(curve.time[rises], band, time, event_type > 0, risk_times)
    return replace(steps, n_events=curve.n_events_total)
