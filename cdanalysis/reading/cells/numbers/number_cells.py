"""Cells of a column of numbers -> values in its unit: by the column's marks and range, the cell's own unit, missing codes."""

from collections.abc import Callable, Sequence
from math import isnan, nan

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.reading.cells.cells import ImpossibleError, Notes, OtherUnitError, UndecidedError, UnreadableError
from cdanalysis.reading.cells.censored_times import bare_time
from cdanalysis.reading.cells.numbers.missing_numbers import MISSING_NUMBERS, missing_codes
from cdanalysis.reading.cells.numbers.number_texts import Cell, flagged_number, plain_number, undecided, writes_comma
from cdanalysis.reading.cells.numbers.odd_times import FROM_EMPTY, is_from_empty
from cdanalysis.reading.cells.numbers.quantities import with_unit
from cdanalysis.reading.cells.numbers.thousands import with_thousands
from cdanalysis.reading.headers.units.unit_words import LASTING, factors_of
from cdanalysis.reading.questions import ColumnAsking
from cdanalysis.results import Fault

AT_LEAST = "at least that much, read as that"  # `60+`
ROUNDED = 1e-9  # of a value converted and back
MIXED = ("g/dL", "/µL", "days")  # units that stand among the others in one column


def number_reader(
    spec: ColumnSpec, cells: Sequence[Cell], factor: float, decimal_comma: bool, notes: Notes
) -> tuple[Callable[[Cell], float | None], list[Fault]]:
    """How a cell is read, and what is said of the column; factor: NaN while its unit is open."""
    unclear = undecided(cells)
    comma = _by_range(spec, unclear, factor, decimal_comma) if unclear else writes_comma(cells, decimal_comma)
    said = []
    if unclear:
        value, _ = plain_number(unclear[0], comma)
        said.append(
            Fault(spec.sheet, None, spec.name, f"{len(unclear)} × a number such as {unclear[0]}, read as {value:g}",
                  "a number without a mark between thousands, or its like with two decimals in the column", "warning")
        )  # fmt: skip
    known: dict[str, float | None] = {}
    return lambda cell: _number(cell, spec, factor, comma, notes, known), said


def with_one_meaning(
    spec: ColumnSpec, cells: Sequence[Cell], factor: float, decimal_comma: bool, about: ColumnAsking
) -> Sequence[Cell]:
    """The cells with `1.200` beside 350 as the reader says, where the column's range allows both that it may be."""
    unclear = undecided(cells)
    if not unclear or _fits(spec, unclear, factor, True) != _fits(spec, unclear, factor, False):
        return cells
    return with_thousands(cells, about, decimal_comma)


def _by_range(spec: ColumnSpec, unclear: Sequence[str], factor: float, decimal_comma: bool) -> bool:
    """Whether `1,234` has a decimal comma: as the column's range allows; if it allows both, as the file writes."""
    fits = _fits(spec, unclear, factor, True)
    return decimal_comma if fits == _fits(spec, unclear, factor, False) else fits


def _fits(spec: ColumnSpec, texts: Sequence[str], factor: float, comma: bool) -> bool:
    """Whether all texts are values of the column where their mark is, or is not, a decimal comma."""
    values = (plain_number(text, comma)[0] for text in texts)
    return all(value is not None and spec.lowest <= value * factor <= spec.highest for value in values)


def _number(
    cell: Cell, spec: ColumnSpec, factor: float, decimal_comma: bool, notes: Notes, known: dict[str, float | None]
) -> float | None:
    """A number in the column's unit; a plain one cannot be known while the column's unit is open."""
    plain, how = plain_number(cell, decimal_comma)
    if plain is None and spec.unit in LASTING and (bare := bare_time(cell)):
        cell, (plain, how) = bare, plain_number(bare, decimal_comma)
        how = ", ".join(filter(None, (how, AT_LEAST)))
    value = None if plain is None else plain * factor
    if plain is None and isinstance(cell, str):
        value, how = with_unit(cell, spec, decimal_comma, known)
        plain, how = (plain, how) if value is not None else flagged_number(cell, decimal_comma)
        value = plain * factor if value is None and plain is not None else value
    if value is None:
        raise UnreadableError(accepted(spec))
    if spec.lowest <= value <= spec.highest:
        notes.add(how, value)
        return value
    if plain in MISSING_NUMBERS:
        notes.add(f"the missing code {plain:g}")
        return None
    if isnan(value):
        raise UndecidedError
    raise _refusal(value, spec, factor)


def _refusal(value: float, spec: ColumnSpec, factor: float) -> ImpossibleError | UnreadableError:
    """Why a number beyond the column's range is none of its values."""
    if spec.unit in LASTING and is_from_empty(value, spec.unit):
        return ImpossibleError(FROM_EMPTY)
    other, in_unit = _fitting(value / factor, spec, factor)
    if other:
        told = f"a value beyond {spec.highest:g} {spec.unit} or below {spec.lowest:g}, as if in {other}"
        return ImpossibleError(told) if spec.unit in LASTING else OtherUnitError(told, other, value / factor, in_unit)
    return UnreadableError(accepted(spec))


def _fitting(written: float, spec: ColumnSpec, factor: float) -> tuple[str, float]:
    """The unit in which a number that is none of the column's would be one, and its value then; of a time a plain one only."""
    factors = factors_of(spec)
    units = MIXED if factor == 1 else () if spec.unit in LASTING else (spec.unit,)
    values = ((unit, written * factors.get(unit, nan)) for unit in units)
    return next(((unit, value) for unit, value in values if spec.lowest <= value <= spec.highest), ("", nan))


def without_codes(values: list[object], factor: float, about: ColumnAsking, *, may_be_0: bool = False) -> list[object]:
    """The values without the codes for missing, 999, that the column's range does not exclude; as its cells write them.

    may_be_0: whether 0 is asked about elsewhere.
    """
    written = np.array([np.nan if value is None else value for value in values], float) / factor
    rounded = np.round(written, 2)
    written = np.where(np.abs(written - rounded) <= ROUNDED * np.abs(rounded), rounded, written)
    left_out = missing_codes(np.where(written == 0, np.nan, written) if may_be_0 else written, about, known=True)
    if not left_out:
        return values
    return [None if number in left_out else value for number, value in zip(written, values, strict=True)]
