"""Relapse as it is known: a relapse by the index lies after the last visit without one and not later than the visit that found it.

A fistula, abscess or obstruction has its own date and is exact.
"""

from dataclasses import replace
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import OBJECTIVE_EVENTS
from cdanalysis.outcomes.endpoints.relapse import by_index_label, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days

SAME_DAY = 0.5


def relapse_between_visits(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """As `relapse`, its patients with `free_months`: the last time known to be free of relapse (the time itself if exact)."""
    found = relapse(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    if not found.derived:
        return NotEstimable("the file states the times of relapse itself: the visits around them are not known")
    settings = cohort.indexed(settings)
    course_of = {course.patient_id: course for course in courses(cohort, settings)}
    dated, found_at_visit = settings.relapse_rule.uses_objective, by_index_label(settings)
    free = [
        _free_months(row, course_of[str(row.patient_id)], dated) if row.ended_by == found_at_visit else row.time_months
        for row in found.patients.itertuples()
    ]
    return replace(found, patients=found.patients.assign(free_months=free))


def _free_months(row: Any, course: Course, dated: bool) -> float:
    """The last visit before the relapse, not before time zero or the entry."""
    day = row.origin_days + months_to_days(row.time_months)
    same_day = dated and any(abs(on - day) < SAME_DAY and what in OBJECTIVE_EVENTS for on, what in course.events)
    if same_day:
        return row.time_months
    before = max((one.day for one in course.visits if one.day < day - SAME_DAY), default=row.origin_days)
    return float(max(days_to_months(before - row.origin_days), row.entry_months))
