"""Rows that leave out what the row above says of the patient: an identifier that stands in the first row of each alone."""

from dataclasses import replace

from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import counted, warned

LEAST, LEAST_SHARE = 3, 0.3  # rows without an identifier, and of all: fewer were forgotten


def filled_down(table: RawSheet) -> RawSheet:
    """The table with the identifier above in rows that say nothing of the patient, only what was at a visit; said.

    Such a row is empty wherever else every row with an identifier says something that no other row does.
    """
    ids = id_place(table.headers)
    if ids is None or not table.rows or not holds(table.rows[0][1][ids]):
        return table
    bare = [row for _, row in table.rows if not holds(row[ids])]
    if len(bare) < max(LEAST, LEAST_SHARE * len(table.rows)) or not _leave_out_more(table, ids):
        return table
    above, rows = table.rows[0][1][ids], []
    for number, row in table.rows:
        above = row[ids] if holds(row[ids]) else above
        rows.append((number, (*row[:ids], above, *row[ids + 1 :])))
    told = f"{counted(len(bare), 'row')} without an identifier, read as of the patient above"
    said = warned(table.name, told, "an identifier in every row", column=table.headers[ids])
    return replace(table, rows=tuple(rows), faults=(*table.faults, said))


def _leave_out_more(table: RawSheet, ids: int) -> bool:
    """Whether another column is filled in the rows with an identifier and in no other, and one in the others too."""
    named = [row for _, row in table.rows if holds(row[ids])]
    bare = [row for _, row in table.rows if not holds(row[ids])]
    places = [at for at in range(len(table.headers)) if at != ids and all(holds(row[at]) for row in named)]
    empty = [at for at in places if not any(holds(row[at]) for row in bare)]
    return bool(empty) and any(holds(row[at]) for row in bare for at in range(len(table.headers)) if at not in empty)
