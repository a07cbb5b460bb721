"""Time to an outcome where something else may come first: what the file states, else surgery, death or the end of therapy.

What comes first decides; the outcome on the same day comes before it. Who had the competing event is no longer at risk of
the outcome, so is neither an event nor merely censored.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints.declared import declared, endpoint_of
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.codes import split
from cdanalysis.units import days_to_months

CENSORED, HAPPENED, COMPETING = 0, 1, 2
COMPETITORS = ("surgery", "death", "stop")
NOT_A_STOP = ("relapse", "end of follow-up", "end of follow up", "last follow-up")


def competing_relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """As the chosen outcome, with `event_type` in patients: 0 = censored, 1 = the outcome, 2 = what came before it."""
    found = endpoint_of(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    if "event_type" in found.patients:  # as the file states it
        types = found.patients["event_type"].clip(upper=COMPETING)
        return replace(found, patients=found.patients.assign(event_type=types))
    competitors = _competitors(cohort, found, settings)
    if isinstance(competitors, NotEstimable):
        return competitors
    names = tuple(name for name, _ in competitors)
    return replace(
        found, patients=_with_competitors(found.patients, competitors), competing=names, competing_is_chosen=True
    )


def _with_competitors(patients: pd.DataFrame, competitors: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    """The patients with what came first."""
    time, first = patients["time_months"].to_numpy(float), np.full(len(patients), np.inf)
    what = np.full(len(patients), "", object)
    for name, times in competitors:
        what, first = np.where(times < first, name, what), np.minimum(times, first)
    # On the day of a censoring the event counts, on the day of the outcome the outcome does.
    competing = np.where(patients["event"], first < time, first <= time)
    return patients.assign(
        time_months=np.where(competing, first, time),
        event=patients["event"] & ~competing,
        ended_by=np.where(competing, what, patients["ended_by"]),
        event_type=np.where(competing, COMPETING, np.where(patients["event"], HAPPENED, CENSORED)),
    )


def _competitors(cohort: Cohort, found: TimeToEvent, settings: Settings) -> list[tuple[str, np.ndarray]] | NotEstimable:
    """The chosen competing events that the file has, each with its months on the outcome's clock (n,), inf where there was none."""
    own = split(found.code)
    chosen = [name for name in COMPETITORS if name in settings.competing_event and name not in own]
    competitors, reasons = [], []
    for name in chosen:
        times = _stop(cohort, found) if name == "stop" else _other(cohort, found, settings, name)
        if isinstance(times, NotEstimable):
            reasons.append(times)
        else:
            competitors.append(("end of combination therapy" if name == "stop" else name, times))
    nothing = NotEstimable(f"nothing that is chosen competes with {found.noun}")
    return competitors or next(iter(reasons), nothing)


def _other(cohort: Cohort, found: TimeToEvent, settings: Settings, name: str) -> np.ndarray | NotEstimable:
    """Months to another outcome; of a death that ended the follow-up, that of its end."""
    code = next((one.code for one in declared(cohort).values() if one.noun == name), "")
    if name == "death" and found.derived:
        died = (found.patients["ended_by"] == name).to_numpy()
        return np.where(died, found.patients["time_months"], np.inf)
    if not code:
        return NotEstimable(f"the file has no {name}")
    other = declared(cohort)[code].derive(cohort, settings)
    if isinstance(other, NotEstimable):
        return other
    if other.origin != found.origin:
        return NotEstimable(f"{found.noun} is counted from {found.origin} and {name} from {other.origin}")
    had = other.patients[other.patients["event"]].set_index("patient_id")["time_months"]
    return _by_patient(found, had)


def _stop(cohort: Cohort, found: TimeToEvent) -> np.ndarray | NotEstimable:
    """End of therapy for another reason than a relapse and before the patient was last seen."""
    if "origin_days" not in found.patients:
        return NotEstimable(
            f"the file's own times of {found.noun} have no day of therapy to place the end of therapy on"
        )
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
