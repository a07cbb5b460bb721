"""Time to relapse where something else may come first: surgery, death or the end of combination therapy.

What comes first decides; a relapse on the same day comes before it. Who had the competing event is no longer at risk of a
first relapse under this therapy, so is neither an event nor merely censored.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints.events import surgery
from cdanalysis.outcomes.endpoints.relapse import relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months

CENSORED, RELAPSE, COMPETING = 0, 1, 2
NOT_A_STOP = ("relapse", "end of follow-up", "end of follow up", "last follow-up")


def competing_relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """As `relapse`, with `event_type` in patients: 0 = censored, 1 = relapse, 2 = the competing event before one."""
    found = relapse(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    patients = found.patients
    time, first = patients["time_months"].to_numpy(float), np.full(len(patients), np.inf)
    what = np.full(len(patients), "", object)
    for name, times in _competitors(cohort, found, settings):
        if isinstance(times, NotEstimable):
            return times
        what, first = np.where(times < first, name, what), np.minimum(times, first)
    # On the day of a censoring the event counts, on the day of a relapse the relapse does.
    competing = np.where(patients["event"], first < time, first <= time)
    frame = patients.assign(
        time_months=np.where(competing, first, time),
        event=patients["event"] & ~competing,
        ended_by=np.where(competing, what, patients["ended_by"]),
        event_type=np.where(competing, COMPETING, np.where(patients["event"], RELAPSE, CENSORED)),
    )
    return replace(found, patients=frame)


def _competitors(cohort: Cohort, found: TimeToEvent, settings: Settings) -> list[tuple[str, np.ndarray | NotEstimable]]:
    """The chosen competing events, each with its months on the relapse clock (n,), inf where there was none."""
    chosen, competitors = settings.competing_event, []
    if "surgery" in chosen:
        competitors.append(("surgery", _surgery(cohort, found, settings)))
    if "death" in chosen:
        died = (found.patients["ended_by"] == "death").to_numpy()
        competitors.append(("death", np.where(died, found.patients["time_months"], np.inf)))
    if "stop" in chosen:
        competitors.append(("end of combination therapy", _stop(cohort, found)))
    return competitors


def _surgery(cohort: Cohort, found: TimeToEvent, settings: Settings) -> np.ndarray | NotEstimable:
    other = surgery(cohort, settings)
    if isinstance(other, NotEstimable):
        return other
    if other.origin != found.origin:
        return NotEstimable(f"relapse is counted from {found.origin} and surgery from {other.origin}")
    had = other.patients[other.patients["event"]].set_index("patient_id")["time_months"]
    return _by_patient(found, had)


def _stop(cohort: Cohort, found: TimeToEvent) -> np.ndarray | NotEstimable:
    """End of therapy for another reason than a relapse and before the patient was last seen."""
    if "origin_days" not in found.patients:
        return NotEstimable("the file's own times of relapse have no day of therapy to place the end of therapy on")
    patients = cohort.patients.set_index("patient_id")
    days = patients["combination_end_days"].astype(float)
    if "combination_end_reason" in patients:
        days = days.mask(patients["combination_end_reason"].astype("string").str.lower().isin(NOT_A_STOP).fillna(False))
    if not days.notna().any():
        return NotEstimable("the file has no end of combination therapy")
    months = days_to_months(_by_patient(found, days) - found.patients["origin_days"].to_numpy(float))
    # Stopped before the landmark: never at risk of a relapse under this therapy, an event at time zero.
    stopped = np.where(np.isfinite(months), np.maximum(months, 0.0), np.inf)
    rounded = patients.get("combination_end_tolerance_days", pd.Series(0.0, patients.index))
    known = stopped + days_to_months(found.patients["patient_id"].map(rounded).to_numpy(float))
    return np.where(known < found.patients["time_months"].to_numpy(float), stopped, np.inf)


def _by_patient(found: TimeToEvent, values: pd.Series) -> np.ndarray:
    return found.patients["patient_id"].map(values).astype(float).fillna(np.inf).to_numpy()
