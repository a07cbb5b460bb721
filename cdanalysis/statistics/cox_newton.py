"""Many small Cox models at once: one batched Newton over the same times and events, only the columns differ.

With the sums over risk sets R of `risk_sets`, in which all ties, late entries and strata live:
    w = exp(x b)   den = R w   Z = R (w x) / den   v = w R'(1/den)
    log-likelihood = sum over events of x b - log den     score = x'(e - v)     information = x' diag(v) x - Z'Z
Efron, JASA 1977;72:557; Breslow, Biometrics 1974;30:89.

Owns what "no finite estimate" means: a column that is constant within every risk set is aliased (its information is 0
at b = 0); a column along which the likelihood rises for ever loses its information on the way (less than 1/1000 event).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.risk_sets import MatrixRiskSets, SortedRiskSets

RiskSets = MatrixRiskSets | SortedRiskSets

TOLERANCE = 1e-16  # of the Newton decrement; the last step is taken, so coefficients are right to 1e-12
MOST_STEPS = 80
LEAST_INFORMATION = 1e-3  # events
ROUNDING = 1e-10  # of a unit-variance column: information below this is rounding noise
CHUNK_CELLS = 4_000_000  # models x terms x patients at once


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


def terms(
    sets: RiskSets, x: np.ndarray, b: np.ndarray, weights: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x (K,p,n), b (K,p), weights (K,n) -> log-likelihood (K,), score (K,p), information (K,p,p).

    An event weighs what those tied with it weigh on average, as in R.
    """
    eta = np.einsum("kp,kpn->kn", b, x)
    eta -= eta.max(axis=1, keepdims=True)
    w = np.exp(eta) if weights is None else weights * np.exp(eta)
    event = sets.event if weights is None else weights * sets.event
    weight = 1.0 if weights is None else sets.tied_mean(weights)
    den = sets.at_risk(w)
    if weights is not None:
        den = np.where(weight > 0, den, 1.0)  # nobody of weight has that event, and perhaps nobody is at risk
    inverse = weight / den
    z = sets.at_risk(x * w[:, None]) / den[:, None]
    v = w * sets.spread(inverse)
    return (
        (eta * event).sum(axis=1) - (weight * np.log(den)).sum(axis=1),
        (x @ (event - v)[..., None])[..., 0],
        (x * v[:, None]) @ x.swapaxes(1, 2)
        - (z * np.expand_dims(weight, -2) if weights is not None else z) @ z.swapaxes(1, 2),
    )


def sweep_inverse(information: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Batched inverse by sweeping; a column without information of its own gets zero rows. Also which columns had it."""
    a = information.copy()
    least = ROUNDING * np.maximum(a.diagonal(axis1=1, axis2=2), 1)
    informed = np.empty(a.shape[:2], bool)
    for j in range(a.shape[1]):
        column = a[:, :, j].copy()
        informed[:, j] = column[:, j] > least[:, j]
        pivot = np.where(informed[:, j], 1 / np.where(informed[:, j], column[:, j], 1), 0)
        a -= column[:, :, None] * (pivot[:, None] * column)[:, None]
        a[:, j] = a[:, :, j] = pivot[:, None] * column
        a[:, j, j] = -pivot
    return -a, informed


def fit(sets: RiskSets, x: np.ndarray, weights: np.ndarray | None = None) -> NewtonFit:
    """Fit K models on x (K,p,n), columns of unit variance, weights (K,n), from b = 0 with step halving."""
    # A step too far along an infinite estimate overflows; the step halving takes it back.
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        size = max(1, CHUNK_CELLS // max(x[0].size, 1)) if len(x) else 1
        chunks = (slice(start, start + size) for start in range(0, len(x), size))
        parts = [_fit_chunk(sets, x[part], None if weights is None else weights[part]) for part in chunks]
    return NewtonFit(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def _fit_chunk(sets: RiskSets, x: np.ndarray, weights: np.ndarray | None) -> tuple[np.ndarray, ...]:
    n_models, p, _ = x.shape
    coef, covariance = np.zeros((n_models, p)), np.zeros((n_models, p, p))
    null = terms(sets, x[:, :1], np.zeros((n_models, 1)), weights)[0]
    log_likelihood, converged = null.copy(), np.zeros(n_models, bool)
    informed = np.zeros((n_models, p), bool)
    live, b, step, best = np.arange(n_models), np.zeros((n_models, p)), np.zeros((n_models, p)), log_likelihood.copy()
    aliased, null_score = np.zeros((n_models, p), bool), np.zeros(n_models)
    for count in range(MOST_STEPS):
        value, score, information = terms(sets, x, b, weights)
        inverse, now_informed = sweep_inverse(information)
        newton = np.einsum("kpq,kq->kp", inverse, score)
        worse = ~(value >= best - 1e-9 * np.abs(best))
        decrement = np.einsum("kp,kp->k", newton, score)
        if count == 0:
            aliased, null_score = ~now_informed, decrement
        # Every column runs away or says nothing: there is no other term to wait for.
        lost = ~now_informed | (inverse.diagonal(axis1=1, axis2=2) >= 1 / LEAST_INFORMATION)
        done = ((decrement < TOLERANCE) | lost.all(axis=1)) & ~worse
        ends = done | (count == MOST_STEPS - 1)
        places = live[ends]
        coef[places], covariance[places], log_likelihood[places] = (b + newton)[ends], inverse[ends], value[ends]
        converged[places], informed[places] = done[ends], now_informed[ends]
        goes = ~ends
        move = np.where(worse[:, None], -0.5 * step, newton)
        step, best = np.where(worse[:, None], 0.5 * step, newton), np.where(worse, best, value)
        live, x, b, step, best = live[goes], x[goes], (b + move)[goes], step[goes], best[goes]
        weights = None if weights is None else weights[goes]
        if not len(live):
            break
    finite = informed & (covariance.diagonal(axis1=1, axis2=2) < 1 / LEAST_INFORMATION)
    return coef, covariance, log_likelihood, converged, finite & ~aliased, aliased, null_score, null
