"""Each patient's course in order of day: visits with the index in use, events, the end of follow-up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.settings import Settings


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
    index = cohort.indexed(settings).index_row
    return remembered(cohort.memory, ("courses", index.code), lambda: tuple(_grouped(cohort, index.column)))


def _grouped(cohort: Cohort, column: str) -> list[Course]:
    visits = _by_patient(cohort.visits.dropna(subset=["days", column]), column) if column in cohort.visits else {}
    events = _by_patient(cohort.events.dropna(subset=["event"]), "event")
    seen = pd.concat([cohort.visits[["patient_id", "days"]], cohort.events[["patient_id", "days"]]])
    last = seen.groupby("patient_id")["days"].max().to_dict()
    patients = cohort.patients
    stated = patients[column] if column in patients else pd.Series(np.nan, index=patients.index)
    unsure = patients.get("follow_up_tolerance_days", pd.Series(0.0, patients.index))
    rows = zip(patients["patient_id"], stated, patients["follow_up_days"], unsure, strict=True)
    return [
        _course(identity, float(baseline), visits.get(identity, ()), events.get(identity, ()), float(end),
                float(last.get(identity, 0.0)), float(tolerance))
        for identity, baseline, end, tolerance in rows
    ]  # fmt: skip


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


def _by_patient(frame: pd.DataFrame, column: str) -> dict[str, tuple]:
    found: dict[str, list] = {}
    for identity, day, value in zip(frame["patient_id"], frame["days"], frame[column], strict=True):
        found.setdefault(identity, []).append((day, value))
    return {identity: tuple(values) for identity, values in found.items()}
