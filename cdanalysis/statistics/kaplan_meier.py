"""Kaplan-Meier curves with Greenwood intervals, number at risk, medians.

Owns: at risk at t = time >= t (and entry < t), as R's survfit; interval log-log by default, (1, 1) at S = 1, (0, 0) at
S = 0; median = smallest t with S(t) <= 0.5, R's midpoint where S is exactly 0.5 until a later event; its interval by
inverting the displayed band. Kaplan and Meier, JASA 1958;53:457; Brookmeyer and Crowley, Biometrics 1982;38:29.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from cdanalysis.results import Estimate, z_value
from cdanalysis.statistics.time_axis import Observed, counts, labels_in_order, observed

TOLERANCE = 1e-9  # S(t) is a product of rounded factors: 0.5 may come out as 0.5000000000000002
INTERVALS = ("log-log", "log", "plain")


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


@dataclass(frozen=True)
class SurvivalAt:
    """A group's survival at a chosen time; beyond the last observed time nobody is at risk and the last value stands."""

    time: float
    group: object
    survival: Estimate
    n_at_risk: int


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
    if interval not in INTERVALS:
        raise ValueError(f"interval is {interval!r}, expected one of {', '.join(INTERVALS)}")
    data = observed(time, event, entry)
    split = list(_by_group(data, groups))
    z = z_value(conf_level)
    curves = tuple(_curve(group, part, interval, z) for group, part in split)
    chosen = tuple(
        _at(curve, part, float(t)) for curve, (_, part) in zip(curves, split, strict=True) for t in at
    )  # fmt: skip
    return KaplanMeierResult(curves, chosen, interval, conf_level)


def _by_group(data: Observed, groups: ArrayLike | None) -> Iterator[tuple[object, Observed]]:
    if groups is None:
        yield "", data
        return
    labels, codes = labels_in_order(groups)
    if len(codes) != len(data.time):
        raise ValueError(f"groups has {len(codes)} values, expected {len(data.time)}, one a patient")
    for place, label in enumerate(labels):
        yield label, data[codes == place]


def _curve(group: object, data: Observed, interval: str, z: float) -> KaplanMeierCurve:
    time, n_all = np.unique(data.time, return_counts=True)
    at_risk, n_events = counts(data, time)
    survival, lower, upper = survival_band(at_risk, n_events, interval, z)
    quantile = quantile_of(time, survival, lower, upper, 0.5)
    return KaplanMeierCurve(
        group, time, survival, lower, upper, at_risk, n_events, n_all - n_events,
        len(data.time), int(data.event.sum()), quantile,
    )  # fmt: skip


def survival_band(
    at_risk: np.ndarray, n_events: np.ndarray, interval: str, z: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Survival and its limits after each time; the last axis runs over time, the others over anything."""
    at_risk, n_events = np.asarray(at_risk, float), np.asarray(n_events, float)
    left = at_risk - n_events
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(np.where(at_risk > 0, left / at_risk, 1.0), axis=-1)
        greenwood = np.cumsum(np.where((n_events > 0) & (left > 0), n_events / (at_risk * left), 0.0), axis=-1)
    lower, upper = _limits(survival, np.sqrt(greenwood), interval, z)
    return survival, lower, upper


def _limits(survival: np.ndarray, root: np.ndarray, interval: str, z: float) -> tuple[np.ndarray, np.ndarray]:
    """`root` is the standard error of log S. At S = 1 and S = 0 there is no width to transform: both limits are S."""
    inside = (survival > 0) & (root > 0)
    safe = np.where(inside, survival, 0.5)
    if interval == "plain":
        lower, upper = safe - z * root * safe, safe + z * root * safe
    elif interval == "log":
        lower, upper = safe * np.exp(-z * root), safe * np.exp(z * root)
    else:
        width = z * root / np.log(safe)
        lower, upper = safe ** np.exp(-width), safe ** np.exp(width)
    return np.where(inside, np.clip(lower, 0, 1), survival), np.where(inside, np.clip(upper, 0, 1), survival)


def quantile_of(time: np.ndarray, survival: np.ndarray, lower: np.ndarray, upper: np.ndarray, level: float) -> Estimate:
    """The time at which survival falls to `level`, its interval by inverting the band; NaN where not reached."""
    return Estimate(_crossing(time, survival, level), _first(time, lower, level), _first(time, upper, level))


def _first(time: np.ndarray, curve: np.ndarray, level: float) -> float:
    below = np.flatnonzero(curve <= level + TOLERANCE)
    return float(time[below[0]]) if len(below) else nan


def _crossing(time: np.ndarray, survival: np.ndarray, level: float) -> float:
    first = _first(time, survival, level)
    later = np.flatnonzero(survival < level - TOLERANCE)
    if first == first and len(later):
        at = survival[np.searchsorted(time, first)]
        if abs(at - level) <= TOLERANCE:
            return (first + float(time[later[0]])) / 2
    return first


def _at(curve: KaplanMeierCurve, data: Observed, t: float) -> SurvivalAt:
    place = int(np.searchsorted(curve.time, t, "right")) - 1
    values = (curve.survival, curve.lower, curve.upper)
    estimate = Estimate(*(float(value[place]) for value in values)) if place >= 0 else Estimate(1.0, 1.0, 1.0)
    return SurvivalAt(t, curve.group, estimate, int(counts(data, np.array([t]))[0][0]))
