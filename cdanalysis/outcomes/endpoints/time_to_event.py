"""What every endpoint gives: one time a patient, how it ended, who is left out and why; and outcomes a file carries itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings

CARRIED_ORIGIN = "the file's own time zero"


class PatientIds(tuple):
    """Ids in the order of the patients; hashed once, because a moving handle looks its columns up by them again and again."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()


@dataclass(frozen=True, eq=False)
class TimeToEvent:
    """patients: one row an analysed patient: patient_id, time_months, entry_months, event (bool), ended_by.

    Where it was derived from a landmark, also origin_days: the day of therapy that is the patient's time zero.

    origin: what time zero is. derived: False where the file carried time and event. notes: sentences for the page.
    """

    patients: pd.DataFrame
    excluded: tuple[Exclusion, ...]
    origin: str
    derived: bool
    notes: tuple[str, ...]

    @cached_property
    def patient_ids(self) -> PatientIds:
        """Who is analysed, in the order of `patients`."""
        return PatientIds(self.patients["patient_id"])


def carried(cohort: Cohort, settings: Settings, outcome: str, note: str = "") -> TimeToEvent | NotEstimable:
    """The outcome as the file states it: `<outcome>_months` with `<outcome>_event`."""
    patients = cohort.patients
    time = patients[f"{outcome}_months"].to_numpy(float)
    event = patients[f"{outcome}_event"].astype("boolean")
    known = ~np.isnan(time) & event.notna().to_numpy()
    words = outcome.replace("_", " ")
    if not known.any():
        return NotEstimable(f"no patient has both a time and an event of {words}")
    time, event = time[known], event[known].to_numpy(bool)
    if settings.horizon_months:
        event, time = event & (time <= settings.horizon_months), np.minimum(time, settings.horizon_months)
    frame = pd.DataFrame({
        "patient_id": patients.loc[known, "patient_id"].to_numpy(), "time_months": time, "entry_months": 0.0,
        "event": event, "ended_by": np.where(event, words, "last follow-up"),
    })  # fmt: skip
    missing = int((~known).sum())
    excluded = (Exclusion(f"no time or event of {words}", missing),) if missing else ()
    return TimeToEvent(frame, excluded, CARRIED_ORIGIN, False, (note,) if note else ())


def listed(reasons: Counter[str]) -> str:
    """Reasons with their counts, as one fragment."""
    return "; ".join(f"{reason} ({n})" for reason, n in reasons.items()) or "the file has no patient"
