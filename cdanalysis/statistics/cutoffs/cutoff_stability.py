"""How much of the best cut-off would be found again: the whole search repeated in bootstrap resamples.

The best cut-off is the one of the smallest log-rank P. Its hazard ratio, read off the patients it was found in, is too far
from 1: each resample looks for a cut-off and its direction, and the patients who were not drawn say what that one is worth (Efron
and Tibshirani, JASA 1997;92:548); the median over the resamples is the ratio less the search. Its interval is the scan's
corrected one, which holds whatever was searched (`maxstat`). Coverage and bias: benchmarks/search.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cdanalysis.results import Estimate, NotEstimable, is_above
from cdanalysis.statistics.batches import Run, gathered, one_by_one, telling
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.cutoffs.cutoff_grid import logrank_of_cutoffs
from cdanalysis.statistics.cutoffs.cutoff_scan import CutoffScan, admissible
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.statistics.time_axis import Observed

TOGETHER = 50  # resamples of a batch
NOT_FOUND = "in no resample did those who were not drawn have an event on both sides"


@dataclass(frozen=True, eq=False)
class CutoffStability:
    """The best cut-off of every resample and its percentile interval; the hazard ratio naive, corrected and out of bag.

    n_failed: resamples without an admissible cut-off that could be tested. corrected: the naive ratio with the limits that
    hold after the search. out_of_bag: of the side that the search calls worse in the direction it found, in those not drawn; on
    the side of 1 that the naive ratio is on.
    """

    best_cutoffs: np.ndarray
    interval: Estimate
    n_failed: int
    naive: Estimate | NotEstimable
    corrected: Estimate | NotEstimable
    out_of_bag: float | NotEstimable


def cutoff_stability(
    data: Observed,
    marker: np.ndarray,
    scan: CutoffScan,
    *,
    min_fraction: float,
    min_events: int = 0,
    resamples: int = 1000,
    ties: str = "efron",
    conf_level: float = 0.95,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    run: Run = one_by_one,
) -> CutoffStability:
    """data and marker (n,) as scanned, none missing; min_fraction and min_events as the scan's; progress(done, total).

    run: who goes through the batches of resamples.
    """
    rng, n = np.random.default_rng(seed), len(data)
    aside = np.ones((resamples, n))

    def batches() -> Iterator[tuple[Any, ...]]:
        for start in range(0, resamples, TOGETHER):
            drawn = rng.integers(0, n, (min(TOGETHER, resamples - start), n))
            np.put_along_axis(aside[start : start + TOGETHER], drawn, 0.0, axis=1)
            yield data, marker, drawn, scan.side, (min_fraction, min_events)

    tell = telling(progress, TOGETHER, resamples)
    found = [one for part in gathered(run, _best_of_each, batches(), tell) for one in part]
    known = [k for k, one in enumerate(found) if one is not None]
    best, direction = np.array([found[k] for k in known]).reshape(-1, 2).T
    tails = (1 - conf_level) / 2, (1 + conf_level) / 2
    limits = np.quantile(best, tails, method="inverted_cdf") if len(best) else (np.nan, np.nan)
    return CutoffStability(
        best_cutoffs=best,
        interval=Estimate(scan.best.cutoff, *(float(limit) for limit in limits)),
        n_failed=resamples - len(best),
        naive=scan.best.hazard_ratio,
        corrected=scan.corrected,
        out_of_bag=_out_of_bag(data, marker, scan, (best, direction), aside[known], ties),
    )


def _best_of_each(
    data: Observed, marker: np.ndarray, drawn: np.ndarray, side: str, least: tuple[float, int]
) -> list[tuple[float, float] | None]:
    """The best cut-off of each resample; drawn (B, n): the places of its patients."""
    return [_best(data[places], marker[places], side, least) for places in drawn]


def _best(data: Observed, marker: np.ndarray, side: str, least: tuple[float, int]) -> tuple[float, float] | None:
    """The admissible cut-off of the largest log-rank statistic, and on which side it has more events than expected."""
    cuts = admissible(data, marker, side, *least) if data.event.any() else np.empty(0)
    if not len(cuts):
        return None
    tests = logrank_of_cutoffs(data, marker, cuts, side)
    if np.isnan(tests).all():
        return None
    place = int(np.nanargmax(np.abs(tests)))
    return float(cuts[place]), float(np.sign(tests[place]))


def _out_of_bag(
    data: Observed, marker: np.ndarray, scan: CutoffScan, found: tuple[np.ndarray, np.ndarray], aside: np.ndarray, ties: str
) -> float | NotEstimable:  # fmt: skip
    """The median ratio in those not drawn, aside (B, n); found: the cut-off and direction of each resample."""
    best, direction = found
    if isinstance(scan.best.hazard_ratio, NotEstimable) or not len(best):
        return NotEstimable(NOT_FOUND)
    above = is_above(marker, best[:, None], scan.side)
    fitted, scale = fit_standardised(data, above.astype(float)[..., None], ties, None, aside)
    coef, says = fitted.coef[:, 0], ~fitted.aliased[:, 0]
    ratio = np.where(fitted.estimable[:, 0], coef / scale[:, 0], np.copysign(np.inf, coef))  # a group without an event
    aligned = (direction * ratio)[says]
    if not len(aligned):
        return NotEstimable(NOT_FOUND)
    middle = float(np.quantile(aligned, 0.5, method="inverted_cdf"))
    return float(exp_within(np.array(middle if scan.best.hazard_ratio.value >= 1 else -middle)))
