"""The lines of the predictors table and of the forest plot: each candidate's terms, alone and in the model."""

from collections.abc import Iterator, Sequence

import numpy as np

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.statistics.cox.cox_result import CoxResult, CoxTerm


def predictor_rows(
    event: np.ndarray,
    candidates: Sequence[Covariate],
    logrank_p: Sequence[float | NotEstimable],
    univariable: Sequence[CoxResult | NotEstimable],
    multivariable: CoxResult | NotEstimable,
    screened: Sequence[Covariate],
) -> tuple[PredictorRow, ...]:
    """One row per term, in the order of the candidates."""
    entered = dict(_entered(multivariable, screened))
    return tuple(
        _row(event, candidate, index, p, _terms(fit, candidate)[index], entered.get((candidate.code, index)))
        for candidate, p, fit in zip(candidates, logrank_p, univariable, strict=True)
        for index in range(len(candidate.terms))
    )


def _entered(
    model: CoxResult | NotEstimable, screened: Sequence[Covariate]
) -> Iterator[tuple[tuple[str, int], CoxTerm | NotEstimable]]:
    """The model's terms under the candidate and the place they belong to."""
    places = [(candidate.code, index) for candidate in screened for index in range(len(candidate.terms))]
    terms = [model] * len(places) if isinstance(model, NotEstimable) else model.terms
    yield from zip(places, terms, strict=True)


def _terms(fit: CoxResult | NotEstimable, candidate: Covariate) -> Sequence[CoxTerm | NotEstimable]:
    return [fit] * len(candidate.terms) if isinstance(fit, NotEstimable) else fit.terms


def _row(
    event: np.ndarray,
    candidate: Covariate,
    index: int,
    logrank_p: float | NotEstimable,
    alone: CoxTerm | NotEstimable,
    together: CoxTerm | NotEstimable | None,
) -> PredictorRow:
    label, reference = candidate.terms[index]
    known = ~np.isnan(candidate.columns).any(axis=1)
    continuous = candidate.kind == "number"
    inside = known if continuous else candidate.columns[:, index] == 1
    baseline = known & (np.nan_to_num(candidate.columns) == 0).all(axis=1)
    return PredictorRow(
        code=candidate.code,
        label=label,
        reference=reference,
        n=int(inside.sum()),
        n_events=int(event[inside].sum()),
        n_reference=None if continuous else int(baseline.sum()),
        n_events_reference=None if continuous else int(event[baseline].sum()),
        logrank_p=logrank_p,
        univariable=_ratio(alone),
        univariable_p=_p(alone),
        multivariable=None if together is None else _ratio(together),
        multivariable_p=_p(together),
    )


def _ratio(term: CoxTerm | NotEstimable) -> Estimate | NotEstimable:
    return term if isinstance(term, NotEstimable) else term.hazard_ratio


def _p(term: CoxTerm | NotEstimable | None) -> float:
    return float("nan") if term is None or isinstance(term, NotEstimable) else term.p_value
