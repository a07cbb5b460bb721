"""Predictors of relapse: curves by CRP and by 6-TGN, every candidate alone, and the screened-in ones together.

Owns the screening: a candidate whose log-rank P (score-test P for one kept continuous) is below `screening_p`
enters the multivariable model, which is fitted on the patients complete in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis import covariates, endpoints, groups
from cdanalysis.analyses.predictor_rows import predictor_rows
from cdanalysis.analyses.screening import observations, screen, screening_p
from cdanalysis.covariates import Covariate
from cdanalysis.endpoints import TimeToEvent
from cdanalysis.markers import MARKERS, Marker
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import Exclusion, NotEstimable, PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox import cox_models
from cdanalysis.statistics.cox_result import CoxResult
from cdanalysis.statistics.kaplan_meier import KaplanMeierResult, curves_by_place
from cdanalysis.statistics.logrank import LogRank, logrank_by_place
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
        reason = f"{self.marker.label} not measured"
        return (Exclusion(reason, self.n_missing),) if self.n_missing else ()


@dataclass(frozen=True, eq=False)
class Predictors:
    """Everything the Predictors page shows: one univariable model a candidate, one row a term; left_out says why not."""

    endpoint: TimeToEvent
    crp: MarkerAnalysis
    tgn: MarkerAnalysis
    candidates: tuple[Covariate, ...]
    univariable: tuple[CoxResult | NotEstimable, ...]
    multivariable: CoxResult | NotEstimable
    screened_in: tuple[str, ...]
    rows: tuple[PredictorRow, ...]
    left_out: tuple[str, ...]

    @property
    def n(self) -> int:
        """Patients with a time to event."""
        return len(self.endpoint.patients)

    @property
    def n_events(self) -> int:
        """Relapses among them."""
        return int(self.endpoint.patients["event"].sum())


def relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to relapse under the chosen definition and clock."""
    return endpoints.relapse(cohort, settings)


def predictors(
    cohort: Cohort, settings: Settings, *, endpoint: TimeToEvent | NotEstimable | None = None
) -> Predictors | NotEstimable:
    """The Predictors page; `endpoint` spares deriving it again while only a cut-off moves."""
    endpoint = relapse(cohort, settings) if endpoint is None else endpoint
    if isinstance(endpoint, NotEstimable):
        return endpoint
    data = observations(endpoint)
    candidates, left_out = chosen_candidates(cohort, endpoint, settings)
    univariable = fit_univariable(data, candidates, settings)
    logrank_p = screening_p(data, candidates, univariable)
    screened = screen(candidates, logrank_p, settings)
    multivariable = fit_multivariable(data, screened, settings)
    return Predictors(
        endpoint,
        analyse_marker(cohort, endpoint, data, MARKERS["crp"], settings),
        analyse_marker(cohort, endpoint, data, MARKERS["tgn"], settings),
        candidates,
        univariable,
        multivariable,
        tuple(candidate.code for candidate in screened),
        predictor_rows(data.event, candidates, logrank_p, univariable, multivariable, screened),
        left_out,
    )


def chosen_candidates(
    cohort: Cohort, endpoint: TimeToEvent, settings: Settings
) -> tuple[tuple[Covariate, ...], tuple[str, ...]]:
    """The candidate covariates of the settings, or the standard list with a sentence for each one left out."""
    patient_ids = tuple(endpoint.patients["patient_id"])
    codes, left_out = covariates.standard(cohort, patient_ids, settings)
    if settings.candidates:
        offered = covariates.available(cohort)
        codes, left_out = tuple(code for code in settings.candidates.split(",") if code in offered), ()
    return tuple(covariates.covariate(cohort, patient_ids, code, settings) for code in codes), left_out


def analyse_marker(
    cohort: Cohort, endpoint: TimeToEvent, data: Observed, marker: Marker, settings: Settings
) -> MarkerAnalysis:
    """Kaplan-Meier curves below and above the marker's cut-off, and the log-rank test between them."""
    cutoff, side = getattr(settings, f"{marker.code}_cutoff"), getattr(settings, f"{marker.code}_side")
    chosen = covariates.covariate(cohort, tuple(endpoint.patients["patient_id"]), marker.code, settings)
    labels = groups.group_labels(marker, cutoff, side)
    places = np.nan_to_num(chosen.columns[:, 0], nan=-1).astype(int)
    curves: KaplanMeierResult | NotEstimable = NotEstimable(f"{marker.label} was not measured in any of these patients")
    test: LogRank | NotEstimable = curves
    if (places >= 0).any():
        curves = curves_by_place(data, labels, places, settings.km_interval, settings.conf_level)
        test = logrank_by_place(data, labels, places)
    return MarkerAnalysis(marker, cutoff, side, labels, curves, test, chosen.n_missing)


def fit_univariable(
    data: Observed, candidates: Sequence[Covariate], settings: Settings
) -> tuple[CoxResult | NotEstimable, ...]:
    """One Cox model a candidate, each on the patients who have it measured."""
    return _fit(data, [[candidate] for candidate in candidates], settings)


def fit_multivariable(data: Observed, screened: Sequence[Covariate], settings: Settings) -> CoxResult | NotEstimable:
    """The Cox model of the screened-in candidates together, on the patients complete in all of them."""
    if not screened:
        return NotEstimable(f"no candidate has a log-rank P below {settings.screening_p:g}")
    return _fit(data, [screened], settings)[0]


def _fit(
    data: Observed, models: Sequence[Sequence[Covariate]], settings: Settings
) -> tuple[CoxResult | NotEstimable, ...]:
    """Data to the models under their terms' labels, never a formula."""
    designs = [
        ([term.label for one in chosen for term in one.terms], np.column_stack([one.columns for one in chosen]))
        for chosen in models
    ]
    return cox_models(data, designs, ties=settings.ties, conf_level=settings.conf_level)
