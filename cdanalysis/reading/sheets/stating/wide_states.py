"""Columns that say at each of several times whether the outcome had happened, `Relapse M3`, `Relapse M6`: one event and its time.

The time is that of the first visit with a yes; without one, of the last visit at which it was said.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.headers.over_time.series import NUMBERED, VISIT_WORDS, asked_weeks, visit_name
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.visit_names import timed, visit_note
from cdanalysis.reading.sheets.stating.state_words import Meant, meant_by
from cdanalysis.reading.warned import warned
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

LEAST = 2  # columns
PASSING = ("remission", "response")  # states that come and go
# Of these a yes may as well be that the patient is alive: `OS 12 months`.
SURVIVALS = ("os", "pfs", "rfs", "dfs", "efs", "dss")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
Placed = tuple[int, float]  # a column and its week


class Visit(NamedTuple):
    """What a header is without its visit, the week of that where the header says it, and how it says it."""

    rest: str
    week: float | None
    said: str


Named = tuple[str, Visit]


def together(table: RawSheet, asking: Asking) -> RawSheet:
    """The table with an event and its time in the places of such columns, said; without them while something is asked."""
    for name, columns in _by_outcome(table).items():
        places = [table.headers.index(header) for header, _ in columns]
        meant = _meant(table, places, asking) if len(columns) >= LEAST else None
        weeks = _weeks(columns, asking) if meant is not None else {}
        known = [
            (place, week) for place, (header, _) in zip(places, columns, strict=True) if (week := weeks.get(header))
        ]
        if meant is not None and (not meant or not weeks):
            table = _left_out(table, places)
        elif meant and len(known) >= LEAST:
            table = _with_outcome(table, name, sorted(known, key=lambda one: one[1]), meant)
    return table


def _by_outcome(table: RawSheet) -> dict[str, list[Named]]:
    """What such columns are called without their times -> their headers and visits, where no other column is of that outcome."""
    found: dict[str, list[Named]] = defaultdict(list)
    of: dict[str, str] = {}
    for header in table.headers:
        visit = _visit(header) if any(map(str.isdecimal, header)) else None
        said = said_by(visit.rest) if visit and (visit.week is None or visit.week > 0) else None
        if (
            visit
            and said
            and said.role == "event"
            and said.noun
            and not said.generic
            and said.noun.code not in PASSING + SURVIVALS
        ):
            found[visit.rest].append((header, visit))
            of[visit.rest] = said.noun.code
    taken = {header for columns in found.values() for header, _ in columns}
    others = {_outcome(header) for header in table.headers if header not in taken} if found else set()
    alone = [name for name in found if of[name] not in others and [*of.values()].count(of[name]) == 1]
    return {name: found[name] for name in alone if _are_apart(found[name])}


def _are_apart(columns: Sequence[Named]) -> bool:
    """Whether each column is of a visit of its own, and all name it alike: by its time or by its number."""
    visits = {(visit.week, visit.week is None and visit.said) for _, visit in columns}
    return len(visits) == len(columns) == len({header for header, _ in columns}) and (
        len({visit.week is None for _, visit in columns}) == 1
    )


def _weeks(columns: Sequence[Named], asking: Asking) -> dict[str, float]:
    """Header -> week, as it says or as the reader does; nothing while that is asked."""
    names = [visit.said for _, visit in columns if visit.week is None]
    if not names:
        return {header: visit.week for header, visit in columns if visit.week is not None}
    evidence = f"{len(names)} columns of {columns[0][1].rest}; left out until then"
    asked = asked_weeks("patients", names, evidence, asking)
    return {header: asked[visit.said] or 0.0 for header, visit in columns if visit.said in asked}


def _left_out(table: RawSheet, places: Sequence[int]) -> RawSheet:
    """The table without the columns, said."""
    told = ", ".join(table.headers[place] for place in places)
    fault = warned(
        table.name, f"{told}: left out", "an answer to the question about them", column=table.headers[places[0]]
    )
    kept = table.of_columns([place for place in range(len(table.headers)) if place not in places])
    return replace(kept, faults=(*table.faults, fault))


def _visit(header: str) -> Visit | None:
    """The time in a header, `(0/1)` behind it left out; or the number of its visit, `relapse_v2`."""
    bare = _ASIDE.sub(" ", header)
    if found := timed(bare, baseline=False) or timed(header, baseline=False):
        return Visit(found.rest, found.week, visit_note(found))
    if (numbered := NUMBERED.fullmatch(bare.strip())) and normalised(numbered[2]) in VISIT_WORDS:
        before, word, number, behind = numbered.groups()
        return Visit(" ".join(f"{before} {behind}".split()), None, visit_name(word, int(number)))
    return None


def _outcome(header: str) -> str:
    said = said_by(header) if header else None
    return said.noun.code if said and said.noun and said.role else ""


def _meant(table: RawSheet, places: Sequence[int], asking: Asking) -> Meant | None:
    """What the answers mean, of a table with one row a patient; None where they are none, nothing while that is asked."""
    ids = id_place(table.headers)
    named = [row[ids] for _, row in table.rows if not is_missing(row[ids])] if ids is not None else []
    if len(set(named)) < len(named):
        return None
    headers = [table.headers[place] for place in places]
    visits = [_visit(header) for header in headers]
    said = replace(said_by(visits[0].rest if visits[0] else ""), coding=said_by(headers[0]).coding)
    return meant_by([row[place] for _, row in table.rows for place in places], said, headers, asking)


def _with_outcome(table: RawSheet, name: str, columns: Sequence[Placed], meant: Meant) -> RawSheet:
    places = [place for place, _ in columns]
    kept = [place for place in range(len(table.headers)) if place not in places]
    width = len(table.headers)
    said = said_by(name)
    name = said.noun.label if said.negated and said.noun else name
    rows = tuple(
        (
            number,
            (
                *(row[place] for place in kept),
                *_state([(row[at], week) for at, week in columns], meant),
                *row[width:],
            ),
        )
        for number, row in table.rows
    )
    told = ", ".join(_told(table.headers[place], week) for place, week in columns)
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


def _told(header: str, week: float) -> str:
    """A header and how its visit was taken."""
    visit = _visit(header)
    return f"{header} ({visit.said if visit and visit.week is not None else f'week {week:g}, as answered'})"


def _state(answers: Sequence[tuple[Cell, float]], meant: Meant) -> tuple[Cell, Cell]:
    """Whether it happened, and the months to the first such answer or to the last one; nothing where there is none."""
    held = [(meant[folded(cell)], week) for cell, week in answers if not is_missing(cell)]
    if not held:
        return None, None
    event, week = next((one for one in held if one[0]), held[-1])
    return int(event), round(week * DAYS_PER_WEEK / DAYS_PER_MONTH, 6)
