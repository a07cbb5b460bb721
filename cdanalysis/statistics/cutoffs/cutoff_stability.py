"""How much of the best cut-off would be found again: its bootstrap distribution, and its hazard ratio less the search.

The best cut-off is the one of the smallest log-rank P. Its hazard ratio, read off the patients it was found in, is too far
from 1. Two corrections: heuristic shrinkage of the coefficient by (b^2 - SE^2) / b^2 (van Houwelingen and le Cessie, Stat
Med 1990;9:1303; Hollander et al., Stat Med 2004;23:1701), and cross-fitting: each patient is placed by the cut-off found in
the others (Faraggi and Simon, Stat Med 1996;15:2203), repeated over random folds, the repeat of the median taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp, log

import numpy as np

from cdanalysis.results import Estimate, NotEstimable, is_above, z_value
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cutoffs.cutoff_grid import logrank_of_cutoffs
from cdanalysis.statistics.cutoffs.cutoff_scan import CutoffScan, admissible
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.statistics.time_axis import Observed

FOLDS = 10
NOT_FOUND = "in no repeat did the cross-fitted groups both have events"


@dataclass(frozen=True, eq=False)
class CutoffStability:
    """The best cut-off of every resample, its percentile interval, and the hazard ratio naive, shrunken and cross-fitted.

    n_failed: resamples without an admissible cut-off that could be tested. shrinkage: the factor of the log hazard ratio.
    """

    best_cutoffs: np.ndarray
    interval: Estimate
    n_failed: int
    naive: Estimate | NotEstimable
    shrunken: float | NotEstimable
    shrinkage: float
    cross_fitted: Estimate | NotEstimable
    n_folds: int
    n_repeats: int


def cutoff_stability(
    data: Observed,
    marker: np.ndarray,
    scan: CutoffScan,
    *,
    min_fraction: float,
    min_events: int = 0,
    resamples: int = 1000,
    repeats: int = 20,
    ties: str = "efron",
    conf_level: float = 0.95,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> CutoffStability:
    """data and marker (n,) as scanned, none missing; min_fraction and min_events as the scan's; progress(done, total)."""
    rng = np.random.default_rng(seed)
    least = min_fraction, min_events
    found = []
    for k in range(resamples):
        drawn = rng.integers(0, len(data), len(data))
        found.append(_best(data[drawn], marker[drawn], scan.side, least))
        if progress is not None and k % 50 == 49:
            progress(k + 1, resamples)
    best = np.array([one for one in found if one is not None])
    tails = (1 - conf_level) / 2, (1 + conf_level) / 2
    limits = np.quantile(best, tails, method="inverted_cdf") if len(best) else (np.nan, np.nan)
    naive = scan.best.hazard_ratio
    return CutoffStability(
        best, Estimate(scan.best.cutoff, *(float(limit) for limit in limits)), len(found) - len(best),
        naive, *_shrunken(naive, conf_level), _cross_fitted(data, marker, scan.side, least, repeats, ties, conf_level, rng),
        FOLDS, repeats,
    )  # fmt: skip


def _best(data: Observed, marker: np.ndarray, side: str, least: tuple[float, int]) -> float | None:
    """The admissible cut-off of the largest log-rank statistic; None where nothing can be tested."""
    cuts = admissible(data, marker, side, *least) if data.event.any() else np.empty(0)
    if not len(cuts):
        return None
    tests = logrank_of_cutoffs(data, marker, cuts, side)
    return None if np.isnan(tests).all() else float(cuts[np.nanargmax(tests)])


def _shrunken(naive: Estimate | NotEstimable, conf_level: float) -> tuple[float | NotEstimable, float]:
    """The hazard ratio after shrinkage, and the factor; 0 where the ratio is no larger than its error."""
    if isinstance(naive, NotEstimable):
        return naive, float("nan")
    b, error = log(naive.value), log(naive.upper / naive.lower) / (2 * z_value(conf_level))
    factor = max(0.0, 1 - (error / b) ** 2) if b else 0.0
    return exp(factor * b), factor


def _cross_fitted(
    data: Observed, marker: np.ndarray, side: str, least: tuple[float, int], repeats: int, ties: str,
    conf_level: float, rng: np.random.Generator,
) -> Estimate | NotEstimable:  # fmt: skip
    """The Cox model of the cross-fitted groups, of the repeat whose ratio is the median."""
    groups = [group for group in (_placed(data, marker, side, least, rng) for _ in range(repeats)) if group is not None]
    if not groups:
        return NotEstimable(NOT_FOUND)
    fitted = cox_batch(data.time, data.event, np.array(groups)[..., None], ties=ties, entry=data.entry)
    known = np.flatnonzero(fitted.estimable[:, 0])
    if not len(known):
        return NotEstimable(NOT_FOUND)
    middle = known[np.argsort(fitted.coef[known, 0], kind="stable")[len(known) // 2]]
    b, error, z = fitted.coef[middle, 0], fitted.standard_error[middle, 0], z_value(conf_level)
    return wald_ratio(float(b), float(error), z)


def _placed(
    data: Observed, marker: np.ndarray, side: str, least: tuple[float, int], rng: np.random.Generator
) -> np.ndarray | None:
    """Above (1.0) or below (0.0) for every patient, by the cut-off found without their fold; None where one finds none."""
    group = np.zeros(len(data))
    for fold in _folds(data.event, rng):
        others = np.ones(len(data), bool)
        others[fold] = False
        cutoff = _best(data[others], marker[others], side, least)
        if cutoff is None:
            return None
        group[fold] = is_above(marker[fold], cutoff, side)
    return group


def _folds(event: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Random folds with the events spread evenly."""
    order = np.concatenate([rng.permutation(np.flatnonzero(event)), rng.permutation(np.flatnonzero(~event))])
    return (order[fold::FOLDS] for fold in range(min(FOLDS, len(order))))
