"""MaxCombo: the largest of four weighted log-rank tests, with the P of having looked at all four.

Fleming and Harrington's weights S(t-)^p (1 - S(t-))^q for (0,0), (1,0), (0,1), (1,1): even, early, late and middle
differences. The joint P is of the four correlated normal statistics. Lee, Biometrics 2007;63:1114; Lin and others,
Stat Biopharm Res 2020;12:187.
"""

from dataclasses import dataclass
from itertools import starmap

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.time_axis import Observed, counts, labels_in_order, observed

WEIGHTS = ((0, 0), (1, 0), (0, 1), (1, 1))
NODES = 200  # of the integral, each way
ROUNDING = 1e-10


@dataclass(frozen=True)
class CombinedTest:
    """One of the tests: its weights' p and q, z (positive: more events than expected in the second group) and its own P."""

    p: int
    q: int
    z: float
    p_value: float


@dataclass(frozen=True)
class MaxCombo:
    """The four tests, the largest |z| among them, and the P of a value as large anywhere, two-sided."""

    tests: tuple[CombinedTest, ...]
    statistic: float
    p_value: float
    groups: tuple[object, ...]


def max_combo(
    time: ArrayLike, event: ArrayLike, groups: ArrayLike, *, entry: ArrayLike | None = None
) -> MaxCombo | NotEstimable:
    """Compare the survival of two groups whatever the shape of the difference.

    time (n,), event (n,), groups (n,): a missing group leaves the patient out. NotEstimable for another number of groups
    than two, or no event with both at risk. Raises ValueError for an argument that is not as said.
    """
    data = observed(time, event, entry)
    labels, places = labels_in_order("groups", groups, len(data))
    if len(labels) != 2:
        return NotEstimable(f"MaxCombo compares two groups, and there are {len(labels)}")
    difference, variance, weights = _parts(data[places >= 0], places[places >= 0])
    spread = (weights * variance) @ weights.T
    errors = np.sqrt(np.maximum(spread.diagonal(), 0))
    if errors[0] == 0:
        return NotEstimable("at no event were patients of both groups at risk together")
    several = bool((errors > ROUNDING * errors[0]).all())  # one informative time alone: all weights are one test
    z = (weights @ difference / errors) if several else np.repeat((weights @ difference)[0] / errors[0], 1)
    tests = tuple(
        CombinedTest(p, q, float(one), 2 * float(ndtr(-abs(one)))) for (p, q), one in zip(WEIGHTS, z, strict=False)
    )
    largest = float(np.abs(z).max())
    p_value = 1 - _inside(largest, spread[1:, 1:], errors) if several else tests[0].p_value
    return MaxCombo(tests, largest, float(np.clip(p_value, 2 * ndtr(-largest), 1.0)), tuple(labels))


def _parts(data: Observed, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """At each event time: events of the second group less those expected, their variance, and the four weights."""
    times = np.unique(data.time[data.event])
    (n, d), (n_second, d_second) = counts(data, times), counts(data[places == 1], times)
    share = n_second / n
    before = np.concatenate([[1.0], np.cumprod(1 - d / n)[:-1]])
    weights = np.array(list(starmap(lambda p, q: before**p * (1 - before) ** q, WEIGHTS)))
    return d_second - d * share, d * share * (1 - share) * (n - d) / np.maximum(n - 1, 1), weights


def _inside(largest: float, spread: np.ndarray, errors: np.ndarray) -> float:
    """The probability that all four statistics lie within +-largest.

    spread (3, 3): of the early, late and middle differences; the even one is the sum of the first two. The middle one is
    integrated in closed form given those two, the two by Gauss and Legendre's nodes.
    """
    correlation = spread / np.outer(errors[1:], errors[1:])
    nodes, mass = np.polynomial.legendre.leggauss(NODES)
    early = largest * nodes
    even = largest * errors[0] / errors[2]
    shift = early * errors[1] / errors[2]
    low, high = np.maximum(-largest, -even - shift), np.minimum(largest, even - shift)
    half = np.maximum(high - low, 0) / 2
    late = (low + half)[:, None] + half[:, None] * nodes
    given = np.linalg.pinv(correlation[:2, :2])
    density = np.exp(-0.5 * _quadratic(given, early[:, None], late)) / _norm(correlation[:2, :2])
    slope = correlation[2, :2] @ given
    middle = slope[0] * early[:, None] + slope[1] * late
    width = np.sqrt(max(1 - slope @ correlation[2, :2], ROUNDING))
    closed = ndtr((largest - middle) / width) - ndtr((-largest - middle) / width)
    return float(largest * mass @ (half * ((density * closed) @ mass)))


def _quadratic(matrix: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return matrix[0, 0] * a**2 + 2 * matrix[0, 1] * a * b + matrix[1, 1] * b**2


def _norm(correlation: np.ndarray) -> float:
    return 2 * np.pi * float(np.sqrt(max(np.linalg.det(correlation), ROUNDING)))
