"""Gray's test: is the cumulative incidence of a type of event the same in every group, others competing?

Gray, Ann Stat 1988;16:1141, rho = 0; the computation is that of R's cmprsk (crst), statistic and variance alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.competing.competing_risks import NO_EVENT, event_types
from cdanalysis.statistics.time_axis import labels_in_order, observed


@dataclass(frozen=True)
class GrayTest:
    """The test of one type of event."""

    event_type: int
    statistic: float
    df: int
    p_value: float


def gray_test(time: ArrayLike, event_type: ArrayLike, groups: ArrayLike) -> tuple[GrayTest | NotEstimable, ...]:
    """Compare the cumulative incidence of each type of event between groups: one test per type, ascending.

    time (n,): 0 or more, any unit; event_type (n,): 0 = censored, 1, 2, ... = what happened first; groups (n,): labels, a
    missing one leaves the patient out.
    NotEstimable for one group, or where the groups were never at risk together; one of them where no event was observed.
    """
    types = event_types(event_type)
    times = observed(time, types > 0).time
    labels, places = labels_in_order("groups", groups, len(times))
    known = places >= 0
    causes = sorted(set(types[known & (types > 0)].tolist()))
    if not causes:
        return (NotEstimable(NO_EVENT),)
    if len(labels) < 2:
        return tuple(NotEstimable("all patients are in one group") for _ in causes)
    order = np.argsort(times[known], kind="stable")
    data = times[known][order], types[known][order], places[known][order]
    return tuple(_test(*data, cause, len(labels)) for cause in causes)


def _test(time: np.ndarray, types: np.ndarray, places: np.ndarray, cause: int, g: int) -> GrayTest | NotEstimable:
    sums = _Sums(np.bincount(places, minlength=g).astype(float))
    kinds = np.where(types == 0, 0, np.where(types == cause, 1, 2))
    for t in np.unique(time):
        now = time == t
        counts = np.array([np.bincount(places[now & (kinds == kind)], minlength=g) for kind in (1, 2)], float)
        if counts.any():
            sums.add(*counts)
        sums.leave(np.bincount(places[now], minlength=g).astype(float))
    score, variance = sums.score[:-1], sums.variance()[:-1, :-1]
    if np.linalg.matrix_rank(variance) < g - 1:
        return NotEstimable("the groups were not at risk together at enough events")
    statistic = float(score @ np.linalg.solve(variance, score))
    return GrayTest(cause, statistic, g - 1, float(chdtrc(g - 1, statistic)))


class _Sums:
    """What is summed over the times, in the names of crst: s, v, c, v2, v3; f: the pooled incidence of the event."""

    def __init__(self, at_risk: np.ndarray) -> None:
        g = len(at_risk)
        self.at_risk, self.free, self.incidence, self.f = at_risk, np.ones(g), np.zeros(g), 0.0
        self.score, self.v3 = np.zeros(g), np.zeros(g)
        self.v, self.c, self.v2 = np.zeros((g, g)), np.zeros((g, g)), np.zeros((g, g))

    def add(self, own: np.ndarray, other: np.ndarray) -> None:
        """One time's events of the type and of the other types, by group."""
        here, n = self.at_risk > 0, np.where(self.at_risk > 0, self.at_risk, 1)
        weight = np.where(here, n / self.free, 0.0)
        total, n_own = weight.sum(), own.sum()
        after = np.where(here, self.free * (n - own - other) / n, self.free)
        f = self.f + n_own / total
        a = np.diag(weight) - np.outer(weight, weight) / total
        self.c += a * n_own / (total * (1 - self.f))
        free_of_it = weight * (1 - self.incidence)
        self.score += np.where(here, own - n_own * free_of_it / free_of_it.sum(), 0.0)
        if n_own:
            self._own(a, f, after, n, here, total, n_own)
        if other.any():
            self._other(f, after, n, other)
        self.incidence = np.where(here, self.incidence + self.free * own / n, self.incidence)
        self.f = f
        self.free = np.where(after > 0, after, self.free)  # a group that has ended is no longer at risk

    def _own(
        self, a: np.ndarray, f: float, after: np.ndarray, n: np.ndarray, here: np.ndarray, total: float, n_own: float
    ) -> None:
        t4 = np.where(after > 0, 1 - (1 - f) / np.where(after > 0, after, 1), 1.0)
        ties = 1 - (n_own - 1) / (total * self.free - 1) if n_own > 1 else np.ones(len(n))
        t3 = np.where(here, ties * self.free * n_own / (total * n), 0.0)
        t1 = a - t4 * self.c
        self.v3 += t4**2 * t3
        self.v2 += t1 * t4 * t3
        self.v += (t1 * t3) @ t1.T

    def _other(self, f: float, after: np.ndarray, n: np.ndarray, other: np.ndarray) -> None:
        here = (after > 0) & (other > 0)
        t4 = np.where(here, (1 - f) / np.where(after > 0, after, 1), 0.0)
        ties = np.where(other > 1, 1 - (other - 1) / np.maximum(n - 1, 1), 1.0)
        t3 = np.where(here, ties * self.free**2 * other / n**2, 0.0)
        t1 = t4 * self.c
        self.v3 += t4**2 * t3
        self.v2 -= t1 * t4 * t3
        self.v += (t1 * t3) @ t1.T

    def leave(self, ended: np.ndarray) -> None:
        """Who is no longer at risk after a time."""
        self.at_risk = self.at_risk - ended

    def variance(self) -> np.ndarray:
        """The covariance of the score."""
        crossed = self.c @ self.v2.T
        return self.v + (self.c * self.v3) @ self.c.T + crossed + crossed.T
