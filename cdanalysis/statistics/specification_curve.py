"""A specification curve as a whole: what each choice explains of its spread, and its permutation test.

Simonsohn, Simmons and Nelson, Nat Hum Behav 2020;4:1208. Under the null hypothesis the marker belongs to nobody in
particular: it is shuffled among the patients who have it, once for all specifications, and every model is fitted again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.cox_batch import cox_batch
from cdanalysis.statistics.time_axis import Observed

SIGNIFICANCE = 0.05


@dataclass(frozen=True, eq=False)
class CurveJob:
    """K models of the same n patients; designs (K, n, p): the cut marker first, columns of zeros fill a shorter model up.

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
    observed, beyond = _of_the_curve(jobs, values, side, ties), np.zeros(2)
    for done in range(permutations):
        shuffled = values.copy()
        shuffled[known] = rng.permutation(values[known])
        beyond += np.array(_of_the_curve(jobs, shuffled, side, ties)) >= np.array(observed) - 1e-9
        if progress is not None:
            progress(done + 1, permutations)
    p = (1 + beyond) / (1 + permutations)
    return CurveTest(float(p[0]), float(p[1]), permutations)


def _of_the_curve(jobs: Sequence[CurveJob], values: np.ndarray, side: str, ties: Sequence[str]) -> tuple[float, float]:
    """|median log HR| and the number of significant specifications on the median's side."""
    found = [_fitted(job, values[job.places], side, one) for job, one in zip(jobs, ties, strict=True)]
    coef, p, weights = (np.concatenate(parts) for parts in zip(*found, strict=True))
    if not len(coef):
        return 0.0, 0.0
    middle = _weighted_median(coef, weights)
    return abs(middle), float(weights[(p < SIGNIFICANCE) & (coef * middle > 0)].sum())


def _fitted(job: CurveJob, marker: np.ndarray, side: str, ties: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    above = marker >= job.cutoffs[:, None] if side == ">=" else marker > job.cutoffs[:, None]
    designs = np.concatenate([above[..., None], job.designs[..., 1:]], axis=2)
    fitted = cox_batch(job.data.time, job.data.event, designs, ties=ties, entry=job.data.entry)
    known = fitted.estimable[:, 0]
    return fitted.coef[known, 0], fitted.p_value[known, 0], job.weights[known]


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
