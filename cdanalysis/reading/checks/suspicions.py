"""Columns whose values fit another unit than the one they were read in: said, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.kinds import held_cells
from cdanalysis.reading.headers.matching import specs_of
from cdanalysis.reading.headers.rows import BY_UNIT, CHOSEN, MatchRow
from cdanalysis.reading.headers.suspects import looks_like, numbers_in
from cdanalysis.reading.headers.unit_words import DATES
from cdanalysis.results import Fault


def suspicions(sheet: str, table: RawSheet, matched: Sequence[MatchRow], *, flat: bool) -> list[Fault]:
    """A warning for each column that looks as if it were in another unit."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=flat)}
    faults = []
    for place, match in enumerate(matched):
        spec = specs.get(match.column)
        if (
            spec is None
            or spec.kind != "number"
            or match.factor != 1
            or match.unit in DATES
            or match.unit_column
            or _settled(match)
        ):
            continue
        values = numbers_in(held_cells(row[place] for _, row in table.rows), table.decimal_comma)
        other = looks_like(spec, values)
        if other:
            accepted = f"{spec.unit}; if it is {other}, choose that unit under How each column was understood"
            faults.append(Fault(sheet, None, match.column, f"values that look like {other}", accepted, "warning"))
    return faults


def _settled(match: MatchRow) -> bool:
    """Whether the reader has said the unit or is asked for it, or each cell has its own."""
    if match.unit in DATES or match.unit_column:
        return True
    return (match.how == CHOSEN and bool(match.unit)) or match.answered == BY_UNIT or match.open_unit
