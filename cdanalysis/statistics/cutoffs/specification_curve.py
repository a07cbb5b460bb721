"""A specification curve as a whole: what each choice explains of its spread, and its permutation test.

Simonsohn, Simmons and Nelson, Nat Hum Behav 2020;4:1208. Under the null hypothesis the marker belongs to nobody in
particular: it is shuffled among the patients who have it, once for all specifications, and every model is fitted again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.results import is_above
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.time_axis import Observed

SIGNIFICANCE = 0.05
BLOCK_CELLS = 300_000  # of a job's designs, fitted at once: many small models share numpy's calls


@dataclass(frozen=True, eq=False)
class CurveJob:
    """K models of the same n patients; designs (K, n, p): the cut marker first.

    places (n,): where each patient stands in the marker's values; cutoffs (K,); weights (K,): how many specifications
    are this one model.
    """

    data: Observed
    designs: np.ndarray
    places: np.ndarray
    cutoffs: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class CurveTest:
    """P of the median |log HR| and of the number of specifications with P < 0.05 in its direction; both by shuffling."""

    p_median: float
    p_significant: float
    permutations: int


def curve_test(
    jobs: Sequence[CurveJob],
    values: np.ndarray,
    *,
    side: str,
    ties: Sequence[str],
    permutations: int,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> CurveTest:
    """values (m,): the marker of everybody, NaN where not measured; ties: of each job; progress(done, permutations)."""
    rng, known = np.random.default_rng(seed), np.flatnonzero(~np.isnan(values))
    observed, beyond = _of_the_curve(jobs, values[None], side, ties)[0], np.zeros(2)
    block = max(1, BLOCK_CELLS // max((job.designs.size for job in jobs), default=1))
    for done in range(0, permutations, block):
        shuffled = np.repeat(values[None], min(block, permutations - done), axis=0)
        shuffled[:, known] = rng.permuted(shuffled[:, known], axis=1)
        beyond += (_of_the_curve(jobs, shuffled, side, ties) >= observed - 1e-9).sum(axis=0)
        if progress is not None:
            progress(done + len(shuffled), permutations)
    p = (1 + beyond) / (1 + permutations)
    return CurveTest(float(p[0]), float(p[1]), permutations)


def _of_the_curve(jobs: Sequence[CurveJob], values: np.ndarray, side: str, ties: Sequence[str]) -> np.ndarray:
    """Of each marker (B, m): |median log HR|, the number of significant specifications on the median's side; (B, 2)."""
    found = [_fitted(job, values[:, job.places], side, one) for job, one in zip(jobs, ties, strict=True)]
    coef, p = (np.concatenate(parts, axis=1) for parts in zip(*found, strict=True))
    weights = np.concatenate([job.weights for job in jobs])
    return np.array([_summary(*one, weights) for one in zip(coef, p, strict=True)])


def _fitted(job: CurveJob, markers: np.ndarray, side: str, ties: str) -> tuple[np.ndarray, np.ndarray]:
    """log HR and P of each marker (B, n) in each model, (B, K); NaN where not estimable."""
    cutoffs = job.cutoffs[:, None]
    above = is_above(markers[:, None], cutoffs, side)
    designs = np.repeat(job.designs[None], len(markers), axis=0)
    designs[..., 0] = above
    shape = designs.shape
    fitted = cox_batch(job.data.time, job.data.event, designs.reshape(-1, *shape[2:]), ties=ties, entry=job.data.entry)
    return fitted.coef[:, 0].reshape(shape[:2]), fitted.p_value[:, 0].reshape(shape[:2])


def _summary(coef: np.ndarray, p: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    known = ~np.isnan(coef)
    if not known.any():
        return 0.0, 0.0
    middle = _weighted_median(coef[known], weights[known])
    return abs(middle), float(weights[known & (p < SIGNIFICANCE) & (coef * middle > 0)].sum())


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """The median of each value as often as its weight says."""
    return float(np.median(np.repeat(values, weights.astype(int))))


def share_between(values: np.ndarray, names: Sequence[str]) -> float:
    """Sum of squares between the groups of equal names, as a share of all of it; 0 where nothing varies."""
    total = ((values - values.mean()) ** 2).sum()
    places = np.unique(np.asarray(names), return_inverse=True)[1]
    n = np.bincount(places)
    means = np.bincount(places, values) / n
    return float((n * (means - values.mean()) ** 2).sum() / total) if total > 1e-12 else 0.0
