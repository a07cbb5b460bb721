"""Each patient's values at baseline and at the scheduled weeks, in groups by response at the landmark week, and their means."""

from dataclasses import dataclass, field

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions, visit_status
from cdanalysis.outcomes.courses import Course, at_landmark, courses, no_course
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.response.analysis import at_weeks, followed_columns
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.paired import mean_with_interval

MOST_LINES = 300  # of all groups together; more cannot be told apart


@dataclass(frozen=True, eq=False)
class GroupOverTime:
    """A group: values (patients, times), NaN where not measured; of each time how many and their mean (NaN of nobody).

    drawn: the rows that have a line, evenly taken where there are more than can be told apart; patient_ids: whose these are.
    """

    label: str
    values: np.ndarray
    drawn: np.ndarray
    n: tuple[int, ...]
    means: tuple[Estimate, ...]
    patient_ids: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, eq=False)
class OverTime:
    """A measurement, a column of the visits, at baseline (week 0) and at each scheduled week, by group."""

    column: str
    label: str
    unit: str
    weeks: tuple[int, ...]
    groups: tuple[GroupOverTime, ...]


def over_time(cohort: Cohort, settings: Settings, column: str = "") -> OverTime | NotEstimable:
    """Everybody's course of a column of the visits, in groups by response at the landmark week.

    column: of the index in use where it is empty or none that the visits hold.

    Means with their t interval at `settings.conf_level`, of the patients measured at that week; nothing is carried forward
    unless `settings.missing_visits` says so. NotEstimable where the visits hold no measurement after the start.
    """
    cohort = selected(cohort, settings)
    settings = cohort.indexed(settings)
    named = followed_columns(cohort, settings)
    if not named:
        return NotEstimable(no_course(settings))
    column = column if column in named else next(iter(named))
    label, unit = named[column]
    weeks = tuple(visit_status.scheduled_weeks(cohort, settings))
    baseline, values = at_weeks(cohort, column, weeks, settings)
    every = np.column_stack([baseline, *values])
    step = -(-len(every) // MOST_LINES)
    ids = cohort.patients["patient_id"].to_numpy()
    groups = tuple(
        _group(name, every[inside], ids[inside], step, settings.conf_level)
        for name, inside in _by_response(cohort, settings)
        if inside.any()
    )
    return OverTime(column, label, unit, (0, *weeks), groups)


def _by_response(cohort: Cohort, settings: Settings) -> list[tuple[str, np.ndarray]]:
    """Whether each patient responded at the landmark week, did not, or has no visit from which it can be told."""
    week = f"week {settings.landmark_week:g}"
    found = [_responded(course, settings) for course in courses(cohort, settings)]
    named = ((True, f"Response at {week}"), (False, f"No response at {week}"), (None, f"Not seen at {week}"))
    return [(label, np.array([one is state for one in found], bool)) for state, label in named]


def _responded(course: Course, settings: Settings) -> bool | None:
    visit = at_landmark(course, settings)
    if visit is None or np.isnan(course.baseline):
        return None
    return definitions.responded(visit, course.baseline, settings)


def _group(label: str, values: np.ndarray, ids: np.ndarray, step: int, conf_level: float) -> GroupOverTime:
    return GroupOverTime(
        label=label,
        values=values,
        drawn=np.arange(0, len(values), step),
        n=tuple(int((~np.isnan(one)).sum()) for one in values.T),
        means=tuple(mean_with_interval(one, conf_level=conf_level) for one in values.T),
        patient_ids=tuple(ids[::step].tolist()),
    )
