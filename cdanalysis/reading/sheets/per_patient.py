"""Sheets of which each is one patient, called by its identifier: visits below each other, or one value a row, put together.

Only where the sheets have the same headers, or the same names down their first column, and no column tells patients apart.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.sheet_names import match_sheet
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.rows.visit_rows import VISITS
from cdanalysis.reading.sheets.upright import known_names
from cdanalysis.reading.warned import counted, warned

LEAST, LEAST_KNOWN = 3, 2  # sheets, and names of columns of the dictionary
MOST_NAMED = 3
EACH, NO = "each sheet is one patient", "no"
ID = "patient_id"


def together(raw: Sequence[RawSheet], asking: Asking) -> list[RawSheet]:
    """The sheets, those of one patient each as one table; said, and asked where their names have no number."""
    free = [table for table in raw if table.rows and not match_sheet(table.name)]
    if len(free) < LEAST:
        return list(raw)
    for alike, put in ((_headers, _rows), (_items, _one_row)):
        groups: dict[tuple[str, ...], list[RawSheet]] = defaultdict(list)
        for table in free:
            if key := alike(table):
                groups[key].append(table)
        largest = _known(max(groups.values(), key=len, default=[]), raw)
        if len(largest) >= LEAST and _are_patients(largest, asking):
            whole = put(largest)
            return [
                whole if table is largest[0] else table for table in raw if table is largest[0] or table not in largest
            ]
    return list(raw)


def _known(sheets: list[RawSheet], raw: Sequence[RawSheet]) -> list[RawSheet]:
    """The sheets that are called as a patient of another sheet is, where another names patients; else all."""
    named = [(table, place) for table in raw if table not in sheets and (place := id_place(table.headers)) is not None]
    ids = {identity(row[place]) for table, place in named for _, row in table.rows if holds(row[place])}
    return [table for table in sheets if table.name.strip() in ids] if ids else sheets


def _are_patients(sheets: Sequence[RawSheet], asking: Asking) -> bool:
    """Whether each sheet is one patient: groups have names without a number, and so have persons."""
    if all(any(map(str.isdecimal, table.name)) for table in sheets):
        return True
    names = ", ".join(table.name for table in sheets[:MOST_NAMED])
    text = f"{len(sheets)} sheets have the same columns and no identifiers: {names}. Is each of them one patient?"
    return asking.ask("patients", names, "", text, (EACH, NO), "not read until then") == EACH


def _headers(table: RawSheet) -> tuple[str, ...]:
    """The headers of a sheet of visits, each at a time of its own, in which no patient is named; empty of another sheet."""
    rows = match_headers("visits", table.headers)
    times = [
        place
        for place, row in enumerate(rows)
        if row.column in TIME_COLUMNS["visits"] or normalised(row.header) in VISITS
    ]
    if not times or id_place(table.headers) is not None or any(row.column == ID for row in rows):
        return ()
    held = [identity(row[times[0]]) for _, row in table.rows if holds(row[times[0]])]
    return tuple(map(normalised, table.headers)) if held and len(set(held)) == len(held) else ()


def _rows(sheets: Sequence[RawSheet]) -> RawSheet:
    """The rows of all, each with the name of its sheet."""
    rows = [(table.name, row) for table in sheets for _, row in table.rows]
    return _whole(sheets, (ID, *sheets[0].headers), [(name, *row) for name, row in rows])


def _items(table: RawSheet) -> tuple[str, ...]:
    """The names down the first of two columns, the header among them; empty where few of them are known."""
    if len(table.headers) != 2 or not all(holds(row[0]) for _, row in table.rows):
        return ()
    names = (table.headers[0], *(identity(row[0]) for _, row in table.rows))
    return tuple(map(normalised, names)) if known_names(names) >= LEAST_KNOWN and len(set(names)) == len(names) else ()


def _one_row(sheets: Sequence[RawSheet]) -> RawSheet:
    """A row of each sheet."""
    first = sheets[0]
    names = (first.headers[0], *(identity(row[0]) for _, row in first.rows))
    cells = [(table.headers[1], *(row[1] for _, row in table.rows)) for table in sheets]
    if not known_names(names[:1]) and len({row[0] for row in cells}) == 1:  # `Item`, `Value`
        names, cells = names[1:], [row[1:] for row in cells]
    if id_place(names) is not None:
        return _whole(sheets, names, cells)
    return _whole(sheets, (ID, *names), [(table.name, *row) for table, row in zip(sheets, cells, strict=True)])


def _whole(sheets: Sequence[RawSheet], headers: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> RawSheet:
    name = f"{sheets[0].name} to {sheets[-1].name}"
    said = warned(
        name, f"{counted(len(sheets), 'sheet')} read as one patient each, by their names", "an identifier in every row"
    )
    faults = (*(fault for table in sheets for fault in table.faults), said)
    return replace(sheets[0], name=name, headers=headers, rows=tuple(enumerate(rows, 2)), faults=faults, labels=())
