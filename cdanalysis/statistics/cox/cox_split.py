"""The Cox model of two groups, for many splits of the same patients at once, from the counts at each event time alone.

With N0, N1 at risk and D0, D1 events below and above at a time with d events, and theta the hazard ratio, Efron's likelihood
holds at each time d denominators N0 - f D0 + theta (N1 - f D1), f = 0, 1/d, ..., (d-1)/d; Breslow's holds d with f = 0. The
cost is that of the tables, however many the patients are. Efron, JASA 1977;72:557; Breslow, Biometrics 1974;30:89.

The ratio is finite exactly where some event below meets a patient at risk above, and the other way round.
"""

from typing import NamedTuple

import numpy as np

TOLERANCE = 1e-16  # of the Newton decrement; the last step is taken
MOST_STEPS = 60
NODES = 8  # of the quadrature over f; exact to rounding where at most SMALL_SHARE of those at risk have the event
SMALL_SHARE = 0.25


class SplitFit(NamedTuple):
    """Log hazard ratio of above against below and its standard error (K,), NaN where the ratio is not finite."""

    coef: np.ndarray
    standard_error: np.ndarray


def cox_split(
    below_at_risk: np.ndarray, below_events: np.ndarray, above_at_risk: np.ndarray, above_events: np.ndarray, ties: str
) -> SplitFit:
    """Fit K splits; every array (K, J), counts at J event times; the events of both groups together are the same in all K."""
    finite = _any(below_events, above_at_risk) & _any(above_events, below_at_risk)
    coef, error = np.full(len(finite), np.nan), np.full(len(finite), np.nan)
    if finite.any():
        counts = (below_at_risk, below_events, above_at_risk, above_events)
        n0, d0, n1, d1 = (part[finite].astype(float) for part in counts)
        coef[finite], error[finite] = _newton(*_denominators(n0, d0, n1, d1, ties), above_events[finite].sum(axis=1))
    return SplitFit(coef, error)


def _any(events: np.ndarray, at_risk: np.ndarray) -> np.ndarray:
    return np.any((events > 0) & (at_risk > 0), axis=1)


def _denominators(
    n0: np.ndarray, d0: np.ndarray, n1: np.ndarray, d1: np.ndarray, ties: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both parts of every denominator (K, M) and how often each is meant (M,)."""
    n_events = (d0[0] + d1[0]).astype(int)
    if ties == "breslow" or n_events.max() == 1:
        return n0, n1, n_events.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.fmax(d0 / n0, d1 / n1).max(axis=0)  # bounds the share with an event, whatever theta is
    place, f, weight = _tied_shares(n_events, share <= SMALL_SHARE)
    return n0[:, place] - f * d0[:, place], n1[:, place] - f * d1[:, place], weight


def _tied_shares(n_events: np.ndarray, smooth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Event time, share f and weight of each denominator: all d of them, or a few that sum up the same where many are tied."""
    times = np.arange(len(n_events))
    many = smooth & (n_events > NODES)
    one_by_one = np.repeat(times[~many], n_events[~many])
    first = np.cumsum(n_events[~many]) - n_events[~many]
    f = (np.arange(len(one_by_one)) - np.repeat(first, n_events[~many])) / n_events[one_by_one]
    if not many.any():
        return one_by_one, f, np.ones(len(f))
    sizes, of = np.unique(n_events[many], return_inverse=True)
    nodes, weights = _discrete_gauss(sizes)
    return (
        np.concatenate([one_by_one, np.repeat(times[many], NODES)]),
        np.concatenate([f, nodes[of].ravel()]),
        np.concatenate([np.ones(len(f)), weights[of].ravel()]),
    )


def _discrete_gauss(sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gauss nodes and weights (S, NODES) for the sum over f = 0, 1/d, ..., (d-1)/d of each size d (Gram's polynomials)."""
    d, m = sizes[:, None].astype(float), np.arange(1, NODES)
    beside = np.sqrt(m**2 * (d**2 - m**2) / (4.0 * (4 * m**2 - 1)))
    jacobi = np.zeros((len(sizes), NODES, NODES))
    jacobi[:, m, m - 1] = jacobi[:, m - 1, m] = beside
    jacobi[:, np.arange(NODES), np.arange(NODES)] = (d - 1) / 2
    nodes, vectors = np.linalg.eigh(jacobi)
    return nodes / d, d * vectors[:, 0] ** 2


def _newton(a0: np.ndarray, a1: np.ndarray, weight: np.ndarray, observed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Maximise every likelihood from b = 0; the score falls in b, so a step that leaves its bracket is halved into it."""
    b, step, information = (np.zeros(len(observed)) for _ in range(3))
    low, high = np.full(len(b), -np.inf), np.full(len(b), np.inf)
    for _ in range(MOST_STEPS):
        above = a1 * np.exp(b)[:, None]
        above /= a0 + above
        expected = above @ weight
        np.square(above, out=above)
        information, score = expected - above @ weight, observed - expected
        low, high = np.where(score > 0, b, low), np.where(score < 0, b, high)
        step = score / information
        if (step * score < TOLERANCE).all():
            break
        b = _inside(b + np.clip(step, -4, 4), low, high)
    return b + step, np.power(information, -0.5)


def _inside(b: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The step, or the middle of the bracket where it would leave it."""
    with np.errstate(invalid="ignore"):
        return np.where((b <= low) | (b >= high), np.nan_to_num((low + high) / 2), b)
