"""The unit of a column's values: as its header says, as a column of units beside it says, or left open."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.headers.header_words import OR, measured_by_unit_column, names_duration, readings
from cdanalysis.reading.headers.rows import DECIDE, NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.unit_words import DAYS_PER, conversion, factor_of, known_unit, normalised

_UNIT_LIKE = re.compile(r"[/%^µμ²³⁹]|\d+\s*ml|-1\b")


def stated_unit(header: str, spec: ColumnSpec) -> tuple[str, bool]:
    """The unit that a header states for a column, or the bracket that may be one; and whether the words name a duration."""
    if normalised(header) == normalised(spec.name):
        return "", True
    ways = list(readings(header))
    fitting = next((way.unit for way in ways if way.unit and factor_of(spec, way.unit) is not None), "")
    unknown = next(
        (way.unit or way.aside for way in ways if way.proven and (way.unit or is_unit_like(way.aside, spec))), ""
    )
    whole = normalised(header)
    return fitting or unknown, whole in spec.synonyms and names_duration(whole)


def with_unit(row: MatchRow, spec: ColumnSpec, unit: str, names_unit: bool = False) -> MatchRow:
    """The row of values in a unit as it is spelled; one that is not known, and a duration without one, are left open."""
    if spec.kind != "number" or not spec.unit:
        return row
    factor = factor_of(spec, unit) if unit else None
    if factor is not None:
        by = "unit in the header" if row.how == "synonym" else row.how
        known = known_unit(unit, spec.unit) or unit
        note = ", ".join(filter(None, (row.note, conversion(spec, known))))
        return replace(row, how=by, note=note, factor=factor, unit=known, open_unit=False, stated="")
    if not unit and (names_unit or spec.unit not in DAYS_PER):
        return row
    return replace(row, note=why_open(unit), factor=math.nan, open_unit=True, stated=unit)


def why_open(unit: str) -> str:
    """Why a stated unit, or none, leaves the unit of a column open."""
    if OR in unit:
        return f"the header and the row under it state two units, {unit.replace(OR, ' and ')}"
    return f"the unit {unit!r} is not known" if unit else "no unit is stated"


def unanswered(row: MatchRow, spec: ColumnSpec) -> MatchRow:
    """The row as it was before its unit was answered."""
    return with_unit(replace(row, answered="", unit="", factor=1.0), spec, *stated_unit(row.header, spec))


def is_unit_like(aside: str, spec: ColumnSpec) -> bool:
    """Whether a bracket that is no known unit is one all the same: `(mg/24h)`, and a single word of a duration."""
    duration = spec.unit in DAYS_PER and len(aside.split()) == 1
    return spec.kind == "number" and bool(spec.unit) and (duration or bool(_UNIT_LIKE.search(aside)))


def with_unit_columns(rows: Sequence[MatchRow], specs: Mapping[str, ColumnSpec]) -> list[MatchRow]:
    """Rows whose units stand in a column of their own, `crp_unit` beside `crp`, know its header."""
    holding: dict[str, str] = {}
    for row in rows:
        of = measured_by_unit_column(row.header) if not row.column else ""
        if of:
            holding[of] = row.header
    units = {place: header for of, header in holding.items() for place in _measured(rows, of, specs)}
    return [
        replace(row, unit_column=units[place], open_unit=False, factor=1.0)
        if place in units
        else replace(row, how=NOT_MATCHED, note="units of another column, kept as a further column")
        if row.header in units.values() and row.how == DECIDE
        else row
        for place, row in enumerate(rows)
    ]


def _measured(rows: Sequence[MatchRow], words: str, specs: Mapping[str, ColumnSpec]) -> list[int]:
    """The places of the rows without a unit of their own that the words name: by header, or by column, at every visit."""
    free = [(place, row) for place, row in enumerate(rows) if _is_number(row, specs) and not row.unit]
    named = [place for place, row in free if normalised(row.header) == words]
    return named or [place for place, row in free if words in spelled(specs[row.column])]


def _is_number(row: MatchRow, specs: Mapping[str, ColumnSpec]) -> bool:
    return row.column in specs and specs[row.column].kind == "number"


@cache
def spelled(spec: ColumnSpec) -> tuple[str, ...]:
    """How a column may be called; a date also with the word `date` before or behind its name."""
    name = normalised(spec.name)
    bare = [one for one in spec.synonyms if spec.kind == "date" and "date" not in one.split() and one.isascii()]
    dated = (form.format(one) for one in bare for form in ("{} date", "date {}", "date of {}"))
    return tuple(dict.fromkeys((name, *spec.synonyms, *dated)))
