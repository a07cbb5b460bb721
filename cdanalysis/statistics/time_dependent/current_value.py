"""Start-stop rows of a value that is measured again and again: the last one known, carried for a stated span.

A value measured at a time counts after it, so an event at that time is of the value before; with a lag it counts from so long
after. A patient whose last value is older than the span is not at risk until the next: as R's tmerge with rows that end.
Andersen and Gill, Ann Stat 1982;10:1100.
"""

from dataclasses import dataclass
from math import inf

import numpy as np


@dataclass(frozen=True, eq=False)
class CurrentSpells:
    """Rows (rows,) by patient and time: whose each is, at risk from entry to time, ended by the event or not, and the value."""

    patient: np.ndarray
    entry: np.ndarray
    time: np.ndarray
    event: np.ndarray
    value: np.ndarray

    @property
    def n_patients(self) -> int:
        """Patients with any time at risk at a known value."""
        return len(np.unique(self.patient))

    @property
    def n_events(self) -> int:
        """Events while the value was known."""
        return int(self.event.sum())

    @property
    def total_time(self) -> float:
        """Time at risk at a known value, of all patients."""
        return float((self.time - self.entry).sum())


def current_spells(
    patient: np.ndarray,
    measured: np.ndarray,
    value: np.ndarray,
    *,
    time: np.ndarray,
    event: np.ndarray,
    entry: np.ndarray | None = None,
    span: float = inf,
    lag: float = 0.0,
) -> CurrentSpells:
    """The rows of n patients.

    patient, measured, value (m,): one row per measurement - whose (a place among the n), when (before 0 too), what. time, event
    (n,): each patient's end; entry (n,): late entry. span, lag: in the unit of the times, span the longer one.
    """
    if not span > lag >= 0:
        raise ValueError(f"span is {span:g} and lag {lag:g}, expected a lag of 0 or more and a longer span")
    known = ~np.isnan(value) & ~np.isnan(measured)
    whose, at, what = patient[known], measured[known], value[known]
    order = np.lexsort([np.arange(len(at)), at, whose])
    whose, at, what = whose[order], at[order], what[order]
    same = np.diff(whose, append=-1) == 0
    upcoming = np.where(same, np.concatenate([at[1:], [inf]])[: len(at)] + lag, inf)
    first = np.zeros(len(time)) if entry is None else np.maximum(entry, 0.0)
    start = np.maximum(at + lag, first[whose]) if len(at) else at
    stop = np.minimum(np.minimum(upcoming, at + span), time[whose]) if len(at) else at
    kept = stop > start
    whose, start, stop, what = whose[kept], start[kept], stop[kept], what[kept]
    return CurrentSpells(whose, start, stop, event[whose] & (stop == time[whose]), what)
