"""The log-rank test and its weighted kin, for any number of groups.

Hypergeometric variance, as R's survdiff and SPSS. Weights: n (Breslow, Gehan), sqrt(n) (Tarone-Ware), the Peto-Prentice
survival estimate. Mantel, Cancer Chemother Rep 1966;50:163; Tarone and Ware, Biometrika 1977;64:156.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.time_axis import Observed, counts, labels_in_order, observed

WEIGHTINGS = ("logrank", "breslow", "tarone-ware", "peto")


@dataclass(frozen=True)
class LogRank:
    """A test of equal survival; observed and expected: events by group, weighted as the test is."""

    statistic: float
    df: int
    p_value: float
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    groups: tuple[object, ...]


def logrank(
    time: ArrayLike,
    event: ArrayLike,
    groups: ArrayLike,
    *,
    weighting: str = "logrank",
    strata: ArrayLike | None = None,
    trend: bool = False,
    entry: ArrayLike | None = None,
) -> LogRank | NotEstimable:
    """Test equality of the groups' survival; `trend` tests an ordered alternative with scores 0, 1, 2, ...

    time (n,), event (n,), groups (n,): a missing group leaves the patient out; strata (n,): events are compared within
    each. NotEstimable for one group, no event, or no time at which two groups are at risk.
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"weighting is {weighting!r}, expected one of {', '.join(WEIGHTINGS)}")
    data = observed(time, event, entry)
    labels, codes = labels_in_order(groups)
    if len(labels) < 2:
        return NotEstimable("all patients are in one group" if labels else "no patient is in a group")
    if not data.event[codes >= 0].any():
        return NotEstimable("no event was observed")
    n_groups = len(labels)
    parts = _strata(strata, codes)
    sums = [_sums(data[part], codes[part], n_groups, weighting) for part in parts]
    found, expected, variance = (sum(values) for values in zip(*sums, strict=True))
    scores = np.arange(n_groups)[None] if trend else np.eye(n_groups)[:-1]
    difference, spread = scores @ (found - expected), scores @ variance @ scores.T
    return _test(difference, spread, found, expected, labels)


def _strata(strata: ArrayLike | None, codes: np.ndarray) -> list[np.ndarray]:
    if strata is None:
        return [codes >= 0]
    labels, places = labels_in_order(strata)
    return [(codes >= 0) & (places == place) for place in range(len(labels))]


def _sums(
    data: Observed, codes: np.ndarray, n_groups: int, weighting: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weighted observed and expected events by group, and their covariance."""
    times = np.unique(data.time[data.event])
    by_group = [counts(data[codes == g], times) for g in range(n_groups)]
    at_risk, events = (np.array(values, float).reshape(n_groups, -1) for values in zip(*by_group, strict=True))
    n, d = at_risk.sum(0), events.sum(0)
    weight = _weights(weighting, n, d)
    share = at_risk / n
    common = weight**2 * d * (n - d) / np.maximum(n - 1, 1)
    variance = np.diag((common * share).sum(1)) - (common * share) @ share.T
    return (weight * events).sum(1), (weight * d * share).sum(1), variance


def _weights(weighting: str, n: np.ndarray, d: np.ndarray) -> np.ndarray:
    if weighting == "breslow":
        return n
    if weighting == "tarone-ware":
        return np.sqrt(n)
    if weighting == "peto":
        return np.cumprod(1 - d / (n + 1))
    return np.ones(len(n))


def _test(
    difference: np.ndarray, spread: np.ndarray, found: np.ndarray, expected: np.ndarray, labels: list[object]
) -> LogRank | NotEstimable:
    df = int(np.linalg.matrix_rank(spread, tol=1e-12 * max(1.0, np.abs(spread).max(initial=0))))
    if df == 0:
        return NotEstimable("at no event were patients of two groups at risk together")
    statistic = float(difference @ np.linalg.pinv(spread, rcond=1e-12) @ difference)
    return LogRank(statistic, df, float(chdtrc(df, statistic)), tuple(found), tuple(expected), tuple(labels))
