"""An export of REDCap: a row an event, a row a repeated form, ticks in columns of their own, and columns about the forms.

A tick of a checkbox (`drug___1`) in any row of a patient is the patient's; each repeated form becomes a table of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import DATE_OF
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.exporters import without_own
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.sheets.ids import spelled

EVENT = "redcap event name"
EVENTS = (EVENT, "event name")
INSTRUMENTS = ("redcap repeat instrument", "repeat instrument")
INSTANCES = ("redcap repeat instance", "repeat instance")
OF_REDCAP = (
    "redcap survey identifier",
    "survey identifier",
    "redcap data access group",
    "data access group",
    "survey timestamp",
)
CHECKED = ("1", "checked", "yes")
_COMPLETE = re.compile(r"\w+_complete|complete\?", re.IGNORECASE)
_CHECKBOX = re.compile(r".+___-?\w+|.+\(choice=.+\)")


def forms(table: RawSheet) -> list[RawSheet]:
    """The table of the patients and one of each repeated form; another program's table as it is."""
    words = [normalised(header) for header in table.headers]
    if not any(one == EVENT or one in INSTRUMENTS for one in words):
        return [table]
    return _by_instrument(_checked(_without_redcaps_own(table, words)))


def _without_redcaps_own(table: RawSheet, words: Sequence[str]) -> RawSheet:
    """Without the columns that say how far a form was filled in."""
    out = [
        place
        for place, header in enumerate(table.headers)
        if words[place] in OF_REDCAP or (_COMPLETE.fullmatch(header) and _is_state(table, place))
    ]
    return without_own(table, out, "REDCap") if out else table


def _is_state(table: RawSheet, place: int) -> bool:
    states = {"0", "1", "2", "incomplete", "unverified", "complete"}
    return all(spelled(identity(row[place])).casefold() in states for _, row in table.rows if holds(row[place]))


def _checked(table: RawSheet) -> RawSheet:
    """Every row of a patient has the ticks that any of them has."""
    boxes = [place for place, header in enumerate(table.headers) if _CHECKBOX.fullmatch(header)]
    ids = id_place(table.headers)
    if not boxes or ids is None:
        return table
    ticks: dict[tuple[str, int], Cell] = {}
    for _, row in table.rows:
        for place in boxes:
            key = identity(row[ids]), place
            if holds(row[place]) and (key not in ticks or spelled(identity(row[place])).casefold() in CHECKED):
                ticks[key] = row[place]
    rows = tuple(
        (
            number,
            tuple(ticks.get((identity(row[ids]), place)) if place in boxes else cell for place, cell in enumerate(row)),
        )
        for number, row in table.rows
    )
    return replace(table, rows=rows)


def _by_instrument(table: RawSheet) -> list[RawSheet]:
    """The rows without a repeated form, and of each form its rows; each with the columns that hold anything in them."""
    place, instance = _place(table, INSTRUMENTS), _place(table, INSTANCES)
    if place is None:
        return [table.of_columns([at for at in range(len(table.headers)) if at != instance])]
    names = [str(row[place]).strip() if holds(row[place]) else "" for _, row in table.rows]
    found = []
    for name in dict.fromkeys(["", *names]):
        rows = tuple(row for mine, row in zip(names, table.rows, strict=True) if mine == name)
        filled = [
            at
            for at in range(len(table.headers))
            if at not in (place, instance) and any(holds(row[at]) for _, row in rows)
        ]
        part = replace(table, rows=rows).of_columns(filled)
        found += [replace(_timed_by_itself(part), name=name, faults=()) if name else part] if rows else []
    return found


def _timed_by_itself(form: RawSheet) -> RawSheet:
    """A form without the event at which it hangs, unless its rows are of several events and it has no date of its own."""
    place = _place(form, EVENTS)
    if place is None:
        return form
    events = {str(row[place]) for _, row in form.rows}
    dated = any(row.column == date for sheet, date in DATE_OF.items() for row in match_headers(sheet, form.headers))
    others = [at for at in range(len(form.headers)) if at != place]
    return form.of_columns(others) if dated or len(events) == 1 else form


def _place(table: RawSheet, words: Sequence[str]) -> int | None:
    return next((place for place, header in enumerate(table.headers) if normalised(header) in words), None)
