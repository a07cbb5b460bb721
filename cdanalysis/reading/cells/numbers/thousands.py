"""`1.200` beside 350: a number of 1200 or of 1.2, which neither the column nor its file tells; asked."""

from collections.abc import Sequence

from cdanalysis.reading.cells.numbers.number_texts import Cell, plain_number, undecided
from cdanalysis.reading.questions import ColumnAsking

A_DECIMAL, THOUSANDS_MARK = "a decimal mark", "a mark between thousands"
LEAST_GROUPED, LEAST_BESIDE = 1000, 100


def with_thousands(cells: Sequence[Cell], about: ColumnAsking, comma: bool) -> Sequence[Cell]:
    """The cells with `1.200` beside 350 as the reader says; nothing until then, for it may be 1200 in a file of points."""
    unclear = set(undecided(cells))
    decimal = [text for text in unclear if (plain_number(text, comma)[0] or LEAST_GROUPED) < LEAST_GROUPED]
    if not decimal or not any(
        isinstance(cell, str) and cell.strip().isdecimal() and int(cell) >= LEAST_BESIDE for cell in cells
    ):
        return cells
    held = [cell for cell in cells if isinstance(cell, str) and cell.strip() in unclear]
    one, other = (plain_number(decimal[0], mark)[0] for mark in (comma, not comma))
    text = f"{len(held)} × a number such as {decimal[0]}, beside whole numbers. Is that {one:g} or {other:g}?"
    answer = about.ask("thousands", text, (A_DECIMAL, THOUSANDS_MARK), "left out until then")
    value = {A_DECIMAL: comma, THOUSANDS_MARK: not comma}
    return [
        (plain_number(cell, value[answer])[0] if answer else None)
        if isinstance(cell, str) and cell.strip() in unclear
        else cell
        for cell in cells
    ]
