"""A column that the dictionary does not have -> numbers or texts, a covariate candidate either way."""

from __future__ import annotations

from collections.abc import Sequence

from cdanalysis.reading.cells.cells import Notes, identity, is_missing, note_missing, shown
from cdanalysis.reading.cells.numbers import COMMA, Cell, plain_number, writes_comma
from cdanalysis.results import Fault

MOSTLY = 0.5  # a column with more numbers than this is one of numbers with a few texts in it


def read_further(
    sheet: str, header: str, cells: Sequence[Cell], rows: Sequence[int], *, decimal_comma: bool = False
) -> tuple[list[float | None] | list[str | None], list[Fault]]:
    """A column that the dictionary does not have: numbers if every cell that holds something is one, else texts."""
    notes, comma = Notes(COMMA if decimal_comma else ""), writes_comma(cells, decimal_comma)
    read = [None if is_missing(cell) else plain_number(cell, comma) for cell in cells]
    held = [(number, row, cell) for number, row, cell in zip(read, rows, cells, strict=True) if number is not None]
    texts = [(row, cell) for (number, _), row, cell in held if number is None or _is_code(cell)]
    if texts:
        mixed = len(texts) < (1 - MOSTLY) * len(held)
        faults = [
            Fault(sheet, row, header, shown(cell), "a number, as most cells of this column; it is read as text", "warning")
            for row, cell in texts[:1] if mixed
        ]  # fmt: skip
        return [None if number is None else identity(cell) for number, cell in zip(read, cells, strict=True)], faults
    for cell in cells:
        note_missing(cell, notes)
    for (_, how), _, _ in held:
        notes.add(how)
    return [None if number is None else number[0] for number in read], notes.said(sheet, header, "a number or a text")


def _is_code(cell: Cell) -> bool:
    """007 is a code: as a number it would lose its zeros."""
    return isinstance(cell, str) and len(cell) > 1 and cell.isdecimal() and cell.startswith("0")
