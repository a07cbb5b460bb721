"""A Kaplan-Meier curve as the few numbers a figure is drawn from: its steps, its censor marks, its number at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cdanalysis.results import Estimate
from cdanalysis.statistics.time_axis import at_risk, merged

if TYPE_CHECKING:
    from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve

MOST_STEPS = 500  # of a drawn curve: what is left out is below half a pixel


@dataclass(frozen=True)
class CurveSteps:
    """Steps of one group's curve, in the unit of time it was given.

    time, survival, lower, upper: one value a step, from time 0 to the end of the group's follow-up; survival holds
    until the next time. censored_time, censored_survival: one value a distinct time of censoring. A register's curve of
    thousands of steps keeps those at which it has moved by a visible amount; each one kept is exact.
    n_at_risk: at the risk times asked for.
    """

    time: tuple[float, ...]
    survival: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    censored_time: tuple[float, ...]
    censored_survival: tuple[float, ...]
    n_at_risk: tuple[int, ...]
    n: int
    n_events: int


def value_at(t: float, time: np.ndarray, values: Sequence[np.ndarray], *, before: float) -> Estimate:
    """What a step curve and its limits (each (m,), from the times (m,) on) are at t; before: what all are until the first."""
    place = int(np.searchsorted(time, t, "right")) - 1
    return Estimate(*(float(one[place]) if place >= 0 else before for one in values))


def curve_steps(
    event_time: np.ndarray,
    band: tuple[np.ndarray, np.ndarray, np.ndarray],
    observed_time: np.ndarray,
    event: np.ndarray,
    risk_times: Sequence[float],
    entry: np.ndarray | None = None,
    *,
    most: int = MOST_STEPS,
) -> CurveSteps:
    """Steps of a group from its curve at the times where it falls.

    event_time (J,), band: survival, lower, upper (J,) each at those times; observed_time, event (n,): the group's own
    patients, in any order; risk_times: where the number at risk is wanted (time >= t and, entering late, entry < t);
    most: steps and censor marks that are kept.
    """
    end = observed_time.max(initial=0.0)
    survival, lower, upper = (np.concatenate([[1.0], values, values[-1:] if len(values) else [1.0]]) for values in band)
    time = np.concatenate([[0.0], event_time, [end]])
    censored = _thinned_marks(np.unique(observed_time[~event]), end, most)
    at_censoring = survival[np.searchsorted(event_time, censored, "right")]
    kept = visible_steps(survival, lower, upper, most)
    return CurveSteps(
        *(tuple(values[kept].tolist()) for values in (time, survival, lower, upper)),
        *(tuple(values.tolist()) for values in (censored, at_censoring)),
        n_at_risk=tuple(at_risk(observed_time, entry, merged(observed_time, list(risk_times))).tolist()),
        n=len(observed_time),
        n_events=int(event.sum()),
    )


def visible_steps(survival: np.ndarray, lower: np.ndarray, upper: np.ndarray, most: int = MOST_STEPS) -> np.ndarray:
    """Places of at most about `most` of the steps (n,): each at which the curve or its band has moved on by 1/most of all it moves.

    The first and the last, and those at which survival first reaches 0.75, 0.5 and 0.25, are among them.
    """
    if len(survival) <= most:
        return np.arange(len(survival))
    moves = np.max([np.abs(np.diff(np.nan_to_num(values))) for values in (survival, lower, upper)], axis=0)
    way = np.concatenate([[0.0], moves.cumsum()])
    level = np.floor(way / way[-1] * (most - 6)) if way[-1] > 0 else np.zeros(len(way))
    moved = np.flatnonzero(np.diff(level)) + 1
    reached = [int(np.argmax(survival <= share)) for share in (0.75, 0.5, 0.25)]  # 0, the first, where it never is
    return np.unique(np.concatenate([moved, reached, [0, len(survival) - 1]]))


def _thinned_marks(times: np.ndarray, end: float, most: int) -> np.ndarray:
    """Of the marks that would be drawn over each other the first."""
    if len(times) <= most:
        return times
    _, first = np.unique(np.floor(times / end * most), return_index=True)
    return times[first]


def counts_by(curve: KaplanMeierCurve, times: Sequence[float]) -> tuple[list[int], list[int], list[int]]:
    """At risk at each of the times, and how many had the event or were censored by then."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for time in merged(curve.time, list(times)).tolist():
        seen, before = curve.time <= time, curve.time < time
        gone = int(curve.n_events[before].sum()) + int(curve.n_censored[before].sum())
        for numbers, n in zip(
            found, (curve.n - gone, curve.n_events[seen].sum(), curve.n_censored[seen].sum()), strict=True
        ):
            numbers.append(int(n))
    return found
