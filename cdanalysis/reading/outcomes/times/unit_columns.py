"""A column that holds the unit of a time beside it, row by row: `time_unit`, `Einheit`, days in one row and months in another."""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.header_words import measured_by_unit_column
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_columns import is_bare, units_in
from cdanalysis.reading.headers.units.unit_words import LASTING, normalised
from cdanalysis.reading.outcomes.headers.vocabulary import TIME_WORDS
from cdanalysis.reading.outcomes.looked import Looked


def units_beside(
    rows: Sequence[MatchRow], columns: Sequence[Looked], table: RawSheet
) -> tuple[tuple[MatchRow, ...], list[Looked]]:
    """The rows of times that know the header of their units, and the columns without those of units."""
    units = [
        place for place, row in enumerate(rows) if _says_unit(row.header) and units_in(table, place) & LASTING.keys()
    ]
    left = [one for one in columns if one.place not in units]
    known = list(rows)
    for place in units:
        of = _measured(rows[place].header, place, left)
        if of is not None and not of.said.unit:
            known[of.place] = replace(known[of.place], unit_column=rows[place].header)
    return tuple(known), left


def _says_unit(header: str) -> bool:
    """Whether a header calls its column one of units: `y` in the cells of another is a yes."""
    return is_bare(header) or bool(measured_by_unit_column(header))


def _measured(header: str, place: int, columns: Sequence[Looked]) -> Looked | None:
    """The time that a column of units is of: by its words, else the one to its left; None where that is unclear."""
    times = [one for one in columns if one.said.role == "months" and one.numbers]
    words = measured_by_unit_column(header)
    named = [one for one in times if words and words in (normalised(one.header), one.said.stem)]
    if len(named) == 1:
        return named[0]
    bare = is_bare(header) or words in TIME_WORDS
    return next((one for one in times if bare and (one.place == place - 1 or len(times) == 1)), None)
