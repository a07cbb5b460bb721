"""A specification curve as a whole: what each choice explains of its spread, and its permutation test.

Simonsohn, Simmons and Nelson, Nat Hum Behav 2020;4:1208. Under the null hypothesis the marker belongs to nobody in
particular: it is shuffled among the patients who have it, once for all specifications, and every one of them is made anew: the
marker is screened as the data's was, and its model fitted where it enters. A curve is compared with shuffled curves that
exist, i.e. in which some specification has a hazard ratio, because only such a curve is ever tested.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from cdanalysis.results import NotEstimable, is_above
from cdanalysis.statistics.batches import Run, gathered, one_by_one
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.curves.logrank import logrank_columns
from cdanalysis.statistics.time_axis import Observed

SIGNIFICANCE = 0.05
BLOCK_CELLS = 300_000  # of a job's designs, fitted at once: many small models share numpy's calls
MOST_DRAWN = 20  # shuffles for each one wanted: a strict screening lets few curves exist


@dataclass(frozen=True, eq=False)
class CurveJob:
    """K models of the same n of the N patients of an endpoint; designs (K, n, p): the cut marker's place first, empty.

    places (N,): where each patient stands in the marker's values; kept (n,): who is complete in the models' covariates;
    cutoffs (K,); thresholds (K,): the log-rank P of all N below which the marker enters, infinite: always; weights (K,): how
    many specifications are this one. filled: a missing marker takes the more frequent side.
    """

    data: Observed
    places: np.ndarray
    kept: np.ndarray
    designs: np.ndarray
    cutoffs: np.ndarray
    thresholds: np.ndarray
    weights: np.ndarray
    filled: bool = False


@dataclass(frozen=True)
class CurveTest:
    """P of the median |log HR| and of the number of specifications with P < 0.05 in its direction; both by shuffling.

    permutations: the shuffled curves compared with, of n_drawn shuffles.
    """

    p_median: float
    p_significant: float
    permutations: int
    n_drawn: int


def curve_test(
    jobs: Sequence[CurveJob],
    values: np.ndarray,
    *,
    side: str,
    ties: Sequence[str],
    permutations: int,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    run: Run = one_by_one,
) -> CurveTest | NotEstimable:
    """values (m,): the marker of everybody, NaN where not measured; ties: of each job; progress(done, permutations).

    run: who goes through the batches of shuffles.

    NotEstimable where no specification has a hazard ratio.
    """
    rng, known = np.random.default_rng(seed), np.flatnonzero(~np.isnan(values))
    observed, beyond = _of_the_curve(jobs, values[None], side, ties)[0] if jobs else np.full(2, np.nan), np.zeros(2)
    if np.isnan(observed[0]):
        return NotEstimable("no specification gives a hazard ratio")
    block = max(1, BLOCK_CELLS // max((job.designs.size for job in jobs), default=1))
    done = drawn = 0
    while done < permutations and drawn < MOST_DRAWN * permutations:
        wanted = permutations - done
        sizes = [min(block, wanted - start) for start in range(0, wanted, block)]
        batches = ((jobs, _shuffled(values, known, size, rng), side, ties) for size in sizes)
        tell = partial(_tell, progress, done, sizes, permutations)
        curves = np.concatenate(gathered(run, _of_the_curve, batches, tell))
        curves = curves[~np.isnan(curves[:, 0])]
        beyond += (curves >= observed - 1e-9).sum(axis=0)
        done, drawn = done + len(curves), drawn + wanted
    p = (1 + beyond) / (1 + done)
    return CurveTest(float(p[0]), float(p[1]), done, drawn)


def _shuffled(values: np.ndarray, known: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """The marker (size, m), its known values each time among other patients."""
    shuffled = np.repeat(values[None], size, axis=0)
    shuffled[:, known] = rng.permuted(shuffled[:, known], axis=1)
    return shuffled


def _tell(
    progress: Callable[[int, int], None] | None, before: int, sizes: Sequence[int], total: int, n_batches: int
) -> None:
    """Tell how many shuffles are done after so many batches of these sizes, on top of those before."""
    if progress is not None:
        progress(before + sum(sizes[:n_batches]), total)


def _of_the_curve(jobs: Sequence[CurveJob], values: np.ndarray, side: str, ties: Sequence[str]) -> np.ndarray:
    """Of each marker (B, m): |median log HR|, the number of significant specifications on the median's side; (B, 2)."""
    found = [_fitted(job, values[:, job.places], side, one) for job, one in zip(jobs, ties, strict=True)]
    coef, p = (np.concatenate(parts, axis=1) for parts in zip(*found, strict=True))
    weights = np.concatenate([job.weights for job in jobs])
    return np.array([_summary(*one, weights) for one in zip(coef, p, strict=True)])


def _fitted(job: CurveJob, markers: np.ndarray, side: str, ties: str) -> tuple[np.ndarray, np.ndarray]:
    """log HR and P of each marker (B, N) in each model, (B, K); NaN where it is screened out or not estimable."""
    cutoffs, cut = np.unique(job.cutoffs, return_inverse=True)
    marked = _marked(job, markers, cutoffs, side)
    tested = logrank_columns(job.data, marked.reshape(-1, marked.shape[-1]).T).reshape(marked.shape[:2])
    draw, model = np.nonzero((tested[:, cut] < job.thresholds) | np.isinf(job.thresholds))
    designs = job.designs[model]
    designs[..., 0] = marked[draw, cut[model]][:, job.kept]
    coef, p = np.full((2, len(markers), len(job.cutoffs)), np.nan)
    data = job.data[job.kept]
    if len(draw) and data.event.any():
        fitted = cox_batch(data.time, data.event, designs, ties=ties, entry=data.entry)
        coef[draw, model], p[draw, model] = fitted.coef[:, 0], fitted.p_value[:, 0]
    return coef, p


def _marked(job: CurveJob, markers: np.ndarray, cutoffs: np.ndarray, side: str) -> np.ndarray:
    """1 above, 0 below, NaN where not measured, of each marker and cut-off (B, C, N)."""
    values = markers[:, None]
    above = is_above(values, cutoffs[:, None], side).astype(float)
    missing = np.broadcast_to(np.isnan(values), above.shape)
    if not job.filled:
        return np.where(missing, np.nan, above)
    n_above, n = above.sum(axis=-1, keepdims=True), (~missing).sum(axis=-1, keepdims=True)
    # Of equal numbers the group whose name sorts first, as of any covariate: "> 10" before "≤ 10", "< 10" before "≥ 10".
    return np.where(missing, 2 * n_above > n if side == ">=" else 2 * n_above >= n, above)


def _summary(coef: np.ndarray, p: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """NaN where the curve does not exist."""
    known = ~np.isnan(coef)
    if not known.any():
        return np.nan, np.nan
    middle = _weighted_median(coef[known], weights[known])
    return abs(middle), float(weights[known & (p < SIGNIFICANCE) & (coef * middle > 0)].sum())


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """The median of each value as often as its weight says."""
    return float(np.median(np.repeat(values, weights.astype(int))))


def share_between(values: np.ndarray, names: Sequence[str]) -> float:
    """Sum of squares of values (n,) between the groups of equal names, as a share of all of it; 0 where nothing varies."""
    total = ((values - values.mean()) ** 2).sum()
    places = np.unique(np.asarray(names), return_inverse=True)[1]
    n = np.bincount(places)
    means = np.bincount(places, values) / n
    return float((n * (means - values.mean()) ** 2).sum() / total) if total > 1e-12 else 0.0
