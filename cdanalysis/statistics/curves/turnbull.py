"""Survival where an event is known only to lie between two times: Turnbull's nonparametric maximum likelihood estimate.

By expectation-maximisation over the innermost intervals. The estimate does not say where inside such an interval the curve
falls. Turnbull, JRSSB 1976;38:290; Gentleman and Geyer, Biometrika 1994;81:618 (when it is the maximum).
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.curves.survival_band import TOLERANCE
from cdanalysis.statistics.time_axis import numbers

MOST_STEPS = 20_000
CLOSE = 1e-10  # the largest change of a mass at which the steps end
NO_MASS = 1e-7


@dataclass(frozen=True, eq=False)
class Turnbull:
    """start, end, mass (J,): the innermost intervals with mass, ascending; after the last `end` nothing is known.

    end is inf for mass that lies beyond every time. worst_gain: how much more likely the data could still become in the
    direction of any interval, as a share of n; 0 at the maximum.
    """

    start: np.ndarray
    end: np.ndarray
    mass: np.ndarray
    worst_gain: float
    n: int

    def survival_at(self, t: float) -> tuple[float, float]:
        """The least and the most that survival at t can be: they differ inside an interval that holds mass."""
        surely = self.end <= t
        limits = (1 - float(self.mass[fallen].sum()) for fallen in (surely | (self.start < t), surely))
        least, most = (min(max(limit, 0.0), 1.0) for limit in limits)
        return least, most

    @property
    def median(self) -> tuple[float, float]:
        """The first and the last time at which survival can have fallen to one half; NaN where it does not."""
        fallen = np.flatnonzero(1 - self.mass.cumsum() <= 0.5 + TOLERANCE)
        if not len(fallen) or not np.isfinite(self.end[fallen[0]]):
            return nan, nan
        return float(self.start[fallen[0]]), float(self.end[fallen[0]])


def turnbull(lower: ArrayLike, upper: ArrayLike) -> Turnbull | NotEstimable:
    """Turnbull's estimate of survival where the event of patient i is only known to lie in (lower, upper].

    lower (n,): 0 or more, any unit; upper (n,): the same as lower where the time is exact, inf where censored at lower.
    NotEstimable for nobody or no event. Raises ValueError for an upper time before the lower one.
    """
    left, right = numbers("lower", lower), np.asarray(upper, float)
    if right.shape != left.shape or np.isnan(right).any() or (right < left).any() or (left < 0).any():
        raise ValueError("upper holds a time before lower or none, or lower a time below 0")
    if not len(left) or not np.isfinite(right).any():
        return NotEstimable("no event was observed" if len(left) else "there is no patient")
    start, opened, end = innermost(left, right)
    exact = (left == right)[:, None]
    holds = np.where(
        exact,
        (start == left[:, None]) & ~opened & (end == right[:, None]),
        (start >= left[:, None]) & (opened | (start > left[:, None])) & (end <= right[:, None]),
    ).astype(float)
    mass = _masses(holds)
    gain = float((holds / (holds @ mass)[:, None]).mean(axis=0).max() - 1)
    kept = mass > NO_MASS
    return Turnbull(start[kept], end[kept], mass[kept] / mass[kept].sum(), gain, len(left))


def innermost(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start, whether it is open, and end (m,) of every interval that holds no end of another one; left, right (n,).

    At one time an exact start comes first, then the ends, then the open starts: (2, 5] does not hold 2, and holds 5.
    """
    exact = left == right
    starts = {(float(t), 0 if known else 2) for t, known in zip(left, exact, strict=True)}
    ends = {(float(t), 1) for t in right}
    ordered = sorted(starts | ends)
    pairs = [(a, b) for a, b in zip(ordered, ordered[1:], strict=False) if a[1] != 1 and b[1] == 1]
    opened = np.array([a[1] == 2 for a, _ in pairs])
    return np.array([a[0] for a, _ in pairs]), opened, np.array([b[0] for _, b in pairs])


def _masses(holds: np.ndarray) -> np.ndarray:
    mass = np.ones(holds.shape[1])  # the first step makes them shares
    for _ in range(MOST_STEPS):
        before, mass = mass, mass * (holds / (holds @ mass)[:, None]).mean(axis=0)
        if np.abs(mass - before).max() < CLOSE:
            break
    return mass
