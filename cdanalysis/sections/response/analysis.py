"""Response and remission during induction: status at the scheduled weeks, time to each, disease activity over the visits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.baseline import SHORT_NAMES
from cdanalysis.dictionary.markers import ACTIVITY, MARKERS, Marker
from cdanalysis.dictionary.measured import label_and_unit
from cdanalysis.outcomes import groups, visit_status
from cdanalysis.outcomes.courses import Course, courses, no_course
from cdanalysis.outcomes.endpoints import landmark_visit
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.selection import selected
from cdanalysis.outcomes.visit_status import MISSING, REMISSION, RESPONSE
from cdanalysis.results import Estimate, Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, kaplan_meier
from cdanalysis.statistics.describe.comparisons import quantiles
from cdanalysis.statistics.describe.paired import Paired, paired
from cdanalysis.statistics.describe.proportions import wilson
from cdanalysis.units import DAYS_PER_WEEK, weeks_to_days


@dataclass(frozen=True)
class AtWeek:
    """Response and remission at a week: n patients, how many of them, and the share with Wilson's interval."""

    week: int
    n: int
    n_missing: int
    n_response: int
    n_remission: int
    response: Estimate
    remission: Estimate


@dataclass(frozen=True)
class TimeTo:
    """Weeks to the first visit in that state: quartiles in the responders at the landmark week, curve of everybody."""

    state: str
    n: int
    n_reached: int
    lower_quartile: float
    median: float
    upper_quartile: float
    curve: KaplanMeierCurve


@dataclass(frozen=True, eq=False)
class Activity:
    """A measurement at baseline and at each week, paired: values[i] are those of week i (NaN where missing)."""

    label: str
    unit: str
    baseline: np.ndarray
    weeks: tuple[int, ...]
    values: tuple[np.ndarray, ...]
    tests: tuple[Paired | NotEstimable, ...]


@dataclass(frozen=True)
class Reclassified:
    """Patients whose class at a week differs from the one under the default definitions."""

    week: int
    before: str
    after: str
    patient_ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Induction:
    """Everything the Response and remission page shows."""

    weeks: tuple[AtWeek, ...]
    response: TimeTo
    remission: TimeTo
    activity: tuple[Activity, ...]
    reclassified: tuple[Reclassified, ...]
    excluded: tuple[Exclusion, ...]


def induction(cohort: Cohort, settings: Settings) -> Induction | NotEstimable:
    """Status by week, time to response and remission, and the course of the measurements of disease activity."""
    cohort = selected(cohort, settings)
    settings = cohort.indexed(settings)
    everyone = courses(cohort, settings)
    known = [course for course in everyone if not np.isnan(course.baseline)]
    if not any(visit.day > 0 for course in known for visit in course.visits):
        return NotEstimable(no_course(settings))
    weeks = visit_status.scheduled_weeks(cohort, settings)
    measured = MARKERS[settings.index_row.code], *ACTIVITY
    n_unknown = len(everyone) - len(known)
    return Induction(
        tuple(_at_week(known, week, weeks, settings) for week in weeks),
        _time_to(known, RESPONSE, settings),
        _time_to(known, REMISSION, settings),
        tuple(one for marker in measured if (one := _activity(cohort, marker, weeks, settings))),
        tuple(_reclassified(known, weeks, settings)),
        excluded_for(f"no {settings.index_row.label} at baseline", n_unknown),
    )


def _at_week(known: Sequence[Course], week: int, weeks: Sequence[int], settings: Settings) -> AtWeek:
    found = Counter(visit_status.status(course, week, weeks, settings) for course in known)
    n = len(known) - found[MISSING]
    n_response = sum(k for state, k in found.items() if visit_status.is_response(state, settings))
    shares = (wilson(k, n, conf_level=settings.conf_level) for k in (n_response, found[REMISSION]))
    return AtWeek(week, n, found[MISSING], n_response, found[REMISSION], *shares)


def _time_to(known: Sequence[Course], state: str, settings: Settings) -> TimeTo:
    responders = [course for course in known if not isinstance(landmark_visit(course, settings), str)]
    weeks = np.array([visit_status.first_week(course, state, settings) for course in responders])
    every = np.array([visit_status.first_week(course, state, settings) for course in known])
    last = np.array([max([0.0, *(visit.day for visit in course.visits)]) / DAYS_PER_WEEK for course in known])
    reached = ~np.isnan(every)
    end = np.where(reached, every, last)
    curve = kaplan_meier(end, reached, interval=settings.km_interval, conf_level=settings.conf_level).curves[0]
    lower, median, upper = quantiles(weeks, (0.25, 0.5, 0.75), settings.convention)
    return TimeTo(state, len(responders), int((~np.isnan(weeks)).sum()), lower, median, upper, curve)


def _activity(cohort: Cohort, marker: Marker, weeks: Sequence[int], settings: Settings) -> Activity | None:
    """A measurement's course, where the visits hold it."""
    if not _is_followed(cohort, marker.column):
        return None
    baseline, values = at_weeks(cohort, marker.column, weeks, settings)
    told = {"conf_level": settings.conf_level, "convention": settings.convention}
    tests = tuple(paired(baseline, after, **told) for after in values)
    return Activity(SHORT_NAMES[marker.column], marker.unit, baseline, tuple(weeks), values, tests)


def _is_followed(cohort: Cohort, column: str) -> bool:
    return column in cohort.visits and bool((cohort.visits[column].notna() & (cohort.visits["days"] > 0)).any())


def followed_columns(cohort: Cohort, settings: Settings) -> dict[str, tuple[str, str]]:
    """Name and unit of every column of numbers that was measured after the start, by column: the index in use first."""
    markers = MARKERS[settings.index_row.code], *MARKERS.values()
    named = {one.column: (SHORT_NAMES.get(one.column, one.label), one.unit) for one in markers}
    named |= {column: label_and_unit(column) for column in cohort.visit_columns}
    return {column: words for column, words in named.items() if _is_followed(cohort, column)}


def at_weeks(
    cohort: Cohort, column: str, weeks: Sequence[int], settings: Settings
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Each patient's value of a column at baseline and at the visit nearest to each week, NaN where there is none."""
    visits = cohort.visits[cohort.visits[column].notna() & (cohort.visits["days"] > 0)]
    patient_ids = tuple(cohort.patients["patient_id"])
    values = []
    for week in weeks:
        away = (visits["days"] - weeks_to_days(week)).abs()
        near = visits.assign(away=away)[away <= visit_status.window_days(week, weeks, settings)]
        nearest = near.sort_values(["away", "days"], kind="stable").groupby("patient_id")[column].first()
        if settings.missing_visits == "last-observation":
            carried = visits[visits["days"] <= weeks_to_days(week)].groupby("patient_id")[column].last()
            nearest = nearest.combine_first(carried)
        values.append(nearest.reindex(list(patient_ids)).to_numpy(float))
    return groups.baseline_values(cohort, column, patient_ids), tuple(values)


def _reclassified(known: Sequence[Course], weeks: Sequence[int], settings: Settings) -> list[Reclassified]:
    """Who is in another class than under the default definitions, week by week."""
    default = Settings(
        index=settings.index, landmark_week=settings.landmark_week, visit_window_weeks=settings.visit_window_weeks
    )
    moved: dict[tuple[int, str, str], list[str]] = {}
    for week in weeks:
        for course in known:
            before, after = (visit_status.status(course, week, weeks, chosen) for chosen in (default, settings))
            if before != after:
                moved.setdefault((week, before, after), []).append(course.patient_id)
    return [Reclassified(*key, tuple(patients)) for key, patients in moved.items()]
