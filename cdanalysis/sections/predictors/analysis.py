"""Predictors of the outcome: curves by the markers under the handles, every candidate alone, the screened-in ones together."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.markers import cutoff_of, handles_of
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.sections.models.candidate_models import CandidateModels, candidate_models
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.per_candidate import per_candidate
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult, curves_by_place
from cdanalysis.statistics.curves.logrank import LogRank, logrank_by_place
from cdanalysis.statistics.time_axis import Observed


@dataclass(frozen=True, eq=False)
class MarkerAnalysis:
    """One marker cut in two: its curves, the log-rank test, and who could not be placed."""

    marker: Marker
    cutoff: float
    side: str
    labels: tuple[str, str]  # below, above
    kaplan_meier: KaplanMeierResult | NotEstimable
    logrank: LogRank | NotEstimable
    n_missing: int

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """The patients of the endpoint whose marker was not measured: in neither group."""
        return excluded_for(f"{self.marker.label} not measured", self.n_missing)


@dataclass(frozen=True, eq=False)
class Predictors(CandidateModels):
    """Everything the Predictors page shows: the endpoint, the markers under the handles, and every candidate's models."""

    endpoint: TimeToEvent
    handles: tuple[MarkerAnalysis, ...]

    @property
    def n(self) -> int:
        """Patients with a time to event."""
        return len(self.endpoint.patients)

    @property
    def n_events(self) -> int:
        """Events among them."""
        return int(self.endpoint.patients["event"].sum())


def relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to the chosen outcome (`settings.outcome`), which is relapse where none is chosen."""
    return endpoints.endpoint_of(cohort, settings)


def predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    """Every candidate alone and together in a Cox model of the chosen outcome, and the markers under the handles cut in two."""
    endpoint = relapse(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    data = observations(endpoint, cohort.memory)
    found = candidate_models(cohort, endpoint, data, settings)
    codes = handles_of(cohort, settings)
    handles = tuple(analyse_marker(cohort, endpoint, data, cohort.marker(code), settings) for code in codes)
    return Predictors(**vars(found), endpoint=endpoint, handles=handles)


def analyse_marker(
    cohort: Cohort, endpoint: TimeToEvent, data: Observed, marker: Marker, settings: Settings
) -> MarkerAnalysis:
    """Kaplan-Meier curves below and above the marker's cut-off, and the log-rank test between them."""
    cutoff, side = cutoff_of(cohort, settings, marker.code)
    chosen = covariates.cut(cohort, endpoint.patient_ids, marker.code, settings)
    labels = groups.group_labels(marker, cutoff, side)

    def analysed(_: object) -> list[MarkerAnalysis]:
        return [
            MarkerAnalysis(marker, cutoff, side, labels, *_compared(data, chosen, labels, settings), chosen.n_missing)
        ]

    return per_candidate(
        cohort.memory, "analysed", data, (settings.km_interval, settings.conf_level), [chosen], analysed
    )[0]


def _compared(
    data: Observed, chosen: Covariate, labels: tuple[str, str], settings: Settings
) -> tuple[KaplanMeierResult | NotEstimable, LogRank | NotEstimable]:
    """The curves of a marker's two groups and the test between them."""
    places = np.nan_to_num(chosen.columns[:, 0], nan=-1).astype(int)
    if not (places >= 0).any():
        reason = NotEstimable(f"{chosen.label} was not measured in any of these patients")
        return reason, reason
    curves = curves_by_place(data, labels, places, settings.km_interval, settings.conf_level)
    return curves, logrank_by_place(data, labels, places)
