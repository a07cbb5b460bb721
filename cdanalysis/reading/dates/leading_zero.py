"""Days of six digits, `121114`, beside those that lost their leading 0 because a spreadsheet took them for numbers: `30114`."""

import re
from collections.abc import Sequence
from datetime import date

from cdanalysis.reading.cells.cells import Notes, distinct, is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.dates.forms import EARLIEST_SHORT, ORDERS, in_order, numbers_of

WITHOUT_0 = "dates of five digits, read with the leading 0 that those of six have"
LEAST = 2  # different days of six digits
_DIGITS = re.compile(r"(\d{5,6})(?:\.0)?")


def with_leading_0(cells: Sequence[Cell], notes: Notes) -> Sequence[Cell]:
    """The cells with the 0 in its place, where all of five and six digits are days in one order; counted.

    What Excel counts has five digits too, and is no such day throughout.
    """
    different, keys = distinct(cells)
    texts = {key: text for key, cell in different.items() if (text := _digits(cell))}
    short = {key for key, text in texts.items() if len(text) == 5}
    if not short or len({*texts.values()}) - len(short) < LEAST or not _are_days([*texts.values()]):
        return cells
    if any(key not in texts and _is_number(cell) for key, cell in different.items()):
        return cells
    notes.counts[WITHOUT_0] += sum(key in short for key in keys)
    return [f"{texts[key]:0>6}" if key in texts else cell for key, cell in zip(keys, cells, strict=True)]


def _digits(cell: Cell) -> str:
    """The five or six digits that a cell is; empty of any other."""
    if isinstance(cell, bool | date) or is_missing(cell):
        return ""
    found = _DIGITS.fullmatch(str(cell).strip())
    return found[1] if found else ""


def _is_number(cell: Cell) -> bool:
    return not is_missing(cell) and str(cell).strip().replace(".", "").isdecimal()


def _are_days(texts: Sequence[str]) -> bool:
    """Whether all are possible days in one order."""
    return any(all(_is_day(f"{text:0>6}", order) for text in texts) for order in ORDERS)


def _is_day(text: str, order: str) -> bool:
    found = numbers_of(text)
    day = in_order(found[0], order) if found else None
    return day is not None and EARLIEST_SHORT <= day.year <= date.today().year
