"""Candidate covariates of an endpoint: each alone, screened, and the screened-in ones together in one Cox model.

Owns the screening: a candidate whose log-rank P (score-test P for one kept continuous) is below `screening_p`
enters the multivariable model, which is fitted on the patients complete in all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort, Memory
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import NotEstimable, PredictorRow
from cdanalysis.sections.models.per_candidate import per_candidate
from cdanalysis.sections.models.predictor_rows import predictor_rows
from cdanalysis.sections.models.screening import screen, screening_p
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.time_axis import Observed

MOST_TERMS = 100  # in one model: of thousands of patients each step with more takes seconds
TOO_MANY = f"the covariates make {{}} terms, and at most {MOST_TERMS} enter one model: choose fewer"


@dataclass(frozen=True, eq=False)
class CandidateModels:
    """One univariable model per candidate, one row per term; left_out: a sentence for each one that is no candidate."""

    candidates: tuple[Covariate, ...]
    univariable: tuple[CoxResult | NotEstimable, ...]
    multivariable: CoxResult | NotEstimable
    screened_in: tuple[str, ...]
    rows: tuple[PredictorRow, ...]
    left_out: tuple[str, ...]

    def entered(self, *but: str) -> list[Covariate]:
        """The candidates of the multivariable model, those of some codes left out."""
        return [one for one in self.candidates if one.code in self.screened_in and one.code not in but]


def candidate_models(
    cohort: Cohort, endpoint: TimeToEvent, data: Observed, settings: Settings, alone: Sequence[str] = ()
) -> CandidateModels:
    """Every candidate alone and those screened in together; `alone`: codes shown alone and never entered."""
    candidates, left_out = chosen_candidates(cohort, endpoint, settings)
    chosen = {one.code for one in candidates}
    patient_ids = endpoint.patient_ids
    offered = [code for code in alone if code in covariates.available(cohort) and code not in chosen]
    shown = candidates + tuple(covariates.covariate(cohort, patient_ids, code, settings) for code in offered)
    univariable = fit_univariable(data, shown, settings, cohort.memory)
    logrank_p = screening_p(data, shown, univariable, cohort.memory)
    screened = screen(candidates, logrank_p[: len(candidates)], settings)
    multivariable = fit_multivariable(data, screened, settings)
    rows = predictor_rows(data.event, shown, logrank_p, univariable, multivariable, screened)
    return CandidateModels(shown, univariable, multivariable, tuple(one.code for one in screened), rows, left_out)


def chosen_candidates(
    cohort: Cohort, endpoint: TimeToEvent, settings: Settings
) -> tuple[tuple[Covariate, ...], tuple[str, ...]]:
    """The candidate covariates of the settings, or the standard list with a sentence for each one left out."""
    patient_ids = endpoint.patient_ids
    if not settings.candidates:
        return covariates.standard(cohort, patient_ids, settings)
    offered = covariates.available(cohort)
    codes = [code for code in split(settings.candidates) if code in offered]
    return tuple(covariates.covariate(cohort, patient_ids, code, settings) for code in codes), ()


def fit_univariable(
    data: Observed, candidates: Sequence[Covariate], settings: Settings, memory: Memory | None = None
) -> tuple[CoxResult | NotEstimable, ...]:
    """One Cox model a candidate, each on the patients who have it measured; memory keeps those of the same times and events."""

    def fitted(new: Sequence[Covariate]) -> tuple[CoxResult | NotEstimable, ...]:
        return fit_models(data, [[one] for one in new], settings)

    return per_candidate(memory, "fitted", data, (settings.ties, settings.conf_level), candidates, fitted)


def fit_multivariable(data: Observed, screened: Sequence[Covariate], settings: Settings) -> CoxResult | NotEstimable:
    """The Cox model of the screened-in candidates together, on the patients complete in all of them."""
    if not data.event.any():
        return NotEstimable("no event was observed")
    if not screened:
        return NotEstimable(f"no candidate has a log-rank P below {settings.screening_p:g}")
    return fit_models(data, [screened], settings)[0]


def fit_models(
    data: Observed, models: Sequence[Sequence[Covariate]], settings: Settings
) -> tuple[CoxResult | NotEstimable, ...]:
    """Every model in one batch; data to it under its terms' labels, never a formula. One of too many terms is not fitted."""
    n_terms = [sum(len(one.terms) for one in chosen) for chosen in models]
    designs = [
        ([term.label for one in chosen for term in one.terms], np.column_stack([one.columns for one in chosen]))
        for chosen, n in zip(models, n_terms, strict=True)
        if n <= MOST_TERMS
    ]
    fitted = iter(cox_models(data, designs, ties=settings.ties, conf_level=settings.conf_level))
    return tuple(next(fitted) if n <= MOST_TERMS else NotEstimable(TOO_MANY.format(n)) for n in n_terms)
