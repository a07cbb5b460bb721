"""Rows of a sheet as they stand -> a table: where its header is, what merged cells cover, where it begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cdanalysis.reading.bytes.budget import Told
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.rows.header import row_names
from cdanalysis.reading.rows.header.header_rows import Numbered, header_place, holds, n_comments, named, spread_right
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

__all__ = ["Numbered", "RawSheet", "holds", "shaped"]
ROWS_LOOKED_AT = 50


@dataclass(frozen=True, eq=False)
class RawSheet:
    """One table as it stands: headers, and rows with the spreadsheet's own row number; faults: what its shape lost.

    labels: of a statistical file, what each variable is; one a header, empty where it has none. codes: of a variable of such
    a file, the code behind each value label.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    decimal_comma: bool = False
    faults: tuple[Fault, ...] = ()
    labels: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of_columns(self, places: Sequence[int]) -> RawSheet:
        """The table of these columns alone; cells of a row beyond the headers stay."""
        width = len(self.headers)
        rows = tuple((number, (*(row[at] for at in places), *row[width:])) for number, row in self.rows)
        labels = tuple(self.labels[at] for at in places) if self.labels else ()
        return replace(self, headers=tuple(self.headers[at] for at in places), rows=rows, labels=labels)


def shaped(name: str, numbered: Numbered, *, merged: Sequence[Sequence[int]] = (), lost: Sequence = ()) -> RawSheet:
    """The table of a sheet. merged: first row and column, last row and column from 0. lost: row, column from 1, text."""
    filled = [(number, list(row)) for number, row in numbered if any(map(holds, row))]
    if not filled:
        return RawSheet(name, (), ())
    told = Told()
    spread = _fill_down(filled, merged, told)
    left = min(0 if holds(row[0]) else list(map(holds, row)).index(True) for _, row in filled)
    first = [row for _, row in filled[:ROWS_LOOKED_AT]]
    comments = n_comments(first)
    place = comments + header_place(first[comments:])
    header_row, header = filled[place]
    headers = _headers(header, filled[comments:place], merged, left, told)
    used = _is_used(headers, header[left:])
    below = [(number, row[left:] if left else row) for number, row in filled[place + 1 :]]
    headers, below, unnamed = _with_row_names(name, headers, below)
    rows = tuple((number, fitted(row, len(headers))) for number, row in below)
    titles = place - comments
    above = _above(name, header_row, comments, titles, used=used)
    faults = [*above, *unnamed, *_spread(name, spread), *_lost(name, headers, left, lost)]
    return RawSheet(name, tuple(headers), rows, faults=tuple(faults))


def _headers(
    header: Sequence[Cell], above: Numbered, merged: Sequence[Sequence[int]], left: int, told: Told
) -> list[str]:
    headers = named(header, _groups(above, merged, len(header), told))[left:]
    headers[:1] = [one.lstrip("# ") or one for one in headers[:1]]
    while headers and not headers[-1]:
        headers.pop()
    return headers


def _with_row_names(name: str, headers: list[str], rows: Numbered) -> tuple[list[str], Numbered, list[Fault]]:
    """The table without the numbers that R writes before each row, or with its names of the rows as a column."""
    cells = [row for _, row in rows]
    missing = row_names.lacks_first(headers, cells)
    if missing and (row_names.are_numbered(cells) or row_names.id_place(headers) is not None):
        said = warned(name, "a first column without a name that numbers the rows, left out", "a name for every column")
        return headers, [(number, row[1:]) for number, row in rows], [said]
    if missing or row_names.as_ids(headers, cells):
        said = warned(
            name,
            "a first column without a name, read as the patients' ids",
            "a name for every column",
            column=row_names.ROW_NAME,
        )
        return [row_names.ROW_NAME, *(headers if missing else headers[1:])], rows, [said]
    return headers, rows, []


def fitted(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The row as wide as the headers or wider: a surplus cell stays, so that it can be named as a fault."""
    cells = [cell if holds(cell) else None for cell in row]
    if len(cells) == width:
        return tuple(cells)
    cells += [None] * (width - len(cells))
    while len(cells) > width and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _fill_down(filled: list[tuple[int, list[Cell]]], merged: Sequence[Sequence[int]], told: Told) -> int:
    """A cell merged over several rows holds its value in each of them; how many cells were filled so."""
    numbers = [number for number, _ in filled]
    n_filled = 0
    for top, left, bottom, _ in merged:
        begins, ends = bisect_left(numbers, top + 1), bisect_right(numbers, bottom + 1)
        covered = [row for _, row in filled[begins:ends]]
        if len(covered) < 2 or numbers[begins] != top + 1 or left >= len(covered[0]) or not holds(covered[0][left]):
            continue
        value = covered[0][left]
        for row in covered[1:]:
            told.add(max(left + 1 - len(row), 1), len(value) if isinstance(value, str) else 0)
            row += [None] * (left + 1 - len(row))
            n_filled += not holds(row[left])
            row[left] = row[left] if holds(row[left]) else value
    return n_filled


def _groups(above: Numbered, merged: Sequence[Sequence[int]], width: int, told: Told) -> dict[int, str]:
    """Column -> the heading over several columns above it: of merged cells, else of the row just above the header."""
    rows = dict(above)
    groups: dict[int, str] = {}
    for top, left, _, right in merged:
        if top + 1 in rows and right > left and left < len(rows[top + 1]):
            told.add(right - left, 0)
            groups |= dict.fromkeys(range(left, right + 1), str(rows[top + 1][left]).strip())
    return groups or (spread_right(above[-1][1], width) if above else {})


def _is_used(headers: Sequence[str], header: Sequence[Cell]) -> bool:
    """Whether a heading above went into a name."""
    return any(holds(cell) and len(text) > len(str(cell).strip()) for text, cell in zip(headers, header, strict=False))


def _above(name: str, header_row: int, comments: int, titles: int, *, used: bool) -> list[Fault]:
    """What stands above the header, and whether it was taken or passed over."""
    counted = (
        (comments, "comment line", "passed over"),
        (titles - used, "row", "passed over"),
        (int(used), "row", "taken into the names of the columns below it"),
    )
    return [
        warned(
            name,
            f"{n} {what}{'s' if n > 1 else ''} above the header, {how}",
            "the header in the first row",
            row=header_row,
        )
        for n, what, how in counted
        if n > 0
    ]


def _spread(name: str, n_filled: int) -> list[Fault]:
    said = f"{n_filled} cell{'s' if n_filled != 1 else ''} of merged cells, filled with the merged value"
    return [warned(name, said, "one cell a value")] if n_filled else []


def _lost(name: str, headers: Sequence[str], left: int, lost: Sequence[Sequence]) -> list[Fault]:
    """Errors and formulas without a value: left out, named by row and column."""
    titles = dict(enumerate(headers, left + 1))
    return [
        Fault(
            name,
            row,
            titles.get(column) or f"column {column}",
            text,
            "a stored value: open the workbook in its program, mend the formula, save",
        )
        for row, column, text in lost
    ]
