"""Columns of units headed by nothing but `unit`, each that of the column to its left; known by what they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.evidence.kinds import held_cells
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import known_unit, normalised

BARE = frozenset({"unit", "units", "uom", "einheit", "einheiten", "unité", "unités", "unidad", "unità", "单位"})
MOSTLY = 0.5  # of the texts are units: others are asked about


def with_bare_unit_columns(
    rows: Sequence[MatchRow], table: RawSheet, specs: Mapping[str, ColumnSpec]
) -> list[MatchRow]:
    """The rows of numbers that know the bare column of units to their right."""
    known = list(rows)
    for place, (row, beside) in enumerate(zip(rows[:-1], rows[1:], strict=True)):
        spec = specs.get(row.column)
        if spec is None or spec.kind != "number" or row.unit or row.unit_column or not is_bare(beside.header):
            continue
        if units_in(table, place + 1, spec.unit):
            known[place] = replace(row, unit_column=beside.header, open_unit=False, factor=1.0)
    return known


def is_bare(header: str) -> bool:
    """Whether a header says `unit` and nothing of what; a twin's number is none of its words."""
    return normalised(header).rstrip(" 0123456789") in BARE


def units_in(table: RawSheet, place: int, wanted: str = "") -> set[str]:
    """The units that a column holds; none where most of its texts are something else. wanted: the unit of what they are of."""
    texts = {cell if isinstance(cell, str) else "" for cell in held_cells(row[place] for _, row in table.rows)}
    units = [unit for text in texts if (unit := known_unit(text, wanted))]
    return set(units) if len(units) > MOSTLY * len(texts) else set()


def unit_place(rows: Sequence[MatchRow], place: int) -> int:
    """The place of the column of units of a row that has one: of twins the next to its right."""
    header = rows[place].unit_column
    places = [other for other, row in enumerate(rows) if row.header == header]
    return next((other for other in places if other > place), places[0])
