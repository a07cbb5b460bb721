"""What each cell of the outcomes of a table says: states, months, days of an epoch, one value per row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cdanalysis.dictionary.outcomes import ENTRY, LONGEST_LIFE, LONGEST_TIME, column_of, outcome_spec
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import folded, is_missing, shown
from cdanalysis.reading.cells.censored_times import events_of, with_footnotes, without_marks
from cdanalysis.reading.cells.numbers.missing_numbers import MISSING_NUMBERS
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.cells.numbers.quantities import with_units_beside
from cdanalysis.reading.headers.doubts import column_cells
from cdanalysis.reading.headers.rows import BY_OUTCOME, MatchRow
from cdanalysis.reading.headers.units.unit_columns import unit_place
from cdanalysis.reading.headers.units.unit_words import ORDERS
from cdanalysis.reading.outcomes.codes.codes import read_events
from cdanalysis.reading.outcomes.codes.dated import with_dated
from cdanalysis.reading.outcomes.codes.event_column import EventColumn, texts_of
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, says_free
from cdanalysis.reading.outcomes.headers.claims import parts_of
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair
from cdanalysis.reading.outcomes.times.times import dates_of_events, read_times, unit_of
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault, OutcomeCode

LEAST_NEGATIVE = 3  # times: one negative time is typed wrong
UNREAD = np.inf  # a time that is there and not known: the end of follow-up does not stand in for it


@dataclass(frozen=True)
class Claim:
    """An outcome and the names under which its columns are kept: of its event, its months, its date; "" where it has none."""

    code: str
    label: str
    headers: tuple[str, ...]
    event: str = ""
    months: str = ""
    date: str = ""
    ends: bool = False  # the end of follow-up is its time
    visits: bool = False  # the visit at which it stands is
    codes: tuple[OutcomeCode, ...] = ()
    both: bool = False  # the date, or the time, is of the event or of its censoring
    lone: bool = False  # it has no partner: kept as it is, and not offered
    dated_as: str = ""  # how faults call its date


def read_claims(
    pairs: Sequence[Pair], matched: Sequence[MatchRow], table: RawSheet, asking: Asking
) -> tuple[dict[str, pd.Series], list[Claim], list[Fault]]:
    """A column for each part of each outcome: states, months, days of an epoch, one value per row of the table."""
    columns: dict[str, pd.Series] = {}
    names: dict[int, str] = {}
    claims, faults = [], []
    for pair in pairs:
        for role, one in parts_of(replace(pair, event=None)):
            if role == ENTRY or one.place not in names:  # one entry may be that of several outcomes
                name = column_of(pair.code, role)
                names.setdefault(one.place, name)
                columns[name], found = _times(one, role, matched, table, asking, pair)
                faults += found
        claim = _claim(pair, names, _shown(matched[pair.date.place]) if pair.date else "")
        if pair.event is not None:
            dated = [columns[name].notna().tolist() for name in (claim.months, claim.date) if name and not claim.both]
            read = read_events(
                _event_column(pair.event, matched[pair.event.place], table, pair.label, dated[:1]), asking
            )
            columns[claim.event] = pd.Series(read.states, dtype=float)
            if claim.date and pair.date and not claim.both:
                cells, headers = column_cells(table, pair.event.place), (pair.event.header, pair.date.header)
                dates = columns[claim.date]
                columns[claim.event], found = with_dated(columns[claim.event], cells, dates, headers, pair.label)
                faults += found
            if pair.time and pair.time.marked:
                columns[claim.event], found = _as_marked(pair, columns[claim.event], table)
                faults += found
            claim, faults = replace(claim, codes=read.codes), faults + read.faults
        claims.append(claim)
    return columns, claims, faults


def _as_marked(pair: Pair, states: pd.Series, table: RawSheet) -> tuple[pd.Series, list[Fault]]:
    """The states, and what is said of times marked as censored; of an event beside such a time neither is known."""
    assert pair.time is not None
    cells = column_cells(table, pair.time.place)
    as_told = pair.time.marked_as
    told = np.array(events_of(cells, pair.time.mark, as_told), dtype=object)
    marked = told == CENSORED
    first = shown(cells[int(np.flatnonzero(told == as_told)[0])])
    known, accepted = (
        f"{(told == as_told).sum()} × a time such as {first}, read as one of {'censoring' if as_told == CENSORED else 'the event'}",
        "a time, and beside it whether it happened",
    )
    faults = [Fault("patients", None, pair.time.header, known, accepted, "warning")]
    denied = marked & (states == 1).to_numpy()
    if denied.any():
        rows = [number for (number, _), no in zip(table.rows, denied, strict=True) if no]
        found = f"{len(rows)} × a time marked as censored beside the {pair.label}"
        faults.append(Fault("patients", rows[0], pair.time.header, found, accepted))
    return states.mask(denied), faults


def _claim(pair: Pair, names: Mapping[int, str], dated_as: str) -> Claim:
    parts = dict(parts_of(pair))
    timed = {role: names[one.place] for role, one in parts.items() if role in ("months", "date")}
    both = any(one.said.generic for role, one in parts.items() if role in timed)
    event = column_of(pair.code, "event") if pair.event else ""
    headers = tuple(one.header for one in parts.values())
    return Claim(
        pair.code,
        pair.label,
        headers,
        event,
        months=timed.get("months", ""),
        date=timed.get("date", ""),
        ends=pair.ends,
        visits=pair.visits,
        both=both,
        lone=pair.lone,
        dated_as=dated_as,
    )


def _times(
    one: Looked, role: str, matched: Sequence[MatchRow], table: RawSheet, asking: Asking, pair: Pair
) -> tuple[pd.Series, list[Fault]]:
    row, cells = matched[one.place], column_cells(table, one.place)
    rows = [number for number, _ in table.rows]
    if role == "date":
        cells = dates_of_events(cells, one.header, pair.label, asking, stated=pair.event is not None)
    longest = LONGEST_LIFE if pair.entry else LONGEST_TIME
    spec = outcome_spec(column_of("x", role), shown=_shown(row), longest=longest)
    assert spec is not None
    of = pair.time if role == ENTRY and pair.time else one  # asked about: an entry is in the unit of its end
    stated, beside, held = row.unit or one.said.unit, [], cells
    if row.unit_column and role != "date":
        units = column_cells(table, unit_place(matched, one.place))
        cells, beside = with_units_beside(spec, cells, units, asking.about("patients", row.unit_column))
        stated = spec.unit
    cells = with_footnotes(cells) if one.mark else without_marks(cells) if one.marked else cells
    if role == "months":
        cells = held = [None if says_free(cell) else cell for cell in cells]
    unit, comma = "", table.decimal_comma
    if role != "date":
        of_unit = cells if of is one else column_cells(table, of.place)
        unit = unit_of(spec, of.header, stated, of_unit, asking, decimal_comma=comma)
    order = row.unit if row.unit in ORDERS else ""
    about = asking.about("patients", one.header)
    values, faults = read_times(spec, unit, cells, rows, decimal_comma=comma, order=order, about=about)
    nothing = _codes_of_nothing(held)
    times = [_time(cell, value, nothing) for cell, value in zip(held, values, strict=True)]
    return pd.Series(times, dtype=float), [*beside, *faults]


def _codes_of_nothing(cells: Sequence[Cell]) -> set[float]:
    """The numbers that stand for no time: the usual codes, and what is negative again and again."""
    counted = Counter(number for cell in cells if (number := plain_number(cell)[0]) is not None and number < 0)
    return {*MISSING_NUMBERS, *(number for number, n in counted.items() if n >= LEAST_NEGATIVE)}


def _time(cell: Cell, value: object, nothing: set[float]) -> float:
    """A time as read; UNREAD, and not nothing, where a cell holds one that could not be read."""
    if isinstance(value, float):
        return value
    return np.nan if is_missing(cell) or plain_number(cell)[0] in nothing else UNREAD


def _shown(row: MatchRow) -> str:
    """How faults call a column: the dictionary's name where it has one, else its header."""
    return row.header if row.how == BY_OUTCOME else row.column


def _event_column(one: Looked, row: MatchRow, table: RawSheet, label: str, dated: list[list[bool]]) -> EventColumn:
    rows, cells = [number for number, _ in table.rows], column_cells(table, one.place)
    cells = events_of(cells, one.mark, one.marked_as) if one.marked else cells
    variable = (table.labels[one.place] if table.labels else "") or one.header
    behind = {folded(text): code for text, code in table.codes.get(variable, {}).items()}
    texts = set(texts_of(cells))
    beside = tuple((f"{code:g}", text) for text, code in behind.items() if text not in texts and f"{code:g}" in texts)
    said = replace(one.said, coding=(*one.said.coding, *beside))
    return EventColumn(one.header, said, _shown(row), label, cells, rows, behind, dated[0] if dated else None)
