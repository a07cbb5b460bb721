"""Cox regression with Firth's penalty: finite estimates where maximum likelihood has none, less biased where events are few.

Breslow's ties; intervals by profile penalised likelihood, P by the penalised likelihood ratio, as R's coxphf. Heinze and
Schemper, Biometrics 2001;57:114.
"""

from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtri

from cdanalysis.results import Caution, Estimate, NotEstimable
from cdanalysis.statistics.cox.cox_result import (
    UNKNOWN,
    CoxResult,
    CoxTerm,
    chi_square,
    reason_of,
    refusal_of,
    unknown_term,
)
from cdanalysis.statistics.cox.kernel.cox_terms import sweep_inverse, terms
from cdanalysis.statistics.cox.kernel.risk_sets import risk_sets
from cdanalysis.statistics.cox.penalised import Penalised
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.statistics.time_axis import Observed, check_conf_level, complete, observed


def firth_cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    *,
    entry: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> CoxResult | NotEstimable:
    """Fit one Cox model with Firth's penalty, which keeps an estimate finite where a group has no event.

    time (n,): 0 or more, any unit; event (n,): True = event; covariates: n rows, a numeric column for each term; a row with a
    missing value is left out and counted in n_dropped. entry (n,): late entry. Tied times are treated as Breslow does.
    A column that is constant or follows from others is NotEstimable with its reason; a limit that the profile does not reach
    is NaN and named in cautions. NotEstimable for no covariate, no complete patient, no event, or no maximum.
    Raises ValueError for an argument that is not as said.
    """
    check_conf_level(conf_level)
    columns = covariates.to_numpy(float, na_value=np.nan)
    kept = complete(columns)
    data, x = observed(time, event, entry)[kept], columns[kept]
    names = [str(name) for name in covariates.columns]
    refusal = refusal_of(data, len(names))
    if refusal:
        return refusal
    centred, spread = x - x.mean(axis=0), x.std(axis=0)
    scale = np.where(spread > 1e-10 * np.abs(x).max(axis=0, initial=1), spread, np.inf)
    scaled, zero = (centred / scale).T, np.zeros((1, len(names)))
    informed = sweep_inverse(terms(risk_sets(data, "breslow"), scaled[None], zero)[2])[1][0]
    unknown = {j: reason_of(data, x[:, j], names[j], True) for j in np.flatnonzero(~informed).tolist()}
    if not informed.any():
        return NotEstimable("; ".join(dict.fromkeys(unknown.values())))
    return _result(data, scaled[informed], scale[informed], names, unknown, int((~kept).sum()), conf_level)


def _result(
    data: Observed, x: np.ndarray, scale: np.ndarray, names: list[str], unknown: dict[int, str], n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:  # fmt: skip
    """Of the columns x (p, n) that are informed about; the penalty is of them in every likelihood."""
    sets, every, zero = risk_sets(data, "breslow"), np.ones(len(x), bool), np.zeros(len(x))
    penalised = Penalised(sets, x)
    b, value, _, found = penalised.maximum(zero, every)
    if not found:
        return NotEstimable("the penalised likelihood has no maximum that could be found")
    information = penalised.at(b[None])[2][0]
    own = iter(_terms(penalised, b, value, np.linalg.inv(information), scale, conf_level))
    told = tuple(
        unknown_term(name, unknown[j]) if j in unknown else _named(name, next(own)) for j, name in enumerate(names)
    )
    null, score, at_zero = (part[0] for part in terms(sets, x[None], zero[None]))
    null_penalised = float(null) + 0.5 * float(np.linalg.slogdet(at_zero)[1])
    return CoxResult(
        terms=told,
        log_likelihood=value,
        log_likelihood_null=null_penalised,
        likelihood_ratio=chi_square(2 * (value - null_penalised), len(x)),
        score=chi_square(float(score @ np.linalg.solve(at_zero, score)), len(x)),
        wald=chi_square(float(b @ information @ b), len(x)),
        n=len(data),
        n_events=int(data.event.sum()),
        n_dropped=n_dropped,
        ties="breslow",
        conf_level=conf_level,
        cautions=_cautions(told),
        linear_predictor=b @ x,
        data=data,
    )


def _terms(
    penalised: Penalised, b: np.ndarray, value: float, covariance: np.ndarray, scale: np.ndarray, conf_level: float
) -> list[CoxTerm]:
    """Each column's estimate, profile limits and likelihood-ratio P, without its name."""
    half = float(chdtri(1, 1 - conf_level)) / 2
    told = []
    for j, error in enumerate(np.sqrt(covariance.diagonal()).tolist()):
        limits = [penalised.limit(b, j, sign * sqrt(2 * half) * error, value - half) for sign in (-1, 1)]
        free = np.arange(len(b)) != j
        without = penalised.maximum(np.where(free, b, 0.0), free)[1]
        p = chi_square(2 * (value - without), 1).p_value
        ratio = Estimate(*exp_within(np.array([b[j], *limits]) / scale[j]).tolist())
        told.append(CoxTerm("", float(b[j] / scale[j]), error / float(scale[j]), ratio, float(b[j]) / error, p))
    return told


def _named(name: str, term: CoxTerm) -> CoxTerm:
    return CoxTerm(name, term.coef, term.standard_error, term.hazard_ratio, term.z, term.p_value)


def _cautions(told: tuple[CoxTerm, ...]) -> tuple[Caution, ...]:
    found = []
    for term in told:
        ratio = term.hazard_ratio
        if isinstance(ratio, NotEstimable):
            found.append(Caution(f"{term.name} is not estimable: {ratio.reason}", UNKNOWN))
        elif ratio.lower != ratio.lower or ratio.upper != ratio.upper:
            found.append(Caution(f"a limit of {term.name} was not found", "no limit"))
        if isinstance(ratio, Estimate) and term.p_value != term.p_value:
            found.append(Caution(f"the P of {term.name} was not found", "no P"))
    return tuple(found)
