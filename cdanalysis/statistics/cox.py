"""Cox regression: hazard ratios with Wald intervals, the three overall tests, and what cannot be estimated.

Efron's ties by default, Breslow switchable; interval and P by Wald on the log scale. A term whose estimate is infinite
(separation) or aliased is NotEstimable with its reason; the other terms stand at their limit. Cox, JRSSB 1972;34:187.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics import cox_newton
from cdanalysis.statistics.cox_result import (
    CoxResult,
    cautions_of,
    chi_square,
    reason_of,
    refusal_of,
    unknown_term,
    wald_term,
)
from cdanalysis.statistics.time_axis import Observed, observed

TIES = ("efron", "breslow")


@dataclass(frozen=True, eq=False)
class CoxBatch:
    """K models: coef and standard_error (K,p), NaN where `estimable` (K,p) is False; log_likelihood, converged (K,)."""

    coef: np.ndarray
    standard_error: np.ndarray
    log_likelihood: np.ndarray
    converged: np.ndarray
    estimable: np.ndarray

    @property
    def p_value(self) -> np.ndarray:
        """Wald P (K,p)."""
        return chdtrc(1, (self.coef / self.standard_error) ** 2)


def cox_batch(
    time: ArrayLike,
    event: ArrayLike,
    designs: ArrayLike,
    *,
    ties: str = "efron",
    weights: ArrayLike | None = None,
    strata: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> CoxBatch:
    """Fit K models that share time and event; designs (K, n, p) without a missing value.

    weights (n,) or (K, n): case weights as R's; with Breslow's ties a count repeats a patient and 0 leaves one out.
    """
    data, x = observed(time, event, entry), np.asarray(designs, float)
    given = None if weights is None else np.broadcast_to(np.asarray(weights, float), x.shape[:2])
    if given is not None and not (np.isfinite(given).all() and (given >= 0).all()):
        raise ValueError("weights holds a negative or missing value, expected 0 or more for every patient")
    fitted, scale = _fit(data, x, ties, strata, given)
    error = np.sqrt(np.maximum(fitted.covariance.diagonal(axis1=1, axis2=2), 0)) / scale
    known = fitted.estimable
    coef, error = np.where(known, fitted.coef / scale, nan), np.where(known, error, nan)
    return CoxBatch(coef, error, fitted.log_likelihood, fitted.converged, known)


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
    columns = covariates.to_numpy(float)
    data = observed(time, event, entry)
    kept = ~np.isnan(columns).any(axis=1)
    places = None if strata is None else pd.factorize(np.asarray(strata))[0][kept]
    names = [str(name) for name in covariates.columns]
    refusal = refusal_of(data[kept], columns.shape[1])
    if refusal:
        return refusal
    return _results(data[kept], columns[kept].T[None], [names], ties, places, int((~kept).sum()), conf_level)[0]


def cox_univariable(
    time: ArrayLike,
    event: ArrayLike,
    columns: pd.DataFrame,
    *,
    ties: str = "efron",
    strata: ArrayLike | None = None,
    entry: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> tuple[CoxResult | NotEstimable, ...]:
    """One model a column; columns with the same patients measured are fitted in one batch."""
    values, data = columns.to_numpy(float), observed(time, event, entry)
    known = ~np.isnan(values)
    results: list[CoxResult | NotEstimable] = [NotEstimable("")] * values.shape[1]
    patterns, pattern_of = np.unique(known, axis=1, return_inverse=True)
    for index, kept in enumerate(patterns.T):
        members = np.flatnonzero(pattern_of.ravel() == index)
        refusal = refusal_of(data[kept], 1)
        places = None if strata is None else pd.factorize(np.asarray(strata))[0][kept]
        found = [refusal] * len(members) if refusal else _results(
            data[kept], values[np.ix_(kept, members)].T[:, None], [[str(columns.columns[m])] for m in members],
            ties, places, int((~kept).sum()), conf_level,
        )  # fmt: skip
        for member, result in zip(members, found, strict=True):
            results[member] = result
    return tuple(results)


def _fit(
    data: Observed, designs: np.ndarray, ties: str, strata: np.ndarray | None, weights: np.ndarray | None = None
) -> tuple[cox_newton.NewtonFit, np.ndarray]:
    """Fit standardised columns; also the scale (K, p) to divide the coefficients by."""
    if ties not in TIES:
        raise ValueError(f"ties is {ties!r}, expected one of {', '.join(TIES)}")
    x = designs.swapaxes(1, 2)
    scale = x.std(axis=2)
    # A spread that is only rounding is a constant column: dividing by it would make noise a covariate.
    scale = np.where(scale > 1e-10 * np.abs(x).max(axis=2, initial=1.0), scale, np.inf)
    centred = (x - x.mean(axis=2, keepdims=True)) / scale[..., None]
    return cox_newton.fit(cox_newton.risk_sets(data, ties, strata), centred, weights), scale


def _results(
    data: Observed,
    x: np.ndarray,
    names: Sequence[Sequence[str]],
    ties: str,
    strata: np.ndarray | None,
    n_dropped: int,
    conf_level: float,
) -> list[CoxResult | NotEstimable]:
    """A result for each of K models on x (K, p, n)."""
    fitted, scale = _fit(data, x.swapaxes(1, 2), ties, strata)
    return [
        _result(data, x[k], names[k], fitted, scale[k], k, ties, strata, n_dropped, conf_level) for k in range(len(x))
    ]


def _result(
    data: Observed,
    x: np.ndarray,
    names: Sequence[str],
    fitted: cox_newton.NewtonFit,
    scale: np.ndarray,
    k: int,
    ties: str,
    strata: np.ndarray | None,
    n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:
    estimable, aliased = fitted.estimable[k], fitted.aliased[k]
    reasons = [
        "" if estimable[j] else reason_of(data, column, names[j], bool(aliased[j])) for j, column in enumerate(x)
    ]
    if not estimable.any():
        return NotEstimable(reasons[0] if len(names) == 1 else "; ".join(dict.fromkeys(reasons)))
    error = np.sqrt(np.maximum(fitted.covariance[k].diagonal(), 0)) / scale
    coef = fitted.coef[k] / scale
    z = z_value(conf_level)
    terms = tuple(
        wald_term(name, float(coef[j]), float(error[j]), z) if estimable[j]
        else unknown_term(name, reasons[j])
        for j, name in enumerate(names)
    )  # fmt: skip
    df = int((~aliased).sum())
    chosen = np.flatnonzero(estimable)
    wald = fitted.coef[k][chosen] @ np.linalg.solve(
        fitted.covariance[k][np.ix_(chosen, chosen)], fitted.coef[k][chosen]
    )
    log_likelihood, null = float(fitted.log_likelihood[k]), float(fitted.null_log_likelihood[k])
    return CoxResult(
        terms, log_likelihood, null, chi_square(2 * (log_likelihood - null), df), chi_square(float(fitted.null_score[k]), df),
        chi_square(float(wald), len(chosen)), len(data.time), int(data.event.sum()), n_dropped, ties, conf_level,
        tuple(cautions_of(data, names, reasons, estimable, bool(fitted.converged[k]))),
        np.where(np.isfinite(scale), fitted.coef[k] / scale, 0.0) @ x, data, strata,
    )  # fmt: skip
