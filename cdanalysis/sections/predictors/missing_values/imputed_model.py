"""The multivariable model with its missing covariates imputed several times, and pooled.

Every candidate of the page helps to impute, as measured: a marker as its logarithm, and cut only then; a category
by its levels. Which candidates are in the model is what the screening of the patients who have them said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints, groups
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.candidate_models import chosen_candidates
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.batches import Progress, Run, gathered, one_by_one, telling
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.imputation.imputation import PooledTerm, impute, pool
from cdanalysis.statistics.time_axis import complete

COMPLETE = "every analysed patient has every covariate of the multivariable model, so there is nothing to impute"
LEAST = 0.01
TOGETHER = 5  # imputations between two reports of progress


@dataclass(frozen=True, eq=False)
class PooledModel:
    """The model over all imputations beside that of the complete cases; n_incomplete: patients with an imputed covariate."""

    terms: tuple[PooledTerm, ...]
    complete_cases: CoxResult | NotEstimable
    n: int
    n_events: int
    n_incomplete: int
    n_imputations: int
    noun: str = "relapse"  # of the outcome


def not_imputable(cohort: Cohort, settings: Settings) -> NotEstimable | None:
    """Why there is no multivariable model to impute covariates of; None where there is one."""
    found = _imputable(cohort, settings)
    return found if isinstance(found, NotEstimable) else None


def _imputable(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    """The predictors, if patients lack covariates of their multivariable model."""
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    model = found.entered()
    if isinstance(found.multivariable, NotEstimable) and not model:
        return found.multivariable
    return found if _incomplete(model).any() else NotEstimable(COMPLETE)


def imputed_columns(cohort: Cohort, settings: Settings, places: Sequence[int]) -> np.ndarray:
    """Every candidate as measured or imputed (len(places), n, q); places: which imputations, from 0. No cut-off plays a part."""
    given = _given(cohort, settings)
    return impute(**given, places=places) if isinstance(given, dict) else np.empty((len(places), *given))


def _given(cohort: Cohort, settings: Settings) -> dict[str, Any] | tuple[int, int]:
    """What `impute` is given but the places; the patients and columns there are where nothing is to be imputed."""
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return 0, 0
    patient_ids = endpoint.patient_ids
    known = _known(chosen_candidates(cohort, endpoint, settings)[0], len(patient_ids))
    if not known:
        return len(patient_ids), 0
    measured = np.column_stack([_measured(cohort, patient_ids, one) for one in known])
    nominal = [place for place, one in enumerate(known) if one.kind == "levels"]
    return {"columns": measured, "data": observations(endpoint), "seed": settings.imputation_seed, "nominal": nominal}


def imputations(
    cohort: Cohort, settings: Settings, *, progress: Progress | None = None, run: Run = one_by_one
) -> list[np.ndarray]:
    """`settings.imputations` times `imputed_columns`, (n, q) each; progress(done, total); run: who does the batches."""
    total, given = settings.imputations, _given(cohort, settings)
    if not isinstance(given, dict):
        return [np.empty(given)] * total

    places = (range(first, min(first + TOGETHER, total)) for first in range(0, total, TOGETHER))
    return [
        one
        for part in gathered(run, _imputed, ((given, some) for some in places), telling(progress, TOGETHER, total))
        for one in part
    ]


def _imputed(given: dict[str, Any], places: Sequence[int]) -> np.ndarray:
    return impute(**given, places=places)


def pooled_model(cohort: Cohort, settings: Settings, imputed: Sequence[np.ndarray]) -> PooledModel | NotEstimable:
    """The model on every imputation in one batch, each (n, q) of `imputed_columns`, pooled by Rubin's rules."""
    found = _imputable(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    model, data, filled = found.entered(), observations(found.endpoint), np.stack(imputed)
    at = {one.code: place for place, one in enumerate(_known(found.candidates, found.n))}
    patient_ids = found.endpoint.patient_ids
    design = np.concatenate(
        [_design(cohort, patient_ids, one, filled[:, :, at[one.code]], settings) for one in model], axis=2
    )
    fits = cox_batch(data.time, data.event, design, ties=settings.ties, entry=data.entry)
    names = [term.label for one in model for term in one.terms]
    terms = pool(fits.coef, fits.standard_error, names, n_events=found.n_events, conf_level=settings.conf_level)
    return PooledModel(
        terms=terms,
        complete_cases=found.multivariable,
        n=found.n,
        n_events=found.n_events,
        n_incomplete=int(_incomplete(model).sum()),
        n_imputations=len(filled),
        noun=found.endpoint.noun,
    )


def multiple_imputation(cohort: Cohort, settings: Settings) -> PooledModel | NotEstimable:
    """The multivariable model with missing covariates imputed `settings.imputations` times, pooled by Rubin's rules."""
    refused = not_imputable(cohort, settings)
    if refused is not None:
        return refused
    return pooled_model(cohort, settings, imputations(cohort, settings))


def _known(candidates: Sequence[Covariate], n: int) -> list[Covariate]:
    """The candidates that somebody was measured in: the columns of the imputation."""
    return [one for one in candidates if one.n_missing < n]


def _incomplete(model: Sequence[Covariate]) -> np.ndarray:
    return ~complete(np.column_stack([one.columns for one in model]))


def _measured(cohort: Cohort, patient_ids: Sequence[str], one: Covariate) -> np.ndarray:
    """A candidate as one column to impute, NaN where not measured."""
    if one.kind == "cut":
        values = groups.baseline_values(cohort, cohort.marker(one.code).column, patient_ids)
        return _on_scale(values, values)
    # 0 is the reference, 1, 2, ... the terms; NaN stays.
    return one.columns @ np.arange(1.0, one.columns.shape[1] + 1) if one.kind == "levels" else one.columns[:, 0]


def _on_scale(numbers: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Numbers on the scale that the values of a marker are imputed on: as logarithms, unless one is negative.

    What is below every positive value counts as the same small amount: a measurement of 0 has a logarithm too.
    """
    if (values < 0).any():
        return numbers
    least = min(LEAST, values[values > 0].min(initial=np.inf) / 2)
    return np.log(np.maximum(numbers, least))


def _design(
    cohort: Cohort, patient_ids: Sequence[str], one: Covariate, filled: np.ndarray, settings: Settings
) -> np.ndarray:
    """Its design columns in every imputation: filled (m, n) -> (m, n, p); what was measured is as it was."""
    if one.kind == "levels":
        made = (filled[..., None] == np.arange(1, one.columns.shape[1] + 1)).astype(float)
    elif one.kind == "cut":
        values = groups.baseline_values(cohort, cohort.marker(one.code).column, patient_ids)
        cutoff, side = cutoff_of(cohort, settings, one.code)
        made = groups.above(filled, float(_on_scale(np.array(cutoff), values)), side)[..., None]
    else:
        made = filled[..., None]
    return np.where(np.isnan(one.columns), made, one.columns)
