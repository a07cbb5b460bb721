"""Columns of one number at several times (`calprotectin`, `calprotectin_w8`, `Zonulin week 24 (ng/mL)`): visits, as an index's are.

Only where the table has it at the start too: what is measured later alone has no baseline value, and stays a column of the
patients. Numbers of two values, such as yes and no at each week, are no measurement.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import ALSO_AT_VISITS, COLUMNS
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number, writes_comma
from cdanalysis.reading.headers.doubts import column_cells
from cdanalysis.reading.headers.header_words import readings
from cdanalysis.reading.headers.rows import NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.stated_units import spelled, with_unit
from cdanalysis.reading.rows.visit_names import Timed, timed, visit_note

LEAST_DIFFERENT = 3  # values of all columns together
MOSTLY = 0.8  # of the cells that hold something, as `cells/further.py` has it
_LABORATORY = {word: spec for spec in COLUMNS["visits"] if spec.name in ALSO_AT_VISITS for word in spelled(spec)}
_KNOWN = {spec.name for specs in COLUMNS.values() for spec in specs} - set(ALSO_AT_VISITS)
Placed = tuple[int, Timed]


def name_by_week(row: MatchRow) -> str:
    """Under which name a column that the dictionary has not is a visit's; empty where it is none."""
    found = timed(row.header) if row.how == NOT_MATCHED and row.week is not None else None
    return found.rest if found else ""


def with_weeks(rows: Sequence[MatchRow], table: RawSheet) -> tuple[MatchRow, ...]:
    """The rows with the week of each such column; of one that the dictionary has, under its name there."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for place, row in enumerate(rows):
        found = timed(row.header) if row.how == NOT_MATCHED and row.header else None
        if found and found.week >= 0 and found.rest:
            spec, _ = _laboratory(found.rest)
            groups[spec.name if spec else found.rest].append((place, found))
    settled = list(rows)
    for name, columns in groups.items():
        if _is_followed(name, columns, rows) and _is_measured(columns, table):
            for place, found in columns:
                settled[place] = _at_week(rows[place], found)
    return tuple(settled)


def _laboratory(words: str) -> tuple[ColumnSpec | None, str]:
    """The column of a laboratory value that words name, and the unit that they state."""
    named = ((_LABORATORY.get(way.words), way) for way in readings(words))
    spec, way = next(((spec, way) for spec, way in named if spec and not way.aside), (None, None))
    return spec, way.unit if way else ""


def _is_followed(name: str, columns: Sequence[Placed], rows: Sequence[MatchRow]) -> bool:
    """Whether it has a value at the start and one later, and none twice."""
    weeks = [found.week for _, found in columns]
    bare = any(row.week is None and (row.column == name or (not row.column and row.header == name)) for row in rows)
    taken = {week for row in rows if row.column == name and (week := row.week) is not None}
    once = len({*weeks, *taken}) == len(weeks) + len(taken)
    return once and name not in _KNOWN and (bare or 0.0 in weeks) and max(weeks) > 0


def _is_measured(columns: Sequence[Placed], table: RawSheet) -> bool:
    """Whether each column holds numbers, more than two different ones in all."""
    every: set[float] = set()
    for place, _ in columns:
        held = [cell for cell in column_cells(table, place) if not is_missing(cell)]
        comma = writes_comma(held, table.decimal_comma)
        numbers = [number for cell in held if (number := plain_number(cell, comma)[0]) is not None]
        if not held or len(numbers) < MOSTLY * len(held):
            return False
        every |= set(numbers)
    return len(every) >= LEAST_DIFFERENT


def _at_week(row: MatchRow, found: Timed) -> MatchRow:
    spec, unit = _laboratory(found.rest)
    if spec is None:
        return replace(row, week=found.week, note=f"{found.rest} at {visit_note(found)}")
    return with_unit(
        replace(row, column=spec.name, how="visit column", week=found.week, note=visit_note(found)), spec, unit
    )
