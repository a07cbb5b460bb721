"""Time to the first coded event: hospitalization or surgery of the maintenance cohort, an adverse event of everybody.

Owns: hospitalization and surgery run on the relapse clock and end at the last follow-up. The adverse-event clock starts
at therapy and stops at the end of combination therapy (at the last follow-up switchable).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.maintenance import end_of_follow_up, from_landmark
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days

NO_END = "{n} no end of combination therapy in the file: observed to the last follow-up."


def hospitalization(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time from the landmark visit to the first hospitalization."""
    return _coded(cohort, settings, "hospitalization")


def surgery(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time from the landmark visit to the first surgery."""
    return _coded(cohort, settings, "surgery")


def _coded(cohort: Cohort, settings: Settings, name: str) -> TimeToEvent | NotEstimable:
    if cohort.states(name):
        return carried(cohort, settings, name)
    if cohort.events.empty:
        return NotEstimable(f"the file has no events sheet, nor {name}_months with {name}_event")
    if not cohort.visits["cdai_points"].notna().any():
        return NotEstimable(f"without visits with a CDAI nobody is known to have responded before the {name}")

    def first(course: Course, landmark: Visit) -> tuple[float, str] | None:
        return min(((day, name) for day, what in course.events if what == name and day > landmark.day), default=None)

    return from_landmark(cohort, settings, first)


def adverse_event(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time from the start of therapy to the first adverse event, of every patient with a known end."""
    if cohort.states("adverse_event"):
        return carried(cohort, settings, "adverse_event")
    if cohort.adverse_events.empty:
        return NotEstimable("the file has no adverse_events sheet, nor adverse_event_months with adverse_event_event")
    onset = cohort.adverse_events[cohort.adverse_events["days"] >= 0].groupby("patient_id")["days"].min()
    frame = pd.DataFrame({"patient_id": cohort.patients["patient_id"]})
    last, n_without_end = observed_for_adverse_events(cohort, settings)
    first = frame["patient_id"].map(onset).to_numpy(float)
    known = ~np.isnan(last)
    if not known.any():
        return NotEstimable("no patient has an end of combination therapy or of follow-up")
    event = first <= last  # False for NaN
    frame["time_months"] = days_to_months(np.where(event, first, last))
    frame["entry_months"], frame["event"] = 0.0, event
    frame["ended_by"] = np.where(event, "adverse event", _end_words(settings))
    n_unknown = int((~known).sum())
    excluded = (Exclusion("no end of therapy or of follow-up", n_unknown),) if n_unknown else ()
    notes = (
        (NO_END.format(n=f"{n_without_end} patient{'s have' if n_without_end > 1 else ' has'}"),)
        if n_without_end
        else ()
    )
    return TimeToEvent(frame[known].reset_index(drop=True), excluded, "the start of therapy", True, notes)


def observed_for_adverse_events(cohort: Cohort, settings: Settings) -> tuple[np.ndarray, int]:
    """The day each patient was observed for adverse events to, and for how many the last follow-up stands in."""
    follow_up = np.array([end_of_follow_up(course) for course in courses(cohort)])
    last, n_without_end = follow_up, 0
    if settings.adverse_event_end == "combination-end":
        ended = cohort.patients["combination_end_days"].to_numpy(float)
        n_without_end = int(np.isnan(ended).sum())
        last = np.where(np.isnan(ended), follow_up, ended)
    return (
        np.minimum(last, months_to_days(settings.horizon_months)) if settings.horizon_months else last
    ), n_without_end


def _end_words(settings: Settings) -> str:
    return "end of combination therapy" if settings.adverse_event_end == "combination-end" else "last follow-up"
