"""Each patient's course in order of day: visits with a CDAI, events, the end of follow-up; grouped once a cohort."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.definitions import Visit


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


def courses(cohort: Cohort) -> tuple[Course, ...]:
    """Every patient's course; grouped once where the session remembers it."""
    return remembered(cohort.memory, "courses", lambda: tuple(_grouped(cohort)))


def _grouped(cohort: Cohort) -> list[Course]:
    visits = _by_patient(cohort.visits.dropna(subset=["days", "cdai_points"]), "cdai_points")
    events = _by_patient(cohort.events.dropna(subset=["event"]), "event")
    seen = pd.concat([cohort.visits[["patient_id", "days"]], cohort.events[["patient_id", "days"]]])
    last = seen.groupby("patient_id")["days"].max().to_dict()
    patients = cohort.patients
    stated = patients["cdai_points"] if "cdai_points" in patients else pd.Series(np.nan, index=patients.index)
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
    baseline = stated if not np.isnan(stated) else first.cdai_points if first else np.nan
    return Course(identity, baseline, course, tuple(sorted(events)), follow_up_day, last_seen_day, tolerance)


def _by_patient(frame: pd.DataFrame, column: str) -> dict[str, tuple]:
    found: dict[str, list] = {}
    for identity, day, value in zip(frame["patient_id"], frame["days"], frame[column], strict=True):
        found.setdefault(identity, []).append((day, value))
    return {identity: tuple(values) for identity, values in found.items()}
