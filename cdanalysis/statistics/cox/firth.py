"""Cox regression with Firth's penalty: finite estimates where maximum likelihood has none, less biased where events are few.

firthmodels fits it (Breslow's ties); intervals by profile penalised likelihood, P by the penalised likelihood ratio, as
R's coxphf. Heinze and Schemper, Biometrics 2001;57:114.
"""

from __future__ import annotations

import warnings
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from cdanalysis.results import Caution, Estimate, NotEstimable
from cdanalysis.statistics.cox import cox_terms
from cdanalysis.statistics.cox.cox_result import (
    NOT_CONVERGED,
    UNKNOWN,
    CoxResult,
    CoxTerm,
    chi_square,
    reason_of,
    refusal_of,
    unknown_term,
)
from cdanalysis.statistics.cox.risk_sets import risk_sets
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.statistics.time_axis import Observed, check_conf_level, observed

EXACT = {"backend": "numpy", "max_iter": 500, "gtol": 1e-9, "xtol": 1e-11}
# Its constrained fits give up where the tolerance is below what a penalised likelihood can be computed to.
TESTED = {"backend": "numpy", "max_iter": 500, "gtol": 1e-6, "xtol": 1e-7}
SAME_LIKELIHOOD = 1e-6
PROFILE = {"method": "pl", "max_iter": 500, "tol": 1e-9}


def firth_cox(
    time: ArrayLike, event: ArrayLike, covariates: pd.DataFrame, *, conf_level: float = 0.95
) -> CoxResult | NotEstimable:
    """Fit one model; time, event (n,), covariates (n, p) as `cox`. Tied times by Breslow.

    A column that is constant or follows from others is NotEstimable with its reason; a limit that the profile does not
    reach is NaN and named in cautions. NotEstimable for no covariate, no complete patient or no event.
    """
    check_conf_level(conf_level)
    columns = covariates.to_numpy(float)
    kept = ~np.isnan(columns).any(axis=1)
    data, x = observed(time, event)[kept], columns[kept]
    names = [str(name) for name in covariates.columns]
    refusal = refusal_of(data, len(names))
    if refusal:
        return refusal
    centred, spread = x - x.mean(axis=0), x.std(axis=0)
    scaled = centred / np.where(spread > 1e-10 * np.abs(x).max(axis=0, initial=1), spread, np.inf)
    null, score, information = (part[0] for part in cox_terms.terms(
        risk_sets(data, "breslow"), scaled.T[None], np.zeros((1, len(names)))))  # fmt: skip
    informed = cox_terms.sweep_inverse(information[None])[1][0]
    if not informed.any():
        return NotEstimable(
            "; ".join(dict.fromkeys(reason_of(data, x[:, j], names[j], True) for j in range(len(names))))
        )
    inside = np.ix_(informed, informed)
    null_penalised = float(null) + 0.5 * float(np.linalg.slogdet(information[inside])[1])
    score_test = float(score[informed] @ np.linalg.solve(information[inside], score[informed]))
    return _result(data, x, scaled, spread, names, informed, null_penalised, score_test, int((~kept).sum()), conf_level)


def _result(
    data: Observed, x: np.ndarray, scaled: np.ndarray, spread: np.ndarray, names: list[str], informed: np.ndarray,
    null: float, score: float, n_dropped: int, conf_level: float,
) -> CoxResult | NotEstimable:  # fmt: skip
    from firthmodels import FirthCoxPH

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what did not converge is said in cautions
        fitted = FirthCoxPH(**EXACT).fit(scaled[:, informed], (data.event, data.time))
        limits = fitted.conf_int(alpha=1 - conf_level, **PROFILE)
        tested = FirthCoxPH(**TESTED).fit(scaled[:, informed], (data.event, data.time)).lrt()
    alone = chi_square(2 * (float(fitted.loglik_) - null), 1).p_value
    p_values = np.array([alone]) if len(fitted.coef_) == 1 else _mended(data, scaled[:, informed], fitted, tested)
    # The exact tolerance can lie below what the likelihood is computed to; the coarser fit then says whether it stands.
    stands = fitted.converged_ or (tested.converged_ and abs(fitted.loglik_ - tested.loglik_) < SAME_LIKELIHOOD)
    places = dict(zip(np.flatnonzero(informed).tolist(), range(int(informed.sum())), strict=True))
    terms = tuple(
        _term(name, fitted, limits, places[j], float(p_values[places[j]]), float(spread[j])) if j in places
        else unknown_term(name, reason_of(data, x[:, j], name, True))
        for j, name in enumerate(names)
    )  # fmt: skip
    df, log_likelihood = len(places), float(fitted.loglik_)
    wald = sum((fitted.coef_ / fitted.bse_) ** 2) if df == 1 else _wald(data, scaled[:, informed], fitted.coef_)
    unknown = [term for term in terms if isinstance(term.hazard_ratio, NotEstimable)]
    cautions = [Caution(f"{term.name} is not estimable: {term.hazard_ratio.reason}", UNKNOWN) for term in unknown]
    cautions += [Caution(f"a limit of {term.name} was not found", "no limit") for term in terms if _open(term)]
    without_p = [terms[j].name for j, k in places.items() if np.isnan(p_values[k])]
    cautions += [Caution(f"the P of {name} was not found", "no P") for name in without_p]
    # The penalty is of the scaled columns in both likelihoods, so their difference does not depend on the scale.
    return CoxResult(
        terms, log_likelihood, null, chi_square(2 * (log_likelihood - null), df), chi_square(score, df),
        chi_square(float(wald), df), len(data), int(data.event.sum()), n_dropped, "breslow", conf_level,
        tuple(cautions if stands else [*cautions, Caution("the fit did not converge", NOT_CONVERGED)]),
        scaled[:, informed] @ fitted.coef_, data,
    )  # fmt: skip


def _term(name: str, fitted: object, limits: np.ndarray, k: int, p: float, spread: float) -> CoxTerm:
    coef, error = float(fitted.coef_[k]) / spread, float(fitted.bse_[k]) / spread
    lower, upper = exp_within(np.where(np.isfinite(limits[k]), limits[k], nan) / spread).tolist()
    return CoxTerm(name, coef, error, Estimate(float(exp_within(np.array(coef))), lower, upper), coef / error, p)


def _mended(data: Observed, x: np.ndarray, fitted: object, tested: object) -> np.ndarray:
    """The likelihood-ratio P of each term; where the library's constrained fit gave up, by a search of our own."""
    p_values = np.array(tested.lrt_pvalues_, float)
    for j in np.flatnonzero(np.isnan(p_values)):
        without = constrained_maximum(data, x, int(j), np.delete(fitted.coef_, j))
        p_values[j] = chi_square(2 * (float(fitted.loglik_) - without), 1).p_value
    return p_values


def constrained_maximum(data: Observed, x: np.ndarray, j: int, start: np.ndarray) -> float:
    """Largest penalised log-likelihood with coefficient j at 0, the penalty of all columns x (n, p) kept; NaN if not found."""
    sets, columns = risk_sets(data, "breslow"), x.T[None]

    def loss(free: np.ndarray) -> float:
        value, _, information = cox_terms.terms(sets, columns, np.insert(free, j, 0.0)[None])
        sign, size = np.linalg.slogdet(information[0])
        return -(float(value[0]) + 0.5 * size) if sign > 0 else np.inf

    with np.errstate(all="ignore"):
        found = minimize(loss, start, method="BFGS", options={"gtol": 1e-5})
    settled = np.isfinite(found.fun) and np.abs(found.jac).max(initial=0.0) < 1e-3
    return -float(found.fun) if settled else nan


def _wald(data: Observed, x: np.ndarray, beta: np.ndarray) -> float:
    """beta' I beta, with the information at beta."""
    information = cox_terms.terms(risk_sets(data, "breslow"), x.T[None], beta[None])[2][0]
    return float(beta @ information @ beta)


def _open(term: CoxTerm) -> bool:
    ratio = term.hazard_ratio
    return isinstance(ratio, Estimate) and (ratio.lower != ratio.lower or ratio.upper != ratio.upper)
