"""What a cut-off costs: a marker cut in two, straight, and as a restricted cubic spline, fitted to the same patients.

AIC = 2 parameters - 2 log-likelihood. Explained variation: R2_D of Royston and Sauerbrei, Stat Med 2004;23:723, as R's
survival::royston. The spline's interval is pointwise, for the log hazard ratio against a reference value.
"""

from dataclasses import dataclass
from math import pi

import numpy as np
from scipy.stats import norm

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.checks.spline import Smooth, basis, knots_of, natural_smooth
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_batch import cox_batch, fit_standardised
from cdanalysis.statistics.cox.cox_result import ChiSquare, CoxResult, chi_square
from cdanalysis.statistics.cox.residuals import null_martingale
from cdanalysis.statistics.time_axis import Observed

CURVE_POINTS = 81
SAME_PREDICTOR = 12  # decimals to which linear predictors of equal patients agree


@dataclass(frozen=True, eq=False)
class Form:
    """One way to put the marker into the model; r2_d: explained variation, 0 to 1."""

    name: str
    model: CoxResult
    aic: float
    r2_d: float


@dataclass(frozen=True, eq=False)
class FormCurve:
    """The spline: log hazard ratio against the reference at values x (m,), its standard error, its knots."""

    x: np.ndarray
    log_ratio: np.ndarray
    standard_error: np.ndarray
    knots: np.ndarray
    reference: float
    nonlinear: ChiSquare


@dataclass(frozen=True, eq=False)
class FunctionalForm:
    """forms: "cut", "line", "spline", or why one cannot be fitted. values, martingale (n,): of the model without any covariate."""

    forms: dict[str, Form | NotEstimable]
    curve: FormCurve | NotEstimable
    values: np.ndarray
    martingale: np.ndarray
    smooth: Smooth | NotEstimable


def functional_form(
    data: Observed, values: np.ndarray, above: np.ndarray, *, ties: str = "efron", conf_level: float = 0.95,
    at: np.ndarray | None = None,
) -> FunctionalForm | NotEstimable:  # fmt: skip
    """The three forms of the values (n,), cut where `above` (n,) is 1; neither may miss a value.

    at (m,): where the spline's curve is wanted, by default evenly over the values. NotEstimable without patients or events.
    """
    if not len(data) or not data.event.any():
        return NotEstimable("no event was observed" if len(data) else "no patient has the marker measured")
    centre = float(np.median(values))
    knots = knots_of(values)
    columns = {"cut": above[:, None], "line": values[:, None]}
    if not isinstance(knots, NotEstimable):
        columns["spline"] = basis(values, knots)
    designs = [([name, *(f"{name} bend {j}" for j in range(1, x.shape[1]))], x) for name, x in columns.items()]
    fits = dict(zip(columns, cox_models(data, designs, ties=ties, conf_level=conf_level), strict=True))
    forms = {name: _form(name, fit) for name, fit in fits.items()}
    curve = _curve(data, values, knots, centre, forms, ties, at)
    if isinstance(knots, NotEstimable):
        forms["spline"] = knots
    residuals = null_martingale(data, ties)
    return FunctionalForm(forms, curve, values, residuals, natural_smooth(values, residuals))


def explained_variation(model: CoxResult) -> float:
    """R2_D: the coefficient of the predictor's normal scores against the variance of a Cox model's error."""
    predictor = np.round(model.linear_predictor - model.linear_predictor.mean(), SAME_PREDICTOR)
    n = len(predictor)
    scores = norm.ppf((np.arange(1, n + 1) - 3 / 8) / (n + 0.25))
    distinct, place = np.unique(predictor, return_inverse=True)
    if len(distinct) < 2:
        return 0.0
    # Equal predictors share the mean of the scores they would have had.
    ranked = np.zeros(n)
    ranked[np.argsort(predictor, kind="stable")] = scores
    shared = np.bincount(place, ranked) / np.bincount(place)
    data = model.data
    coef = cox_batch(data.time, data.event, shared[place][None, :, None], ties=model.ties, entry=data.entry).coef[0, 0]
    return float(coef**2 / (pi**2 / 6 + coef**2)) if np.isfinite(coef) else np.nan


def _form(name: str, fit: CoxResult | NotEstimable) -> Form | NotEstimable:
    if isinstance(fit, NotEstimable):
        return fit
    unknown = [term.hazard_ratio.reason for term in fit.terms if isinstance(term.hazard_ratio, NotEstimable)]
    if unknown:
        return NotEstimable(unknown[0])
    return Form(name, fit, 2 * len(fit.terms) - 2 * fit.log_likelihood, explained_variation(fit))


def _curve(
    data: Observed, values: np.ndarray, knots: np.ndarray | NotEstimable, reference: float,
    forms: dict[str, Form | NotEstimable], ties: str, at: np.ndarray | None,
) -> FormCurve | NotEstimable:  # fmt: skip
    if isinstance(knots, NotEstimable):
        return knots
    line, spline = forms["line"], forms["spline"]
    if isinstance(spline, NotEstimable):
        return spline
    if isinstance(line, NotEstimable):
        return line
    shown = np.linspace(values.min(), values.max(), CURVE_POINTS) if at is None else at
    fitted, scale = fit_standardised(data, basis(values, knots)[None], ties, None)
    covariance = fitted.covariance[0] / np.outer(scale[0], scale[0])
    apart = basis(shown, knots) - basis(np.array([reference]), knots)
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", apart, covariance, apart), 0))
    bends = chi_square(2 * (spline.model.log_likelihood - line.model.log_likelihood), len(knots) - 2)
    coef = np.array([term.coef for term in spline.model.terms])
    return FormCurve(shown, apart @ coef, error, knots, reference, bends)
