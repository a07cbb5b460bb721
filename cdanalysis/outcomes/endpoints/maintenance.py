"""The maintenance cohort and its clock: the responders at the landmark week, observed from that visit on.

Owns the clock: from week 24 (no guarantee time); from the start of therapy with late entry at week 24, or naively,
switchable. An event comes before a censoring on the same day; the reason of the end is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, listed
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days, weeks_to_days

NAIVE = (
    "The clock starts at therapy although only responders at week {week:g} are analysed: nobody could have the event "
    "before, so early survival is too high (guarantee time)."
)

EventDay = Callable[[Course, Visit], tuple[float, str] | None]


class End(NamedTuple):
    """How a patient's observation ended, in days of therapy."""

    patient_id: str
    landmark_day: float
    day: float
    event: bool
    ended_by: str


def from_landmark(cohort: Cohort, settings: Settings, event_day: EventDay) -> TimeToEvent | NotEstimable:
    """Time to the first event after the landmark visit, of every responder; `event_day` finds it in a course."""
    reasons: Counter[str] = Counter()
    ends, assumed = [], 0
    for course in courses(cohort):
        landmark, last_day = landmark_visit(course, settings), end_of_follow_up(course)
        if isinstance(landmark, Visit) and last_day < landmark.day:
            landmark = f"follow-up ended before week {settings.landmark_week:g}"
        if isinstance(landmark, str):
            reasons[landmark] += 1
            continue
        end = _end(course, landmark, last_day, event_day(course, landmark), settings)
        if settings.clock == "late-entry" and end.day <= landmark.day:
            reasons[f"not observed beyond week {settings.landmark_week:g}"] += (
                1  # entered and ended at once: never at risk
            )
            continue
        ends.append(end)
        assumed += np.isnan(course.follow_up_day)
    if not ends:
        return NotEstimable(f"no patient can be analysed: {listed(reasons)}")
    excluded = tuple(Exclusion(reason, n) for reason, n in reasons.items())
    return TimeToEvent(_frame(ends, settings), excluded, _origin(settings), True, tuple(_notes(settings, int(assumed))))


def landmark_visit(course: Course, settings: Settings) -> Visit | str:
    """The visit that makes a patient a responder, or the reason for not being one."""
    week = settings.landmark_week
    if np.isnan(course.baseline):
        return "no CDAI at baseline"
    landmark = definitions.visit_near(course.visits, weeks_to_days(week), weeks_to_days(settings.visit_window_weeks))
    if landmark is None:
        return f"no CDAI at week {week:g}"
    if not definitions.responded(landmark.cdai_points, course.baseline, settings):
        return f"no response at week {week:g}"
    return landmark


def end_of_follow_up(course: Course) -> float:
    """The day the patient was last seen: as stated, else of the last entry."""
    return course.last_seen_day if np.isnan(course.follow_up_day) else course.follow_up_day


def _end(course: Course, landmark: Visit, last_day: float, event: tuple[float, str] | None, settings: Settings) -> End:
    candidates = [(last_day, 1, "last follow-up")]
    if event is not None:
        candidates.append((event[0], 0, event[1]))
    candidates += [(day, 1, "death") for day, name in course.events if name == "death" and day > landmark.day]
    if settings.horizon_months:
        start = landmark.day if settings.clock == "landmark" else 0.0
        candidates.append((start + months_to_days(settings.horizon_months), 1, "horizon"))
    day, censored, ended_by = min(candidates)
    return End(course.patient_id, landmark.day, max(day, landmark.day), not censored, ended_by)


def _frame(ends: list[End], settings: Settings) -> pd.DataFrame:
    table = pd.DataFrame(ends)
    origin = table["landmark_day"] if settings.clock == "landmark" else 0.0
    entry = table["landmark_day"] if settings.clock == "late-entry" else 0.0
    late = days_to_months(entry) if settings.clock == "late-entry" else 0.0
    return pd.DataFrame(
        {
            "patient_id": table["patient_id"],
            "time_months": days_to_months(table["day"] - origin),
            "entry_months": late,
            "event": table["event"].astype(bool),
            "ended_by": table["ended_by"],
            "origin_days": origin,
        }
    ).astype({"entry_months": float, "origin_days": float})


def _origin(settings: Settings) -> str:
    return f"week {settings.landmark_week:g}" if settings.clock == "landmark" else "the start of therapy"


def _notes(settings: Settings, assumed: int) -> list[str]:
    notes = [NAIVE.format(week=settings.landmark_week)] if settings.clock == "naive" else []
    if assumed:
        who = "1 patient has" if assumed == 1 else f"{assumed} patients have"
        notes.append(f"{who} no end of follow-up in the file: censored at the last visit or event.")
    return notes
