"""What the headers of a table and its cells leave open, each asked once per column: which column it is, in which unit.

An answer of the study file settles its row; without one the column is kept as a further one, or its values are left out.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.cells.numbers.odd_times import may_be_times
from cdanalysis.reading.headers.evidence.kinds import fits, held_cells
from cdanalysis.reading.headers.evidence.suspects import evidence_of, looks_like, numbers_in
from cdanalysis.reading.headers.rows import BY_COLUMN, BY_UNIT, DECIDE, LEFT_OUT, NOT_MATCHED, PROPOSED, MatchRow
from cdanalysis.reading.headers.units.stated_units import stated_unit, why_open, with_unit
from cdanalysis.reading.headers.units.unit_words import DATES, conversion, factor_of, factors_of
from cdanalysis.reading.questions import Asking

FURTHER, NONE = "a further column", "none of these"
ANOTHER_UNIT = "another unit"
LEAST_SAME, SAME_SHARE, SAME_UNITS = 5, 0.02, 0.06  # patients; of a value; of the coarser unit, rounded to one decimal
_KEPT = "kept as a further column"


def settled(
    rows: Sequence[MatchRow], table: RawSheet, specs: Mapping[str, ColumnSpec], asking: Asking
) -> tuple[MatchRow, ...]:
    """The rows with every doubt that is answered settled, and every other asked."""
    columns = [column_cells(table, place) for place in range(len(rows))]
    fitting = [_fitting(row, cells, table, specs) for row, cells in zip(rows, columns, strict=True)]
    claimed = _claimed(_alike(fitting, columns, specs), asking)
    named = [_named(row, cells, specs, asking) for row, cells in zip(claimed, columns, strict=True)]
    return tuple(measured(row, cells, table, specs, asking) for row, cells in zip(named, columns, strict=True))


def column_cells(table: RawSheet, place: int) -> list[Cell]:
    """The cells of one column."""
    return [row[place] for _, row in table.rows]


def _fitting(row: MatchRow, cells: Sequence[Cell], table: RawSheet, specs: Mapping[str, ColumnSpec]) -> MatchRow:
    """A proposal is dropped where the cells do not fit the proposed column's kind and range."""
    if row.how != PROPOSED:
        return row
    held = held_cells(cells)
    choices = tuple(name for name in row.choices if fits(specs[name], held, table.decimal_comma))
    return replace(row, choices=choices) if choices else replace(row, how=NOT_MATCHED, note=_KEPT, choices=())


def _alike(
    rows: Sequence[MatchRow], columns: Sequence[Sequence[Cell]], specs: Mapping[str, ColumnSpec]
) -> list[MatchRow]:
    """Of two headers of one number in two units that say the same of every patient, the finer is taken."""
    settled = list(rows)
    for column in {row.choices[0] for row in rows if row.how == DECIDE and len(row.choices) == 1}:
        places = [place for place, row in enumerate(rows) if row.how == DECIDE and row.choices == (column,)]
        spec = specs.get(column)
        if spec is None or spec.kind != "number" or len(places) != 2:
            continue
        taken = [
            with_unit(replace(rows[at], column=column), spec, *stated_unit(rows[at].header, spec)) for at in places
        ]
        numbers = [[plain_number(cell)[0] for cell in columns[at]] for at in places]
        if any(one.open_unit or not one.unit for one in taken) or not _say_the_same(
            numbers, [one.factor for one in taken]
        ):
            continue
        finer = max((0, 1), key=lambda at: (len(set(numbers[at])), -taken[at].factor))
        named, other = (places[at] for at in (finer, 1 - finer))
        settled[named] = replace(taken[finer], how="unit in the header", choices=())
        note = f"the same as {rows[named].header}"
        settled[other] = replace(rows[other], column="", how=LEFT_OUT, note=note, choices=())
    return settled


def _say_the_same(numbers: Sequence[Sequence[float | None]], factors: Sequence[float]) -> bool:
    """Whether two columns of numbers are the same in two units, but for rounding."""
    one, other = (
        np.array([math.nan if n is None else n for n in held]) * by for held, by in zip(numbers, factors, strict=True)
    )
    both = ~(np.isnan(one) | np.isnan(other))
    near = np.abs(one - other)[both] <= np.maximum(SAME_SHARE * np.abs(one[both]), SAME_UNITS * max(factors))
    return factors[0] != factors[1] and both.sum() >= LEAST_SAME and bool(near.all())


def _claimed(rows: Sequence[MatchRow], asking: Asking) -> list[MatchRow]:
    """Of two headers that fit one column, the one that the reader names gets it."""
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.how == DECIDE and len(row.choices) == 1:
            groups.setdefault(row.choices[0], []).append(place)
    settled = list(rows)
    for column, places in groups.items():
        _claim(settled, column, places, asking)
    return settled


def _claim(rows: list[MatchRow], column: str, places: Sequence[int], asking: Asking) -> None:
    names = _told_apart([rows[place].header for place in places])
    text = f"{' and '.join(map(repr, names))} both fit {column}. Which is it?"
    answer = asking.ask(
        "header", rows[places[0]].sheet, column, text, (*names, NONE), "until then both are further columns"
    )
    for place, name in zip(places, names, strict=True):
        if answer is not None:
            chosen = column if name == answer else ""
            rows[place] = replace(
                rows[place], column=chosen, how="answered", answered=BY_COLUMN, note=_note(chosen), choices=()
            )


def _told_apart(headers: Sequence[str]) -> list[str]:
    """Twins by their order."""
    return [
        header if headers.count(header) == 1 else f"{header} (column {headers[: place + 1].count(header)} of that name)"
        for place, header in enumerate(headers)
    ]


def _note(column: str) -> str:
    return "" if column else _KEPT


def _named(row: MatchRow, cells: Sequence[Cell], specs: Mapping[str, ColumnSpec], asking: Asking) -> MatchRow:
    """A header that may be several columns, or whose likeness to one proposes it, is what the reader says."""
    if row.how not in (DECIDE, PROPOSED) or (row.how == DECIDE and len(row.choices) == 1):
        return _in_its_unit(row, specs) if row.answered == BY_COLUMN else row
    meant = ", ".join(f"{name} ({specs[name].meaning})" for name in row.choices)
    evidence = f"{len(held_cells(cells)):,} values; until then it is a further column"
    text = (
        f"Is the column {row.header!r} {meant}?"
        if len(row.choices) == 1
        else f"Which column is {row.header!r}: {meant}?"
    )
    answer = asking.ask("column", row.sheet, row.header, text, (*row.choices, FURTHER), evidence)
    if answer is None:
        return row
    column = "" if answer == FURTHER else answer
    return _in_its_unit(
        replace(row, column=column, how="answered", answered=BY_COLUMN, note=_note(column), choices=()), specs
    )


def _in_its_unit(row: MatchRow, specs: Mapping[str, ColumnSpec]) -> MatchRow:
    """A row whose column was answered, in the unit that its header states."""
    spec = specs.get(row.column)
    return row if spec is None else with_unit(row, spec, *stated_unit(row.header, spec))


def measured(
    row: MatchRow, cells: Sequence[Cell], table: RawSheet, specs: Mapping[str, ColumnSpec], asking: Asking
) -> MatchRow:
    """The row in the unit, or with the order of its dates, that the reader says where the column does not."""
    spec = specs.get(row.column)
    if spec is None or row.how == LEFT_OUT:
        return row
    stated = not row.open_unit and (row.how == "exact name" or bool(row.unit))
    if spec.kind != "number" or stated or row.unit_column or row.unit in DATES:
        return row
    held = held_cells(cells)
    values = numbers_in(held, table.decimal_comma)
    if row.open_unit and held and not len(values):
        return replace(row, note="each cell states its unit")
    if row.open_unit and not may_be_times(held, asking.about(row.sheet, row.header)):
        return row
    return _with_unit(row, values, spec, asking)


def _with_unit(row: MatchRow, values: np.ndarray, spec: ColumnSpec, asking: Asking) -> MatchRow:
    """A unit that is not known, a duration without one, and values that look like another unit than the usual."""
    other = "" if row.open_unit else looks_like(spec, values)
    if not row.open_unit and not other:
        return row
    why = f"its values look like {other}" if other else why_open(row.stated)
    text = f"{row.header}: {why}. In which unit is it?"
    options = (*factors_of(spec), ANOTHER_UNIT)
    evidence = f"{evidence_of(spec, values)}; left out until then"
    answer = asking.ask("unit", row.sheet, row.header, text, options, evidence)
    if answer is None:
        return replace(row, open_unit=True, factor=math.nan, note=why)
    if answer == ANOTHER_UNIT:
        return replace(
            row, column="", week=None, open_unit=False, factor=1.0, note=f"in another unit, {_KEPT}", answered=BY_UNIT
        )
    return replace(
        row, unit=answer, factor=factor_of(spec, answer) or 1.0, open_unit=False, stated="", note=conversion(spec, answer),
        answered=row.answered or BY_UNIT,
    )  # fmt: skip
