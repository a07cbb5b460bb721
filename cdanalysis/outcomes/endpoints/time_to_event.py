"""What every endpoint gives: one time per patient, how it ended, who is left out and why; and outcomes a file carries itself."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.outcomes import ENTRY, column_of
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings

OF_EVERYBODY = (
    "Without visits with a disease index nobody is known to have responded: everybody is analysed, from the start of "
    "therapy."
)
CARRIED_ORIGIN = "the start of follow-up"


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

    Where it was derived from a landmark, also origin_days: the day of therapy that is the patient's time zero. Where the
    file states what competes with it, also event_type: 0 = censored, 1 = the event, 2, 3, ... = what came before it.

    code, noun: of the outcome; competing: what the file says competes with it, against: what was chosen to. origin: what time
    zero is. derived: False where the file carried time and event. notes: sentences that stand over the results; remarks: that
    stand where the patients are counted, no_end: those about ends that the file does not state. of_responders: whether only the
    responders at the landmark are analysed. why: the reason of each patient who is left out, by id.
    """

    patients: pd.DataFrame
    excluded: tuple[Exclusion, ...]
    origin: str
    derived: bool
    notes: tuple[str, ...]
    remarks: tuple[str, ...] = field(default=(), kw_only=True)
    no_end: tuple[str, ...] = field(default=(), kw_only=True)
    code: str = "relapse"
    noun: str = "relapse"
    competing: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    of_responders: bool = field(default=False, kw_only=True)
    why: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def enters_late(self) -> bool:
        """Whether anybody is observed only from some time after time zero on."""
        return bool((self.patients["entry_months"] > 0).any())

    @cached_property
    def patient_ids(self) -> PatientIds:
        """Who is analysed, in the order of `patients`."""
        return PatientIds(self.patients["patient_id"])

    @property
    def zero_days(self) -> np.ndarray | None:
        """The day of therapy that is each patient's time zero (n,); None where times that the file states have none."""
        if "origin_days" in self.patients:
            return self.patients["origin_days"].to_numpy(float)
        return np.zeros(len(self.patients)) if self.derived else None


def carried(cohort: Cohort, settings: Settings, outcome: str, note: str = "") -> TimeToEvent | NotEstimable:
    """The outcome as the file states it: `<outcome>_months` with `<outcome>_event`, and what competes with it."""
    patients, stated = cohort.patients, cohort.stated_outcome(outcome)
    time, event = patients[f"{outcome}_months"].to_numpy(float), patients[f"{outcome}_event"].astype("boolean")
    state = f"{outcome}_state"
    types = (patients[state] if state in patients else event.astype("Float64")).to_numpy(float, na_value=np.nan)
    entry, ids = _entry(patients, outcome), patients["patient_id"].to_numpy()
    known = ~np.isnan(time) & ~np.isnan(types)
    why = dict.fromkeys(ids[~known].tolist(), f"no time or event of {stated.label}")
    if settings.horizon_months:
        types, time = np.where(time <= settings.horizon_months, types, 0), np.minimum(time, settings.horizon_months)
    unseen = known & (entry > 0) & ~(entry < time)
    why |= dict.fromkeys(ids[unseen].tolist(), "entered after the end of the time analysed")
    known &= ~unseen
    if not known.any():
        return NotEstimable(f"no patient has both a time and an event of {stated.label}")
    time, types, entry = time[known], types[known].astype(int), entry[known]
    ends = np.array(["last follow-up", stated.label, *stated.competing], object)
    frame = pd.DataFrame({
        "patient_id": ids[known], "time_months": time, "entry_months": entry,
        "event": types == 1, "ended_by": ends[types],
    })  # fmt: skip
    if stated.competing:
        frame["event_type"] = types
    return TimeToEvent(
        patients=frame,
        excluded=excluded_by(why.values()),
        origin=CARRIED_ORIGIN,
        derived=False,
        notes=(note,) if note else (),
        code=outcome,
        noun=stated.label,
        competing=stated.competing,
        why=why,
    )


def _entry(patients: pd.DataFrame, outcome: str) -> np.ndarray:
    """Months (n,) at which the file says that the observation begins; 0 where it says nothing."""
    name = column_of(outcome, ENTRY)
    return patients[name].fillna(0.0).to_numpy(float) if name in patients else np.zeros(len(patients))


def excluded_by(reasons: Iterable[str]) -> tuple[Exclusion, ...]:
    """How many patients are left out for each reason, of the reason of each."""
    return tuple(Exclusion(reason, n) for reason, n in Counter(reasons).items())


def excluded_for(reason: str, n: int) -> tuple[Exclusion, ...]:
    """The n patients who are left out for a reason; nothing where there is none."""
    return (Exclusion(reason, n),) if n else ()


def other_cause(cohort: Cohort, settings: Settings, *, stated: str, cause: int) -> TimeToEvent | NotEstimable:
    """What the file says competes with a stated outcome, as the event: of its causes 2, 3, ... this one."""
    found = carried(cohort, settings, stated)
    if isinstance(found, NotEstimable):
        return found
    types = found.patients["event_type"]
    order = {cause: 1, **{one: one + 1 for one in range(1, cause)}}  # this one first, the others in their order
    patients = found.patients.assign(event=types == cause, event_type=types.replace(order))
    names = (found.noun, *found.competing)
    others = tuple(name for place, name in enumerate(names, start=1) if place != cause)
    return replace(found, patients=patients, code=names[cause - 1], noun=names[cause - 1], competing=others)


def listed(reasons: Counter[str]) -> str:
    """Reasons with their counts, as one fragment."""
    return "; ".join(f"{reason} ({n})" for reason, n in reasons.items()) or "the file has no patient"
