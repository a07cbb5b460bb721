"""Marks that a program writes around cells and headers and that are no part of them, taken off and said.

`'952` and `="952"`, by which a spreadsheet is told to keep a text; `'952'` in single quotes; `Q3. Time to relapse`, the number
of a question before each header.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import counted, warned

LOOKED_AT = 20  # rows
NEARLY_ALL, LEAST = 0.8, 3  # of the headers, and headers
_MARKED = re.compile(r"=\"(.*)\"|'(?!-)(.*?)'?", re.DOTALL)
_NUMBERED = re.compile(r"(?:Q|F|Frage|Item|Question)?\s*(\d{1,3})\s*[.):]\s+(\S.*)", re.IGNORECASE)


def without_marks(table: RawSheet) -> RawSheet:
    """The table with its cells and headers bare of such marks."""
    return _without_numbers(_without_quotes(table))


def _without_quotes(table: RawSheet) -> RawSheet:
    first = [row for _, row in table.rows[:LOOKED_AT]]
    if not any(isinstance(cell, str) and cell[:1] in "'=" for row in first[:1] for cell in row if holds(cell)):
        return table
    places = {place for place in range(len(table.headers)) if _are_marked([row[place] for row in first])}
    if not places:
        return table
    rows = tuple(
        (number, tuple(_bare(cell) if place in places else cell for place, cell in enumerate(row)))
        for number, row in table.rows
    )
    said = f'{counted(len(places), "column")} with \' or ="" around each cell, which was left out'
    headers = tuple(_bare(header) or "" for header in table.headers)
    faults = (*table.faults, warned(table.name, said, "a value alone"))
    return replace(table, headers=tuple(map(str, headers)), rows=rows, faults=faults)


def _are_marked(cells: Sequence[Cell]) -> bool:
    held = [cell for cell in cells if holds(cell)]
    return bool(held) and all(isinstance(cell, str) and _MARKED.fullmatch(cell) for cell in held)


def _bare(cell: Cell) -> Cell:
    found = _MARKED.fullmatch(cell) if isinstance(cell, str) else None
    return cell if found is None else (found[1] if found[1] is not None else found[2])


def _without_numbers(table: RawSheet) -> RawSheet:
    found = [_NUMBERED.fullmatch(header) for header in table.headers]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < max(LEAST, NEARLY_ALL * len(found)) or numbers != sorted(numbers):
        return table
    headers = tuple(one[2] if one else header for one, header in zip(found, table.headers, strict=True))
    if len({*headers}) < len(headers):
        return table
    said = f"{counted(len(numbers), 'header')} with the number of a question before it, read without"
    return replace(table, headers=headers, faults=(*table.faults, warned(table.name, said, "a name alone")))
