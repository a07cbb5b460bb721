"""Cox regression where an event is known only to lie between two times: semiparametric maximum likelihood.

The baseline is free to jump at the ends of Turnbull's innermost intervals; standard errors by the curvature of the
profile likelihood. Finkelstein, Biometrics 1986;42:845; Murphy and van der Vaart, JASA 2000;95:449.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.cox.cox_result import (
    CoxResult,
    cautions_of,
    chi_square,
    reason_of,
    refusal_of,
    unknown_term,
    wald_term,
)
from cdanalysis.statistics.curves.turnbull import innermost
from cdanalysis.statistics.time_axis import Observed, check_conf_level, complete, numbers

MOST_STEPS = 500
CLOSE = 1e-13  # of the log-likelihood per patient, gained in a step
LONGEST = 3.0  # of a step of a log jump or coefficient
NO_MASS = -14.0  # a log jump: below it the interval holds no mass
RUNAWAY = 12.0  # log hazard ratio per standard deviation: beyond it no finite estimate exists
LARGEST = 700.0  # of an exponent of a float


class Censored(NamedTuple):
    """inside, before (n, K): whether a jump lies in the patient's interval, or before it; finite (n,): not censored; x (n, p)."""

    inside: np.ndarray
    before: np.ndarray
    finite: np.ndarray
    x: np.ndarray


class Maximum(NamedTuple):
    """Coefficients (p,), log jumps of the baseline (K,), log-likelihood, whether it came to rest, information (p + K, p + K)."""

    coef: np.ndarray
    log_jumps: np.ndarray
    log_likelihood: float
    converged: bool
    information: np.ndarray


def interval_cox(
    left: ArrayLike, right: ArrayLike, covariates: pd.DataFrame, *, conf_level: float = 0.95
) -> CoxResult | NotEstimable:
    """Fit one proportional hazards model; the event of patient i lies in (left, right].

    left (n,): 0 or more, any unit; right (n,): the same as left where the time is exact, inf where censored at left;
    covariates (n, p): a row with a missing value is left out and counted in n_dropped. This likelihood has a Wald and a
    likelihood-ratio test; `score` repeats the Wald test. `data` of the result holds the right ends, censored patients at
    their left one. NotEstimable for no covariate, no complete patient, no event, or
    no finite estimate. Raises ValueError for an argument that is not as said.
    """
    check_conf_level(conf_level)
    low, high = numbers("left", left), np.asarray(right, float)
    if high.shape != low.shape or np.isnan(high).any() or (high < low).any() or (low < 0).any():
        raise ValueError("right holds a time before left or none, or left a time below 0")
    names, columns = [str(name) for name in covariates.columns], covariates.to_numpy(float)
    known = complete(columns)
    low, high, columns = low[known], high[known], columns[known]
    ended = np.isfinite(high)
    data = Observed(np.where(ended, high, low), ended, None)
    refusal = refusal_of(data, len(names))
    if refusal is not None:
        return refusal
    scale = np.where(columns.std(axis=0) > 0, columns.std(axis=0), np.inf)
    told = _censored(low, high, (columns - columns.mean(axis=0)) / scale)
    found = _maximum(told, np.isfinite(scale))
    return _result(told, found, data, names, columns, scale, int((~known).sum()), conf_level)


def _censored(low: np.ndarray, high: np.ndarray, x: np.ndarray) -> Censored:
    """Who can have the event at which jump; an exact time is an interval that begins just before it."""
    distinct = np.unique(np.concatenate([low, high[np.isfinite(high)]]))
    least = np.diff(distinct).min() if len(distinct) > 1 else 1.0
    start = np.where(low == high, low - least / 2, low)
    ends = innermost(start, high)[2]
    ends = ends[np.isfinite(ends)]
    return Censored((ends > start[:, None]) & (ends <= high[:, None]), ends <= start[:, None], np.isfinite(high), x)


def _maximum(told: Censored, free: np.ndarray) -> Maximum:
    """The maximum over the log jumps and those of the p coefficients that are free (p,), by damped Newton steps from 0."""
    p, n_jumps = len(free), told.inside.shape[1]
    now = np.concatenate([np.zeros(p), np.full(n_jumps, -np.log(n_jumps))])
    moving = np.concatenate([free, np.ones(n_jumps, bool)])
    value, damping = _log_likelihood(told, now), 1e-3
    for _ in range(MOST_STEPS):
        score, information = _derivatives(told, now)
        step = np.zeros(len(now))
        damped = information[np.ix_(moving, moving)] + damping * np.eye(moving.sum())
        step[moving] = np.clip(np.linalg.lstsq(damped, score[moving], rcond=None)[0], -LONGEST, LONGEST)
        after = _log_likelihood(told, now + step)
        if not after > value:
            damping *= 10
            if damping > 1e12:
                return Maximum(now[:p], now[p:], value, True, information)
            continue
        gain, now, value, damping = after - value, now + step, after, damping / 10
        if gain < CLOSE * len(told.x) or np.abs(now[:p]).max(initial=0) > RUNAWAY:
            break
    return Maximum(now[:p], now[p:], value, np.abs(now[:p]).max(initial=0) <= RUNAWAY, _derivatives(told, now)[1])


def _hazards(told: Censored, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each patient's hazard of every jump: inside the interval, if it ended in an event, and before it; (n, K) each."""
    hazard = np.exp((told.x @ at[: told.x.shape[1]])[:, None] + at[told.x.shape[1] :])
    return hazard * (told.inside & told.finite[:, None]), hazard * told.before


def _log_likelihood(told: Censored, at: np.ndarray) -> float:
    within, gone = (part.sum(axis=1) for part in _hazards(told, at))
    with np.errstate(divide="ignore"):
        return float(np.log(-np.expm1(-within[told.finite])).sum() - gone.sum())


def _derivatives(told: Censored, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The score (p + K,) and the information (p + K, p + K) by coefficients and log jumps."""
    (within, gone), p = _hazards(told, at), told.x.shape[1]
    total = np.where(told.finite, np.maximum(within.sum(axis=1), 1e-300), 1.0)
    odds = np.where(told.finite, 1 / np.expm1(np.minimum(total, LARGEST)), 0.0)
    weighted = within * odds[:, None] - gone
    by_jump = np.concatenate([told.x * within.sum(axis=1)[:, None], within], axis=1)
    score = np.concatenate([weighted.sum(axis=1) @ told.x, weighted.sum(axis=0)])
    information = (by_jump * (odds * (1 + odds))[:, None]).T @ by_jump
    information[:p, :p] -= (told.x * weighted.sum(axis=1)[:, None]).T @ told.x
    information[:p, p:] -= told.x.T @ weighted
    information[p:, :p] -= weighted.T @ told.x
    information[p:, p:] -= np.diag(weighted.sum(axis=0))
    return score, information


def _curvature(found: Maximum, chosen: np.ndarray) -> np.ndarray:
    """Minus the second derivatives of the profile log-likelihood by the chosen coefficients; jumps of no mass are none."""
    p = len(found.coef)
    rest = p + np.flatnonzero(found.log_jumps > NO_MASS)
    own, mixed = found.information[np.ix_(chosen, chosen)], found.information[np.ix_(chosen, rest)]
    return own - mixed @ np.linalg.pinv(found.information[np.ix_(rest, rest)], hermitian=True) @ mixed.T


def _result(
    told: Censored,
    found: Maximum,
    data: Observed,
    names: list[str],
    columns: np.ndarray,
    scale: np.ndarray,
    n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:
    finite = np.isfinite(scale) & (np.abs(found.coef) < RUNAWAY / 2)
    reasons = ["" if finite[j] else reason_of(data, columns[:, j], name, False) for j, name in enumerate(names)]
    chosen = np.flatnonzero(finite)
    spread = np.linalg.pinv(_curvature(found, chosen)) if len(chosen) else np.zeros((0, 0))
    finite[chosen[spread.diagonal() <= 0]] = False
    if not finite.any():
        return NotEstimable(
            "; ".join(reason or f"{name} is not estimable" for reason, name in zip(reasons, names, strict=True))
        )
    errors = np.sqrt(np.maximum(spread.diagonal(), 0)) / scale[chosen]
    coef, z = found.coef / scale, z_value(conf_level)
    estimated = {
        int(j): wald_term(names[j], float(coef[j]), float(error), z)
        for j, error in zip(chosen, errors, strict=True)
        if finite[j]
    }
    terms = tuple(estimated.get(j) or unknown_term(name, reasons[j]) for j, name in enumerate(names))
    null = _maximum(told, np.zeros(len(names), bool)).log_likelihood
    wald = chi_square(float(found.coef[chosen] @ np.linalg.pinv(spread) @ found.coef[chosen]), len(chosen))
    return CoxResult(
        terms=terms,
        log_likelihood=found.log_likelihood,
        log_likelihood_null=null,
        likelihood_ratio=chi_square(2 * (found.log_likelihood - null), len(chosen)),
        score=wald,
        wald=wald,
        n=len(data),
        n_events=int(data.event.sum()),
        n_dropped=n_dropped,
        ties="interval",
        conf_level=conf_level,
        cautions=tuple(cautions_of(data, terms, found.converged)),
        linear_predictor=columns @ np.where(np.isfinite(coef), coef, 0.0),
        data=data,
    )
