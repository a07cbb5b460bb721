"""Hazard ratios where something else may come first: of the outcome, of its subdistribution, and of what competes with it.

Cause-specific: among those who have had neither; Cox with the other event as a censoring. Subdistribution: Fine and Gray's, of
the cumulative incidence itself. Latouche and others, J Clin Epidemiol 2013;66:648.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints.competing import COMPETING, HAPPENED
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.candidate_models import candidate_models, fit_models
from cdanalysis.sections.models.ratio_of import RatioOf, columns_of, ratio_of
from cdanalysis.settings import Settings
from cdanalysis.statistics.competing.fine_gray import fine_gray
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.time_axis import observed

ALONE, TOGETHER = "alone", "together"
# patients with the competing event times the outcomes after it: beyond, a fit takes minutes
MOST_SPELLS = 1_000_000
TOO_MANY = NotEstimable("so many patients had the competing event that Fine and Gray's model takes minutes")


@dataclass(frozen=True)
class CompetingRatio:
    """One term alone or together with the others: of the outcome, of its subdistribution, of the competing event."""

    code: str
    label: str
    reference: str
    model: str
    own: RatioOf
    subdistribution: RatioOf
    other: RatioOf


@dataclass(frozen=True, eq=False)
class CompetingRatios:
    """Every candidate alone, then those of the multivariable model; handles: codes of the markers under the handles."""

    noun: str
    n: int
    n_events: int
    n_competing: int
    rows: tuple[CompetingRatio, ...]
    handles: tuple[str, ...]


def competing_ratios(cohort: Cohort, settings: Settings) -> CompetingRatios | NotEstimable:
    """The candidates and the model of the chosen outcome, the chosen event competing."""
    endpoint = endpoints.competing_relapse(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    time, types = (endpoint.patients[name].to_numpy() for name in ("time_months", "event_type"))
    if settings.clock == "late-entry" or endpoint.enters_late or not (types == HAPPENED).any():
        return NotEstimable(f"no {endpoint.noun} came first in any of these patients")
    found = candidate_models(cohort, endpoint, observed(time, types == HAPPENED), settings)
    together = found.entered()
    fits = [*found.univariable, *([found.multivariable] if together else [])]
    models = [*([one] for one in found.candidates), *([together] if together else [])]
    others = fit_models(observed(time, types == COMPETING), models, settings)
    rows = [
        row
        for place, (model, own, other) in enumerate(zip(models, fits, others, strict=True))
        for row in _rows(
            model,
            ALONE if place < len(found.candidates) else TOGETHER,
            (own, _subdistribution(time, types, model, settings), other),
        )
    ]
    n_events, n_competing = int((types == HAPPENED).sum()), int((types == COMPETING).sum())
    handles = handles_of(cohort, settings)
    return CompetingRatios(endpoint.noun, len(time), n_events, n_competing, tuple(rows), tuple(handles))


def _subdistribution(
    time: np.ndarray, types: np.ndarray, model: Sequence[Covariate], settings: Settings
) -> CoxResult | NotEstimable:
    after = (types == COMPETING).sum() * len(np.unique(time[types == HAPPENED]))
    if after > MOST_SPELLS:
        return TOO_MANY
    return fine_gray(time, types, columns_of(model), ties=settings.ties, conf_level=settings.conf_level)


def _rows(model: Sequence[Covariate], which: str, fits: Sequence[CoxResult | NotEstimable]) -> list[CompetingRatio]:
    """One row per term, of the three models of the same terms."""
    terms = [(one.code, term) for one in model for term in one.terms]
    return [
        CompetingRatio(code, term.label, term.reference, which, *(ratio_of(fit, place) for fit in fits))
        for place, (code, term) in enumerate(terms)
    ]
