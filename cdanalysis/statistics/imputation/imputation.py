"""Multiple imputation: chained equations fill the missing covariates several times, Rubin's rules pool the estimates.

Predictive mean matching draws (`predictive_matching`); the event and Nelson-Aalen's cumulative hazard are among the
predictors, as White and Royston, Stat Med 2009;28:1982, ask. Each imputation has a chain and random numbers of its own, made
of the seed and its place, so that more imputations leave the first ones as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from scipy.special import stdtr, stdtrit

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.imputation.predictive_matching import canonical_scores, matched
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.statistics.time_axis import Observed, counts

ROUNDS = 10
LEAST_LAMBDA = 1e-4  # as mice: without any variance between imputations the degrees of freedom would be infinite


@dataclass(frozen=True)
class PooledTerm:
    """One term over all imputations; df: Barnard and Rubin's; missing_information: the fraction lost, 0 to 1 (mice: fmi)."""

    name: str
    coef: float
    standard_error: float
    hazard_ratio: Estimate | NotEstimable
    df: float
    p_value: float
    missing_information: float


def cumulative_hazard(data: Observed) -> np.ndarray:
    """Nelson-Aalen's cumulative hazard at each patient's own time, (n,)."""
    times = np.unique(data.time)
    at_risk, n_events = counts(data, times)
    return np.cumsum(n_events / np.maximum(at_risk, 1))[np.searchsorted(times, data.time)]


def impute(
    columns: np.ndarray, data: Observed, *, seed: int, places: Sequence[int], nominal: Sequence[int] = ()
) -> np.ndarray:
    """columns (n, q), NaN = missing, each measured in somebody -> (len(places), n, q); places: which imputations, from 0.

    nominal: the columns that hold codes of a category without order; what is imputed is a code that occurs.
    """
    given = np.column_stack([columns, data.event, cumulative_hazard(data)])
    levels = {j: np.unique(given[~np.isnan(given[:, j]), j]) for j in nominal}
    n_columns = columns.shape[1]
    return np.stack([_chain(given, levels, np.random.default_rng([seed, place]))[:, :n_columns] for place in places])


def _chain(given: np.ndarray, levels: dict[int, np.ndarray], chance: np.random.Generator) -> np.ndarray:
    """Every column from the others in turn, the one with the fewest gaps first, `ROUNDS` times."""
    missing = np.isnan(given)
    filled = np.where(missing, np.nanmean(given, axis=0), given)
    for j in levels:  # the mean of codes is no level
        counted = [(given[:, j] == level).sum() for level in levels[j]]
        filled[missing[:, j], j] = levels[j][int(np.argmax(counted))]
    order = [j for j in np.argsort(missing.sum(axis=0), kind="stable").tolist() if missing[:, j].any()]
    for _ in range(ROUNDS):
        for j in order:
            gone, others = missing[:, j], _others(filled, levels, j)
            seen = filled[~gone, j]
            y = canonical_scores(others[~gone], seen) if j in levels else seen
            filled[gone, j] = seen[matched(others[~gone], y, others[gone], chance)]
    return filled


def _others(filled: np.ndarray, levels: dict[int, np.ndarray], left: int) -> np.ndarray:
    """The columns that column `left` is predicted from: a category marks each of its levels but the first."""
    columns = [
        (filled[:, [j]] == levels[j][1:]).astype(float) if j in levels else filled[:, [j]]
        for j in range(filled.shape[1])
        if j != left
    ]
    return np.hstack(columns)


def pool(
    coef: np.ndarray, standard_error: np.ndarray, names: Sequence[str], *, n_events: int, conf_level: float = 0.95
) -> tuple[PooledTerm, ...]:
    """Rubin's rules: coef, standard_error (m, p) of the m imputations, NaN where not estimable; m of 2 or more.

    Complete-data degrees of freedom are events less terms, as R's mice::pool has them. Barnard and Rubin, Biometrika
    1999;86:948.
    """
    free = max(n_events - len(names), 1)
    return tuple(
        _pooled(name, coef[:, j], standard_error[:, j], float(free), conf_level) for j, name in enumerate(names)
    )


def _pooled(name: str, coef: np.ndarray, error: np.ndarray, free: float, conf_level: float) -> PooledTerm:
    m, n_unknown = len(coef), int(np.isnan(coef).sum())
    if n_unknown:
        reason = NotEstimable(f"no finite estimate in {n_unknown} of {m} imputations")
        return PooledTerm(name, nan, nan, reason, nan, nan, nan)
    mean, within, between = float(coef.mean()), float((error**2).mean()), float(coef.var(ddof=1))
    total = within + (1 + 1 / m) * between
    df = _degrees_of_freedom(m, (1 + 1 / m) * between / total, free)
    rise = (1 + 1 / m) * between / within
    root = total**0.5
    ratio = wald_ratio(mean, root, float(stdtrit(df, 0.5 + conf_level / 2)))
    p = 2 * float(stdtr(df, -abs(mean) / root))
    return PooledTerm(name, mean, root, ratio, df, p, (rise + 2 / (df + 3)) / (rise + 1) if between else 0.0)


def _degrees_of_freedom(m: int, share: float, free: float) -> float:
    """Barnard and Rubin's, from the share of the variance that the missing values make."""
    share = max(share, LEAST_LAMBDA)
    old, seen = (m - 1) / share**2, (free + 1) / (free + 3) * free * (1 - share)
    return old * seen / (old + seen)
