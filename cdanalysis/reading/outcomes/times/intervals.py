"""Two columns that bound each row's time, `tstart` and `tstop`, as R's Surv(start, stop, event) takes them: entry and end.

A table in which a patient has several such rows has one time per patient: where the last of them, or the first with the event,
ends. Intervals that overlap are none of these: then the columns are what their headers say.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cdanalysis.dictionary.outcomes import EVENT
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import identity, is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number, writes_comma
from cdanalysis.reading.headers.header_words import readings
from cdanalysis.reading.headers.rows import CHOSEN, LEFT_OUT, MatchRow, place_of_ids
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair

# What the two are called, without a unit and without the word `time`.
BOUNDS = (("tstart", "tstop"), ("t start", "t stop"), ("start", "stop"), ("start", "end"), ("start", "event"), ("entry", "exit"),
          ("begin", "end"), ("interval start", "interval end"), ("int start", "int end"), ("t0", "t1"), ("t0", "t"), ("t1", "t2"),
          ("0", "1"), ("1", "2"), ("time1", "time2"), ("time0", "time1"), ("time0", "time"), ("entry", ""), ("von", "bis"),
          ("début", "fin"), ("beginn", "ende"), ("开始", "结束"))  # fmt: skip
ENTRIES = ("entry", "study entry", "late entry", "delayed entry", "left truncation", "entry age", "ageentry")
_NO_NAMES = frozenset({"time", "times", "zeit", "temps", "时间", "age"})


@dataclass(frozen=True)
class Interval:
    """The columns of the two bounds."""

    start: Looked
    stop: Looked


def interval_among(rows: Sequence[MatchRow], table: RawSheet) -> Interval | None:
    """The two columns that bound each row's time; None where there are none, or several such."""
    named: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.how not in (CHOSEN, LEFT_OUT) and not row.column:
            for name in _names(row.header):
                named[name].append(place)
    pairs = [(start, stop) for first, last in BOUNDS for start in named[first] for stop in named[last] if start != stop]
    found = [pair for pair in dict.fromkeys(pairs) if _bound(rows, table, *pair)]
    if len(found) != 1:
        return None
    start, stop = (_looked(place, rows[place].header) for place in found[0])
    unit = stop.said.unit or start.said.unit
    return Interval(*(replace(one, said=replace(one.said, unit=unit)) for one in (start, stop)))


def entered(pairs: Sequence[Pair], interval: Interval | None) -> list[Pair]:
    """The outcomes, that whose time is the end of the intervals with their start as the entry."""
    return [replace(pair, entry=interval.start) if interval and pair.time == interval.stop else pair for pair in pairs]


def late_entry(pairs: Sequence[Pair], rows: Sequence[MatchRow], table: RawSheet) -> list[Pair]:
    """The outcomes, each whose times all lie behind the one column that is headed as an entry with it: left truncation."""
    taken = {one.place for pair in pairs for one in (pair.event, pair.time, pair.date, pair.entry) if one}
    free = [
        place
        for place, row in enumerate(rows)
        if row.how not in (CHOSEN, LEFT_OUT) and not row.column and place not in taken
        and not _names(row.header).isdisjoint(ENTRIES)
    ]  # fmt: skip
    if len(free) != 1:
        return list(pairs)
    entry, begin = _looked(free[0], rows[free[0]].header), _numbers(table, free[0])
    return [
        replace(pair, entry=replace(entry, said=replace(entry.said, unit=entry.said.unit or pair.time.said.unit)))
        if pair.time and not pair.entry and _begins(begin, pair.time, table)
        else pair
        for pair in pairs
    ]


def _begins(begin: np.ndarray, time: Looked, table: RawSheet) -> bool:
    """Whether a time ends behind an entry in every row."""
    end = _numbers(table, time.place)
    both = ~np.isnan(begin) & ~np.isnan(end)
    return _precede(begin[both], end[both])


def _names(header: str) -> set[str]:
    """The words of a header without its unit of time and without the word `time`."""
    ways = [way for way in readings(header) if not way.aside and (not way.unit or known_unit(way.unit) in LASTING)]
    return {" ".join(word for word in way.words.split() if word not in _NO_NAMES) for way in ways} | {
        way.words for way in ways
    }


def _looked(place: int, header: str) -> Looked:
    """The column as a time that names no outcome."""
    unit = next((unit for way in readings(header) if (unit := known_unit(way.unit)) in LASTING), "")
    said = Said(role="months", unit=unit, noun=EVENT, sure=True)
    return Looked(place, header, said, codes=False, dates=False, filled=1.0, numbers=True)


def _bound(rows: Sequence[MatchRow], table: RawSheet, start: int, stop: int) -> bool:
    """Whether two columns hold numbers, each start before its stop, and the rows of a patient follow each other."""
    first, last = (_numbers(table, place) for place in (start, stop))
    both = ~np.isnan(first) & ~np.isnan(last)
    if (both != (~np.isnan(first) | ~np.isnan(last))).any() or not _precede(first[both], last[both]):
        return False
    place = place_of_ids(rows)
    whose = [""] * len(first) if place is None else [_id(cells[place]) for _, cells in table.rows]
    return place is not None and not _overlap(whose, first, last)


def _precede(first: np.ndarray, last: np.ndarray) -> bool:
    """Whether no start is behind its stop, and most are before it: in an interval of length 0 nobody is observed."""
    return bool(len(first)) and bool((first <= last).all()) and bool((first < last).mean() > 0.5)


def _numbers(table: RawSheet, place: int) -> np.ndarray:
    """The numbers of a column, NaN of an empty cell; all NaN where a cell holds anything else."""
    cells = [cells[place] for _, cells in table.rows]
    comma = writes_comma(cells, table.decimal_comma)
    read = [None if is_missing(cell) else plain_number(cell, comma)[0] for cell in cells]
    other = any(number is None and not is_missing(cell) for number, cell in zip(read, cells, strict=True))
    return np.array([np.nan if number is None or other else number for number in read], float)


def _id(cell: Cell) -> str:
    return "" if is_missing(cell) else identity(cell)


def _overlap(whose: Sequence[str], first: np.ndarray, last: np.ndarray) -> bool:
    """Whether a row of a patient begins before another of the same patient has ended."""
    until: dict[str, float] = {}
    for place in map(int, np.lexsort((last, first))):
        if whose[place] and first[place] < until.get(whose[place], -np.inf):
            return True
        until[whose[place]] = float(last[place])
    return False
