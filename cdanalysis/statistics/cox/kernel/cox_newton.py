"""Many small Cox models at once: one batched Newton over the same times and events, only the columns differ.

Owns what "no finite estimate" means: a column that is constant within every risk set or follows from the others is aliased
(at b = 0 it has no information of its own); along an infinite one the likelihood rises for ever (`runaway`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.cox.kernel.cox_terms import Terms, Weights, sweep_inverse, weighted_terms, with_ones
from cdanalysis.statistics.cox.kernel.runaway import Runaways
from cdanalysis.statistics.cox.kernel.thinned_ties import RiskSets, thinned_ties

TOLERANCE = 1e-16  # of the Newton decrement; the last step is taken, so coefficients are right to 1e-12
MOST_STEPS = 80
GONE = 1e-13  # of a column's information at b = 0: what an estimate that runs away has left of its own
CHUNK_CELLS = 200_000  # models x terms x patients at once: what a core keeps near


@dataclass(frozen=True, eq=False)
class NewtonFit:
    """K models of p standardised columns: coef, estimable, aliased (K,p), covariance (K,p,p), the others (K,).

    null_score: the score statistic at b = 0.
    """

    coef: np.ndarray
    covariance: np.ndarray
    log_likelihood: np.ndarray
    converged: np.ndarray
    estimable: np.ndarray
    aliased: np.ndarray
    null_score: np.ndarray
    null_log_likelihood: np.ndarray


def fit(sets: RiskSets, x: np.ndarray, weights: np.ndarray | None = None) -> NewtonFit:
    """Fit K models on x (K,p,n), columns of unit variance, weights (K,n)."""

    def chunk(part: slice) -> tuple[np.ndarray, ...]:
        columns = with_ones(sets.arranged(x[part]))
        given = None
        if weights is not None:
            arranged = sets.arranged(weights[part])
            given = arranged, thinned_ties(sets, arranged)
        events = columns @ sets.event if given is None else (columns @ (given[0] * sets.event)[..., None])[..., 0]
        at_zero = weighted_terms(sets, columns, np.zeros(x[part].shape[:2]), events, given)
        return _fit_chunk(sets, columns, events, given, at_zero)

    return _in_chunks(chunk, len(x), x[:1].size)


def fit_choices(sets: RiskSets, library: np.ndarray, chosen: np.ndarray) -> NewtonFit:
    """Fit K models whose columns are chosen (K,p) from one library (M,n): at b = 0 all of them are parts of one matrix."""
    columns = with_ones(sets.arranged(library))
    events, ones = columns @ sets.event, np.full((len(chosen), 1), len(library))
    whole = weighted_terms(sets, columns[None], np.zeros((1, len(library))), events[None], None)
    value, score, information = (part[0] for part in whole)

    def chunk(part: slice) -> tuple[np.ndarray, ...]:
        places = chosen[part]
        at_zero = np.full(len(places), value), score[places], information[places[:, :, None], places[:, None]]
        rows = np.hstack([places, ones[part]])
        return _fit_chunk(sets, columns[rows], events[rows], None, at_zero)

    return _in_chunks(chunk, len(chosen), chosen.shape[1] * columns.shape[1])


def _in_chunks(chunk: Callable[[slice], tuple[np.ndarray, ...]], n_models: int, cells: int) -> NewtonFit:
    # A step too far along an infinite estimate overflows; the step halving takes it back.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        size = max(1, CHUNK_CELLS // max(cells, 1))
        parts = [chunk(slice(start, start + size)) for start in range(0, max(n_models, 1), size)]
    return NewtonFit(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def _fit_chunk(
    sets: RiskSets, x: np.ndarray, at_events: np.ndarray, weights: Weights | None, at_zero: Terms
) -> tuple[np.ndarray, ...]:
    """Newton with step halving from the first step, which the terms at b = 0 give; x and at_events with their ones."""
    null, score, information = at_zero
    n_models, p = score.shape
    inverse, informed = sweep_inverse(information)
    step = np.einsum("kpq,kq->kp", inverse, score)
    null_score, runaways = np.einsum("kp,kp->k", step, score), Runaways(step, inverse, informed)
    coef, covariance, infinite = np.zeros((n_models, p)), np.zeros((n_models, p, p)), np.zeros((n_models, p), bool)
    log_likelihood, converged = null.copy(), np.zeros(n_models, bool)
    live, b, best = np.arange(n_models), step.copy(), null.copy()
    # What said nothing of its own at b = 0 stays out: told apart by rounding alone, it would carry the others along.
    least = np.where(informed, GONE * np.maximum(information.diagonal(axis1=1, axis2=2), 1), np.inf)
    for count in range(MOST_STEPS):
        value, score, information = weighted_terms(sets, x, b, at_events, weights)
        inverse, now_informed = sweep_inverse(information, least)
        newton = np.einsum("kpq,kq->kp", inverse, score)
        better = (value >= best - 1e-9 * np.abs(best)) & (value < np.inf)
        done = (np.einsum("kp,kp->k", newton, score) < TOLERANCE) & better
        ends = done | (count == MOST_STEPS - 1)
        further = runaways.follow(newton, inverse, now_informed, better, ends)
        places = live[ends]
        coef[places], covariance[places], log_likelihood[places] = (b + newton)[ends], inverse[ends], value[ends]
        converged[places], infinite[places] = done[ends], runaways.infinite[ends]
        move = np.where(better[:, None], newton + further, -0.5 * step)
        step, best = np.where(better[:, None], move, 0.5 * step), np.where(better, value, best)
        goes = ~ends
        b = b + move
        if ends.any():
            live, x, at_events = live[goes], x[goes], at_events[goes]
            b, step, best, least = b[goes], step[goes], best[goes], least[goes]
            weights = None if weights is None else (weights[0][goes], weights[1][goes])
            runaways.keep(goes)
        if not len(live):
            break
    return coef, covariance, log_likelihood, converged, informed & ~infinite, ~informed, null_score, null
