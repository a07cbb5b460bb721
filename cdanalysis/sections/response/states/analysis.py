"""The state of each patient at the scheduled weeks - remission, response, active, not seen, ended - and who moves where."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions, visit_status
from cdanalysis.outcomes.courses import Course, courses, no_course
from cdanalysis.outcomes.endpoints import end_of_follow_up
from cdanalysis.outcomes.visit_status import NEITHER, REMISSION, RESPONSE
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import weeks_to_days

ACTIVE, NOT_SEEN, ENDED = "active", "no visit", "follow-up ended"
STATES = (REMISSION, RESPONSE, ACTIVE, NOT_SEEN, ENDED)
YEARS = (52, 104, 156)  # weeks looked at beside the scheduled ones
LEAST_SEEN = 1 / 3  # of the patients still followed


@dataclass(frozen=True, eq=False)
class States:
    """counts[i]: by state at week i (0 first); moves[i]: by state at week i and at the next; n patients with a baseline."""

    weeks: tuple[int, ...]
    counts: tuple[dict[str, int], ...]
    moves: tuple[dict[tuple[str, str], int], ...]
    n: int


def states(cohort: Cohort, settings: Settings) -> States | NotEstimable:
    """How many patients are in which state at each week, and how they move from one to the next; at baseline all are active."""
    settings = cohort.indexed(settings)
    known = [course for course in courses(cohort, settings) if not np.isnan(course.baseline)]
    if not any(visit.day > 0 for course in known for visit in course.visits):
        return NotEstimable(no_course(settings))
    scheduled = visit_status.scheduled_weeks(cohort, settings)
    weeks = tuple(sorted({*scheduled, *(week for week in YEARS if _is_seen(known, week, scheduled, settings))}))
    by_week = [[ACTIVE] * len(known), *([_state(one, week, weeks, settings) for one in known] for week in weeks)]
    pairs = zip(by_week, by_week[1:], strict=False)
    moves = tuple(dict(Counter(zip(before, after, strict=True))) for before, after in pairs)
    return States((0, *weeks), tuple(dict(Counter(at)) for at in by_week), moves, len(known))


def _state(course: Course, week: int, weeks: tuple[int, ...], settings: Settings) -> str:
    window = visit_status.window_days(week, weeks, settings)
    visit = definitions.visit_near(course.visits, weeks_to_days(week), window)
    if visit is not None and visit.day > 0:
        found = visit_status.class_of(visit, course.baseline, settings)
        return ACTIVE if found == NEITHER else found
    return ENDED if end_of_follow_up(course) + window < weeks_to_days(week) else NOT_SEEN


def _is_seen(known: list[Course], week: int, scheduled: tuple[int, ...], settings: Settings) -> bool:
    found = Counter(_state(course, week, scheduled, settings) for course in known)
    followed = len(known) - found[ENDED]
    return followed > 0 and followed - found[NOT_SEEN] >= LEAST_SEEN * followed
