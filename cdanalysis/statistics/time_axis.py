"""One checked time axis: who was observed from when to when, and whether it ended in an event.

Owns the order of one day: an event comes before a censoring at the same time, so a patient censored at t is at risk at t.
Owns what "the same time" means: times that differ by rounding only are one time, as R's timefix says, a time asked for too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

SAME_TIME = 1.5e-8  # of the mean time, R's sqrt(.Machine$double.eps)


@dataclass(frozen=True, eq=False)
class Observed:
    """Checked arrays of shape (n,): time, event (bool) and, only where somebody enters late, entry.

    In the order given; entry is -inf for a patient observed from time zero.
    """

    time: np.ndarray
    event: np.ndarray
    entry: np.ndarray | None

    @cached_property
    def risk_sets(self) -> dict[str, Any]:
        """Who is at risk at each event, by the treatment of ties, as far as `cox.risk_sets` was asked for it."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """The times alone: what follows from them is not copied with them."""
        return {"time": self.time, "event": self.event, "entry": self.entry}

    def __getitem__(self, chosen: np.ndarray) -> Observed:
        """The chosen patients."""
        return Observed(self.time[chosen], self.event[chosen], None if self.entry is None else self.entry[chosen])

    def __len__(self) -> int:
        return len(self.time)


def observed(time: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None) -> Observed:
    """Check and convert time, event, entry, each (n,); ValueError names the argument, what was found and what is accepted."""
    times = numbers("time", time)
    if (times < 0).any():
        raise ValueError(f"time holds {times.min():g}, expected 0 or more")
    events, entries = _event(event, len(times)), _entry(entry, times)
    if entries is None:
        return Observed(_without_rounding(times), events, None)
    both = _without_rounding(np.concatenate([times, entries]))
    return Observed(both[: len(times)], events, both[len(times) :])


def numbers(name: str, values: ArrayLike, n: int | None = None) -> np.ndarray:
    """One finite number a patient, as floats (n,); `n` is how many there must be."""
    array = np.asarray(values)
    if array.dtype == object and all(_is_number(value) for value in array.flat):
        array = array.astype(float)
    if array.ndim != 1 or (array.dtype.kind not in "fiub" and array.size):
        raise ValueError(f"{name} has shape {array.shape} and type {array.dtype}, expected one number per patient")
    if n is not None and len(array) != n:
        raise ValueError(f"{name} has {len(array)} values, expected {n}, one per patient")
    array = array.astype(float)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds a missing or infinite value, expected a number for every patient")
    return array


def complete(columns: np.ndarray) -> np.ndarray:
    """Which rows of columns (n, p) hold no missing value (n,)."""
    return ~np.any(np.isnan(columns), axis=1)


def one_of(name: str, value: str, accepted: tuple[str, ...]) -> None:
    """ValueError unless the value is an accepted one."""
    if value not in accepted:
        raise ValueError(f"{name} is {value!r}, expected one of {', '.join(accepted)}")


def check_conf_level(conf_level: float) -> None:
    """ValueError unless it is a share, such as 0.95."""
    if not 0 < conf_level < 1:
        raise ValueError(f"conf_level is {conf_level:g}, expected more than 0 and less than 1")


def counts(data: Observed, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number at risk (time >= t and entry < t) and number of events at each of the times (t,)."""
    ends = np.sort(data.time[data.event])
    n_events = np.searchsorted(ends, times, "right") - np.searchsorted(ends, times, "left")
    return at_risk(data.time, data.entry, times), n_events


def at_risk(time: np.ndarray, entry: np.ndarray | None, times: np.ndarray) -> np.ndarray:
    """Number at risk (time >= t and entry < t) at each of the times (t,), of patients whose entry is before their time."""
    not_ended = len(time) - np.searchsorted(np.sort(time), times, "left")
    return not_ended if entry is None else not_ended - (len(entry) - np.searchsorted(np.sort(entry), times, "left"))


def merged(times: np.ndarray, asked: ArrayLike) -> np.ndarray:
    """The times asked for, each as the axis has it: one that differs from a time of the axis by rounding only is that time."""
    wanted, axis = numbers("at", asked), np.unique(times)
    if not len(axis) or not len(wanted):
        return wanted
    after = np.minimum(np.searchsorted(axis, wanted), len(axis) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(wanted - axis[before] < axis[after] - wanted, axis[before], axis[after])
    return np.where(np.abs(nearest - wanted) <= SAME_TIME * axis.mean(), nearest, wanted)


def labels_in_order(name: str, groups: ArrayLike, n: int) -> tuple[list[object], np.ndarray]:
    """The groups present, in order (that of a categorical, else sorted), and each patient's place; -1 where missing."""
    import pandas as pd

    if isinstance(groups, np.ndarray) and len(groups) == n and all(g is None or type(g) is str for g in groups):
        return _text_labels(groups)
    categorical = pd.Categorical(groups)  # pyright: ignore[reportArgumentType]  # whatever numpy takes, pandas does
    if len(categorical) != n:
        raise ValueError(f"{name} has {len(categorical)} values, expected {n}, one per patient")
    codes, labels = np.asarray(categorical.codes), categorical.categories
    present = np.bincount(codes[codes >= 0], minlength=len(labels)) > 0
    place = np.append(np.where(present, np.cumsum(present) - 1, -1), -1)  # code -1, missing, reads the last
    return [label for label, here in zip(labels.tolist(), present, strict=True) if here], place[codes]


def places_of(name: str, labels: ArrayLike, n: int) -> np.ndarray:
    """The number of each patient's label (n,), of strata or clusters; -1 where missing."""
    import pandas as pd

    values = labels if isinstance(labels, pd.Series | pd.Categorical) else np.asarray(labels)
    places = np.asarray(pd.factorize(values)[0])
    if len(places) != n:
        raise ValueError(f"{name} has {len(places)} values, expected {n}, one per patient")
    return places


def _text_labels(groups: np.ndarray) -> tuple[list[object], np.ndarray]:
    """As `labels_in_order`, of texts and None, without building a categorical: a moving handle asks for sixteen of them."""
    labels = sorted({group for group in groups if group is not None})
    place = {None: -1, **{label: index for index, label in enumerate(labels)}}
    return labels, np.array([place[group] for group in groups], dtype=int)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number | np.bool_)


def _event(event: ArrayLike, n: int) -> np.ndarray:
    found = numbers("event", event, n)
    other = found[(found != 0) & (found != 1)]
    if len(other):
        raise ValueError(f"event holds {other[0]:g}, expected 0 or 1 (False or True)")
    return found == 1


def _entry(entry: ArrayLike | None, time: np.ndarray) -> np.ndarray | None:
    if entry is None:
        return None
    if isinstance(entry, np.ndarray) and entry.dtype.kind == "f":
        entry = np.where(np.isneginf(entry), 0.0, entry)  # as `Observed` has it of who is observed from time zero
    found = numbers("entry", entry, len(time))
    late = found > 0
    wrong = late & (found >= time)
    if wrong.any():
        first = np.flatnonzero(wrong)[0]
        raise ValueError(f"entry holds {found[first]:g} for a patient whose time is {time[first]:g}, expected less")
    return np.where(late, found, -np.inf) if late.any() else None


def _without_rounding(times: np.ndarray) -> np.ndarray:
    """Times closer together than rounding explains become the first of them; -inf stays."""
    distinct = np.unique(times[np.isfinite(times)])
    close = np.diff(distinct) <= SAME_TIME * distinct.mean() if len(distinct) > 1 else np.zeros(0, bool)
    if not close.any():
        return times
    first = distinct[np.concatenate([[True], ~close])]
    place = np.searchsorted(first, times, "right") - 1
    return np.where(place >= 0, first[place], times)
