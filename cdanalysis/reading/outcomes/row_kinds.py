"""Columns that say what each row of a patient is: `endpoint`, of which everybody has each in a row of its own, is no status."""

from collections.abc import Sequence

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.cells import identity, is_missing
from cdanalysis.reading.headers.doubts import column_cells
from cdanalysis.reading.headers.rows import MatchRow, place_of_ids
from cdanalysis.reading.outcomes.looked import Looked

LEAST_KINDS = 3  # a status of two codes may be that of a first and a last visit


def without_row_kinds(columns: Sequence[Looked], rows: Sequence[MatchRow], table: RawSheet) -> list[Looked]:
    """The columns without those headed as an event of whose codes every patient has each in one row."""
    place = place_of_ids(rows)
    if place is None:
        return list(columns)
    whose = [identity(cell) for cell in column_cells(table, place)]
    return [
        one for one in columns if one.said.role != "event" or not _tells_rows(column_cells(table, one.place), whose)
    ]


def _tells_rows(cells: Sequence[Cell], whose: Sequence[str]) -> bool:
    kinds, pairs = {identity(cell) for cell in cells}, {*zip(whose, map(identity, cells), strict=True)}
    full = len(kinds) * len(set(whose)) == len(cells) == len(pairs)
    return full and len(kinds) >= LEAST_KINDS and not any(map(is_missing, cells))
