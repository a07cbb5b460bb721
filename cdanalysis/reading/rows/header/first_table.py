"""Where the first table of a sheet ends: a second one below it, or a block of a few cells apart from it."""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.rows.header.below_header import left_out, names_row
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import counted

LEAST_COLUMNS = 5


def first_table(table: RawSheet) -> RawSheet:
    """Without a second table below an empty row: names of columns over the first one's numbers, and all that follows."""
    for place in range(1, len(table.rows)):
        (before, _), (number, row) = table.rows[place - 1], table.rows[place]
        if (
            number - before > 1
            and names_row(row, table.headers, table.rows[:place])
            and not is_header(row, table.headers)
        ):
            said = left_out(
                table, number, f"a second table of {counted(len(table.rows) - place, 'row')} below the first", row
            )
            return replace(table, rows=table.rows[:place], faults=(*table.faults, said))
    return table


def narrow_block(table: RawSheet) -> int:
    """The place of the first row of a block of one or two cells per row, an empty row below the table; else beyond all rows."""
    place = n = len(table.rows)
    while (
        place
        and len(table.headers) >= LEAST_COLUMNS
        and sum(cell is not None for cell in table.rows[place - 1][1]) <= 2
    ):
        place -= 1
        if place and table.rows[place][0] - table.rows[place - 1][0] > 1:
            return place
    return n


def is_header(row: Sequence[Cell], headers: Sequence[str]) -> bool:
    pairs = [
        (str(cell).strip().casefold(), header.casefold())
        for cell, header in zip(row, headers, strict=False)
        if cell is not None
    ]
    same = sum(cell == header or header.startswith(f"{cell} (") for cell, header in pairs)
    return same > 1 and same > len(pairs) / 2
