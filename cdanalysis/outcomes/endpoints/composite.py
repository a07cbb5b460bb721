"""The first of several outcomes: one time per patient, to whichever came first; what it was is kept as the reason of the end.

A patient with none of them is observed as long as all of them are. An event that was seen counts, even where the observation
for another of them had ended before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, excluded_by
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import joined

if TYPE_CHECKING:
    from cdanalysis.outcomes.endpoints.declared import Declared


def first_of(cohort: Cohort, settings: Settings, *, parts: Sequence[Declared]) -> TimeToEvent | NotEstimable:
    """Time to the first of several outcomes, of the patients whom all of them have; parts: two or more."""
    each: list[TimeToEvent] = []
    for part in parts:
        found = part.derive(cohort, settings)
        if isinstance(found, NotEstimable):
            return NotEstimable(f"{part.noun}: {found.reason}")
        each.append(found)
    first = each[0]
    other = next((one for one in each if one.origin != first.origin), None)
    if other is not None:
        return NotEstimable(
            f"{first.noun} is counted from {first.origin} and {other.noun} from {other.origin}: they have no first"
        )
    shared = set.intersection(*(set(one.patients["patient_id"]) for one in each))
    if not shared:
        return NotEstimable("no patient has all of these outcomes")
    why = {identity: reason for one in reversed(each) for identity, reason in one.why.items()}
    return TimeToEvent(
        patients=_earliest([_of(one.patients, shared) for one in each]),
        excluded=excluded_by(why.values()),
        origin=first.origin,
        derived=all(one.derived for one in each),
        notes=tuple(dict.fromkeys(note for one in each for note in one.notes)),
        code=joined(part.code for part in parts),
        noun=" or ".join(part.noun for part in parts),
        why=why,
        of_responders=any(one.of_responders for one in each),
        remarks=tuple(dict.fromkeys(remark for one in each for remark in one.remarks)),
        no_end=tuple(dict.fromkeys(remark for one in each for remark in one.no_end)),
    )


def _of(patients: pd.DataFrame, shared: set[str]) -> pd.DataFrame:
    kept = patients[patients["patient_id"].isin(shared)]
    return kept.set_index("patient_id").sort_index()


def _earliest(each: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Per patient the row of the outcome that came first, else of the observation that ended first."""
    times = np.array([one["time_months"].to_numpy(float) for one in each])
    events = np.array([one["event"].to_numpy(bool) for one in each])
    decides = np.where(events.any(axis=0), np.where(events, times, np.inf).argmin(axis=0), times.argmin(axis=0))
    columns = [name for name in each[0].columns if name != "event_type" and all(name in one for one in each)]
    everybody = np.arange(len(decides))
    values = {name: np.array([one[name].to_numpy() for one in each])[decides, everybody] for name in columns}
    return pd.DataFrame(values, index=each[0].index).rename_axis("patient_id").reset_index()
