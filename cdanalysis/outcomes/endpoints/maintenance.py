"""The maintenance cohort and its clock: the responders at the landmark week, observed from that visit on.

Owns the clock: from week 24 (no guarantee time); from the start of therapy with late entry at week 24, or naively,
switchable. An event comes before a censoring on the same day; the reason of the end is kept.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.courses import Course, at_landmark, courses
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.same_day import counted, reached
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, excluded_by, listed
from cdanalysis.results import A_WEEK, THE_START, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days

NAIVE = (
    "The clock starts at therapy although only responders at week {week:g} are analysed: nobody could have the event "
    "before, so early survival is too high (guarantee time)."
)

EventDay = Callable[[Course, Visit], tuple[float, str] | None]


class End(NamedTuple):
    """How a patient's observation ended, in days of therapy; moved: by how far its rounded end reached to the event."""

    patient_id: str
    landmark_day: float
    day: float
    event: bool
    ended_by: str
    moved: float


def from_start(cohort: Cohort, settings: Settings, event_day: EventDay) -> TimeToEvent | NotEstimable:
    """Time to the first event from the start of therapy, of everybody: where no visit tells who responded."""
    found = _observed(cohort, replace(settings, clock="landmark"), event_day, _start)
    return found if isinstance(found, NotEstimable) else replace(found, origin=THE_START)


def from_landmark(cohort: Cohort, settings: Settings, event_day: EventDay) -> TimeToEvent | NotEstimable:
    """Time to the first event after the landmark visit, of every responder; `event_day` finds it in a course."""
    found = _observed(cohort, settings, event_day, landmark_visit)
    return found if isinstance(found, NotEstimable) else replace(found, of_responders=True)


def _observed(
    cohort: Cohort, settings: Settings, event_day: EventDay, zero: Callable[[Course, Settings], Visit | str]
) -> TimeToEvent | NotEstimable:
    settings = cohort.indexed(settings)
    reasons: dict[str, str] = {}
    ends, assumed = [], 0
    for course in courses(cohort, settings):
        landmark = zero(course, settings)
        last_day = end_of_follow_up(course)
        if isinstance(landmark, Visit):
            last_day = reached(last_day, course.tolerance_days, [landmark.day])
        if isinstance(landmark, Visit) and last_day < landmark.day:
            landmark = f"follow-up ended before week {settings.landmark_week:g}"
        if isinstance(landmark, str):
            reasons[course.patient_id] = landmark
            continue
        end = _end(course, landmark, last_day, event_day(course, landmark), settings)
        if settings.clock == "late-entry" and end.day <= landmark.day:
            reasons[course.patient_id] = (
                f"not observed beyond week {settings.landmark_week:g}"  # entered and ended at once: never at risk
            )
            continue
        ends.append(end)
        assumed += np.isnan(course.follow_up_day)
    if not ends:
        return NotEstimable(f"no patient can be analysed: {listed(Counter(reasons.values()))}")
    excluded = excluded_by(reasons.values())
    naive = [NAIVE.format(week=settings.landmark_week)] if settings.clock == "naive" else []
    notes = (*naive, *counted((end.moved for end in ends), "event"))
    return TimeToEvent(
        patients=_frame(ends, settings),
        excluded=excluded,
        origin=_origin(settings),
        derived=True,
        notes=notes,
        why=reasons,
        no_end=_no_end(int(assumed)),
    )


def _start(course: Course, _: Settings) -> Visit | str:
    """Day 0 of everybody who was seen after it."""
    seen = not np.isnan(course.follow_up_day) or course.last_seen_day > 0
    return Visit(0.0, course.baseline) if seen else "no end of follow-up"


def landmark_visit(course: Course, settings: Settings) -> Visit | str:
    """The visit that makes a patient a responder, or the reason for not being one."""
    week = settings.landmark_week
    if np.isnan(course.baseline):
        return f"no {settings.index_row.label} at baseline"
    landmark = at_landmark(course, settings)
    if landmark is None:
        return f"no {settings.index_row.label} at week {week:g}"
    if not definitions.responded(landmark, course.baseline, settings):
        return f"no response at week {week:g}"
    return landmark


def end_of_follow_up(course: Course) -> float:
    """The day the patient was last seen: as stated, else of the last entry."""
    return course.last_seen_day if np.isnan(course.follow_up_day) else course.follow_up_day


def _end(course: Course, landmark: Visit, last_day: float, event: tuple[float, str] | None, settings: Settings) -> End:
    deaths = [day for day, name in course.events if name == "death" and day > landmark.day]
    happened = [event[0]] if event is not None else []
    end = reached(last_day, course.tolerance_days, [*happened, *deaths])
    candidates = [(end, 1, "last follow-up"), *((day, 1, "death") for day in deaths)]
    if event is not None:
        candidates.append((event[0], 0, event[1]))
    if settings.horizon_months:
        start = landmark.day if settings.clock == "landmark" else 0.0
        candidates.append((start + months_to_days(settings.horizon_months), 1, "horizon"))
    day, censored, ended_by = min(candidates)
    moved = day - last_day if not censored else 0.0
    return End(course.patient_id, landmark.day, max(day, landmark.day), not censored, ended_by, moved)


def _frame(ends: list[End], settings: Settings) -> pd.DataFrame:
    patient_id, landmark, day, event, ended_by, _ = zip(*ends, strict=True)
    entered = np.array(landmark, float)
    origin = entered if settings.clock == "landmark" else np.zeros(len(ends))
    late = days_to_months(entered) if settings.clock == "late-entry" else np.zeros(len(ends))
    return pd.DataFrame(
        {
            "patient_id": patient_id,
            "time_months": days_to_months(np.array(day, float) - origin),
            "entry_months": late,
            "event": np.array(event, bool),
            "ended_by": ended_by,
            "origin_days": origin,
        }
    )


def _origin(settings: Settings) -> str:
    return f"{A_WEEK}{settings.landmark_week:g}" if settings.clock == "landmark" else THE_START


def _no_end(assumed: int) -> tuple[str, ...]:
    who = "1 patient has" if assumed == 1 else f"{assumed} patients have"
    return (f"{who} no end of follow-up in the file: censored at the last visit or event.",) if assumed else ()
