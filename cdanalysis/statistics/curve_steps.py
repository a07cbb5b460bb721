"""A Kaplan-Meier curve as the few numbers a figure is drawn from: its steps, its censor marks, its number at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class CurveSteps:
    """Steps of one group's curve, in the unit of time it was given.

    time, survival, lower, upper: one value a step, from time 0 to the end of the group's follow-up; survival holds
    until the next time. censored_time, censored_survival: one value a distinct time of censoring.
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


def curve_steps(
    event_time: np.ndarray,
    band: tuple[np.ndarray, np.ndarray, np.ndarray],
    observed_time: np.ndarray,
    event: np.ndarray,
    risk_times: Sequence[float],
    entry: np.ndarray | None = None,
) -> CurveSteps:
    """Steps of a group from its curve at the times where it falls.

    event_time (J,), band: survival, lower, upper (J,) each at those times; observed_time, event (n,): the group's own
    patients, in any order; risk_times: where the number at risk is wanted (time >= t and, entering late, entry < t).
    """
    end = observed_time.max(initial=0.0)
    survival, lower, upper = (np.concatenate([[1.0], values, values[-1:] if len(values) else [1.0]]) for values in band)
    time = np.concatenate([[0.0], event_time, [end]])
    censored = np.unique(observed_time[~event])
    at_censoring = survival[np.searchsorted(event_time, censored, "right")]
    return CurveSteps(
        *(tuple(values.tolist()) for values in (time, survival, lower, upper, censored, at_censoring)),
        n_at_risk=tuple(_at_risk(observed_time, entry, at) for at in risk_times),
        n=len(observed_time),
        n_events=int(event.sum()),
    )


def _at_risk(time: np.ndarray, entry: np.ndarray | None, at: float) -> int:
    entered = True if entry is None else entry < at
    return int(np.count_nonzero((time >= at) & entered))
