"""Sums over risk sets: how a model asks "how much is at risk at each event" and hands it back to the patients.

Row k = event k, column i = patient i of one matrix that is never needed as such:
    R[k,i] = 1{at risk at t_k} - f_k 1{i has an event at t_k},  f_k = l/d for the l-th of d tied events (Breslow: 0)
Late entry and strata change R only. A study's cohort multiplies by the matrix, which is fastest; a register's would not
fit in memory and takes cumulative sums over the sorted time axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.time_axis import Observed

LARGEST_MATRIX = 2_000_000  # cells; about 2,000 patients of whom half have an event


@dataclass(frozen=True, eq=False)
class MatrixRiskSets:
    """R as a matrix (E, n), the event indicator (n,), and of each event the share that each one tied with it has (E, n)."""

    matrix: np.ndarray
    event: np.ndarray
    tied: np.ndarray

    def at_risk(self, w: np.ndarray) -> np.ndarray:
        """R w over the last axis: (..., n) -> (..., E)."""
        flat = w.reshape(-1, w.shape[-1]) @ self.matrix.T
        return flat.reshape(*w.shape[:-1], -1)

    def spread(self, u: np.ndarray) -> np.ndarray:
        """R' u over the last axis: (..., E) -> (..., n)."""
        return u @ self.matrix

    def tied_mean(self, weights: np.ndarray) -> np.ndarray:
        """What the events tied with each event weigh on average: (..., n) -> (..., E)."""
        return weights @ self.tied.T


@dataclass(frozen=True, eq=False)
class SortedRiskSets:
    """The same by cumulative sums. A slot is a distinct event time of a stratum; slots are sorted by stratum, then time.

    by_time, by_entry: the patients' order by stratum and that; time_span, entry_span (2, J): from the slot's first patient
    to the end of its stratum in that order. seen (2, n): the slots of the stratum that a patient was at risk in, from, to.
    dead: the events by slot, from first[j] on; slot, share (E,): of each event.
    """

    event: np.ndarray
    by_time: np.ndarray
    time_span: np.ndarray
    by_entry: np.ndarray | None
    entry_span: np.ndarray
    seen: np.ndarray
    dead: np.ndarray
    first: np.ndarray
    slot: np.ndarray
    share: np.ndarray

    def at_risk(self, w: np.ndarray) -> np.ndarray:
        """R w over the last axis: (..., n) -> (..., E)."""
        total = _between(w[..., self.by_time], self.time_span)
        if self.by_entry is not None:
            total = total - _between(w[..., self.by_entry], self.entry_span)
        return total[..., self.slot] - self.share * self._of_slots(w)[..., self.slot]

    def spread(self, u: np.ndarray) -> np.ndarray:
        """R' u over the last axis: (..., E) -> (..., n)."""
        v = _between(np.add.reduceat(u, self.first, -1), self.seen)
        v[..., self.dead] -= np.add.reduceat(u * self.share, self.first, -1)[..., self.slot]
        return v

    def tied_mean(self, weights: np.ndarray) -> np.ndarray:
        """What the events tied with each event weigh on average: (..., n) -> (..., E)."""
        return (self._of_slots(weights) / np.diff(self.first, append=len(self.dead)))[..., self.slot]

    def _of_slots(self, w: np.ndarray) -> np.ndarray:
        return np.add.reduceat(w[..., self.dead], self.first, -1)


def risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> MatrixRiskSets | SortedRiskSets:
    """Who is at risk at each event, tied events weighted as `ties` says; data must hold an event."""
    small = int(data.event.sum()) * len(data) <= LARGEST_MATRIX
    return matrix_risk_sets(data, ties, strata) if small else sorted_risk_sets(data, ties, strata)


def matrix_risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> MatrixRiskSets:
    """The matrix itself."""
    rows = np.flatnonzero(data.event)
    t = data.time[rows][:, None]
    at_risk, tied = data.time >= t, (data.time == t) & data.event
    if data.entry is not None:
        at_risk &= data.entry < t
    if strata is not None:
        same = strata == strata[rows][:, None]
        at_risk &= same
        tied &= same
    share = np.tril(tied[:, rows], -1).sum(1) / np.maximum(tied.sum(1), 1) if ties == "efron" else np.zeros(len(rows))
    matrix = at_risk - share[:, None] * tied
    return MatrixRiskSets(matrix, data.event.astype(float), tied / np.maximum(tied.sum(1, keepdims=True), 1))


def sorted_risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> SortedRiskSets:
    """Orders and places from which the sums follow."""
    places = np.zeros(len(data), int) if strata is None else np.unique(strata, return_inverse=True)[1].ravel()
    key, times = _keys(places, data.time)
    dead = np.flatnonzero(data.event)[np.argsort(key[data.event], kind="stable")]
    slots, first, slot, n_tied = np.unique(key[dead], return_index=True, return_inverse=True, return_counts=True)
    share = (np.arange(len(dead)) - first[slot]) / n_tied[slot] if ties == "efron" else np.zeros(len(dead))
    by_time, width = np.argsort(key, kind="stable"), len(times)
    stratum_end = (slots // width + 1) * width
    start = np.searchsorted(slots, places * width, "left")
    by_entry, entry_span = None, np.empty((2, 0), int)
    if data.entry is not None:
        # A patient enters after every time up to and including the entry: the key of the last such time.
        passed = np.searchsorted(times, data.entry, "right")
        late = np.where(passed > 0, places * width + passed - 1, -1)
        start = np.maximum(start, np.searchsorted(slots, late, "right"))
        by_entry = np.argsort(late, kind="stable")
        entry_span = np.searchsorted(late[by_entry], np.stack([slots, stratum_end]), "left")
    return SortedRiskSets(
        data.event.astype(float), by_time, np.searchsorted(key[by_time], np.stack([slots, stratum_end]), "left"),
        by_entry, entry_span, np.stack([start, np.searchsorted(slots, key, "right")]), dead, first, slot, share,
    )  # fmt: skip


def _keys(places: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One integer a patient that sorts by stratum, then time; and the distinct times."""
    times, rank = np.unique(time, return_inverse=True)
    return places * len(times) + rank.ravel(), times


def _between(values: np.ndarray, span: np.ndarray) -> np.ndarray:
    """Sums of the last axis from span[0] to before span[1]."""
    total = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    # From the end: late risk sets are small, and a difference of two large sums would lose their digits.
    total[..., :-1] = values[..., ::-1].cumsum(-1)[..., ::-1]
    return total[..., span[0]] - total[..., span[1]]
