"""Cells -> days: date cells, texts in any usual form, Excel's serial numbers; `3/4/2024` and `18-03-04` by their column.

What comes first is decided once a column: by the dates that only one order allows. Where several are possible, nobody
guesses: the dates stay unread and the column asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cdanalysis.reading.cells.date_forms import (
    DAY_FIRST,
    EARLIEST_SHORT,
    EPOCH,
    MONTH_FIRST,
    ORDERS,
    YEAR_FIRST,
    in_order,
    is_iso,
    is_short,
    numbers_of,
    plain,
    said_date,
)
from cdanalysis.reading.questions import ColumnAsking

Numbers = tuple[tuple[str, str, str], str]  # three numbers and the mark between them
EARLIEST, LATEST = 1900, 2100
SERIAL = "Excel's serial numbers, read as dates"
SHORT_YEAR = "dates with a year of two digits, read as 19.. if later than next year, else 20.."
FIRST_SERIAL, LAST_SERIAL = 18_264, 80_000  # 1950 to 2119
LEAST_EXCHANGED = 2  # date cells, beside texts that could be none
EXCHANGED, AS_THEY_STAND = "exchange day and month of the date cells", "the date cells are right"


@dataclass(frozen=True)
class DateOrder:
    """How a column writes `a/b/year`: the order, or "" where that cannot be known; said: how it was decided.

    undecided: the texts that then stay unread; possible: the orders that all of them allow. exchanged: the order of the
    date cells, whose day and month a spreadsheet may have exchanged: True, False, or None while that is asked.
    """

    order: str = ""
    said: str = ""
    undecided: frozenset[str] = frozenset()
    possible: tuple[str, ...] = ()
    exchanged: bool | None = False
    read: dict[str, tuple[float | None, str]] = field(default_factory=dict, compare=False, repr=False)


def asked_order(cells: Sequence[object], about: ColumnAsking, given: str = "") -> DateOrder:
    """How a column writes its dates: as given, as it tells itself, or as the reader answers."""
    found = DateOrder(given) if given else order_of(cells)
    if found.undecided:
        n = sum(isinstance(cell, str) and plain(cell) in found.undecided for cell in cells)
        example = next(plain(cell) for cell in cells if isinstance(cell, str) and plain(cell) in found.undecided)
        first = "day, month or year" if YEAR_FIRST in found.possible else "day or month"
        text = f"{n} × a date such as {example}: {first} first?"
        answer = about.ask("dates", text, found.possible, f"{n:,} dates, left out until then")
        if answer:
            found = DateOrder(answer, f"dates read as {answer}, as answered")
    exchanged = _may_be_exchanged(cells)
    if not exchanged:
        return found
    text = (
        f"{exchanged} date cells lie on the 1st to the 12th, and none of the dates that stand as text could: a spreadsheet "
        "may have swapped day and month of the date cells"
    )
    answer = about.ask("swapped", text, (EXCHANGED, AS_THEY_STAND), "these date cells are left out until then")
    return DateOrder(found.order, found.said, found.undecided, found.possible, answer and answer == EXCHANGED)


def order_of(cells: Iterable[object]) -> DateOrder:
    """Decided by the dates that not every order allows; points before a year of four digits mean the day first."""
    texts = Counter(plain(cell) for cell in cells if isinstance(cell, str))
    found = {text: numbers for text in texts if (numbers := numbers_of(text)) and not _is_german(numbers)}
    allowed = {text: [order for order in ORDERS if _allows(numbers, order)] for text, numbers in found.items()}
    possible = [order for order in ORDERS if all(order in orders for orders in allowed.values() if orders)]
    if len(possible) == 1:
        return DateOrder(possible[0], _said(possible[0], found, texts))
    candidates = tuple(possible) or (DAY_FIRST, MONTH_FIRST)
    undecided = frozenset(
        text for text, (numbers, _) in found.items()
        if len({in_order(numbers, order) for order in candidates}) > 1
    )  # fmt: skip
    return DateOrder("" if undecided else DAY_FIRST, "", undecided, candidates)


def _is_german(numbers: Numbers) -> bool:
    """`31.03.2024`: wherever points are written, the day comes first."""
    return numbers[1] == "." and len(numbers[0][2]) == 4


def _allows(numbers: Numbers, order: str) -> bool:
    """Whether three numbers are a date in an order; with a year of two digits one that somebody may have meant."""
    (first, _, last), mark = numbers
    day = in_order(numbers[0], order)
    if day is None or (order == MONTH_FIRST and mark == ".") or (order == YEAR_FIRST and len(first) == 1):
        return False
    if len(last) == 4:
        return order != YEAR_FIRST
    return EARLIEST_SHORT <= day.year <= date.today().year


def _said(order: str, found: Mapping[str, Numbers], texts: Mapping[str, int]) -> str:
    """How the order was decided, where others could have been meant."""
    others = [one for one in (DAY_FIRST, MONTH_FIRST) if one != order]
    told = [text for text, numbers in found.items() if not any(_allows(numbers, one) for one in others)]
    n = sum(texts[text] for text in told if found[text][1] != "." or order == YEAR_FIRST)
    return f"dates read as {order}: in {n} of them only that is possible" if n else ""


def _may_be_exchanged(cells: Sequence[object]) -> int:
    """How many date cells there are, if none lies beyond the 12th and no text beside them could have become one.

    What an export wrote of such a cell, 2018-08-02, counts as the cell.
    """
    texts = Counter(plain(cell) for cell in cells if isinstance(cell, str))
    beside = [numbers for numbers, _ in filter(None, map(numbers_of, texts))]
    if not beside or any(max(int(numbers[0]), int(numbers[1])) <= 12 for numbers in beside):
        return 0
    days = [cell.day for cell in cells if isinstance(cell, date)]
    days += [day.day for text, n in texts.items() if is_iso(text) and (day := said_date(text)) for _ in range(n)]
    return len(days) if len(days) >= LEAST_EXCHANGED and max(days) <= 12 else 0


def is_written_as_date(text: str) -> bool:
    """Whether a text is one of the forms with marks or words between day, month and year, which no number has."""
    if len(text) > 40 or text.isdecimal():
        return False
    bare = plain(text)
    found = numbers_of(bare)
    if found:
        return bool(found[1]) and any(in_order(found[0], order) for order in ORDERS)
    return bool(re.search(r"\D", bare.removesuffix(".0"))) and said_date(bare) is not None


def day_of(cell: object, order: DateOrder) -> tuple[float | None, str]:
    """Days since Excel's epoch, and how a number or a short year was taken; None where it is no date, or undecided."""
    if isinstance(cell, date):
        return _cell_day(cell, order)
    text = str(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    if text not in order.read:
        order.read[text] = _text_day(plain(text), order)
    return order.read[text]


def _cell_day(cell: date, order: DateOrder) -> tuple[float | None, str]:
    day = _exchanged(cell.date() if isinstance(cell, datetime) else cell, order)
    return (None if day is None else float((day - EPOCH).days)), ""


def _exchanged(day: date, order: DateOrder) -> date | None:
    """The day of a date cell, its day and month exchanged if they are; None while that is asked."""
    if order.exchanged is False or day.day == day.month:
        return day
    return day.replace(month=day.day, day=day.month) if order.exchanged else None


def _text_day(text: str, order: DateOrder) -> tuple[float | None, str]:
    if serial := _serial(text):
        return serial, SERIAL
    found = numbers_of(text)
    if found:
        german = _is_german(found) or (found[1] == "." and order.order == MONTH_FIRST)
        readable = DAY_FIRST if german else order.order or (DAY_FIRST if text not in order.undecided else "")
        day = in_order(found[0], readable) if readable else None
    else:
        day = said_date(text)
        day = _exchanged(day, order) if day and is_iso(text) else day
    if day is None:
        return None, ""
    return float((day - EPOCH).days), SHORT_YEAR if is_short(text) else ""


def is_open(cell: object, order: DateOrder) -> bool:
    """Whether a cell is one of those that a question of the column is about."""
    if isinstance(cell, date):
        return order.exchanged is None and cell.day != cell.month
    text = plain(cell) if isinstance(cell, str) else ""
    return text in order.undecided or (order.exchanged is None and is_iso(text) and said_date(text) is not None)


def _serial(text: str) -> float | None:
    found = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    return float(found[1]) if found and FIRST_SERIAL <= int(found[1]) <= LAST_SERIAL else None
