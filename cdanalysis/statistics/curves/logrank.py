"""The log-rank test and its weighted kin, for any number of groups.

Hypergeometric variance, as R's survdiff and SPSS. Weights: n (Breslow, Gehan), sqrt(n) (Tarone-Ware), the Peto-Prentice
survival estimate, S^p (1 - S)^q (Fleming-Harrington; S: Kaplan-Meier of all groups just before the time, within a stratum its
own). Mantel, Cancer Chemother Rep 1966;50:163; Tarone and Ware, Biometrika 1977;64:156; Harrington and Fleming, Biometrika
1982;69:553.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.time_axis import Observed, counts, labels_in_order, numbers, observed, one_of

WEIGHTINGS = ("logrank", "breslow", "tarone-ware", "peto")
Weighting = str | tuple[str, float, float]  # ("fleming-harrington", p, q), both 0 or more
ROUNDING = 1e-12  # of the largest variance


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
    weighting: Weighting = "logrank",
    strata: ArrayLike | None = None,
    trend: bool = False,
    entry: ArrayLike | None = None,
) -> LogRank | NotEstimable:
    """Test equality of the groups' survival; `trend` tests an ordered alternative with scores 0, 1, 2, ... (df 1).

    time (n,), event (n,), groups (n,), strata (n,): a missing group or stratum leaves the patient out; events are
    compared within a stratum. df: one less than the groups ever at risk at an event. NotEstimable for one group, no
    event, or no event with two groups at risk. Raises ValueError for an argument that is not as said.
    """
    _check(weighting)
    data = observed(time, event, entry)
    labels, places = labels_in_order("groups", groups, len(data))
    return logrank_by_place(data, labels, places, weighting, _strata(strata, len(data)), trend)


def logrank_by_place(
    data: Observed,
    labels: Sequence[object],
    places: np.ndarray,
    weighting: Weighting = "logrank",
    parts: np.ndarray | None = None,
    trend: bool = False,
) -> LogRank | NotEstimable:
    """As `logrank`, of checked data whose groups are already numbered; parts (strata, n): who is in each stratum.

    places (n,): of each patient's group in labels, -1 where it has none.
    """
    parts = np.ones((1, len(data)), bool) if parts is None else parts
    places = np.where(parts.any(axis=0), places, -1)
    present = [label for place, label in enumerate(labels) if (places == place).any()]
    if len(present) < 2:
        return NotEstimable("all patients are in one group" if present else "no patient is in a group")
    if not data.event[places >= 0].any():
        return NotEstimable("no event was observed")
    sums = [_sums(data[part], places[part], len(labels), weighting) for part in (parts & (places >= 0))]
    found, expected, variance = (reduce(np.add, values) for values in zip(*sums, strict=True))
    return _test(found, expected, variance, trend, labels)


def _check(weighting: Weighting) -> None:
    """ValueError unless it is a weighting's name, or Fleming and Harrington's with its two powers."""
    if isinstance(weighting, str):
        one_of("weighting", weighting, WEIGHTINGS)
    elif (
        len(weighting) != 3 or weighting[0] != "fleming-harrington" or not min(numbers("weighting", weighting[1:])) >= 0
    ):
        raise ValueError(f"weighting is {weighting!r}, expected ('fleming-harrington', p, q) with p and q of 0 or more")


def _strata(strata: ArrayLike | None, n: int) -> np.ndarray | None:
    """Who is in each stratum, (strata, n)."""
    if strata is None:
        return None
    labels, places = labels_in_order("strata", strata, n)
    return places == np.arange(max(len(labels), 1))[:, None]


def _sums(
    data: Observed, places: np.ndarray, n_groups: int, weighting: Weighting
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weighted observed and expected events by group, and their covariance."""
    times = np.unique(data.time[data.event])
    by_group = [counts(data[places == place], times) for place in range(n_groups)]
    at_risk, events = (np.array(values, float).reshape(n_groups, -1) for values in zip(*by_group, strict=True))
    n, d = at_risk.sum(0), events.sum(0)
    weight = _weights(weighting, n, d)
    share = at_risk / n
    common = weight**2 * d * (n - d) / np.maximum(n - 1, 1) * share
    return (weight * events).sum(1), (weight * d * share).sum(1), np.diag(common.sum(1)) - common @ share.T


def _weights(weighting: Weighting, n: np.ndarray, d: np.ndarray) -> np.ndarray:
    if isinstance(weighting, tuple):
        before = np.concatenate([[1.0], np.cumprod(1 - d / n)[:-1]])
        return before ** weighting[1] * (1 - before) ** weighting[2]
    if weighting == "breslow":
        return n
    if weighting == "tarone-ware":
        return np.sqrt(n)
    if weighting == "peto":
        return np.cumprod(1 - d / (n + 1))
    return np.ones(len(n))


def _test(
    found: np.ndarray, expected: np.ndarray, variance: np.ndarray, trend: bool, labels: Sequence[object]
) -> LogRank | NotEstimable:
    scores = np.arange(len(labels), dtype=float)[None] if trend else np.eye(len(labels))[:-1]
    difference, spread = scores @ (found - expected), scores @ variance @ scores.T
    # What is left of a variance that should be 0 is rounding of the weighted events it was summed from.
    values, vectors = np.linalg.eigh(spread)
    informed = values > ROUNDING * max(expected.max(), values.max())
    if not informed.any():
        return NotEstimable("at no event were patients of two groups at risk together")
    along = vectors[:, informed].T @ difference
    statistic, df = float((along**2 / values[informed]).sum()), int(informed.sum())
    sides = tuple(found.tolist()), tuple(expected.tolist())
    return LogRank(statistic, df, float(chdtrc(df, statistic)), *sides, tuple(labels))


def logrank_columns(data: Observed, marked: np.ndarray) -> np.ndarray:
    """P of the log-rank test between marked (1) and unmarked (0) patients, for every column of (n, m) at once.

    A NaN leaves the patient out of that column's test. NaN where `logrank` would say why there is no test.
    """
    known, inside = (~np.isnan(marked)).astype(float), np.nan_to_num(marked)
    times, first = np.unique(np.sort(data.time[data.event]), return_index=True)
    if not len(times):
        return np.full(marked.shape[1], np.nan)
    dead = np.flatnonzero(data.event)[np.argsort(data.time[data.event], kind="stable")]
    (n, d), (n_inside, d_inside) = (
        (_at_risk(data, times, values), np.add.reduceat(values[dead], first)) for values in (known, inside)
    )
    share = n_inside / np.maximum(n, 1)
    difference = (d_inside - d * share).sum(axis=0)
    variance = (d * (n - d) / np.maximum(n - 1, 1) * share * (1 - share)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > ROUNDING, chdtrc(1, difference**2 / variance), np.nan)


def _at_risk(data: Observed, times: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Sums of values (n, m) over the patients at risk at each time: from there to the end, without those yet to enter."""
    total = _from(data.time, times, values)
    return total if data.entry is None else total - _from(data.entry, times, values)


def _from(at: np.ndarray, times: np.ndarray, values: np.ndarray) -> np.ndarray:
    order = np.argsort(at, kind="stable")
    later = np.zeros((len(at) + 1, values.shape[1]))
    later[:-1] = values[order][::-1].cumsum(axis=0)[::-1]
    return later[np.searchsorted(at[order], times, "left")]
