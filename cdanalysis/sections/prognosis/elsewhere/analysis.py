"""A saved model applied to these patients: their predictions against what was observed."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.prognosis.analysis import MADE_OF
from cdanalysis.sections.prognosis.model_terms import columns_of, unit_of
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedModel, SavedTerm, from_text
from cdanalysis.statistics.prediction.validation import Validated, validated
from cdanalysis.statistics.time_axis import complete

GROUPS = 3
NONE_GIVEN = NotEstimable("no model from elsewhere was given")


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """noun: of the outcome here. n_missing: patients without a covariate of the model. spread: SD of the predictor here.

    same_file: the model was made of this very file. unchecked: labels of terms whose unit the model does not name.
    """

    model: SavedModel
    noun: str
    origin: str
    found: Validated
    n_missing: int
    spread: float
    same_file: bool
    unchecked: tuple[str, ...]


def from_elsewhere(cohort: Cohort, settings: Settings) -> Elsewhere | NotEstimable:
    """How a model made elsewhere (`settings.given_model`) predicts in this cohort's patients who have all its covariates."""
    if not settings.given_model:
        return NONE_GIVEN
    model, endpoint = from_text(settings.given_model), endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    parts = [columns_of(cohort, endpoint.patient_ids, one) for one in model.terms]
    missing = [part.reason for part in parts if isinstance(part, NotEstimable)]
    if missing:
        return NotEstimable(f"the model cannot be applied: {'; '.join(dict.fromkeys(missing))}")
    columns = np.column_stack([part for part in parts if not isinstance(part, NotEstimable)])
    kept = complete(columns)
    predictor = columns[kept] @ np.array([value for one in model.terms for value in one.coef]) - model.centre
    data = observations(endpoint)[kept]
    found = validated(
        data, predictor, model.baseline, model.months, ties=settings.ties, conf_level=settings.conf_level,
        interval=settings.km_interval, groups=GROUPS,
    )  # fmt: skip
    if isinstance(found, NotEstimable):
        return found
    return Elsewhere(
        model=model,
        noun=endpoint.noun,
        origin=endpoint.origin,
        found=found,
        n_missing=int((~kept).sum()),
        spread=float(predictor.std()),
        unchecked=tuple(one.label for one in model.terms if not one.unit and _has_unit(cohort, one)),
        same_file=bool(model.made_of) and model.made_of == cohort.content_sha256[:MADE_OF],
    )


def _has_unit(cohort: Cohort, term: SavedTerm) -> bool:
    return term.kind in ("number", "cut") and bool(unit_of(cohort, term.code))
