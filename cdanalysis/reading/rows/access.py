"""Yes and no as Microsoft Access writes them: -1 and 0, read as 1 and 0 where several columns are such and no other holds a -1."""

from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import counted, warned

YES_AND_NO = {-1, 0, "-1", "0"}
YES = {-1, "-1"}
LEAST, LEAST_COLUMNS = 5, 2  # cells; in one column alone -1 may as well be a code for missing
MOST_NAMED = 6


def with_yes_and_no(table: RawSheet) -> RawSheet:
    """The table with 1 in place of the -1 of its columns of yes and no; said."""
    width = len(table.headers)
    places = [place for place in range(width) if _are_yes_and_no(table, place)]
    if len(places) < LEAST_COLUMNS or any(
        _is_yes(row[place]) for _, row in table.rows for place in range(width) if place not in places
    ):
        return table
    rows = tuple(
        (number, tuple(1 if place in places and _is_yes(cell) else cell for place, cell in enumerate(row)))
        for number, row in table.rows
    )
    names = ", ".join(table.headers[place] for place in places[:MOST_NAMED])
    said = f"{counted(len(places), 'column')} of -1 and 0, as Access writes yes and no, read as 1 and 0: {names}"
    return replace(table, rows=rows, faults=(*table.faults, warned(table.name, said, "1 and 0")))


def _are_yes_and_no(table: RawSheet, place: int) -> bool:
    """Whether a column holds -1 and 0 and nothing else."""
    held: set[bool] = set()
    n = 0
    for _, row in table.rows:
        cell = row[place]
        if not holds(cell):
            continue
        if isinstance(cell, bool) or cell not in YES_AND_NO:
            return False
        held.add(cell in YES)
        n += 1
    return len(held) == 2 and n >= LEAST


def _is_yes(cell: Cell) -> bool:
    return not isinstance(cell, bool) and cell in YES
