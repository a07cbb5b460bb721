"""Each patient's course in order of day: visits with the index in use, events, the end of follow-up."""

from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.indices.endoscopic import ENDOSCOPIC_SETTINGS
from cdanalysis.dictionary.indices.index import Index
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.definitions import ENDOSCOPIC_ACTIVITY, Visit
from cdanalysis.outcomes.endoscopic_scores import active
from cdanalysis.settings import Settings
from cdanalysis.settings.endpoint import COUNTED
from cdanalysis.units import weeks_to_days

CLEAR = "is_clear"


class Course(NamedTuple):
    """One patient's record, in order of day; follow_up_day is NaN where unknown, last_seen_day of any entry.

    tolerance_days: how far the true day may lie beyond follow_up_day, which may be a rounded month.
    """

    patient_id: str
    baseline: float
    visits: tuple[Visit, ...]
    events: tuple[tuple[float, str], ...]
    follow_up_day: float
    last_seen_day: float
    tolerance_days: float = 0.0


def no_course(settings: Settings) -> str:
    """Why nobody can be classed."""
    index = settings.index_row
    return f"the file has no visits with {index.noun} after day 0 (sheet visits, column {index.column}), or none at baseline"


def courses(cohort: Cohort, settings: Settings) -> tuple[Course, ...]:
    """Every patient's course by the settings' index; grouped once an index where the session remembers it."""
    settings = cohort.indexed(settings)
    index = settings.index_row
    scored = settings.endoscopic_activity == COUNTED
    levels = tuple(getattr(settings, name) for name in ENDOSCOPIC_SETTINGS) if scored else ()
    return remembered(cohort.memory, ("courses", index.code, levels), lambda: tuple(_grouped(cohort, index, settings)))


def at_landmark(course: Course, settings: Settings) -> Visit | None:
    """The visit nearest to the landmark week within the visit window, whatever it says; None where there is none."""
    day, window = (weeks_to_days(weeks) for weeks in (settings.landmark_week, settings.visit_window_weeks))
    return definitions.visit_near(course.visits, day, window)


def _events(cohort: Cohort, settings: Settings) -> pd.DataFrame:
    """The events, and the endoscopies that show activity where they count."""
    events = cohort.events.dropna(subset=["event"])[["patient_id", "days", "event"]]
    if settings.endoscopic_activity != COUNTED:
        return events
    seen = active(cohort.endoscopy, settings)[["patient_id", "days"]].assign(event=ENDOSCOPIC_ACTIVITY)
    return pd.concat([events, seen], ignore_index=True)


def _measured(visits: pd.DataFrame, index: Index) -> pd.DataFrame:
    """The visits with the index, and whether no component of it is above what remission allows."""
    limit = index.most_of_an_item
    known = [item.column for item in index.items if item.column in visits and not isnan(limit)]
    above = visits[known].gt(limit).any(axis=1) if known else False
    return visits.assign(**{CLEAR: ~pd.Series(above, visits.index)}).dropna(subset=["days", index.column])


def _grouped(cohort: Cohort, index: Index, settings: Settings) -> list[Course]:
    visits = _by_patient(_measured(cohort.visits, index), index.column, CLEAR) if index.column in cohort.visits else {}
    events = _by_patient(_events(cohort, settings), "event")
    seen = pd.concat([cohort.visits[["patient_id", "days"]], cohort.events[["patient_id", "days"]]])
    last = seen.groupby("patient_id")["days"].max().to_dict()
    patients = cohort.patients
    stated = patients[index.column] if index.column in patients else pd.Series(np.nan, index=patients.index)
    unsure = patients.get("follow_up_tolerance_days", pd.Series(0.0, patients.index))
    rows = zip(patients["patient_id"], stated, patients["follow_up_days"], unsure, strict=True)
    made = []
    for identity, baseline, end, tolerance in rows:
        seen_at, happened = visits.get(identity, ()), events.get(identity, ())
        days = float(end), float(last.get(identity, 0.0)), float(tolerance)
        made.append(_course(identity, float(baseline), seen_at, happened, *days))
    return made


def _course(
    identity: str,
    stated: float,
    visits: tuple,
    events: tuple,
    follow_up_day: float,
    last_seen_day: float,
    tolerance: float,
) -> Course:
    course = tuple(Visit(*visit) for visit in sorted(visits))
    first = definitions.baseline_visit(course)
    baseline = stated if not np.isnan(stated) else first.value if first else np.nan
    return Course(identity, baseline, course, tuple(sorted(events)), follow_up_day, last_seen_day, tolerance)


def _by_patient(frame: pd.DataFrame, *columns: str) -> dict[str, tuple]:
    found: dict[str, list] = {}
    for identity, *told in zip(*(frame[column] for column in ("patient_id", "days", *columns)), strict=True):
        found.setdefault(identity, []).append(tuple(told))
    return {identity: tuple(values) for identity, values in found.items()}
