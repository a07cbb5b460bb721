"""Time zero, event and censoring: one time to relapse a patient, and who is left out and why.

Owns the clock: the responders at week 24, from week 24 (no guarantee time); from the start of therapy with late entry
at week 24, or naively, switchable. An event comes before a censoring on the same day; the reason of the end is kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis import definitions
from cdanalysis.courses import Course, courses
from cdanalysis.definitions import RelapseRule, Visit
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days, weeks_to_days

# The settings that decide the endpoint, and nothing else: the key under which it is remembered.
ENDPOINT_FIELDS = (
    "response_definition",
    "response_fall_points",
    "remission_below_points",
    "relapse_definition",
    "relapse_above_points",
    "relapse_rise_points",
    "relapse_reference",
    "boundary",
    "clock",
    "landmark_week",
    "visit_window_weeks",
    "horizon_months",
)

NOT_DERIVED = (
    "The file carries time and event of relapse itself and no CDAI visits: they are used as they are, "
    "and CDAI definitions cannot be derived again."
)
NAIVE = (
    "The clock starts at therapy although only responders at week {week:g} are analysed: nobody could relapse before, "
    "so early survival is too high (guarantee time)."
)


@dataclass(frozen=True, eq=False)
class TimeToEvent:
    """patients: one row an analysed patient: patient_id, time_months, entry_months, event (bool), ended_by.

    origin: what time zero is. derived: False where the file carried time and event. notes: sentences for the page.
    """

    patients: pd.DataFrame
    excluded: tuple[Exclusion, ...]
    origin: str
    derived: bool
    notes: tuple[str, ...]


class End(NamedTuple):
    """How a patient's observation ended, in days of therapy."""

    patient_id: str
    landmark_day: float
    day: float
    event: bool
    ended_by: str


def relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to relapse of the responders at the landmark week; as carried by the file where it has no CDAI visits."""
    if cohort.visits["cdai_points"].notna().any():
        return _derived(cohort, settings)
    if {"relapse_months", "relapse_event"} <= set(cohort.patients.columns):
        return _carried(cohort, settings)
    return NotEstimable("the file has neither visits with a CDAI nor relapse_months with relapse_event")


def _derived(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    rule = definitions.relapse_rule(settings)
    reasons: Counter[str] = Counter()
    ends, assumed = [], 0
    for course in courses(cohort):
        found = _end(course, rule, settings)
        if isinstance(found, str):
            reasons[found] += 1
        else:
            ends.append(found)
            assumed += np.isnan(course.follow_up_day)
    if not ends:
        return NotEstimable(f"no patient can be analysed: {_listed(reasons)}")
    excluded = tuple(Exclusion(reason, n) for reason, n in reasons.items())
    return TimeToEvent(_frame(ends, settings), excluded, _origin(settings), True, tuple(_notes(settings, int(assumed))))


def _end(course: Course, rule: RelapseRule, settings: Settings) -> End | str:
    """How one patient's observation ended, or the reason for not analysing the patient."""
    week = settings.landmark_week
    if np.isnan(course.baseline):
        return "no CDAI at baseline"
    landmark = definitions.visit_near(course.visits, weeks_to_days(week), weeks_to_days(settings.visit_window_weeks))
    if landmark is None:
        return f"no CDAI at week {week:g}"
    if not definitions.responded(landmark.cdai_points, course.baseline, settings):
        return f"no response at week {week:g}"
    last_day = course.last_seen_day if np.isnan(course.follow_up_day) else course.follow_up_day
    if last_day < landmark.day:
        return f"follow-up ended before week {week:g}"
    return _after_landmark(course, landmark, last_day, rule, settings)


def _after_landmark(course: Course, landmark: Visit, last_day: float, rule: RelapseRule, settings: Settings) -> End:
    candidates = [(last_day, 1, "last follow-up")]
    cdai_day = definitions.cdai_relapse_day(course.visits, landmark, rule, settings)
    if cdai_day is not None:
        candidates.append((cdai_day, 0, "CDAI relapse"))
    objective = definitions.objective_relapse(course.events, landmark.day, rule)
    if objective is not None:
        candidates.append((objective[0], 0, objective[1]))
    deaths = [day for day, name in course.events if name == "death" and day > landmark.day]
    candidates += [(day, 1, "death") for day in deaths]
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
        }
    ).astype({"entry_months": float})


def _origin(settings: Settings) -> str:
    return f"week {settings.landmark_week:g}" if settings.clock == "landmark" else "the start of therapy"


def _notes(settings: Settings, assumed: int) -> list[str]:
    notes = [NAIVE.format(week=settings.landmark_week)] if settings.clock == "naive" else []
    if assumed:
        who = "1 patient has" if assumed == 1 else f"{assumed} patients have"
        notes.append(f"{who} no end of follow-up in the file: censored at the last visit or event.")
    return notes


def _listed(reasons: Counter[str]) -> str:
    return "; ".join(f"{reason} ({n})" for reason, n in reasons.items()) or "the file has no patient"


def _carried(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    patients = cohort.patients
    time = patients["relapse_months"].to_numpy(float)
    event = patients["relapse_event"].astype("boolean")
    known = ~np.isnan(time) & event.notna().to_numpy()
    if not known.any():
        return NotEstimable("no patient has both a time and an event of relapse")
    time, event = time[known], event[known].to_numpy(bool)
    if settings.horizon_months:
        event, time = event & (time <= settings.horizon_months), np.minimum(time, settings.horizon_months)
    frame = pd.DataFrame({
        "patient_id": patients.loc[known, "patient_id"].to_numpy(), "time_months": time, "entry_months": 0.0,
        "event": event, "ended_by": np.where(event, "relapse", "last follow-up"),
    })  # fmt: skip
    missing = int((~known).sum())
    excluded = (Exclusion("no time or event of relapse", missing),) if missing else ()
    return TimeToEvent(frame, excluded, "time zero of the file", False, (NOT_DERIVED,))
