"""Rows of a sheet as they stand -> a table: where its header is, what merged cells cover, where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.results import Fault

ROWS_LOOKED_AT = 50
LEAST_WIDE = 0.6  # of the rows below: a title is narrower than that, a header is not
_TIME_ALONE = re.compile(
    r"^(?:week|wk|w|month|m|day|d|第)?\s*\d{1,3}\s*(?:week|month|day|周|月|天)?s?$|^baseline$|^基线$", re.I
)
Numbered = list[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, eq=False)
class RawSheet:
    """One table as it stands: headers, and rows with the spreadsheet's own row number; faults: what its shape lost.

    labels: of a statistical file, by header, the code behind each value label.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    decimal_comma: bool = False
    faults: tuple[Fault, ...] = ()
    labels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def shaped(name: str, numbered: Numbered, *, merged: Sequence[Sequence[int]] = (), lost: Sequence = ()) -> RawSheet:
    """The table of a sheet. merged: first row and column, last row and column from 0. lost: row, column from 1, text."""
    filled = [(number, list(row)) for number, row in numbered if any(map(holds, row))]
    if not filled:
        return RawSheet(name, (), ())
    spread = _fill_down(filled, merged)
    left = min(0 if holds(row[0]) else list(map(holds, row)).index(True) for _, row in filled)
    place = _header_place([row for _, row in filled[:ROWS_LOOKED_AT]])
    header_row, header = filled[place]
    headers = _headers(header, _groups(filled[:place], merged))[left:]
    while headers and not headers[-1]:
        headers.pop()
    rows = tuple((number, fitted(row[left:], len(headers))) for number, row in filled[place + 1 :])
    faults = [*_passed_over(name, header_row, place), *_spread(name, spread), *_lost(name, headers, left, lost)]
    return RawSheet(name, tuple(headers), rows, faults=tuple(faults))


def holds(cell: Cell) -> bool:
    """Whether a cell holds anything but blanks."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def fitted(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The row as wide as the headers or wider: a surplus cell stays, so that it can be named as a fault."""
    cells = [cell if holds(cell) else None for cell in row]
    if len(cells) == width:
        return tuple(cells)
    cells += [None] * (width - len(cells))
    while len(cells) > width and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _header_place(rows: Sequence[Sequence[Cell]]) -> int:
    """The first row that is about as wide as the rows below it; the very first if no row below is wider."""
    widths = [sum(map(holds, row)) for row in rows]
    for place, width in enumerate(widths[:-1]):
        if width >= LEAST_WIDE * median(widths[place + 1 :]):
            return place
    return 0


def _fill_down(filled: list[tuple[int, list[Cell]]], merged: Sequence[Sequence[int]]) -> int:
    """A cell merged over several rows holds its value in each of them; how many cells were filled so."""
    rows = dict(filled)
    n_filled = 0
    for top, left, bottom, _ in merged:
        first = rows.get(top + 1, ())
        if bottom == top or left >= len(first) or not holds(first[left]):
            continue
        for number, row in filled:
            if top + 1 < number <= bottom + 1:
                row += [None] * (left + 1 - len(row))
                n_filled += not holds(row[left])
                row[left] = row[left] if holds(row[left]) else first[left]
    return n_filled


def _groups(above: Numbered, merged: Sequence[Sequence[int]]) -> dict[int, str]:
    """Column -> the heading over several columns that stands above it."""
    rows = dict(above)
    return {
        column: str(rows[top + 1][left]).strip()
        for top, left, _, right in merged if top + 1 in rows and right > left and left < len(rows[top + 1])
        for column in range(left, right + 1)
    }  # fmt: skip


def _headers(header: Sequence[Cell], groups: dict[int, str]) -> list[str]:
    """The header texts; `week 8` under the heading `CDAI` is `CDAI week 8`, as is any text that stands there twice."""
    texts = [str(cell).strip() if holds(cell) else "" for cell in header]
    return [
        f"{groups[place]} {text}" if text and groups.get(place) and (texts.count(text) > 1 or _TIME_ALONE.match(text))
        else text
        for place, text in enumerate(texts)
    ]  # fmt: skip


def _passed_over(name: str, header_row: int, place: int) -> list[Fault]:
    said = f"{place} row{'s' if place > 1 else ''} above the header, passed over"
    return [Fault(name, header_row, "", said, "the header in the first row", "warning")] if place else []


def _spread(name: str, n_filled: int) -> list[Fault]:
    said = f"{n_filled} cell{'s' if n_filled != 1 else ''} of merged cells, filled with the merged value"
    return [Fault(name, None, "", said, "one cell a value", "warning")] if n_filled else []


def _lost(name: str, headers: Sequence[str], left: int, lost: Sequence[Sequence]) -> list[Fault]:
    """Errors and formulas without a value: left out, named by row and column."""
    titles = dict(enumerate(headers, left + 1))
    return [
        Fault(name, row, titles.get(column) or f"column {column}", text,
              "a stored value: open the workbook in its program, mend the formula, save")
        for row, column, text in lost
    ]  # fmt: skip
