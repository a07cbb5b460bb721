"""Where a patient stands at a scheduled week - remission, response or neither - and what stands in for a missing visit.

Owns: the weeks a file schedules; a week's visit = the nearest within the visit window and nearer to this week than to
the next; a missing visit counts as non-response, or the last visit is carried forward, or the patient is left out.
"""

from collections.abc import Sequence

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.courses import Course
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_WEEK, weeks_to_days

REMISSION, RESPONSE, NEITHER, MISSING = "remission", "response without remission", "no response", "no visit"
LEAST_SEEN = 1 / 3  # of the patients: a week that fewer were seen in is not a scheduled one
LAST_WEEK = 52


def scheduled_weeks(cohort: Cohort, settings: Settings) -> tuple[int, ...]:
    """Whole weeks up to a year that the file's visits name for a third of the patients, and the landmark week."""
    visits = cohort.visits[cohort.visits[settings.index_row.column].notna()]
    week = visits["week"].to_numpy(float)
    whole = (week > 0) & (week <= LAST_WEEK) & (week == np.round(week))
    seen = visits[whole].groupby(week[whole])["patient_id"].nunique()
    often = seen[seen >= LEAST_SEEN * len(cohort.patients)].index
    return tuple(sorted({int(one) for one in often} | {settings.landmark_week}))


def window_days(week: int, weeks: Sequence[int], settings: Settings) -> float:
    """How far from a week its visit may lie: the visit window, and less than half the way to a neighbour."""
    nearest = min(abs(week - other) for other in (0, *weeks) if other != week)
    if week == settings.landmark_week:
        return weeks_to_days(settings.visit_window_weeks)  # the visit that decides who is a responder
    return min(weeks_to_days(settings.visit_window_weeks), nearest * DAYS_PER_WEEK / 2 - 0.5)


def status(course: Course, week: int, weeks: Sequence[int], settings: Settings) -> str:
    """The class at a week, by the settings' definitions and what they say of a missing visit."""
    visit = definitions.visit_near(course.visits, weeks_to_days(week), window_days(week, weeks, settings))
    if visit is None and settings.missing_visits == "last-observation":
        earlier = [one for one in course.visits if 0 < one.day <= weeks_to_days(week)]
        visit = earlier[-1] if earlier else None
    if visit is None:
        return MISSING if settings.missing_visits == "observed" else NEITHER
    return class_of(visit, course.baseline, settings)


def class_of(visit: Visit, baseline: float, settings: Settings) -> str:
    """Remission, response without remission, or neither, of a visit against the baseline."""
    if definitions.in_remission(visit, baseline, settings):
        return REMISSION
    return RESPONSE if definitions.responded(visit, baseline, settings) else NEITHER


def is_response(found: str, settings: Settings) -> bool:
    """Whether a class counts as response under the chosen definition."""
    return found == RESPONSE or (found == REMISSION and settings.response_definition != "without-remission")


def first_week(course: Course, wanted: str, settings: Settings) -> float:
    """Weeks from day 0 to the first visit in remission, or with a response; NaN where there is none."""
    for visit in course.visits:
        if visit.day > 0:
            found = class_of(visit, course.baseline, settings)
            if found == REMISSION if wanted == REMISSION else is_response(found, settings):
                return visit.day / DAYS_PER_WEEK
    return float("nan")
