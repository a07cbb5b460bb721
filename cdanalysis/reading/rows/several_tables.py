"""Several tables of patients on one sheet - one below the other under a header of its own, or side by side - each by itself.

What stands beside the table of patients and is none, as a pivot table or a legend, is left out and named.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.sheets.together import are_alike
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault

LEAST_SHARED = 2  # names of the first header in another row: then it may be a header
LEAST_REPEATED = 3  # columns
LEAST_ROWS = 10  # of a table with something beside it
MOST_BESIDE = 0.5  # of the rows: what reaches further down belongs to the table
MOST_NAMED = 4
Block = tuple[int, int]  # its first column, and the first behind it


def several(table: RawSheet) -> list[RawSheet]:
    """The tables of patients of a sheet, each under its own headers; a sheet of one alone as it is."""
    return [part for block in _side_by_side(table) for part in _below_each_other(_without_beside(block))]


def _below_each_other(table: RawSheet) -> list[RawSheet]:
    """The table and those below it whose header names the columns in another order or in other units."""
    names = {header.casefold() for header in table.headers if header}
    starts = [at for at, (_, row) in enumerate(table.rows) if _may_be_header(row, names) and _is_another(table, row)]
    if not starts:
        return [table]
    parts = [replace(table, rows=_untitled(table.rows[: starts[0]]))]
    for nth, (start, end) in enumerate(zip(starts, [*starts[1:], len(table.rows)], strict=True), 2):
        headers = tuple(_text(cell) for cell in table.rows[start][1][: len(table.headers)])
        rows = _untitled(table.rows[start + 1 : end]) if end < len(table.rows) else table.rows[start + 1 : end]
        parts.append(RawSheet(f"{table.name} ({nth})", headers, rows, table.decimal_comma))
    return parts


def _may_be_header(row: Sequence[Cell], names: set[str]) -> bool:
    """Whether a row holds texts alone, and among them names of columns; almost every row of patients begins otherwise."""
    shared = 0
    for cell in row:
        if cell is not None and not isinstance(cell, str):
            return False
        shared += cell is not None and cell.strip().casefold() in names
    return shared >= LEAST_SHARED


def _is_another(table: RawSheet, row: Sequence[Cell]) -> bool:
    """Whether a row is the header of a table of patients with the same columns, and not the first header again."""
    texts = [_text(cell) for cell in row[: len(table.headers)]]
    again = all(
        not text or header.casefold() == text.casefold() or header.casefold().startswith(f"{text.casefold()} (")
        for text, header in zip(texts, table.headers, strict=False)
    )
    if again or id_place(texts) is None:
        return False
    return are_alike(table, replace(table, headers=tuple(texts)))


def _untitled(rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """Rows without the title of the table that follows them."""
    titled = rows and sum(map(holds, rows[-1][1])) == 1
    return tuple(rows[:-1] if titled else rows)


def _side_by_side(table: RawSheet) -> list[RawSheet]:
    """The tables of patients that stand beside each other, each with the heading above it as its name."""
    blocks = _repeated(table.headers) or _blocks(table)
    if len(blocks) < 2:
        return [table]
    parts = [_part(table, block, nth) for nth, block in enumerate(blocks, 1)]
    first, *others = parts
    with_ids = all(id_place(part.headers) is not None and len(part.headers) > 1 for part in parts)
    if not with_ids or not all(are_alike(first, other) for other in others):
        return [table]
    said = warned(table.name, f"{counted(len(parts), 'table')} of patients side by side", "one table a sheet")
    return [replace(first, faults=(*table.faults, said)), *others]


def _repeated(headers: Sequence[str]) -> list[Block]:
    """The blocks of a header that stands again behind its last name, `id, age, id, age`, as pandas tells twins: `id.1`."""
    bare = [re.sub(r"\.\d$", "", header).strip().casefold() for header in headers]
    width = bare.index(bare[0], 1) if bare and bare[0] and bare.count(bare[0]) > 1 else 0
    if width < LEAST_REPEATED or len(bare) % width or any(one != bare[at % width] for at, one in enumerate(bare)):
        return []
    return [(start, start + width) for start in range(0, len(bare), width)]


def _blocks(table: RawSheet) -> list[Block]:
    """The runs of columns between columns without a cell, whose header is empty or a heading of several."""
    width = len(table.headers)
    held = [any(holds(row[at]) for _, row in table.rows) for at in range(width)]
    empty = [not held[at] and _is_heading(table.headers, at) for at in range(width)]
    starts = [at for at in range(width) if not empty[at] and (at == 0 or empty[at - 1])]
    return [(start, next((at for at in range(start, width) if empty[at]), width)) for start in starts]


def _is_heading(headers: Sequence[str], at: int) -> bool:
    return not headers[at] or (at > 0 and headers[at - 1].startswith(f"{headers[at]} "))


def _part(table: RawSheet, block: Block, nth: int) -> RawSheet:
    """A block of columns as a table of its own, without what all its headers begin with."""
    start, end = block
    headers = table.headers[start:end]
    heading = _heading(headers)
    rows = tuple((number, row[start:end]) for number, row in table.rows if any(map(holds, row[start:end])))
    bare = tuple(header[len(heading) :].strip() for header in headers)
    return RawSheet(heading.strip() or f"{table.name} ({nth})", bare, rows, table.decimal_comma)


def _heading(headers: Sequence[str]) -> str:
    """The words that all headers begin with."""
    words = [header.split(" ") for header in headers]
    common = 0
    while len(words) > 1 and all(len(one) > common + 1 and one[common] == words[0][common] for one in words):
        common += 1
    return "".join(f"{word} " for word in words[0][:common])


def _without_beside(table: RawSheet) -> RawSheet:
    """The table without the blocks of columns beside it that end far above its last row."""
    blocks = _blocks(table) if len(table.rows) >= LEAST_ROWS else []
    beside = [block for block in blocks if _is_beside(table, block)]
    if not beside or len(beside) == len(blocks):
        return table
    out = {at for start, end in beside for at in range(start, end)}
    kept = [at for at in range(len(table.headers)) if at not in out]
    left = table.of_columns(kept)
    full = tuple((number, row) for number, row in left.rows if any(map(holds, row)))
    return replace(left, rows=full, faults=(*table.faults, _said(table, sorted(out))))


def _is_beside(table: RawSheet, block: Block) -> bool:
    """Whether a block fills rows next to each other, and less of them than a column of patients does."""
    start, end = block
    if id_place(table.headers[start:end]) is not None:
        return False
    filled = [at for at, (_, row) in enumerate(table.rows) if any(map(holds, row[start:end]))]
    together = bool(filled) and filled[-1] - filled[0] + 1 == len(filled)
    return together and len(filled) < MOST_BESIDE * len(table.rows)


def _said(table: RawSheet, out: Sequence[int]) -> Fault:
    names = [table.headers[at] for at in out if normalised(table.headers[at])]
    some = f": {', '.join(names[:MOST_NAMED])}{' …' if len(names) > MOST_NAMED else ''}" if names else ""
    told = f"{counted(len(out), 'column')} beside the table, in a part of the rows only, left out{some}"
    return warned(table.name, told, "nothing beside the patients")


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split()) if holds(cell) else ""
