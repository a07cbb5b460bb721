"""Adverse events: by term and patient, action taken, per 100 patient-years, time to the first, predictors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.columns import CATEGORIES
from cdanalysis.outcomes import endpoints
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import CandidateModels, candidate_models
from cdanalysis.sections.models.screening import observations
from cdanalysis.sections.survival.survival import Survival, survival
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.proportions import rate, wilson
from cdanalysis.units import DAYS_PER_MONTH

PATIENT_YEARS = 100.0
SHOWN_ALONE = ("nudt15",)
STOPPED = ("stopped_aza", "stopped_thalidomide", "stopped_both")


@dataclass(frozen=True)
class TermRow:
    """One kind of adverse event: events, patients, their share of all (Wilson), events per 100 patient-years (exact)."""

    term: str
    n_events: int
    n_patients: int
    share: Estimate
    per_100_years: Estimate
    by_action: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Safety:
    """Everything the Adverse events page shows; actions: the order of by_action.

    terms, any_event: None where the file states only whether there was one.
    """

    n: int
    patient_years: float
    actions: tuple[str, ...]
    terms: tuple[TermRow, ...]
    any_event: TermRow | None
    stopped: dict[str, int]
    n_stopped: int
    survival: Survival | NotEstimable
    models: CandidateModels | NotEstimable


def safety(cohort: Cohort, settings: Settings) -> Safety | NotEstimable:
    """The adverse events of the whole cohort, and the time to the first."""
    endpoint = endpoints.adverse_event(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    years = _patient_years(cohort, settings)
    events = cohort.adverse_events
    known = cohort.patients["patient_id"]
    events = events[events["patient_id"].isin(known)]
    actions = tuple(action for action in CATEGORIES["action"] if (events["action"] == action).any())
    terms = tuple(
        _row(term, events[events["term"] == term], len(known), years, actions, settings.conf_level)
        for term, _ in Counter(events["term"].dropna()).most_common()
    )
    stopping = events[events["action"].isin(STOPPED)]
    stopped = {action: stopping.loc[stopping["action"] == action, "patient_id"].nunique() for action in STOPPED}
    return Safety(
        len(known), years, actions, terms,
        _row("Any adverse event", events, len(known), years, actions, settings.conf_level) if len(events) else None,
        stopped, stopping["patient_id"].nunique(),
        survival(cohort, settings, endpoints.adverse_event),
        _models(cohort, endpoint, settings),
    )  # fmt: skip


def _models(cohort: Cohort, endpoint: endpoints.TimeToEvent, settings: Settings) -> CandidateModels | NotEstimable:
    if not endpoint.patients["event"].any():
        return NotEstimable("no adverse event was observed")
    return candidate_models(cohort, endpoint, observations(endpoint), settings, alone=SHOWN_ALONE)


def _row(term: str, events: object, n: int, years: float, actions: tuple[str, ...], conf_level: float) -> TermRow:
    n_patients = events["patient_id"].nunique()
    by_action = tuple(int((events["action"] == action).sum()) for action in actions)
    share = wilson(n_patients, n, conf_level=conf_level)
    per_100_years = rate(len(events), years, per=PATIENT_YEARS, conf_level=conf_level)
    return TermRow(term, len(events), n_patients, share, per_100_years, by_action)


def _patient_years(cohort: Cohort, settings: Settings) -> float:
    """Years under observation for adverse events, events or not."""
    days, _ = endpoints.observed_for_adverse_events(cohort, settings)
    return float(np.nansum(days)) / (12 * DAYS_PER_MONTH)
