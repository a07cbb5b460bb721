"""The outcomes of a table: which headers they take, and what each of their cells says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.dictionary.outcomes import EVENT, column_of, label_of, outcome_spec, parted_column
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.headers.rows import BY_OUTCOME, CHOSEN, NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.unit_words import ORDERS
from cdanalysis.reading.outcomes.codes import read_events
from cdanalysis.reading.outcomes.columns import Looked, ends_among, has_visits, looked_at, named_alike, one_row_each
from cdanalysis.reading.outcomes.ends import LAST, START, with_dates
from cdanalysis.reading.outcomes.event_column import EventColumn, noun_of_texts
from cdanalysis.reading.outcomes.pairs import Pair, in_order, offered, paired
from cdanalysis.reading.outcomes.times import dates_of_events, read_times, unit_of
from cdanalysis.reading.outcomes.unpaired import completed
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault, OutcomeCode

UNREAD = np.inf  # a time that is there and not known: the end of follow-up does not stand in for it
KEPT = ("exact name", CHOSEN)


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


def claims_of(
    rows: Sequence[MatchRow], table: RawSheet, asking: Asking, *, alone: bool = True
) -> tuple[tuple[MatchRow, ...], list[Pair]]:
    """The rows with the columns of outcomes named as such, and the outcomes; last those that lack a time or an event.

    alone: whether the file can state outcomes nowhere but in this table.
    """
    one_row = one_row_each(rows, table)
    visits = not one_row and any(row.column in TIME_COLUMNS["visits"] for row in rows)
    columns = named_alike(looked_at(rows, table, one_row=one_row))
    rows = with_dates(rows, columns, asking) if one_row else rows
    ends = {name: rows[place].header for name, place in ends_among(rows).items()}
    columns = [one for one in columns if rows[one.place].column not in (START, LAST)]
    known = offered(columns, ends, asking, visits=visits)
    found = completed(paired(known), columns, known, alone=alone and not has_visits(rows))
    pairs = [_named(pair, table) for pair in in_order(found)]
    taken: dict[int, str] = {}
    for pair in pairs:
        for role, one in parts_of(pair):
            taken.setdefault(one.place, column_of(pair.code, role))
    lone = {one.place: _lone(one, rows[one.place]) for one in columns if one.place not in taken}
    kept = {place: pair for place, pair in lone.items() if pair}
    claimed = (row if place in kept else _claimed(row, taken.get(place, "")) for place, row in enumerate(rows))
    return tuple(claimed), [*pairs, *kept.values()]


def parts_of(pair: Pair) -> list[tuple[str, Looked]]:
    """The columns of an outcome with their roles."""
    parts = (("months", pair.time), ("date", pair.date), ("event", pair.event))
    return [(role, one) for role, one in parts if one is not None]


def _lone(one: Looked, row: MatchRow) -> Pair | None:
    """A column that the dictionary or the reader calls an outcome's and that has no partner: read, and not offered."""
    code, role = parted_column(row.column)
    if not code or (row.how not in KEPT and not one.said.sure):
        return None
    part = {"event": "event", "months": "time", "date": "date"}[role]
    return replace(Pair(code, label_of(code), lone=True), **{part: one})


def _named(pair: Pair, table: RawSheet) -> Pair:
    """An outcome that no header names is called as its cells call it: `dead` beside `alive` is death."""
    if pair.event is None or pair.code != EVENT.code:
        return pair
    noun = noun_of_texts(_cells(table, pair.event.place))
    return replace(pair, code=noun.code, label=noun.label) if noun else pair


def _cells(table: RawSheet, place: int) -> list[Cell]:
    return [cells[place] for _, cells in table.rows]


def _claimed(row: MatchRow, column: str) -> MatchRow:
    """The row of a column that an outcome takes; one that only its word made an outcome's is a further column again."""
    code, role = parted_column(column)
    if code:
        if parted_column(row.column)[0] == code:
            return row
        note = {"event": "whether it happened", "months": "its time or that of censoring", "date": "its date"}[role]
        how = row.how if row.how == CHOSEN else BY_OUTCOME
        return replace(row, column=column, how=how, note=note, factor=1.0, choices=())
    if parted_column(row.column)[0]:
        return replace(row, column="", how=NOT_MATCHED, note="kept as a further column", factor=1.0, unit="")
    return row


def read_claims(
    pairs: Sequence[Pair], matched: Sequence[MatchRow], table: RawSheet, asking: Asking
) -> tuple[dict[str, pd.Series], list[Claim], list[Fault]]:
    """A column for each part of each outcome: states, months, days of an epoch, one value a row of the table."""
    columns: dict[str, pd.Series] = {}
    names: dict[int, str] = {}
    claims, faults = [], []
    for pair in pairs:
        for role, one in parts_of(replace(pair, event=None)):
            if one.place not in names:
                names[one.place] = column_of(pair.code, role)
                columns[names[one.place]], found = _times(one, role, matched[one.place], table, asking, pair)
                faults += found
        claim = _claim(pair, names, _shown(matched[pair.date.place]) if pair.date else "")
        if pair.event is not None:
            dated = [columns[name].notna().tolist() for name in (claim.months, claim.date) if name and not claim.both]
            read = read_events(
                _event_column(pair.event, matched[pair.event.place], table, pair.label, dated[:1]), asking
            )
            columns[claim.event] = pd.Series(read.states, dtype=float)
            claim, faults = replace(claim, codes=read.codes), faults + read.faults
        claims.append(claim)
    return columns, claims, faults


def _claim(pair: Pair, names: Mapping[int, str], dated_as: str) -> Claim:
    parts = dict(parts_of(pair))
    timed = {role: names[one.place] for role, one in parts.items() if role != "event"}
    both = any(one.said.generic for role, one in parts.items() if role != "event")
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
    one: Looked, role: str, row: MatchRow, table: RawSheet, asking: Asking, pair: Pair
) -> tuple[pd.Series, list[Fault]]:
    cells: Sequence[Cell] = _cells(table, one.place)
    rows = [number for number, _ in table.rows]
    if role == "date":
        cells = dates_of_events(cells, one.header, pair.label, asking, stated=pair.event is not None)
    spec = outcome_spec(column_of("x", role), shown=_shown(row))
    assert spec is not None
    unit = "" if role == "date" else unit_of(spec, one.header, row.unit or one.said.unit, cells, asking)
    order = row.unit if row.unit in ORDERS else ""
    about = asking.about("patients", one.header)
    values, faults = read_times(spec, unit, cells, rows, decimal_comma=table.decimal_comma, order=order, about=about)
    return pd.Series([_time(cell, value) for cell, value in zip(cells, values, strict=True)], dtype=float), faults


def _time(cell: Cell, value: object) -> float:
    """A time as read; UNREAD, and not nothing, where a cell holds one that could not be read."""
    if isinstance(value, float):
        return value
    return np.nan if is_missing(cell) else UNREAD


def _shown(row: MatchRow) -> str:
    """How faults call a column: the dictionary's name where it has one, else its header."""
    return row.header if row.how == BY_OUTCOME else row.column


def _event_column(one: Looked, row: MatchRow, table: RawSheet, label: str, dated: list[list[bool]]) -> EventColumn:
    rows = [number for number, _ in table.rows]
    variable = (table.labels[one.place] if table.labels else "") or one.header
    behind = {folded(text): code for text, code in table.codes.get(variable, {}).items()}
    return EventColumn(
        one.header, one.said, _shown(row), label, _cells(table, one.place), rows, behind, dated[0] if dated else None
    )
