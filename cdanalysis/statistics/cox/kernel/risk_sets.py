"""Sums over risk sets: how a model asks "how much is at risk at each event" and hands it back to the patients.

Row k = event k, column i = patient i of one matrix that is never needed as such:
    R[k,i] = 1{at risk at t_k} - f_k 1{i has an event at t_k},  f_k = l/d for the l-th of d tied events (Breslow: 0)
Late entry and strata change R only. A study's cohort multiplies by the matrix, which is fastest; a register's would not
fit in memory and takes cumulative sums over the sorted time axis.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.statistics.cox.kernel.block_sums import filled_up, sums_from
from cdanalysis.statistics.time_axis import Observed

LARGEST_MATRIX = 100_000  # cells; about 500 patients of whom 200 have an event. Where the two take the same time


@dataclass(frozen=True, eq=False)
class MatrixRiskSets:
    """R as a matrix (E, m) over the m patients who are at risk at an event, the event indicator (m,), and who is tied with
    each event (E, m). seen: which patients these are; nobody else says anything. share (E,): f of each event.
    """

    seen: np.ndarray
    matrix: np.ndarray
    event: np.ndarray
    tied: np.ndarray
    share: np.ndarray
    filling = slice(0, 0)  # places of the arranged values that are no patient

    def arranged(self, values: np.ndarray) -> np.ndarray:
        """Values of the patients (..., n) as the sums want them: those who are at risk at an event."""
        return np.take(values, self.seen, axis=-1)

    def at_risk(self, w: np.ndarray) -> np.ndarray:
        """R w over the last axis: (..., m) -> (..., E)."""
        flat = w.reshape(-1, w.shape[-1]) @ self.matrix.T
        return flat.reshape(*w.shape[:-1], -1)

    def spread(self, u: np.ndarray) -> np.ndarray:
        """R' u over the last axis: (..., E) -> (..., m)."""
        return u @ self.matrix

    @property
    def dead(self) -> np.ndarray:
        """The place of each event's patient (E,)."""
        return np.flatnonzero(self.event)

    def tied_sum(self, w: np.ndarray) -> np.ndarray:
        """Sums over the events tied with each event, itself among them: (..., m) -> (..., E)."""
        return w @ self.tied.T

    def tied_spread(self, u: np.ndarray) -> np.ndarray:
        """The transpose: (..., E) -> (..., m)."""
        return u @ self.tied

    def tied_before(self, values: np.ndarray) -> np.ndarray:
        """Sums of the events' own values over those tied with each one and listed before it: (..., E) -> (..., E)."""
        return values @ np.tril(self.tied[:, self.dead], -1).T


@dataclass(frozen=True, eq=False)
class SortedRiskSets:
    """The same by sums from a place to the end, patients sorted by stratum, then time, and filled up to whole blocks.

    A slot is a distinct event time of a stratum. by_time (n,): the order; event (n filled up,): in it. start, end (J,): the
    slot's first patient and the end of its stratum, end None where there is one stratum; by_entry and entered (2, J): the
    same by entry. seen (2, n filled up): the slots that a patient was at risk in, from, to. dead: the events by slot, from
    first[j] on; slot, share (E,): of each event.
    """

    event: np.ndarray
    by_time: np.ndarray
    start: np.ndarray
    end: np.ndarray | None
    by_entry: np.ndarray | None
    entered: np.ndarray
    seen: np.ndarray
    dead: np.ndarray
    first: np.ndarray
    slot: np.ndarray
    share: np.ndarray

    @property
    def filling(self) -> slice:
        """Places of the arranged values that are no patient."""
        return slice(len(self.by_time), None)

    def arranged(self, values: np.ndarray) -> np.ndarray:
        """Values of the patients (..., n) in the order that the sums want them, zeros after the last."""
        filled = np.zeros((*values.shape[:-1], len(self.event)))
        filled[..., : len(self.by_time)] = np.take(values, self.by_time, axis=-1)
        return filled

    def at_risk(self, w: np.ndarray) -> np.ndarray:
        """R w over the last axis: (..., n filled up) -> (..., E)."""
        total = sums_from(w, self.start) if self.end is None else sums_from(w, self.start) - sums_from(w, self.end)
        if self.by_entry is not None:
            entering = np.take(w, self.by_entry, axis=-1)
            total -= sums_from(entering, self.entered[0]) - sums_from(entering, self.entered[1])
        total = np.take(total, self.slot, axis=-1)
        return total - self.share * np.take(self._of_slots(w), self.slot, axis=-1) if self.share.any() else total

    def spread(self, u: np.ndarray) -> np.ndarray:
        """R' u over the last axis: (..., E) -> (..., n filled up)."""
        until = np.zeros((*u.shape[:-1], len(self.first) + 1))
        np.cumsum(np.add.reduceat(u, self.first, -1), axis=-1, out=until[..., 1:])
        v = np.take(until, self.seen[1], axis=-1) - np.take(until, self.seen[0], axis=-1)
        if self.share.any():
            v[..., self.dead] -= np.take(np.add.reduceat(u * self.share, self.first, -1), self.slot, axis=-1)
        return v

    def tied_sum(self, w: np.ndarray) -> np.ndarray:
        """Sums over the events tied with each event, itself among them: (..., n filled up) -> (..., E)."""
        return self._of_slots(w)[..., self.slot]

    def tied_spread(self, u: np.ndarray) -> np.ndarray:
        """The transpose: (..., E) -> (..., n filled up)."""
        v = np.zeros((*u.shape[:-1], len(self.event)))
        v[..., self.dead] = np.add.reduceat(u, self.first, -1)[..., self.slot]
        return v

    def tied_before(self, values: np.ndarray) -> np.ndarray:
        """Sums of the events' own values over those tied with each one and listed before it: (..., E) -> (..., E)."""
        until = values.cumsum(axis=-1) - values
        return until - until[..., self.first][..., self.slot]

    def _of_slots(self, w: np.ndarray) -> np.ndarray:
        return np.add.reduceat(np.take(w, self.dead, axis=-1), self.first, -1)


def risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> MatrixRiskSets | SortedRiskSets:
    """Who is at risk at each event, tied events weighted as `ties` says; data must hold an event.

    Sorted once for the same times: of a register that takes longer than a Newton step.
    """
    made = data.risk_sets if strata is None else {}
    if ties not in made:
        small = int(data.event.sum()) * len(data) <= LARGEST_MATRIX
        made[ties] = matrix_risk_sets(data, ties, strata) if small else sorted_risk_sets(data, ties, strata)
    return made[ties]


def matrix_risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> MatrixRiskSets:
    """The matrix (events, patients) itself; strata (n,)."""
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
    seen = np.flatnonzero(at_risk.any(axis=0))
    matrix = (at_risk - share[:, None] * tied)[:, seen]
    return MatrixRiskSets(seen, matrix, data.event[seen].astype(float), tied[:, seen].astype(float), share)


def sorted_risk_sets(data: Observed, ties: str, strata: np.ndarray | None = None) -> SortedRiskSets:
    """Orders and places from which the sums follow; strata (n,)."""
    places = np.zeros(len(data), int) if strata is None else np.unique(strata, return_inverse=True)[1].ravel()
    by_time = np.lexsort((data.time, places))
    data, places = data[by_time], places[by_time]
    key, times = _keys(places, data.time)
    dead = np.flatnonzero(data.event)
    slots, first, slot, n_tied = np.unique(key[dead], return_index=True, return_inverse=True, return_counts=True)
    share = (np.arange(len(dead)) - first[slot]) / n_tied[slot] if ties == "efron" else np.zeros(len(dead))
    width = len(times)
    stratum_end = (slots // width + 1) * width
    seen_from = np.searchsorted(slots, places * width, "left")
    by_entry, entered = None, np.empty((2, 0), int)
    if data.entry is not None:
        # A patient enters after every time up to and including the entry: the key of the last such time.
        passed = np.searchsorted(times, data.entry, "right")
        late = np.where(passed > 0, places * width + passed - 1, -1)
        seen_from = np.maximum(seen_from, np.searchsorted(slots, late, "right"))
        by_entry = filled_up(np.argsort(late, kind="stable"), np.arange)
        entered = np.searchsorted(np.sort(late), np.stack([slots, stratum_end]), "left")
    start, end = np.searchsorted(key, np.stack([slots, stratum_end]), "left")
    seen = np.stack([filled_up(one, np.zeros) for one in (seen_from, np.searchsorted(slots, key, "right"))])
    return SortedRiskSets(
        filled_up(data.event.astype(float), np.zeros), by_time, start, None if strata is None else end,
        by_entry, entered, seen, dead, first, slot.ravel(), share,
    )  # fmt: skip


def _keys(places: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One integer per patient that sorts by stratum, then time; and the distinct times."""
    times, rank = np.unique(time, return_inverse=True)
    return places * len(times) + rank.ravel(), times
