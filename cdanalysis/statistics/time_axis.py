"""One checked time axis: who was observed from when to when, and whether it ended in an event.

Owns the order of one day: an event comes before a censoring at the same time, so a patient censored at t is at risk at t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class Observed:
    """Checked arrays of shape (n,): time, event (bool) and, only where somebody enters late, entry."""

    time: np.ndarray
    event: np.ndarray
    entry: np.ndarray | None

    def __getitem__(self, chosen: np.ndarray) -> Observed:
        """The chosen patients."""
        return Observed(self.time[chosen], self.event[chosen], None if self.entry is None else self.entry[chosen])


def observed(time: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None) -> Observed:
    """Check and convert; ValueError names the argument, what was found and what is accepted."""
    checked = _numbers("time", time)
    if (checked < 0).any():
        raise ValueError(f"time holds {checked.min():g}, expected 0 or more")
    return Observed(checked, _event(event, len(checked)), _entry(entry, checked))


def _numbers(name: str, values: ArrayLike) -> np.ndarray:
    array = np.asarray(values)
    if array.ndim != 1 or array.dtype.kind not in "fiub":
        raise ValueError(f"{name} has shape {array.shape} and type {array.dtype}, expected one number a patient")
    array = array.astype(float)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds a missing or infinite value, expected a number for every patient")
    return array


def _event(event: ArrayLike, n: int) -> np.ndarray:
    numbers = _numbers("event", event)
    if len(numbers) != n:
        raise ValueError(f"event has {len(numbers)} values, expected {n}, one a patient")
    if not np.isin(numbers, (0, 1)).all():
        raise ValueError("event holds a value other than 0 and 1 (True and False)")
    return numbers == 1


def _entry(entry: ArrayLike | None, time: np.ndarray) -> np.ndarray | None:
    if entry is None:
        return None
    numbers = _numbers("entry", entry)
    if len(numbers) != len(time):
        raise ValueError(f"entry has {len(numbers)} values, expected {len(time)}, one a patient")
    if ((numbers >= time) & (numbers > 0)).any():
        raise ValueError("entry is not before time for some patient, expected entry < time")
    return numbers if (numbers > 0).any() else None


def counts(data: Observed, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number at risk (time >= t and entry < t) and number of events at each of the sorted times."""
    at_risk = len(data.time) - np.searchsorted(np.sort(data.time), times, "left")
    if data.entry is not None:
        at_risk = at_risk - (len(data.entry) - np.searchsorted(np.sort(data.entry), times, "left"))
    ends = np.sort(data.time[data.event])
    n_events = np.searchsorted(ends, times, "right") - np.searchsorted(ends, times, "left")
    return at_risk, n_events


def labels_in_order(groups: ArrayLike) -> tuple[list[object], np.ndarray]:
    """The groups in order (that of a categorical, else sorted) and each patient's place; -1 for a missing group."""
    import pandas as pd

    categorical = pd.Categorical(groups)
    present = np.unique(categorical.codes[categorical.codes >= 0])
    place = np.full(len(categorical.categories) + 1, -1)
    place[present] = np.arange(len(present))
    return [categorical.categories[code] for code in present], place[categorical.codes]
