"""A column of times in the unit that its header states, or that the reader says; without either it is left out and asked about."""

from collections.abc import Sequence

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import Cell
from cdanalysis.reading.cells.cells import Notes
from cdanalysis.reading.cells.numbers.odd_times import may_be_times
from cdanalysis.reading.cells.values import read_column, shown
from cdanalysis.reading.dates.leading_zero import with_leading_0
from cdanalysis.reading.dates.none import is_no, is_placeholder
from cdanalysis.reading.headers.doubts import ANOTHER_UNIT
from cdanalysis.reading.headers.evidence.kinds import held_cells
from cdanalysis.reading.headers.evidence.suspects import evidence_of, looks_like, numbers_in
from cdanalysis.reading.headers.header_words import OR, readings
from cdanalysis.reading.headers.units.stated_units import why_open
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault
from cdanalysis.units import DAYS_PER_MONTH

LONGEST_LETTERS = 3  # of a header such as `d` or `mo` that alone says no unit
UNITS = tuple(LASTING)
LONGEST_OF = {"weeks": 1300, "quarters": 120, "years": 50}  # hardly anybody is followed for longer, and no cohort is
COARSE = ("years", "days", "short month", "quarters", "calendar")  # questions to dates that name no day
SHORT_DAYS, PARTED = 400, 0.5  # days that last no longer and of which more have decimals are hardly days
MONTHS_PER = {unit: LASTING[unit] / DAYS_PER_MONTH for unit in UNITS}


def unit_of(
    spec: ColumnSpec, header: str, stated: str, cells: Sequence[Cell], asking: Asking, *, decimal_comma: bool
) -> str:
    """The unit of a time: as stated where its values allow it, else as the reader answered; "" while that is open."""
    alone = header if len(header) > LONGEST_LETTERS or not header.isascii() else ""  # `days`
    known = known_unit(stated) or known_unit(alone)
    held = held_cells(cells, len(cells))
    numbers = numbers_in(held, decimal_comma)
    doubt = why_open(next((way.aside for way in readings(header) if OR in way.aside), ""))
    if known in MONTHS_PER:
        doubt = _doubt(spec, known, numbers_in([cell for cell in held if not _says_unit(cell)], decimal_comma))
    if doubt and not may_be_times(held, asking.about("patients", header)):
        return ""
    if not doubt or not len(numbers):
        return known if known in MONTHS_PER else "months"
    text = f"{header}: {doubt}. In which unit is it?"
    options, evidence = (*UNITS, ANOTHER_UNIT), f"{evidence_of(spec, numbers)}; left out until then"
    answer = asking.ask("unit", "patients", header, text, options, evidence)
    return "" if answer in (None, ANOTHER_UNIT) else answer


def _says_unit(cell: Cell) -> bool:
    """Whether a cell has letters beside its number: it speaks for itself."""
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _doubt(spec: ColumnSpec, unit: str, numbers: np.ndarray) -> str:
    """What the numbers say against the unit that is stated; empty where nothing does."""
    if unit == "months" and (other := looks_like(spec, numbers)):
        return f"its values look like {other}"
    if unit not in ("months", "days") and len(numbers) and numbers.max() > LONGEST_OF.get(unit, np.inf):
        return f"its values reach {numbers.max():.4g} {unit}"
    if unit == "days" and len(numbers) and numbers.max() < SHORT_DAYS and (numbers % 1 > 0).mean() > PARTED:
        return "most of its values have decimals, which days hardly have"
    return ""


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
        return _left_out(spec, cells, "a time without a unit")
    factor = 1.0 if spec.kind == "date" else MONTHS_PER[unit]
    read = read_column(spec, cells, rows, factor=factor, decimal_comma=decimal_comma, order=order, about=about)
    if about.is_open("thousands"):  # the longest times alone would be left out
        return _left_out(spec, cells, "times with a mark that may part thousands")
    if any(map(about.is_open, COARSE)):  # those without the event alone would be left
        return _left_out(spec, cells, "dates of which some name no day")
    return read


def _left_out(spec: ColumnSpec, cells: Sequence[Cell], why: str) -> tuple[list[object], list[Fault]]:
    """No time of anybody, said once."""
    answer = "a known unit, or an answer to the question about it: until then it is left out"
    return [None] * len(cells), [Fault("patients", None, spec.name, why, answer)]


def dates_of_events(cells: Sequence[Cell], header: str, label: str, asking: Asking, *, stated: bool) -> Sequence[Cell]:
    """The cells of a date without those that say that it did not happen: a no, zeros, or a placeholder as the reader says.

    stated: whether another column says whether it happened.
    """
    cells = [None if is_no(cell) else cell for cell in cells]
    stand_for_none = [is_placeholder(cell) for cell in with_leading_0(cells, Notes())]
    held = [cell for cell, is_none in zip(cells, stand_for_none, strict=True) if is_none]
    if not held:
        return cells
    none = f"no {label}"
    text = f"{header}: {len(held)} × {shown(held[0])}. Does it say that there was no {label}?"
    answer = (
        none
        if stated
        else asking.ask(
            "placeholder", "patients", header, text, (none, "a date that is not known"), "left out until then"
        )
    )
    return [None if answer == none and is_none else cell for cell, is_none in zip(cells, stand_for_none, strict=True)]
