"""Fine and Gray's model: hazard ratios of the subdistribution, where another event may come first.

Who had the other event stays at risk with the weight of not having been censored since, as R's finegray; interval and P
by the error that is robust to these weights, as coxph with id. Fine and Gray, JASA 1999;94:496; Geskus, Biometrics
2011;67:39.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.competing.competing_risks import event_types
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.cox.cox_result import (
    CoxResult,
    cautions_of,
    chi_square,
    reasons_of,
    refusal_of,
    unknown_term,
    wald_term,
)
from cdanalysis.statistics.cox.kernel.cox_newton import NewtonFit
from cdanalysis.statistics.cox.residuals import dfbeta
from cdanalysis.statistics.time_axis import Observed, check_conf_level, complete, observed


class WeightedRows(NamedTuple):
    """Spells at risk: of which patient each is (rows,), its weight (rows,), and its entry, time and event."""

    patient: np.ndarray
    weight: np.ndarray
    data: Observed


def fine_gray(
    time: ArrayLike,
    event_type: ArrayLike,
    covariates: pd.DataFrame,
    *,
    cause: int = 1,
    ties: str = "efron",
    conf_level: float = 0.95,
) -> CoxResult | NotEstimable:
    """Fit one model of the subdistribution hazard of an event.

    time (n,): 0 or more, any unit; event_type (n,): 0 = censored, 1, 2, ... = what happened first; covariates (n, p): a
    row with a missing value is left out and counted in n_dropped. cause: the type of event the ratios are of. Standard
    errors, Wald test, intervals and P are robust. NotEstimable for no covariate, no complete patient or no event of the
    cause. Raises ValueError for an argument that is not as said.
    """
    check_conf_level(conf_level)
    types = event_types(event_type)
    whole = observed(time, types > 0)
    names, columns = [str(name) for name in covariates.columns], covariates.to_numpy(float)
    known = complete(columns)
    times, types, columns = whole.time[known], types[known], columns[known]
    own = Observed(times, types == cause, None)
    refusal = refusal_of(own, len(names))
    if refusal is not None:
        return refusal
    return _fitted(own, weighted_rows(times, types, cause), names, columns, ties, int((~known).sum()), conf_level)


def weighted_rows(time: np.ndarray, types: np.ndarray, cause: int) -> WeightedRows:
    """The spells of patients, time and types (n,): to his own time, and after a competing event one a weight he goes on with."""
    events = np.unique(time[types == cause])
    free = _uncensored_before(time, types, events)
    others = np.flatnonzero((types != cause) & (types > 0) & (time < events[-1]))
    first = np.searchsorted(events, time[others], "right")
    patient = np.concatenate([np.arange(len(time)), np.repeat(others, len(events) - first)])
    place = np.concatenate([np.arange(start, len(events)) for start in first]) if len(others) else np.zeros(0, int)
    own = _uncensored_before(time, types, time[others])
    weight = free[place] / np.repeat(own, len(events) - first)
    before = np.where(place == np.repeat(first, len(events) - first), time[patient[len(time) :]], events[place - 1])
    stop, entry = np.concatenate([time, events[place]]), np.concatenate([np.full(len(time), -np.inf), before])
    happened = np.concatenate([types == cause, np.zeros(len(place), bool)])
    rows = Observed(stop, happened, entry if len(place) else None)
    return WeightedRows(patient, np.concatenate([np.ones(len(time)), weight]), rows)


def _uncensored_before(time: np.ndarray, types: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The probability of not having been censored before each of the times; an event comes before a censoring at one time."""
    censored = np.unique(time[types == 0])
    ordered, events = np.sort(time), np.sort(time[types > 0])
    at_risk = len(time) - np.searchsorted(ordered, censored, "left")
    at_risk = at_risk - (np.searchsorted(events, censored, "right") - np.searchsorted(events, censored, "left"))
    lost = np.bincount(np.searchsorted(censored, time[types == 0]), minlength=len(censored))
    free = np.concatenate([[1.0], np.cumprod(1 - lost / at_risk)])
    return free[np.searchsorted(censored, at, "left")]


def _fitted(
    own: Observed,
    rows: WeightedRows,
    names: list[str],
    columns: np.ndarray,
    ties: str,
    n_dropped: int,
    conf_level: float,
) -> CoxResult | NotEstimable:
    x = columns[rows.patient]
    batch, scales = fit_standardised(rows.data, x[None], ties, None, rows.weight[None])
    fitted, scale = _first(batch), scales[0]
    reasons = reasons_of(own, columns.T, names, fitted.estimable, fitted.aliased)
    chosen = np.flatnonzero(fitted.estimable)
    if not len(chosen):
        return NotEstimable("; ".join(dict.fromkeys(reasons)))
    coef, spread = fitted.coef[chosen] / scale[chosen], _robust(rows, x[:, chosen], fitted, scale, chosen, ties)
    errors, z = np.sqrt(spread.diagonal()), z_value(conf_level)
    told = {int(j): wald_term(names[j], float(b), float(e), z) for j, b, e in zip(chosen, coef, errors, strict=True)}
    terms = tuple(told.get(j) or unknown_term(name, reasons[j]) for j, name in enumerate(names))
    likelihood, null = float(fitted.log_likelihood), float(fitted.null_log_likelihood)
    df = int((~fitted.aliased).sum())
    return CoxResult(
        terms=terms,
        log_likelihood=likelihood,
        log_likelihood_null=null,
        likelihood_ratio=chi_square(2 * (likelihood - null), df),
        score=chi_square(float(fitted.null_score), df),
        wald=chi_square(float(coef @ np.linalg.solve(spread, coef)), len(chosen)),
        n=len(own),
        n_events=int(own.event.sum()),
        n_dropped=n_dropped,
        ties=ties,
        conf_level=conf_level,
        cautions=tuple(cautions_of(own, terms, bool(fitted.converged))),
        linear_predictor=columns[:, chosen] @ coef,
        data=own,
    )


def _robust(
    rows: WeightedRows, x: np.ndarray, fitted: NewtonFit, scale: np.ndarray, chosen: np.ndarray, ties: str
) -> np.ndarray:
    """The sandwich covariance of the coefficients: what each would change by without a patient, over all his spells."""
    model = fitted.covariance[np.ix_(chosen, chosen)] / np.outer(scale[chosen], scale[chosen])
    changes = dfbeta(rows.data, x, fitted.coef[chosen] / scale[chosen], model, ties, weights=rows.weight)
    by_patient = np.zeros((int(rows.patient.max()) + 1, len(chosen)))
    np.add.at(by_patient, rows.patient, changes)
    return by_patient.T @ by_patient


def _first(batch: NewtonFit) -> NewtonFit:
    return NewtonFit(**{name: values[0] for name, values in vars(batch).items()})
