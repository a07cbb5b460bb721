"""Cell -> value as its column says: numbers, yes/no, categories, dates; what is none of these is a fault.

`<5` is read as half the limit and `>450` as the limit, and said. Missing codes become missing and are counted. How a
column writes its numbers and dates is decided over the whole column (`numbers.py`, `dates/order.py`), and said.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.reading.cells.cells import (
    ImpossibleError,
    Notes,
    UndecidedError,
    UnreadableError,
    distinct,
    folded,
    identity,
    is_missing,
    note_missing,
    shown,
)
from cdanalysis.reading.cells.codes import category_codes, category_texts, code_of, with_silent_no, yes_no_codes
from cdanalysis.reading.cells.montreal import in_montreal
from cdanalysis.reading.cells.numbers.missing_numbers import MISSING_AS_CODES
from cdanalysis.reading.cells.numbers.number_cells import number_reader, with_one_meaning, without_codes
from cdanalysis.reading.cells.numbers.number_texts import COMMA, Cell, plain_number
from cdanalysis.reading.cells.numbers.odd_times import alike_in_rows, with_durations
from cdanalysis.reading.cells.numbers.two_units import convert, of_column, with_one_unit
from cdanalysis.reading.cells.words import CATEGORY_WORDS, NO, YES
from cdanalysis.reading.dates.calendars import in_common_form
from cdanalysis.reading.dates.impossible import impossible
from cdanalysis.reading.dates.leading_zero import with_leading_0
from cdanalysis.reading.dates.order import day_of, is_open
from cdanalysis.reading.dates.questions import asked_order
from cdanalysis.reading.headers.units.unit_words import DAYS_PER, normalised
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault

__all__ = ["NO", "YES", "identity", "is_missing", "plain_number", "read_column", "shown"]


MOST_SINGLE, NAMED = 12, 3  # cells that are each named; of more, those that are shown


def read_column(
    spec: ColumnSpec,
    cells: Sequence[Cell],
    rows: Sequence[int],
    *,
    factor: float = 1.0,
    decimal_comma: bool = False,
    order: str = "",
    about: ColumnAsking | None = None,
) -> tuple[list[object], list[Fault]]:
    """A column's values, None where missing, unreadable or asked about, and a fault for each cell that could not be read.

    order: of dates, what comes first, where the reader has said it. about: asks what the column leaves open.
    """
    about = about or Asking().about(spec.sheet, spec.name)
    notes = Notes(COMMA if decimal_comma else "")
    cells = with_silent_no(cells, about) if spec.kind == "yes_no" else cells
    cells = with_durations(spec, cells, factor, about, notes) if spec.kind == "number" else cells
    cells = with_one_meaning(spec, cells, factor, decimal_comma, about) if spec.kind == "number" else cells
    if spec.kind == "date":
        cells = with_leading_0(in_common_form(cells, about), notes)
        read, asked = _day_reader(spec, cells, notes, order, about)
    else:
        read, asked = _reader(spec, cells, factor, decimal_comma, notes, about)
    different, keys = distinct(cells)
    counted = Counter(keys)
    known, refused = _read_each(different, counted, read, notes)
    convert(known, refused, counted, about)
    values = [known[key] for key in keys]
    where = [(key, row) for key, row in zip(keys, rows, strict=True) if key in refused] if refused else []
    faults = _faults(spec, different, where, refused)
    if spec.kind == "number":
        values = without_codes(values, factor, about, may_be_0=spec.unit in DAYS_PER)
        values = list(with_one_unit(values, of_column(spec), about))
    return values, [*asked, *faults, *notes.said(spec.sheet, spec.name, accepted(spec))]


Refused = dict[Any, ImpossibleError | UnreadableError]


def _read_each(
    different: Mapping[Any, Cell], counted: Mapping[Any, int], read: Callable[[Cell], object], notes: Notes
) -> tuple[dict[Any, object], Refused]:
    """What each different cell is read as, None where that is nothing, and why those that are refused are."""
    known: dict[Any, object] = {}
    refused: Refused = {}
    for key, cell in different.items():
        notes.alike = counted[key]
        try:
            known[key] = note_missing(cell, notes) if is_missing(cell) else read(cell)
        except UndecidedError:
            known[key] = None
        except (ImpossibleError, UnreadableError) as refusal:
            known[key], refused[key] = None, refusal
    return known, refused


def _faults(
    spec: ColumnSpec, different: Mapping[Any, Cell], where: Sequence[tuple[Any, int]], refused: Refused
) -> list[Fault]:
    """A fault for each cell that could not be read; one for all that can be no value of any patient for the same reason."""
    alike: dict[str, list[int]] = {}
    for key, row in where:
        if isinstance(refused[key], ImpossibleError):
            alike.setdefault(str(refused[key]), []).append(row)
    unread = [(key, row) for key, row in where if isinstance(refused[key], UnreadableError)]
    single = [Fault(spec.sheet, row, spec.name, shown(different[key]), str(refused[key])) for key, row in unread]
    if len(unread) > MOST_SINGLE:
        first = ", ".join(dict.fromkeys(shown(different[key]) for key, _ in unread[:NAMED]))
        single = [Fault(spec.sheet, None, spec.name, f"{len(unread)} × {first} …", accepted(spec))]
    return single + [
        Fault(spec.sheet, which[0] if len(which) == 1 else None, spec.name, alike_in_rows(told, which), accepted(spec))
        for told, which in alike.items()
    ]


Reader = tuple[Callable[[Cell], object], list[Fault]]


def _reader(
    spec: ColumnSpec, cells: Sequence[Cell], factor: float, decimal_comma: bool, notes: Notes, about: ColumnAsking
) -> Reader:
    """How a cell of this column is read, and what has to be said of the column as a whole."""
    if spec.kind == "number":
        return number_reader(spec, cells, factor, decimal_comma, notes)
    if spec.kind == "yes_no":
        codes = yes_no_codes(cells, about)
        return lambda cell: _yes_no(cell, spec, codes), []
    if spec.kind == "category":
        words = category_words(spec.name)
        meant = category_codes(spec, words, cells, about) | category_texts(spec, words, cells, about)
        return lambda cell: _category(cell, spec, words, meant, notes), []
    return identity, []


@cache
def category_words(column: str) -> Mapping[str, str]:
    """Each word for a category of a column of the dictionary, normalised -> the category."""
    return {normalised(word): name for name, others in CATEGORY_WORDS[column].items() for word in (name, *others)}


def _yes_no(cell: Cell, spec: ColumnSpec, codes: Mapping[str, bool | None]) -> bool | None:
    text = folded(cell)
    code = text if text in codes else code_of(cell)
    if code in codes:
        meant = codes[code]
        if meant is None:
            raise UndecidedError
        return meant
    if text in YES or text in NO:
        return text in YES
    raise UnreadableError(accepted(spec))


def _category(
    cell: Cell, spec: ColumnSpec, words: Mapping[str, str], codes: Mapping[str, str | None], notes: Notes
) -> str | None:
    code = (folded(cell) if folded(cell) in codes else code_of(cell)) if codes else ""
    if code in codes:
        meant = codes[code]
        if meant is None:
            raise UndecidedError
        return meant
    text = identity(cell)
    found = words.get(normalised(text)) or in_montreal(spec.name, text)
    if found is None and plain_number(cell)[0] in MISSING_AS_CODES:
        notes.add(f"the missing code {text}")
        return None
    if found is None:
        raise UnreadableError(accepted(spec))
    return found


def _day_reader(spec: ColumnSpec, cells: Sequence[Cell], notes: Notes, given: str, about: ColumnAsking) -> Reader:
    """Days since Excel's epoch: only differences are used."""
    order = asked_order(cells, about, given)

    def read(cell: Cell) -> float:
        day, how = day_of(cell, order)
        if day is None and is_open(cell, order):
            raise UndecidedError
        if day is None:
            raise UnreadableError(accepted(spec))
        why = impossible(day)
        if why:
            raise ImpossibleError(f"{shown(cell)}, {why}")
        notes.add(how)
        return day

    said = [Fault(spec.sheet, None, spec.name, order.said, accepted(spec), "warning")] if order.said else []
    return read, said
