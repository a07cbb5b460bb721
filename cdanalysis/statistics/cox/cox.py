"""Cox regression: hazard ratios with Wald intervals, the three overall tests, and what cannot be estimated.

Efron's ties by default, Breslow switchable; interval and P by Wald on the log scale. A term whose estimate is infinite
(separation) or aliased is NotEstimable with its reason; the other terms stand at their limit. Cox, JRSSB 1972;34:187.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.cox import cox_newton
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.cox.cox_result import (
    CoxResult,
    cautions_of,
    chi_square,
    reason_of,
    refusal_of,
    unknown_term,
    wald_term,
)
from cdanalysis.statistics.time_axis import Observed, observed


def cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    *,
    ties: str = "efron",
    strata: ArrayLike | None = None,
    entry: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> CoxResult | NotEstimable:
    """Fit one model; covariates (n, p): a row with a missing value is left out and counted in n_dropped.

    NotEstimable for no covariate, no complete patient, no event, or no term that can be estimated.
    """
    places = None if strata is None else pd.factorize(np.asarray(strata))[0]
    model = [str(name) for name in covariates.columns], covariates.to_numpy(float)
    return cox_models(observed(time, event, entry), [model], ties=ties, strata=places, conf_level=conf_level)[0]


def cox_models(
    data: Observed,
    models: Sequence[tuple[Sequence[str], np.ndarray]],
    *,
    ties: str = "efron",
    strata: np.ndarray | None = None,
    conf_level: float = 0.95,
) -> tuple[CoxResult | NotEstimable, ...]:
    """As `cox` for many models (names, columns (n, p)) of the same patients: those complete in the same ones in one batch.

    Shorter models are padded with columns of zeros, which say nothing and cost next to nothing.
    """
    known = np.array([~np.isnan(columns).any(axis=1) for _, columns in models])
    results: dict[int, CoxResult | NotEstimable] = {}
    for kept in {row.tobytes(): row for row in known}.values():
        members = np.flatnonzero((known == kept).all(axis=1))
        part = data if kept.all() else data[kept]
        refusals = {int(m): refusal_of(part, len(models[m][0])) for m in members}
        results.update({m: refusal for m, refusal in refusals.items() if refusal})
        fits = [m for m, refusal in refusals.items() if not refusal]
        chosen = [(models[m][0], models[m][1][kept].T) for m in fits]
        places = None if strata is None else strata[kept]
        if fits:
            results.update(zip(fits, _results(part, chosen, ties, places, int((~kept).sum()), conf_level), strict=True))
    return tuple(results[m] for m in range(len(models)))


def _results(
    data: Observed,
    models: Sequence[tuple[Sequence[str], np.ndarray]],
    ties: str,
    strata: np.ndarray | None,
    n_dropped: int,
    conf_level: float,
) -> list[CoxResult | NotEstimable]:
    """A result for each model (names, columns (p, n)), all fitted in one batch."""
    padded = np.zeros((len(models), max(len(names) for names, _ in models), len(data)))
    for k, (names, x) in enumerate(models):
        padded[k, : len(names)] = x
    fitted, scale = fit_standardised(data, padded.swapaxes(1, 2), ties, strata)
    told = ties, strata, n_dropped, conf_level
    return [
        _result(data, x, names, _one(fitted, k, len(names)), scale[k], *told) for k, (names, x) in enumerate(models)
    ]


def _one(fitted: cox_newton.NewtonFit, k: int, p: int) -> cox_newton.NewtonFit:
    """Model k of a batch without the columns that padded it."""
    first = slice(p)
    return cox_newton.NewtonFit(
        fitted.coef[k, first], fitted.covariance[k, first, first], fitted.log_likelihood[k], fitted.converged[k],
        fitted.estimable[k, first], fitted.aliased[k, first], fitted.null_score[k], fitted.null_log_likelihood[k],
    )  # fmt: skip


def _result(
    data: Observed,
    x: np.ndarray,
    names: Sequence[str],
    fitted: cox_newton.NewtonFit,
    scale: np.ndarray,
    ties: str,
    strata: np.ndarray | None,
    n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:
    scale, estimable, aliased = scale[: len(names)], fitted.estimable, fitted.aliased
    reasons = [
        "" if estimable[j] else reason_of(data, column, names[j], bool(aliased[j])) for j, column in enumerate(x)
    ]
    if not estimable.any():
        return NotEstimable(reasons[0] if len(names) == 1 else "; ".join(dict.fromkeys(reasons)))
    error = np.sqrt(np.maximum(fitted.covariance.diagonal(), 0)) / scale
    coef = fitted.coef / scale
    z = z_value(conf_level)
    terms = tuple(
        wald_term(name, float(coef[j]), float(error[j]), z) if estimable[j]
        else unknown_term(name, reasons[j])
        for j, name in enumerate(names)
    )  # fmt: skip
    df = int((~aliased).sum())
    chosen = np.flatnonzero(estimable)
    wald = fitted.coef[chosen] @ np.linalg.solve(fitted.covariance[np.ix_(chosen, chosen)], fitted.coef[chosen])
    log_likelihood, null = float(fitted.log_likelihood), float(fitted.null_log_likelihood)
    return CoxResult(
        terms, log_likelihood, null, chi_square(2 * (log_likelihood - null), df), chi_square(float(fitted.null_score), df),
        chi_square(float(wald), len(chosen)), len(data.time), int(data.event.sum()), n_dropped, ties, conf_level,
        tuple(cautions_of(data, names, reasons, estimable, bool(fitted.converged))),
        np.where(np.isfinite(scale), fitted.coef / scale, 0.0) @ x, data, strata,
    )  # fmt: skip
