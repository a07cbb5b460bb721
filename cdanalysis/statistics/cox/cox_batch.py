"""Many Cox models of the same times and events in one batch, for what follows a moving handle or tries thousands of choices.

A single `cox` is a batch of one, so a point of a curve, a number during a drag and a row of a table are one number.
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.statistics.cox.kernel import cox_newton
from cdanalysis.statistics.cox.kernel.risk_sets import risk_sets
from cdanalysis.statistics.time_axis import Observed, observed, one_of

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
    strata: np.ndarray | None = None,
    entry: ArrayLike | None = None,
) -> CoxBatch:
    """Fit K Cox models that share their patients, times and events, at once.

    time (n,): 0 or more, any unit; event (n,): True = event; designs (K, n, p): each model's columns, no value missing.
    ties: "efron" or "breslow". weights (n,) or (K, n): case weights as R's; 0 leaves a patient out, and with Breslow's ties
    a count repeats one. strata (n,): groups with a baseline hazard each, by number. entry (n,): late entry.
    Raises ValueError for an argument that is not as said.
    """
    data, x = observed(time, event, entry), np.asarray(designs, float)
    given = None if weights is None else np.broadcast_to(np.asarray(weights, float), x.shape[:2])
    if given is not None and not (np.isfinite(given).all() and (given >= 0).all()):
        raise ValueError("weights holds a negative or missing value, expected 0 or more for every patient")
    return _batch(*fit_standardised(data, x, ties, strata, given))


def cox_of_columns(data: Observed, columns: np.ndarray, chosen: np.ndarray, *, ties: str = "efron") -> CoxBatch:
    """`cox_batch` for K models whose p columns are chosen (K, p) from the same few (n, M), none of them missing a value."""
    one_of("ties", ties, TIES)
    x, scale = _standardised(np.ascontiguousarray(columns.T))
    return _batch(cox_newton.fit_choices(risk_sets(data, ties), x, chosen), scale[chosen])


def _batch(fitted: cox_newton.NewtonFit, scale: np.ndarray) -> CoxBatch:
    error = np.sqrt(np.maximum(fitted.covariance.diagonal(axis1=1, axis2=2), 0)) / scale
    known = fitted.estimable
    coef, error = np.where(known, fitted.coef / scale, nan), np.where(known, error, nan)
    return CoxBatch(coef, error, fitted.log_likelihood, fitted.converged, known)


def fit_standardised(
    data: Observed, designs: np.ndarray, ties: str, strata: np.ndarray | None, weights: np.ndarray | None = None
) -> tuple[cox_newton.NewtonFit, np.ndarray]:
    """Fit standardised columns; also the scale (K, p) to divide the coefficients by."""
    one_of("ties", ties, TIES)
    x, scale = _standardised(designs.swapaxes(1, 2))
    return cox_newton.fit(risk_sets(data, ties, strata), x, weights), scale


def _standardised(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns (..., n) of mean 0 and variance 1, and their scale; a constant column is zeros, its scale infinite."""
    scale = x.std(axis=-1)
    # A spread that is only rounding is a constant column: dividing by it would make noise a covariate.
    scale = np.where(scale > 1e-10 * np.abs(x).max(axis=-1, initial=1.0), scale, np.inf)
    return (x - x.mean(axis=-1, keepdims=True)) / scale[..., None], scale
