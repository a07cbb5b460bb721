"""Columns that say at each of several times whether the outcome had happened, `Relapse M3`, `Relapse M6`: one event and its time.

The time is that of the first visit with a yes; without one, of the last visit at which it was said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.visit_names import Timed, timed, visit_note
from cdanalysis.reading.warned import warned
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

LEAST = 2  # columns
PASSING = ("remission", "response")  # states that come and go
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
Placed = tuple[int, float]  # a column and its week


def together(table: RawSheet) -> RawSheet:
    """The table with an event and its time in the places of such columns; said."""
    for name, columns in _by_outcome(table).items():
        if len(columns) >= LEAST and _are_states(table, [place for place, _ in columns]):
            table = _with_outcome(table, name, sorted(columns, key=lambda one: one[1]))
    return table


def _by_outcome(table: RawSheet) -> dict[str, list[Placed]]:
    """What such columns are called without their times -> their places and weeks, where no other column is of that outcome."""
    found: dict[str, list[Placed]] = defaultdict(list)
    of: dict[str, str] = {}
    for place, header in enumerate(table.headers):
        visit = _visit(header) if any(map(str.isdecimal, header)) else None
        said = said_by(visit.rest) if visit and visit.week > 0 else None
        if visit and said and said.role == "event" and said.noun and not said.generic and said.noun.code not in PASSING:
            found[visit.rest].append((place, visit.week))
            of[visit.rest] = said.noun.code
    taken = {place for columns in found.values() for place, _ in columns}
    others = {_outcome(header) for place, header in enumerate(table.headers) if place not in taken} if found else set()
    alone = [name for name in found if of[name] not in others and [*of.values()].count(of[name]) == 1]
    return {name: found[name] for name in alone if len({week for _, week in found[name]}) == len(found[name])}


def _visit(header: str) -> Timed | None:
    """The time in a header, `(0/1)` behind it left out."""
    return timed(_ASIDE.sub(" ", header), baseline=False) or timed(header, baseline=False)


def _outcome(header: str) -> str:
    said = said_by(header) if header else None
    return said.noun.code if said and said.noun and said.role else ""


def _are_states(table: RawSheet, places: Sequence[int]) -> bool:
    """Whether the columns hold a yes and a no and nothing else, one row a patient."""
    ids = id_place(table.headers)
    texts = {folded(row[place]) for _, row in table.rows for place in places if not is_missing(row[place])}
    named = [row[ids] for _, row in table.rows if not is_missing(row[ids])] if ids is not None else []
    return texts <= YES | NO and bool(texts & YES) and bool(texts & NO) and len(set(named)) == len(named)


def _with_outcome(table: RawSheet, name: str, columns: Sequence[Placed]) -> RawSheet:
    places = [place for place, _ in columns]
    kept = [place for place in range(len(table.headers)) if place not in places]
    width = len(table.headers)
    said = said_by(name)
    happened = NO if said.negated else YES
    name = said.noun.label if said.negated and said.noun else name
    rows = tuple(
        (
            number,
            (
                *(row[place] for place in kept),
                *_state([(row[at], week) for at, week in columns], happened),
                *row[width:],
            ),
        )
        for number, row in table.rows
    )
    told = ", ".join(f"{table.headers[place]} ({visit_note(found)})" if (found := _visit(table.headers[place])) else ""
                     for place in places)  # fmt: skip
    first = "no" if said.negated else "yes"
    fault = warned(
        table.name,
        f"{told}: put together, the time being that of the first {first}, else of the last visit with an answer",
        "whether it happened, and when",
        column=table.headers[places[0]],
    )
    headers = (*(table.headers[place] for place in kept), f"{name} event", f"time to {name} (months)")
    labels = (*(table.labels[place] for place in kept), "", "") if table.labels else ()
    return replace(table, headers=headers, rows=rows, labels=labels, faults=(*table.faults, fault))


def _state(answers: Sequence[tuple[Cell, float]], happened: Set[str]) -> tuple[Cell, Cell]:
    """Whether it happened, and the months to the first such answer or to the last one; nothing where there is none."""
    held = [(folded(cell) in happened, week) for cell, week in answers if not is_missing(cell)]
    if not held:
        return None, None
    event, week = next((one for one in held if one[0]), held[-1])
    return int(event), round(week * DAYS_PER_WEEK / DAYS_PER_MONTH, 6)
