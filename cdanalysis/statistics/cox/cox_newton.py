"""Many small Cox models at once: one batched Newton over the same times and events, only the columns differ.

With the sums over risk sets R of `risk_sets`, in which all ties, late entries and strata live:
    w = exp(x b)   den = R w   Z = R (w x) / den   v = w R'(1/den)
    log-likelihood = sum over events of x b - log den     score = x'(e - v)     information = x' diag(v) x - Z'Z
Efron, JASA 1977;72:557; Breslow, Biometrics 1974;30:89.

Owns what "no finite estimate" means: a column that is constant within every risk set is aliased (its information is 0
at b = 0); a column along which the likelihood rises for ever loses its information on the way (less than 1/1000 event).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.cox.risk_sets import MatrixRiskSets, SortedRiskSets

RiskSets = MatrixRiskSets | SortedRiskSets

TOLERANCE = 1e-16  # of the Newton decrement; the last step is taken, so coefficients are right to 1e-12
MOST_STEPS = 80
LEAST_INFORMATION = 1e-3  # events
ROUNDING = 1e-10  # of a unit-variance column: information below this is rounding noise
CHUNK_CELLS = 200_000  # models x terms x patients at once: what a core keeps near
RUNAWAY = 6.0  # steps in one along an estimate that has been seen to be infinite, where each alone gains one unit


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


Terms = tuple[np.ndarray, np.ndarray, np.ndarray]  # log-likelihood (K,), score (K,p), information (K,p,p)


def terms(sets: RiskSets, x: np.ndarray, b: np.ndarray) -> Terms:
    """The likelihood of K models at b (K,p), x (K,p,n) in the order of the patients."""
    columns = with_ones(sets.arranged(x))
    return _terms(sets, columns, b, columns @ sets.event, None)


def with_ones(x: np.ndarray) -> np.ndarray:
    """x (..., p, n) and a last row of ones: what sums the columns then sums the patients too."""
    return np.concatenate([x, np.ones((*x.shape[:-2], 1, x.shape[-1]))], axis=-2)


def _terms(sets: RiskSets, x: np.ndarray, b: np.ndarray, at_events: np.ndarray, weights: np.ndarray | None) -> Terms:
    """The same for arranged x with its ones (K,p+1,n), its sums over the events (K,p+1), weights (K,n).

    An event weighs what those tied with it weigh on average, as in R.
    """
    eta = (b[:, None] @ x[:, :-1])[:, 0]
    top = eta.max(axis=1)
    w = np.exp(eta - top[:, None]) if weights is None else weights * np.exp(eta - top[:, None])
    w[:, sets.filling] = 0
    weighted = x * w[:, None]
    at_risk = sets.at_risk(weighted)
    den, weight = at_risk[:, -1], 1.0
    if weights is not None:
        weight = sets.tied_mean(weights)
        den = np.where(weight > 0, den, 1.0)  # nobody of weight has that event, and perhaps nobody is at risk
    inverse = weight / den
    z = at_risk[:, :-1] / den[:, None]
    weighted *= sets.spread(inverse)[:, None]
    product = weighted @ x.swapaxes(1, 2)
    return (
        np.einsum("kp,kp->k", b, at_events[:, :-1]) - top * at_events[:, -1] - (weight * np.log(den)).sum(axis=1),
        at_events[:, :-1] - product[:, :-1, -1],
        product[:, :-1, :-1] - (z if weights is None else z * np.expand_dims(weight, -2)) @ z.swapaxes(1, 2),
    )


def sweep_inverse(information: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Batched inverse by sweeping; a column without information of its own gets zero rows. Also which columns had it.

    The models lie along the last axis meanwhile: numpy runs along that one, and p would be a short run.
    """
    a = np.moveaxis(information, 0, -1).copy(order="C")
    least = ROUNDING * np.maximum(a.diagonal().T, 1)
    informed, outer = np.empty(a.shape[1:], bool), np.empty_like(a)
    for j in range(len(a)):
        column = a[j].copy()
        informed[j] = known = column[j] > least[j]
        pivot = known / np.where(known, column[j], 1)
        row = pivot * column
        a -= np.multiply(column[:, None], row, out=outer)
        a[j] = a[:, j] = row
        a[j, j] = -pivot
    return np.moveaxis(np.negative(a, out=a), -1, 0), informed.T


def fit(sets: RiskSets, x: np.ndarray, weights: np.ndarray | None = None) -> NewtonFit:
    """Fit K models on x (K,p,n), columns of unit variance, weights (K,n)."""

    def chunk(part: slice) -> tuple[np.ndarray, ...]:
        columns = with_ones(sets.arranged(x[part]))
        given = None if weights is None else sets.arranged(weights[part])
        events = columns @ sets.event if given is None else (columns @ (given * sets.event)[..., None])[..., 0]
        at_zero = _terms(sets, columns, np.zeros(x[part].shape[:2]), events, given)
        return _fit_chunk(sets, columns, events, given, at_zero)

    return _in_chunks(chunk, len(x), x[:1].size)


def fit_choices(sets: RiskSets, library: np.ndarray, chosen: np.ndarray) -> NewtonFit:
    """Fit K models whose columns are chosen (K,p) from one library (M,n): at b = 0 all of them are parts of one matrix."""
    columns = with_ones(sets.arranged(library))
    events, ones = columns @ sets.event, np.full((len(chosen), 1), len(library))
    whole = _terms(sets, columns[None], np.zeros((1, len(library))), events[None], None)
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
    sets: RiskSets, x: np.ndarray, at_events: np.ndarray, weights: np.ndarray | None, at_zero: Terms
) -> tuple[np.ndarray, ...]:
    """Newton with step halving from the first step, which the terms at b = 0 give; x and at_events with their ones."""
    null, score, information = at_zero
    n_models, p = score.shape
    inverse, informed = sweep_inverse(information)
    aliased, step = ~informed, np.einsum("kpq,kq->kp", inverse, score)
    null_score = np.einsum("kp,kp->k", step, score)
    coef, covariance = np.zeros((n_models, p)), np.zeros((n_models, p, p))
    log_likelihood, converged = null.copy(), np.zeros(n_models, bool)
    live, b, best, within = np.arange(n_models), step.copy(), null.copy(), informed.copy()
    for count in range(MOST_STEPS):
        value, score, information = _terms(sets, x, b, at_events, weights)
        inverse, now_informed = sweep_inverse(information)
        newton = np.einsum("kpq,kq->kp", inverse, score)
        worse = ~(value >= best - 1e-9 * np.abs(best))
        decrement = np.einsum("kp,kp->k", newton, score)
        lost = ~now_informed | (inverse.diagonal(axis1=1, axis2=2) >= 1 / LEAST_INFORMATION)
        # Every column runs away or says nothing: there is no other term to wait for.
        done = ((decrement < TOLERANCE) | lost.all(axis=1)) & ~worse
        ends = done | (count == MOST_STEPS - 1)
        places = live[ends]
        coef[places], covariance[places], log_likelihood[places] = (b + newton)[ends], inverse[ends], value[ends]
        converged[places], within[places] = done[ends], now_informed[ends]
        further = _further(newton, inverse, lost & informed[live])
        move = np.where(worse[:, None], -0.5 * step, newton + further)
        step, best = np.where(worse[:, None], 0.5 * step, move), np.where(worse, best, value)
        goes = ~ends
        b = b + move
        if ends.any():
            live, x, at_events, b, step, best = (one[goes] for one in (live, x, at_events, b, step, best))
            weights = None if weights is None else weights[goes]
        if not len(live):
            break
    finite = within & (covariance.diagonal(axis1=1, axis2=2) < 1 / LEAST_INFORMATION)
    return coef, covariance, log_likelihood, converged, finite & ~aliased, aliased, null_score, null


def _further(newton: np.ndarray, inverse: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """What a step gains along the worst infinite estimate, the other columns following as its column of the inverse says.

    They may belong to the same direction, and a step of theirs that is as long as it would leave the ridge.
    """
    every = np.arange(len(newton))
    spread = np.where(lost, inverse.diagonal(axis1=1, axis2=2), 0)
    worst = spread.argmax(axis=1)
    most = spread[every, worst]
    return ((RUNAWAY - 1) * newton[every, worst] / np.where(most > 0, most, np.inf))[:, None] * inverse[every, :, worst]
