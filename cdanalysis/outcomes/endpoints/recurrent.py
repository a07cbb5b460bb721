"""Every event of a patient, not the first alone: flares, events of one kind in the events sheet, adverse events.

Owns when a flare ends: at the next visit in remission by its level of the index; only then can another begin. Observed from the
outcome's own time zero to the last follow-up, whatever happened before; adverse events as long as they are recorded.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.declared import STATED_TOO, outcome_of
from cdanalysis.outcomes.endpoints.events import observed_for_adverse_events
from cdanalysis.outcomes.endpoints.maintenance import from_landmark, from_start, landmark_visit
from cdanalysis.outcomes.endpoints.relapse import first_relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, excluded_for
from cdanalysis.results import THE_START, Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH, days_to_months

EventDays = Callable[[Course, Visit], list[float]]


@dataclass(frozen=True, eq=False)
class Recurrent:
    """patients: patient_id, end_months, one row each; events: patient_id, months, one row an event within that time.

    rule: a sentence on what counts as another event. n_outside: events before time zero or after the end.
    """

    code: str
    noun: str
    origin: str
    patients: pd.DataFrame
    events: pd.DataFrame
    excluded: tuple[Exclusion, ...]
    rule: str
    n_outside: int


def recurrent_events(cohort: Cohort, settings: Settings) -> Recurrent | NotEstimable:
    """All events of the chosen outcome; why there are none to count."""
    outcome = outcome_of(cohort, settings)
    if outcome is None:
        return NotEstimable("the file has no outcome")
    if cohort.states(outcome.code) or outcome.code.endswith(STATED_TOO):
        return NotEstimable(f"the file states one {outcome.noun} a patient: whether it came again is not known")
    if settings.clock == "late-entry":
        return NotEstimable("events that come again are not counted with late entry; choose another time zero")
    if outcome.code == "adverse_event":
        return _adverse_events(cohort, settings)
    if outcome.code == "relapse" and cohort.indices:
        settings = cohort.indexed(settings)
        low = f"{settings.index_row.noun} {settings.remission.as_level}"
        rule = f"A flare ends at the next visit with {low}; only then can another begin."
        found = _of_courses(cohort, settings, "relapse", outcome.noun, lambda c, v: list(_flares(c, v, settings)))
        return found if isinstance(found, NotEstimable) else replace(found, rule=rule)
    return _of_courses(cohort, settings, outcome.code, outcome.noun, lambda c, v: _of_kind(c, v, outcome.code))


def _flares(course: Course, landmark: Visit, settings: Settings) -> Iterator[float]:
    """The day of each flare; between two lies a visit in remission."""
    well: Visit | None = landmark
    while well is not None:
        found = first_relapse(course, well, settings)
        if found is None:
            return
        yield found[0]
        later = (one for one in course.visits if one.day > found[0])
        well = next((one for one in later if settings.remission.met(one.value)), None)


def _of_kind(course: Course, zero: Visit, kind: str) -> list[float]:
    """The days of all events of a kind after time zero; from the start of therapy also on its day."""
    return [day for day, what in course.events if what == kind and (day > zero.day or day == zero.day == 0)]


def _of_courses(cohort: Cohort, settings: Settings, code: str, noun: str, days: EventDays) -> Recurrent | NotEstimable:
    """Whoever the outcome is counted of, observed to the last follow-up."""
    settings = cohort.indexed(settings)
    observe = from_landmark if cohort.indices else from_start
    observed = observe(cohort, settings, lambda *_: None)
    if isinstance(observed, NotEstimable):
        return observed
    course_of = {course.patient_id: course for course in courses(cohort, settings)}
    rows = []
    for identity, origin in zip(observed.patients["patient_id"], observed.patients["origin_days"], strict=True):
        zero = _zero(course_of[identity], observed, settings)
        rows += [(identity, days_to_months(day - origin)) for day in days(course_of[identity], zero)]
    ends = observed.patients[["patient_id", "time_months"]].rename(columns={"time_months": "end_months"})
    return _within(code, noun, observed.origin, ends, rows, observed.excluded)


def _zero(course: Course, observed: TimeToEvent, settings: Settings) -> Visit:
    """The visit that events are counted after: the landmark, or the start of therapy where no visit tells who responded."""
    landmark = (
        None if observed.origin == THE_START and settings.clock == "landmark" else landmark_visit(course, settings)
    )
    return landmark if isinstance(landmark, Visit) else Visit(0.0, course.baseline)


def _adverse_events(cohort: Cohort, settings: Settings) -> Recurrent | NotEstimable:
    last, _ = observed_for_adverse_events(cohort, settings)
    known = ~np.isnan(last)
    if not known.any():
        return NotEstimable("no patient has an end of combination therapy or of follow-up")
    patients = cohort.patients.loc[known, ["patient_id"]].reset_index(drop=True)
    ends = patients.assign(end_months=last[known] / DAYS_PER_MONTH)
    events = cohort.adverse_events[cohort.adverse_events["patient_id"].isin(patients["patient_id"])]
    rows = list(zip(events["patient_id"], (events["days"] / DAYS_PER_MONTH).tolist(), strict=True))
    excluded = excluded_for("no end of therapy or of follow-up", int((~known).sum()))
    return _within("adverse_event", "adverse event", THE_START, ends, rows, excluded)


def _within(
    code: str, noun: str, origin: str, ends: pd.DataFrame, rows: list, excluded: tuple[Exclusion, ...]
) -> Recurrent:
    """The events inside each patient's time; one day apart by a float's rounding only is the same day."""
    events = pd.DataFrame(rows, columns=["patient_id", "months"]).astype({"patient_id": object, "months": float})
    until = events["patient_id"].map(ends.set_index("patient_id")["end_months"]).astype(float)
    same_day = days_to_months(0.01)
    inside = (events["months"] >= 0) & (events["months"] <= until + same_day)
    kept = events[inside].assign(months=np.minimum(events["months"], until)[inside]).reset_index(drop=True)
    return Recurrent(code, noun, origin, ends.reset_index(drop=True), kept, excluded, "", int((~inside).sum()))
