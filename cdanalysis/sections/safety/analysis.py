"""Adverse events: by term and patient, action taken, per 100 patient-years, time to the first, predictors."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.columns import CATEGORIES
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import CandidateModels, candidate_models
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.survival.analysis import Survival, survival
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.proportions import rate, rate_by_patient, wilson
from cdanalysis.units import DAYS_PER_MONTH

PATIENT_YEARS = 100.0
SHOWN_ALONE = ("nudt15",)
STOPPED = ("stopped_aza", "stopped_thalidomide", "stopped_both")


@dataclass(frozen=True)
class TermRow:
    """One kind of adverse event: events, patients, their share of all (Wilson), events per 100 patient-years (exact).

    by_patient: the same rate with an interval robust to several events of a patient; None where nobody had several.
    """

    term: str
    n_events: int
    n_patients: int
    share: Estimate
    per_100_years: Estimate
    by_patient: Estimate | None
    by_action: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Safety:
    """Everything the Adverse events page shows; actions: the order of by_action.

    n: patients observed; n_outside: events beyond the time that the patient-years count, in no number here. terms,
    any_event: None where the file states only whether there was one.
    """

    n: int
    patient_years: float
    n_outside: int
    actions: tuple[str, ...]
    terms: tuple[TermRow, ...]
    any_event: TermRow | None
    stopped: dict[str, int]
    n_stopped: int
    survival: Survival | NotEstimable
    models: CandidateModels | NotEstimable


def safety(cohort: Cohort, settings: Settings) -> Safety | NotEstimable:
    """The adverse events of the whole cohort, and the time to the first."""
    cohort = selected(cohort, settings)
    endpoint = endpoints.adverse_event(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    years, events, n_outside = _observed(cohort, settings)
    actions = tuple(action for action in CATEGORIES["action"] if (events["action"] == action).any())
    rows = (
        _row(term, events[events["term"] == term], years, actions, settings.conf_level)
        for term, _ in Counter(events["term"].dropna()).most_common()
    )
    stopping = events[events["action"].isin(STOPPED)]
    return Safety(
        n=len(years),
        patient_years=float(years.sum()),
        n_outside=n_outside,
        actions=actions,
        terms=tuple(rows),
        any_event=_row("Any adverse event", events, years, actions, settings.conf_level) if len(events) else None,
        stopped={one: stopping.loc[stopping["action"] == one, "patient_id"].nunique() for one in STOPPED},
        n_stopped=stopping["patient_id"].nunique(),
        survival=survival(cohort, settings, endpoints.adverse_event),
        models=_models(cohort, endpoint, settings),
    )


def _observed(cohort: Cohort, settings: Settings) -> tuple[pd.Series, pd.DataFrame, int]:
    """Each patient's years under observation, the adverse events within them, and how many lie outside."""
    last, _ = endpoints.observed_for_adverse_events(cohort, settings)
    days = pd.Series(last, index=cohort.patients["patient_id"]).dropna()
    events = cohort.adverse_events
    events = events[events["patient_id"].isin(cohort.patients["patient_id"])]
    until = events["patient_id"].map(days).astype(float)
    inside = (events["days"] >= 0) & (events["days"] <= until)
    return days / (12 * DAYS_PER_MONTH), events[inside], int((~inside).sum())


def _models(cohort: Cohort, endpoint: endpoints.TimeToEvent, settings: Settings) -> CandidateModels | NotEstimable:
    if not endpoint.patients["event"].any():
        return NotEstimable("no adverse event was observed")
    return candidate_models(cohort, endpoint, observations(endpoint), settings, alone=SHOWN_ALONE)


def _row(term: str, events: pd.DataFrame, years: pd.Series, actions: tuple[str, ...], conf_level: float) -> TermRow:
    each = events["patient_id"].value_counts()
    several = bool((each > 1).any())
    counts = each.reindex(years.index, fill_value=0).to_numpy()
    chosen = {"per": PATIENT_YEARS, "conf_level": conf_level}
    return TermRow(
        term=term,
        n_events=len(events),
        n_patients=len(each),
        share=wilson(len(each), len(years), conf_level=conf_level),
        per_100_years=rate(len(events), float(years.sum()), **chosen),
        by_patient=rate_by_patient(counts, years.to_numpy(), **chosen) if several else None,
        by_action=tuple(int((events["action"] == action).sum()) for action in actions),
    )
