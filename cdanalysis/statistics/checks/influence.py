"""How much a hazard ratio leans on single patients: dfbeta, every patient left out, patients drawn again.

All refits share times and events and differ in the patients' weights, so they are one batch. A patient drawn twice
weighs 2 (R's case weights). Percentile and BCa limits: Efron, JASA 1987;82:171, as scipy.stats.bootstrap.
"""

from dataclasses import dataclass
from math import exp, nan

import numpy as np
from scipy.stats import norm

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.batches import Progress, Run, gathered, one_by_one, telling
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.cox.residuals import dfbeta
from cdanalysis.statistics.time_axis import Observed

CELLS = 4_000_000  # models x patients x terms fitted at once
MOST_REFITTED, REFITTED_OF_MANY = 500, 200
RUNAWAY = 1e300  # stands for a log hazard ratio that is infinite, so that quantiles can be taken
FARTHEST = 50.0  # a log hazard ratio beyond this is none


@dataclass(frozen=True, eq=False)
class Influence:
    """coef (p,), dfbeta (n, p), left_out (n, p): the coefficients without each patient, NaN where there is none then.

    n_refitted: how many patients were left out by a refit; beyond `MOST_REFITTED` patients it is the ones with the largest
    dfbeta, and the others' left_out is coef less dfbeta, which is right to first order.
    """

    coef: np.ndarray
    dfbeta: np.ndarray
    left_out: np.ndarray
    n_refitted: int


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Intervals of one hazard ratio; a limit that the resamples do not bound is NaN.

    log_ratio (B,): of the resamples, infinite where a group had no event. n_unknown: resamples that say nothing, left out.
    """

    percentile: Estimate
    bca: Estimate | NotEstimable
    log_ratio: np.ndarray
    n_unknown: int


def influence(data: Observed, x: np.ndarray, *, ties: str = "efron") -> Influence | NotEstimable:
    """Every patient left out in turn; x (n, p) without a missing value."""
    fitted, scale = fit_standardised(data, x[None], ties, None)
    if not fitted.estimable.all():
        return NotEstimable("a term of the model has no estimate with all patients")
    coef, covariance = fitted.coef[0] / scale[0], fitted.covariance[0] / np.outer(scale[0], scale[0])
    pull = dfbeta(data, x, coef, covariance, ties)
    largest = np.argsort(-np.abs(pull / np.sqrt(covariance.diagonal())).max(axis=1), kind="stable")
    chosen = largest if len(data) <= MOST_REFITTED else largest[:REFITTED_OF_MANY]
    left_out = coef - pull
    left_out[chosen] = leave_one_out(data, x, ties, chosen)
    return Influence(coef, pull, left_out, len(chosen))


def leave_one_out(data: Observed, x: np.ndarray, ties: str, chosen: np.ndarray) -> np.ndarray:
    """The coefficients (m, p) without each of the chosen patients (m,), NaN where a term then has no estimate."""
    patients = np.arange(len(data))
    weights = ((patients != chosen[part][:, None]).astype(float) for part in _parts(len(chosen), x))
    found = np.concatenate([refit(data, x, part, ties) for part in weights])
    return np.where(np.abs(found) < RUNAWAY, found, nan)


def bootstrap(
    data: Observed, x: np.ndarray, place: int, *, ties: str = "efron", resamples: int = 2000, seed: int = 0,
    conf_level: float = 0.95, progress: Progress | None = None, run: Run = one_by_one,
) -> Bootstrap | NotEstimable:  # fmt: skip
    """Intervals of the hazard ratio of column `place` of x (n, p) by drawing the patients again.

    run: who goes through the batches of resamples.
    """
    n, rng = len(data), np.random.default_rng(seed)
    original = refit(data, x, np.ones((1, n)), ties)[0, place]
    if not abs(original) < RUNAWAY:
        return NotEstimable("it has no estimate with all patients")
    parts = _parts(resamples, x)
    counts = (rng.multinomial(n, np.full(n, 1 / n), size=part.stop - part.start).astype(float) for part in parts)

    tell = telling(progress, parts[0].stop if parts else 0, resamples)
    everything = np.concatenate(gathered(run, refit, ((data, x, one, ties) for one in counts), tell))[:, place]
    known = everything[~np.isnan(everything)]
    if not len(known):
        return NotEstimable("no resample has an estimate")
    tails = (1 - conf_level) / 2, (1 + conf_level) / 2
    moved = influence(data, x, ties=ties)
    adjusted = (
        moved if isinstance(moved, NotEstimable) else bca_levels(known, original, moved.left_out[:, place], tails)
    )
    bca = adjusted if isinstance(adjusted, NotEstimable) else _limits(known, original, adjusted)
    log_ratio = np.where(np.abs(known) < RUNAWAY, known, np.sign(known) * np.inf)
    return Bootstrap(_limits(known, original, tails), bca, log_ratio, len(everything) - len(known))


def bca_levels(
    drawn: np.ndarray, original: float, without: np.ndarray, tails: tuple[float, float]
) -> tuple[float, float] | NotEstimable:
    """The quantiles to read instead of the tails, for bias (z0) and a changing spread (a); drawn (resamples,), without (n,)."""
    if np.isnan(without).any():
        return NotEstimable("without one of the patients there is no estimate")
    share = ((drawn < original).mean() + (drawn <= original).mean()) / 2
    apart = without.mean() - without
    spread = (apart**2).sum()
    if not 0 < share < 1 or spread == 0:
        return NotEstimable("every resample lies on one side of the estimate")
    a, z0 = (apart**3).sum() / (6 * spread**1.5), norm.ppf(share)
    z = z0 + norm.ppf(tails)
    low, high = norm.cdf(z0 + z / (1 - a * z))
    return float(low), float(high)


def refit(data: Observed, x: np.ndarray, weights: np.ndarray, ties: str) -> np.ndarray:
    """Coefficients (K, p) of the same patients under K weights (K, n): a runaway for an infinite one, NaN for none."""
    designs = np.broadcast_to(x, (len(weights), *x.shape))
    fitted, scale = fit_standardised(data, designs, ties, None, weights)
    infinite = np.where(fitted.aliased | (fitted.coef == 0), nan, np.sign(fitted.coef) * RUNAWAY)
    return np.where(fitted.estimable, fitted.coef / scale, infinite)


def _parts(n_models: int, x: np.ndarray) -> list[slice]:
    size = max(1, min(200, CELLS // max(x.size, 1)))
    return [slice(start, min(start + size, n_models)) for start in range(0, n_models, size)]


def _limits(drawn: np.ndarray, original: float, levels: tuple[float, float]) -> Estimate:
    lower, upper = (exp(limit) if abs(limit) < FARTHEST else nan for limit in np.quantile(drawn, levels))
    return Estimate(exp(original), lower, upper)
