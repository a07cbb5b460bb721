"""Cell -> value as its column says: numbers, yes/no, categories, dates; what is none of these is a fault.

`<5` is read as half the limit and `>450` as the limit, and said. Missing codes become missing and are counted. How a
column writes its numbers and dates is decided over the whole column (`numbers.py`, `dates.py`), and said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.reading.cells.cells import Notes, folded, identity, is_missing, note_missing, shown
from cdanalysis.reading.cells.dates import DateOrder, day_of, order_of
from cdanalysis.reading.cells.numbers import COMMA, Cell, plain_number, undecided, writes_comma
from cdanalysis.reading.cells.words import CATEGORY_WORDS, NO, YES
from cdanalysis.reading.headers.unit_words import ORDERS, normalised
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault

__all__ = ["NO", "YES", "identity", "is_missing", "plain_number", "read_column", "shown"]
MISSING_NUMBERS = {99.0, 999.0, 9999.0, -9.0, -99.0, -999.0}  # where outside the column's range


class UnreadableError(Exception):
    """A cell that its column does not accept; the message says what is accepted."""


class UndecidedError(Exception):
    """A cell of a column for which one question stands for all its cells."""


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
    if spec.kind == "date":
        read, asked = _day_reader(spec, cells, notes, order, about)
    else:
        read, asked = _reader(spec, cells, factor, decimal_comma, notes)
    values: list[object] = []
    faults: list[Fault] = []
    for cell, row in zip(cells, rows, strict=True):
        try:
            values.append(note_missing(cell, notes) if is_missing(cell) else read(cell))
        except UndecidedError:
            values.append(None)
        except UnreadableError as refusal:
            values.append(None)
            faults.append(Fault(spec.sheet, row, spec.name, shown(cell), str(refusal)))
    return values, [*asked, *faults, *notes.said(spec.sheet, spec.name, accepted(spec))]


Reader = tuple[Callable[[Cell], object], list[Fault]]


def _reader(spec: ColumnSpec, cells: Sequence[Cell], factor: float, decimal_comma: bool, notes: Notes) -> Reader:
    """How a cell of this column is read, and what has to be asked or said of the column as a whole."""
    if spec.kind == "number":
        return _number_reader(spec, cells, factor, decimal_comma, notes)
    if spec.kind == "yes_no":
        return _yes_no_reader(spec, cells)
    if spec.kind == "category":
        kinds = CATEGORY_WORDS[spec.name]
        words = {normalised(word): name for name, others in kinds.items() for word in (name, *others)}
        return lambda cell: _category(cell, spec, words), []
    return identity, []


def _number_reader(spec: ColumnSpec, cells: Sequence[Cell], factor: float, decimal_comma: bool, notes: Notes) -> Reader:
    unclear = undecided(cells)
    comma = _by_range(spec, unclear, factor, decimal_comma) if unclear else writes_comma(cells, decimal_comma)
    said = []
    if unclear:
        value, _ = plain_number(unclear[0], comma)
        said.append(
            Fault(spec.sheet, None, spec.name, f"{len(unclear)} × a number such as {unclear[0]}, read as {value:g}",
                  "a number without a mark between thousands, or its like with two decimals in the column", "warning")
        )  # fmt: skip
    return lambda cell: _number(cell, spec, factor, comma, notes), said


def _by_range(spec: ColumnSpec, unclear: Sequence[str], factor: float, decimal_comma: bool) -> bool:
    """Whether `1,234` has a decimal comma: as the column's range allows; if it allows both, as the file writes."""

    def fits(comma: bool) -> bool:
        return all(spec.lowest <= plain_number(text, comma)[0] * factor <= spec.highest for text in unclear)

    return decimal_comma if fits(True) == fits(False) else fits(True)


def _number(cell: Cell, spec: ColumnSpec, factor: float, decimal_comma: bool, notes: Notes) -> float | None:
    value, how = plain_number(cell, decimal_comma)
    if value is None and spec.unit and isinstance(cell, str) and folded(cell).endswith(folded(spec.unit)):
        value, how = plain_number(folded(cell).removesuffix(folded(spec.unit)), decimal_comma)
        how = how or "with its unit in the cell"
    if value is None:
        raise UnreadableError(accepted(spec))
    if spec.lowest <= value * factor <= spec.highest:
        notes.add(how)
        return value * factor
    if value in MISSING_NUMBERS:
        notes.add(f"the missing code {value:g}")
        return None
    raise UnreadableError(accepted(spec))


def _yes_no_reader(spec: ColumnSpec, cells: Sequence[Cell]) -> Reader:
    """A column of 1 and 2 only can mean two opposite things: it is not read, and asked."""
    if {folded(cell) for cell in cells if not is_missing(cell)} not in ({"1", "2"}, {"2"}):
        return lambda cell: _yes_no(cell, spec), []
    asked = "yes or no (1 or 0): whether 1 or 2 means yes cannot be known"
    return _undecided, [Fault(spec.sheet, None, spec.name, "only 1 and 2", asked)]


def _undecided(_: Cell) -> None:
    raise UndecidedError


def _yes_no(cell: Cell, spec: ColumnSpec) -> bool:
    text = folded(cell)
    if text in YES or text in NO:
        return text in YES
    raise UnreadableError(accepted(spec))


def _category(cell: Cell, spec: ColumnSpec, words: dict[str, str]) -> str:
    found = words.get(normalised(identity(cell)))
    if found is None:
        raise UnreadableError(accepted(spec))
    return found


def _day_reader(spec: ColumnSpec, cells: Sequence[Cell], notes: Notes, given: str, about: ColumnAsking) -> Reader:
    """Days since Excel's epoch: only differences are used."""
    order = DateOrder(ORDERS[given]) if given else order_of(cells)
    if order.undecided:
        answer = about.ask(
            "dates", order.question, tuple(ORDERS), f"{len(order.undecided):,} dates, left out until then"
        )
        order = DateOrder(ORDERS[answer], f"dates read as {answer}, as answered") if answer else order

    def read(cell: Cell) -> float:
        day, how = day_of(cell, order)
        if day is None and order.is_open(cell):
            raise UndecidedError
        if day is None:
            raise UnreadableError(accepted(spec))
        notes.add(how)
        return day

    said = [Fault(spec.sheet, None, spec.name, order.said, accepted(spec), "warning")] if order.said else []
    return read, said
