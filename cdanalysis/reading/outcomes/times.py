"""A column of times in the unit that its header states, or that the reader says; without either it is left out and asked about."""

from __future__ import annotations

from collections.abc import Sequence

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers import plain_number, writes_comma
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.headers.unit_words import LASTING, known_unit
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault
from cdanalysis.units import DAYS_PER_MONTH

UNITS = ("days", "weeks", "months", "years")
MONTHS_PER = {unit: LASTING[unit] / DAYS_PER_MONTH for unit in UNITS}


def unit_of(header: str, stated: str, cells: Sequence[Cell], asking: Asking, *, sheet: str = "patients") -> str:
    """The unit of a time: as stated, else as the reader answered; "" while that is open."""
    if known_unit(stated) in MONTHS_PER:
        return known_unit(stated)
    comma = writes_comma(cells, False)
    read = [plain_number(cell, comma)[0] for cell in cells if not is_missing(cell)]
    numbers = [number for number in read if number is not None]
    if not numbers:
        return "months"
    text = f"In what unit is {header}?"
    return asking.ask("unit", sheet, header, text, UNITS, _evidence(numbers)) or ""


def _evidence(numbers: Sequence[float]) -> str:
    """`24 values, the longest 548: 46 years as months, 18 months as days`."""
    longest = max(numbers)
    told = ", ".join(f"{_lasting(longest * MONTHS_PER[unit])} as {unit}" for unit in ("months", "weeks", "days"))
    return f"{len(numbers)} values, the longest {longest:g}: {told}."


def _lasting(months: float) -> str:
    """A duration in the unit in which it reads best."""
    if months >= 36:
        return f"{months / 12:.0f} years"
    return f"{months:.0f} months" if months >= 3 else f"{months * DAYS_PER_MONTH:.0f} days"


def read_times(
    spec: ColumnSpec,
    unit: str,
    cells: Sequence[Cell],
    rows: Sequence[int],
    *,
    decimal_comma: bool,
    order: str,
    about: ColumnAsking,
) -> tuple[list[object], list[Fault]]:
    """Months of each row, or days of an epoch for dates; all missing while the unit is open, which is said once."""
    if spec.kind == "number" and not unit:
        answer = "an answer to the question about it: until then it is left out"
        return [None] * len(cells), [Fault("patients", None, spec.name, "a time without a unit", answer)]
    factor = 1.0 if spec.kind == "date" else MONTHS_PER[unit]
    return read_column(spec, cells, rows, factor=factor, decimal_comma=decimal_comma, order=order, about=about)
