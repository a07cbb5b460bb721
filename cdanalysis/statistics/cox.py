"""Cox regression: hazard ratios with Wald intervals, the three overall tests, and what cannot be estimated.

Efron's ties by default, Breslow switchable; interval and P by Wald on the log scale. A term whose estimate is infinite
(separation) or aliased is NotEstimable with its reason; the other terms stand at their limit. Cox, JRSSB 1972;34:187.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.statistics import cox_newton
from cdanalysis.statistics.time_axis import Observed, observed

TIES = ("efron", "breslow")
FEW_EVENTS_PER_PARAMETER = 10


@dataclass(frozen=True)
class ChiSquare:
    """An overall test of the model."""

    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True)
class CoxTerm:
    """One column of the model; coef, standard_error, z and p_value are NaN where the hazard ratio is not estimable."""

    name: str
    coef: float
    standard_error: float
    hazard_ratio: Estimate | NotEstimable
    z: float
    p_value: float


@dataclass(frozen=True, eq=False)
class CoxResult:
    """A fitted model; n and n_events are those of its complete cases, n_dropped the patients left out for a missing value."""

    terms: tuple[CoxTerm, ...]
    log_likelihood: float
    log_likelihood_null: float
    likelihood_ratio: ChiSquare
    score: ChiSquare
    wald: ChiSquare
    n: int
    n_events: int
    n_dropped: int
    ties: str
    conf_level: float
    cautions: tuple[str, ...]
    linear_predictor: np.ndarray
    data: Observed
    strata: np.ndarray | None = None

    @property
    def events_per_parameter(self) -> float:
        """Events a term of the model stands on."""
        return self.n_events / len(self.terms)

    @cached_property
    def concordance(self) -> float:
        """Harrell's C as R's: tied predictors count half, tied event times are not compared."""
        return concordance(self.data, self.linear_predictor, self.strata)


@dataclass(frozen=True, eq=False)
class CoxBatch:
    """K models: coef and standard_error (K,p), NaN where `estimable` (K,p) is False; log_likelihood, converged (K,)."""

    coef: np.ndarray
    standard_error: np.ndarray
    log_likelihood: np.ndarray
    converged: np.ndarray
    estimable: np.ndarray


def cox_batch(
    time: ArrayLike,
    event: ArrayLike,
    designs: ArrayLike,
    *,
    ties: str = "efron",
    strata: ArrayLike | None = None,
    entry: ArrayLike | None = None,
) -> CoxBatch:
    """Fit K models that share time and event; designs (K, n, p) without a missing value."""
    data = observed(time, event, entry)
    fitted, scale = _fit(data, np.asarray(designs, float), ties, strata)
    error = np.sqrt(np.maximum(fitted.covariance.diagonal(axis1=1, axis2=2), 0)) / scale
    coef = np.where(fitted.estimable, fitted.coef / scale, nan)
    return CoxBatch(
        coef, np.where(fitted.estimable, error, nan), fitted.log_likelihood, fitted.converged, fitted.estimable
    )


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
    refusal = _refusal(data[kept], columns.shape[1])
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
        refusal = _refusal(data[kept], 1)
        places = None if strata is None else pd.factorize(np.asarray(strata))[0][kept]
        found = [refusal] * len(members) if refusal else _results(
            data[kept], values[np.ix_(kept, members)].T[:, None], [[str(columns.columns[m])] for m in members],
            ties, places, int((~kept).sum()), conf_level,
        )  # fmt: skip
        for member, result in zip(members, found, strict=True):
            results[member] = result
    return tuple(results)


def concordance(data: Observed, predictor: np.ndarray, strata: np.ndarray | None = None) -> float:
    """Share of comparable pairs in which the patient with the earlier event has the higher predictor; ties count half."""
    agree = comparable = 0.0
    for k in np.flatnonzero(data.event):
        later = (data.time > data.time[k]) | ((data.time == data.time[k]) & ~data.event)
        if data.entry is not None:
            later &= data.entry < data.time[k]
        if strata is not None:
            later &= strata == strata[k]
        gap = predictor[k] - predictor[later]
        tied = np.abs(gap) < 1e-12
        agree += np.count_nonzero((gap > 0) & ~tied) + 0.5 * np.count_nonzero(tied)
        comparable += len(gap)
    return agree / comparable if comparable else nan


def _refusal(data: Observed, n_terms: int) -> NotEstimable | None:
    """Why there is nothing to fit, if there is not."""
    if n_terms == 0:
        return NotEstimable("no covariate was given")
    if len(data.time) == 0:
        return NotEstimable("no patient has every covariate measured")
    return None if data.event.any() else NotEstimable("no event was observed")


def _fit(
    data: Observed, designs: np.ndarray, ties: str, strata: np.ndarray | None
) -> tuple[cox_newton.NewtonFit, np.ndarray]:
    """Fit standardised columns; also the scale (K, p) to divide the coefficients by."""
    if ties not in TIES:
        raise ValueError(f"ties is {ties!r}, expected one of {', '.join(TIES)}")
    x = designs.swapaxes(1, 2)
    scale = x.std(axis=2)
    # A spread that is only rounding is a constant column: dividing by it would make noise a covariate.
    scale = np.where(scale > 1e-10 * np.abs(x).max(axis=2, initial=1.0), scale, np.inf)
    centred = (x - x.mean(axis=2, keepdims=True)) / scale[..., None]
    return cox_newton.fit(cox_newton.risk_sets(data, ties, strata), centred), scale


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
    tests = _null_tests(data, x, scale, ties, strata)
    return [
        _result(data, x[k], names[k], fitted, scale[k], k, tests[k], ties, strata, n_dropped, conf_level)
        for k in range(len(x))
    ]


def _null_tests(
    data: Observed, x: np.ndarray, scale: np.ndarray, ties: str, strata: np.ndarray | None
) -> list[tuple[float, float]]:
    """Log-likelihood and score statistic at b = 0 of each model."""
    sets = cox_newton.risk_sets(data, ties, strata)
    centred = (x - x.mean(axis=2, keepdims=True)) / scale[..., None]
    value, score, information = cox_newton.terms(sets, centred, np.zeros(x.shape[:2]))
    inverse, _ = cox_newton.sweep_inverse(information)
    return list(zip(value.tolist(), np.einsum("kp,kpq,kq->k", score, inverse, score).tolist(), strict=True))


def _result(
    data: Observed,
    x: np.ndarray,
    names: Sequence[str],
    fitted: cox_newton.NewtonFit,
    scale: np.ndarray,
    k: int,
    null: tuple[float, float],
    ties: str,
    strata: np.ndarray | None,
    n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:
    estimable, aliased = fitted.estimable[k], fitted.aliased[k]
    reasons = [_reason(data, column, names[j], bool(aliased[j])) for j, column in enumerate(x)]
    if not estimable.any():
        return NotEstimable(reasons[0] if len(names) == 1 else "; ".join(dict.fromkeys(reasons)))
    error = np.sqrt(np.maximum(fitted.covariance[k].diagonal(), 0)) / scale
    coef = fitted.coef[k] / scale
    z = z_value(conf_level)
    terms = tuple(
        _term(name, float(coef[j]), float(error[j]), z) if estimable[j]
        else CoxTerm(name, nan, nan, NotEstimable(reasons[j]), nan, nan)
        for j, name in enumerate(names)
    )  # fmt: skip
    df = int((~aliased).sum())
    chosen = np.flatnonzero(estimable)
    wald = fitted.coef[k][chosen] @ np.linalg.solve(
        fitted.covariance[k][np.ix_(chosen, chosen)], fitted.coef[k][chosen]
    )
    log_likelihood = float(fitted.log_likelihood[k])
    return CoxResult(
        terms, log_likelihood, null[0], _chi_square(2 * (log_likelihood - null[0]), df), _chi_square(null[1], df),
        _chi_square(float(wald), len(chosen)), len(data.time), int(data.event.sum()), n_dropped, ties, conf_level,
        tuple(_cautions(data, names, reasons, estimable, bool(fitted.converged[k]))),
        np.where(np.isfinite(scale), fitted.coef[k] / scale, 0.0) @ x, data, strata,
    )  # fmt: skip


def _term(name: str, coef: float, error: float, z: float) -> CoxTerm:
    ratio = Estimate(exp(coef), exp(coef - z * error), exp(coef + z * error))
    statistic = coef / error
    return CoxTerm(name, coef, error, ratio, statistic, float(chdtrc(1, statistic**2)))


def _chi_square(statistic: float, df: int) -> ChiSquare:
    return ChiSquare(statistic, df, float(chdtrc(df, max(statistic, 0.0))))


def _reason(data: Observed, column: np.ndarray, name: str, aliased: bool) -> str:
    """Why a term would not be estimable, in words about its patients."""
    values = np.unique(column)
    if len(values) < 2:
        return f"{name} is the same in every patient"
    if aliased:
        return f"{name} follows from the other covariates or is the same in everybody at risk at each event"
    with_events = np.unique(column[data.event])
    if len(values) == 2 and len(with_events) == 1:
        return f"no event among patients {'with' if with_events[0] == values[0] else 'without'} {name}"
    return f"{name} separates the patients with an event from the others"


def _cautions(
    data: Observed, names: Sequence[str], reasons: Sequence[str], estimable: np.ndarray, converged: bool
) -> list[str]:
    found = [f"{names[j]} is not estimable: {reasons[j]}" for j in np.flatnonzero(~estimable)]
    each = data.event.sum() / len(names)
    if each < FEW_EVENTS_PER_PARAMETER:
        found.append(f"{each:.1f} events per covariate, fewer than {FEW_EVENTS_PER_PARAMETER}")
    return found if converged else [*found, "the fit did not converge"]
