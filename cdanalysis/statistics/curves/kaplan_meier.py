"""Kaplan-Meier curves with intervals, number at risk, medians and follow-up, by group.

Owns: at risk at t = time >= t (and entry < t), as R's survfit; follow-up by reverse Kaplan-Meier (Schemper and Smith,
Controlled Clin Trials 1996;17:343). The interval and the median are those of survival_band.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cdanalysis.results import Estimate, z_value
from cdanalysis.statistics.curves.survival_band import INTERVALS, falls_to, survival_band
from cdanalysis.statistics.time_axis import (
    Observed,
    check_conf_level,
    counts,
    labels_in_order,
    merged,
    numbers,
    observed,
    one_of,
)


@dataclass(frozen=True, eq=False)
class KaplanMeierCurve:
    """One group's curve; arrays hold one value a distinct observed time, in the unit of time given.

    n_at_risk counts those with time >= t. median: NaN where not reached.
    """

    group: object
    time: np.ndarray
    survival: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    n_at_risk: np.ndarray
    n_events: np.ndarray
    n_censored: np.ndarray
    n: int
    n_events_total: int
    median: Estimate

    @property
    def censored_time(self) -> np.ndarray:
        """The distinct times at which somebody was censored: the curve's marks."""
        return self.time[self.n_censored > 0]


@dataclass(frozen=True)
class SurvivalAt:
    """A group's survival at a chosen time; beyond the last observed time nobody is at risk and the last value stands."""

    time: float
    group: object
    survival: Estimate
    n_at_risk: int

    @property
    def risk(self) -> Estimate:
        """1 - survival by the time, its limits exchanged."""
        return Estimate(1 - self.survival.value, 1 - self.survival.upper, 1 - self.survival.lower)

    @property
    def observed(self) -> bool:
        """Whether the time lies within the follow-up: somebody is at risk, or everybody has had the event."""
        return self.n_at_risk > 0 or self.survival.value == 0


@dataclass(frozen=True, eq=False)
class KaplanMeierResult:
    """Curves in the order of the groups, and survival at the chosen times (by group, then time)."""

    curves: tuple[KaplanMeierCurve, ...]
    at: tuple[SurvivalAt, ...]
    interval: str
    conf_level: float


def kaplan_meier(
    time: ArrayLike,
    event: ArrayLike,
    groups: ArrayLike | None = None,
    *,
    interval: str = "log-log",
    conf_level: float = 0.95,
    at: Sequence[float] = (),
    entry: ArrayLike | None = None,
) -> KaplanMeierResult:
    """Kaplan-Meier curve of every group.

    time (n,): 0 or more, any unit; event (n,): True = event; groups (n,): labels, a missing one leaves the patient out;
    interval: "log-log", "log" or "plain"; at: times at which survival is wanted; entry (n,): late entry.
    Raises ValueError for an argument that is not as said.
    """
    one_of("interval", interval, INTERVALS)
    check_conf_level(conf_level)
    data = observed(time, event, entry)
    labels, places = (
        ([""], np.zeros(len(data), int)) if groups is None else labels_in_order("groups", groups, len(data))
    )
    return curves_by_place(data, labels, places, interval, conf_level, numbers("at", list(at)).tolist())


def curves_by_place(
    data: Observed,
    labels: Sequence[object],
    places: np.ndarray,
    interval: str,
    conf_level: float,
    at: Sequence[float] = (),
) -> KaplanMeierResult:
    """As `kaplan_meier`, of checked data whose groups are already numbered: places (n,) into the labels, -1 for nobody's."""
    z = z_value(conf_level)
    parts = [(label, data[places == place]) for place, label in enumerate(labels)]
    split = [(part, _curve(label, part, interval, z)) for label, part in parts if len(part) or len(labels) == 1]
    times = list(zip(at, merged(data.time, list(at)).tolist(), strict=True))
    wanted = tuple(_at(curve, part, t, own) for part, curve in split for t, own in times)
    return KaplanMeierResult(tuple(curve for _, curve in split), wanted, interval, conf_level)


def survival_quantile(curve: KaplanMeierCurve, survival: float) -> Estimate:
    """The time at which a curve has fallen to a survival: 0.5 is the median, 0.75 the time a quarter had the event."""
    return falls_to(curve.time, curve.survival, curve.lower, curve.upper, survival)


def median_follow_up(
    time: ArrayLike,
    event: ArrayLike,
    *,
    interval: str = "log-log",
    conf_level: float = 0.95,
    entry: ArrayLike | None = None,
) -> Estimate:
    """Median follow-up of everybody by reverse Kaplan-Meier: the censoring is the event; arguments as kaplan_meier."""
    data = observed(time, event, entry)
    reverse = kaplan_meier(time, ~data.event, interval=interval, conf_level=conf_level, entry=entry)
    return reverse.curves[0].median


def _curve(group: object, data: Observed, interval: str, z: float) -> KaplanMeierCurve:
    time, n_ending = np.unique(data.time, return_counts=True)
    at_risk, n_events = counts(data, time)
    band = survival_band(at_risk, n_events, interval, z)
    ended = at_risk, n_events, n_ending - n_events
    return KaplanMeierCurve(group, time, *band, *ended, len(data), int(data.event.sum()), falls_to(time, *band, 0.5))


def _at(curve: KaplanMeierCurve, data: Observed, asked: float, t: float) -> SurvivalAt:
    """Survival at a time asked for, which the axis has as t."""
    place = int(np.searchsorted(curve.time, t, "right")) - 1
    values = (curve.survival, curve.lower, curve.upper)
    estimate = Estimate(*(float(value[place]) for value in values)) if place >= 0 else Estimate(1.0, 1.0, 1.0)
    return SurvivalAt(asked, curve.group, estimate, int(counts(data, np.array([t]))[0][0]))
