"""What is left of a model's discrimination and slope in other patients: Harrell's bootstrap.

Each resample is fitted anew; its C in itself less its C in the original patients is the optimism; its slope is that of the Cox
model of the original patients on its linear predictor. As rms::validate, in batches. Harrell, Lee and Mark, Stat Med
1996;15:361.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.batches import Progress, Run, gathered, one_by_one, telling
from cdanalysis.statistics.checks.influence import RUNAWAY, refit
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.time_axis import Observed

BATCH = 50
LEAST_KNOWN = 0.8  # of the resamples: fewer with an estimate say nothing of the model


@dataclass(frozen=True, eq=False)
class Optimism:
    """apparent C, its optimism, the slope in the original patients; n resamples with an estimate, n_unknown without."""

    apparent: float
    optimism: float
    slope: float
    n: int
    n_unknown: int

    @property
    def corrected(self) -> float:
        """C as it is to be expected in other patients of the same kind."""
        return self.apparent - self.optimism


def optimism(
    data: Observed,
    x: np.ndarray,
    *,
    ties: str = "efron",
    resamples: int = 200,
    seed: int = 0,
    progress: Progress | None = None,
    run: Run = one_by_one,
) -> Optimism | NotEstimable:
    """How much too well the Cox model of columns x (n, p) seems to predict: over bootstrap resamples of the patients.

    progress(done, resamples); run: who does the batches.
    """
    n = len(data)
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
    return optimism_of(data, x, draws, ties, progress, run)


def optimism_of(
    data: Observed,
    x: np.ndarray,
    draws: np.ndarray,
    ties: str,
    progress: Progress | None = None,
    run: Run = one_by_one,
) -> Optimism | NotEstimable:
    """How much too well the model seems to predict, over given resamples (K, n): how often each patient was drawn."""
    whole = refit(data, x, np.ones((1, len(data))), ties)
    if not (np.abs(whole) < RUNAWAY).all():
        return NotEstimable("a term of the model has no estimate")
    batches = ((data, x, draws[start : start + BATCH], ties) for start in range(0, len(draws), BATCH))
    gaps, slopes = zip(*gathered(run, _of_resamples, batches, telling(progress, BATCH, len(draws))), strict=True)
    every, slope = np.concatenate(gaps), np.concatenate(slopes)
    if len(every) < LEAST_KNOWN * len(draws):
        return NotEstimable(f"only {len(every)} of {len(draws)} resamples have an estimate of every term")
    apparent = float(concordances(data, (whole @ x.T), np.ones((1, len(data))))[0])
    return Optimism(apparent, float(every.mean()), float(slope.mean()), len(every), len(draws) - len(every))


def _of_resamples(data: Observed, x: np.ndarray, draws: np.ndarray, ties: str) -> tuple[np.ndarray, np.ndarray]:
    """Of some resamples (K, n): the optimism of C and the slope in the original patients, of those with an estimate."""
    coef = refit(data, x, draws, ties)
    known = np.all(np.abs(coef) < RUNAWAY, axis=1)
    predictors = np.where(known[:, None], coef, 0.0) @ x.T
    gap = concordances(data, predictors, draws) - concordances(data, predictors, np.ones_like(draws))
    fitted, scale = fit_standardised(data, predictors[:, :, None], ties, None)
    slope = np.where(np.asarray(fitted.estimable)[:, 0], fitted.coef[:, 0] / scale[:, 0], np.nan)
    known &= np.isfinite(gap) & np.isfinite(slope)
    return gap[known], slope[known]


def concordances(data: Observed, predictors: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Harrell's C (K,) of predictors (K, n) under case weights (K, n); a patient drawn twice is not compared with himself."""
    agreeing, pairs = np.zeros(len(predictors)), np.zeros(len(predictors))
    for k in np.flatnonzero(data.event):
        later = (data.time > data.time[k]) | ((data.time == data.time[k]) & ~data.event)
        if data.entry is not None:
            later &= data.entry < data.time[k]
        own = weights[:, [k]] * weights[:, later]
        gap = predictors[:, [k]] - predictors[:, later]
        agreeing += (own * ((gap > 1e-12) + 0.5 * (np.abs(gap) <= 1e-12))).sum(axis=1)
        pairs += own.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return agreeing / pairs
