"""Time to the first coded event: of the events sheet on the maintenance cohort's clock, an adverse event of everybody.

Owns: the kinds of the events sheet run on the relapse clock and end at the last follow-up; without visits with an index, from
the start of therapy and of everybody. The adverse-event clock starts at therapy and stops at the end of combination therapy
(at the last follow-up switchable).
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.maintenance import end_of_follow_up, from_landmark, from_start
from cdanalysis.outcomes.endpoints.same_day import ROUNDING, all_reached, counted
from cdanalysis.outcomes.endpoints.time_to_event import OF_EVERYBODY, TimeToEvent, carried, excluded_by
from cdanalysis.results import THE_START, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days

RELATION = "cd_related"
NO_END = "{n} no end of combination therapy in the file: observed to the last follow-up."


def coded(cohort: Cohort, settings: Settings, name: str) -> TimeToEvent | NotEstimable:
    """Time to the first event of a kind in the events sheet."""
    if cohort.events.empty:
        return NotEstimable(f"the file has no events sheet, nor {name}_months with {name}_event")
    if settings.events_counted == "related" and has_relation(cohort):
        return _of_related(cohort, settings, name)
    if cohort.indices:
        return from_landmark(
            cohort, settings, lambda course, landmark: _first(course, name, landmark, on_the_day=False)
        )
    found = from_start(cohort, settings, lambda course, zero: _first(course, name, zero, on_the_day=True))
    return found if isinstance(found, NotEstimable) else replace(found, notes=(OF_EVERYBODY, *found.notes))


def has_relation(cohort: Cohort) -> bool:
    """Whether the events sheet says of an event whether it was related to the disease."""
    return RELATION in cohort.events and bool(cohort.events[RELATION].notna().any())


def _of_related(cohort: Cohort, settings: Settings, name: str) -> TimeToEvent | NotEstimable:
    """As `coded`, without the events that are said not to be related to the disease."""
    events = cohort.events
    unrelated = events[RELATION].eq(False).fillna(False).to_numpy(bool)
    kept = replace(cohort, events=events[~unrelated], memory=None)
    found = (
        coded(kept, replace(settings, events_counted="all"), name)
        if not kept.events.empty
        else NotEstimable("no event is related to the disease")
    )
    n = int((unrelated & (events["event"] == name)).sum())
    if isinstance(found, NotEstimable) or not n:
        return found
    note = f"{n} × {name.replace('_', ' ')} not related to the disease: not counted."
    return replace(found, notes=(*found.notes, note))


def _first(course: Course, name: str, zero: Visit, *, on_the_day: bool) -> tuple[float, str] | None:
    days = [day for day, what in course.events if what == name and (day > zero.day or (on_the_day and day == zero.day))]
    return min(((day, name) for day in days), default=None)


def hospitalization(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to the first hospitalization, as stated or from the events sheet."""
    return _stated_or_coded(cohort, settings, "hospitalization")


def surgery(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to the first surgery, as stated or from the events sheet."""
    return _stated_or_coded(cohort, settings, "surgery")


def _stated_or_coded(cohort: Cohort, settings: Settings, name: str) -> TimeToEvent | NotEstimable:
    found = carried(cohort, settings, name) if cohort.states(name) else coded(cohort, settings, name)
    return found if isinstance(found, NotEstimable) else replace(found, code=name, noun=name)


def adverse_event(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time from the start of therapy to the first adverse event, of every patient with a known end."""
    if cohort.states("adverse_event"):
        return carried(cohort, settings, "adverse_event")
    if cohort.adverse_events.empty:
        return NotEstimable("the file has no adverse_events sheet, nor adverse_event_months with adverse_event_event")
    onset = cohort.adverse_events[cohort.adverse_events["days"] >= 0].groupby("patient_id")["days"].min()
    frame = pd.DataFrame({"patient_id": cohort.patients["patient_id"]})
    first = frame["patient_id"].map(onset).to_numpy(float)
    last, n_without_end = observed_for_adverse_events(cohort, settings)
    known, end = ~np.isnan(last), _stated_end(cohort, settings)[0]
    if not known.any():
        return NotEstimable("no patient has an end of combination therapy or of follow-up")
    event = first <= last  # False for NaN
    frame["time_months"] = days_to_months(np.where(event, first, last))
    frame["entry_months"], frame["event"] = 0.0, event
    frame["ended_by"] = np.where(event, "adverse event", _end_words(settings))
    why = dict.fromkeys(frame.loc[~known, "patient_id"], "no end of therapy or of follow-up")
    notes = counted(np.where(event, first - end, 0.0).tolist(), "adverse event")
    frame = frame[known].reset_index(drop=True)
    excluded = excluded_by(why.values())
    return TimeToEvent(
        patients=frame,
        excluded=excluded,
        origin=THE_START,
        derived=True,
        notes=(*notes,),
        code="adverse_event",
        noun="adverse event",
        why=why,
        no_end=_no_end(n_without_end),
    )


def _no_end(n: int) -> tuple[str, ...]:
    return (NO_END.format(n=f"{n} patient{'s have' if n > 1 else ' has'}"),) if n else ()


def observed_for_adverse_events(cohort: Cohort, settings: Settings) -> tuple[np.ndarray, int]:
    """The day each patient was observed for adverse events to, and for how many the last follow-up stands in.

    A rounded end reaches to the latest adverse event on its day.
    """
    last, tolerance, n_without_end = _stated_end(cohort, settings)
    identity, events = cohort.patients["patient_id"], cohort.adverse_events
    within = pd.Series(last + tolerance + ROUNDING, index=identity)
    latest = events[events["days"] <= events["patient_id"].map(within)].groupby("patient_id")["days"].max()
    last = all_reached(last, tolerance, identity.map(latest).to_numpy(float))
    return (
        np.minimum(last, months_to_days(settings.horizon_months)) if settings.horizon_months else last
    ), n_without_end


def _stated_end(cohort: Cohort, settings: Settings) -> tuple[np.ndarray, np.ndarray, int]:
    """The day of each patient's end as the file has it, how precisely it is known, and how many have no end of therapy."""
    found = courses(cohort, settings)
    last, tolerance = (
        np.array([end_of_follow_up(one) for one in found]),
        np.array([one.tolerance_days for one in found]),
    )
    if settings.adverse_event_end != "combination-end":
        return last, tolerance, 0
    ended = cohort.patients["combination_end_days"].to_numpy(float)
    unknown = np.isnan(ended)
    own = cohort.patients.get("combination_end_tolerance_days", pd.Series(0.0, cohort.patients.index)).to_numpy(float)
    return np.where(unknown, last, ended), np.where(unknown, tolerance, own), int(unknown.sum())


def _end_words(settings: Settings) -> str:
    return "end of combination therapy" if settings.adverse_event_end == "combination-end" else "last follow-up"
