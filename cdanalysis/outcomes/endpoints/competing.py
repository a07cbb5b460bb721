"""Time to an outcome where something else may come first: what the file states, else what is chosen or what the file has.

Where nothing is chosen: surgery and death, as far as one came first in somebody; else the end of therapy; else hospitalization.
What comes first decides; the outcome on the same day comes before it. Who had the competing event is no longer at risk of the
outcome, so is neither an event nor merely censored.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints.declared import declared, endpoint_of
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.units import days_to_months

CENSORED, HAPPENED, COMPETING = 0, 1, 2
STOP = "end of combination therapy"
KINDS = ("hospitalization", "surgery", "death", "stop")
IN_TURN = (("surgery", "death"), ("stop",), ("hospitalization",))  # where nothing is chosen: the first that competes
NOT_A_STOP = ("relapse", "end of follow-up", "end of follow up", "last follow-up")


def competing_relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """The chosen outcome, its patients with `event_type`: 0 = censored, 1 = the outcome, 2 = what came before it."""
    found = endpoint_of(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    if "event_type" in found.patients:  # as the file states it
        types = found.patients["event_type"].clip(upper=COMPETING)
        return replace(found, patients=found.patients.assign(event_type=types))
    competitors = _competitors(cohort, found, settings)
    if isinstance(competitors, NotEstimable):
        return competitors
    against = tuple(name for name, _ in competitors)
    return replace(found, patients=_with_competitors(found.patients, competitors), against=against)


def _with_competitors(patients: pd.DataFrame, competitors: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    """The patients with what came first."""
    time, first = patients["time_months"].to_numpy(float), np.full(len(patients), np.inf)
    what = np.full(len(patients), "", object)
    for name, times in competitors:
        what, first = np.where(times < first, name, what), np.minimum(times, first)
    competing = _comes_first(patients, first)
    return patients.assign(
        time_months=np.where(competing, first, time),
        event=patients["event"] & ~competing,
        ended_by=np.where(competing, what, patients["ended_by"]),
        event_type=np.where(competing, COMPETING, np.where(patients["event"], HAPPENED, CENSORED)),
    )


def _comes_first(patients: pd.DataFrame, times: np.ndarray) -> np.ndarray:
    """Who had something at these times (n,) before the outcome: a censoring on its day comes after it, the outcome before."""
    own = patients["time_months"].to_numpy(float)
    return np.where(patients["event"], times < own, times <= own)


def _competitors(cohort: Cohort, found: TimeToEvent, settings: Settings) -> list[tuple[str, np.ndarray]] | NotEstimable:
    """The chosen competing events, each with its months on the outcome's clock (n,), inf where there was none."""
    if settings.competing_event == "as-in-file":
        return _in_file(cohort, found, settings)
    chosen = [name for name in KINDS if name in settings.competing_event and name not in split(found.code)]
    competitors = []
    for name in chosen:
        times = _months_to(cohort, found, settings, name)
        if isinstance(times, NotEstimable):
            return times
        competitors.append((STOP if name == "stop" else name, times))
    return competitors or NotEstimable(f"nothing that is chosen competes with {found.noun}")


def _in_file(cohort: Cohort, found: TimeToEvent, settings: Settings) -> list[tuple[str, np.ndarray]] | NotEstimable:
    """What came before the outcome in at least one patient."""
    if found.code == "death":
        return NotEstimable("nothing competes with death")
    for names in IN_TURN:
        tried = [(name, _months_to(cohort, found, settings, name)) for name in names if name not in split(found.code)]
        came = [
            (STOP if name == "stop" else name, times)
            for name, times in tried
            if not isinstance(times, NotEstimable) and _comes_first(found.patients, times).any()
        ]
        if came:
            return came
    return NotEstimable(
        f"the file has no surgery, death, end of therapy or hospitalization that came before {found.noun}"
    )


def _months_to(cohort: Cohort, found: TimeToEvent, settings: Settings, name: str) -> np.ndarray | NotEstimable:
    return _stop(cohort, found) if name == "stop" else _other(cohort, found, settings, name)


def _other(cohort: Cohort, found: TimeToEvent, settings: Settings, name: str) -> np.ndarray | NotEstimable:
    """Months to another outcome; of a death that ended the follow-up, that of its end."""
    died = (found.patients["ended_by"] == name).to_numpy()
    if name == "death" and (found.derived or name not in declared(cohort)):
        return np.where(died, found.patients["time_months"], np.inf)
    if name not in declared(cohort):
        return NotEstimable(f"the file has no {name}")
    other = declared(cohort)[name].derive(cohort, settings)
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
