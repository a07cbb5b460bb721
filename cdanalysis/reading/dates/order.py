"""Cells -> days: date cells, texts in any usual form, Excel's serial numbers; `3/4/2024` and `18-03-04` by their column.

What comes first is decided once per column: by the dates that only one order allows. Where several are possible, nobody
guesses: the dates stay unread and the column asks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cdanalysis.reading.dates.calendars import is_three_of_another, otherwise
from cdanalysis.reading.dates.counted import ERA, counted_day, long_year, of_era, of_minguo
from cdanalysis.reading.dates.forms import (
    DAY_FIRST,
    EARLIEST_SHORT,
    EPOCH,
    MONTH_FIRST,
    ORDERS,
    YEAR_FIRST,
    calendar_date,
    in_order,
    is_about,
    is_iso,
    is_short,
    month_of,
    numbers_of,
    plain,
    said_date,
    year_of,
)

Numbers = tuple[tuple[str, str, str], str]  # three numbers and the mark between them
EARLIEST, LATEST = 1900, 2100
ABOUT_THEN = "dates that are marked as not sure (such as ca. or ?), read as they stand"
SHORT_YEAR = "dates with a year of two digits, read as 19.. if later than next year, else 20.."


@dataclass(frozen=True)
class DateOrder:
    """How a column writes `a/b/year`: the order, or "" where that cannot be known; said: how it was decided.

    undecided: the texts that then stay unread; possible: the orders that all of them allow. exchanged: the order of the
    date cells, whose day and month a spreadsheet may have exchanged: True, False, or None while that is asked. day_of_month:
    the day that a date without one is read as; 0 while that is asked, -1 where it is no month and year. of_year: the month and
    the day that a year alone is read as; None while that is asked, empty where a year is no date. minguo: whether the years
    are those of the Republic of China; None while that is asked.
    """

    order: str = ""
    said: str = ""
    undecided: frozenset[str] = frozenset()
    possible: tuple[str, ...] = ()
    exchanged: bool | None = False
    day_of_month: int = 0
    of_year: tuple[int, ...] | None = ()
    minguo: bool | None = False
    read: dict[str, tuple[float | None, str]] = field(default_factory=dict, compare=False, repr=False)


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
        text for text, (numbers, _) in found.items() if len({in_order(numbers, order) for order in candidates}) > 1
    )
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


def is_written_as_date(text: str) -> bool:
    """Whether a text is one of the forms with marks or words between day, month and year, which no number has."""
    if len(text) > 40 or text.isdecimal():
        return False
    bare = plain(text)
    found = numbers_of(bare)
    if found:
        return bool(found[1]) and any(in_order(found[0], order) for order in ORDERS)
    return bool(re.search(r"\D", bare.removesuffix(".0"))) and bool(
        said_date(bare) or of_era(bare) or _is_named_month(bare) or is_three_of_another(bare)
    )


def is_dated_otherwise(cell: object) -> bool:
    """Whether a cell may be a date in a form that numbers have too: counted, a month or a year alone, a year of an era."""
    text = plain(str(cell)) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    return bool(
        counted_day(text)
        or month_of(text)
        or year_of(text)
        or long_year(text)
        or otherwise(text)
        or (len(text) >= 6 and _in_digits(text))
    )


def _in_digits(text: str) -> bool:
    """Whether a plain text is a date without marks: `20180314`, `14032018`."""
    found = numbers_of(text)
    return said_date(text) is not None or (found is not None and any(in_order(found[0], order) for order in ORDERS))


def _is_named_month(bare: str) -> bool:
    """Whether a plain text is a month and a year by the name of the month: `03/2018` may be a share of patients."""
    return month_of(bare) is not None and bool(re.search(r"[^\W\d_]", bare))


def day_of(cell: object, order: DateOrder) -> tuple[float | None, str]:
    """Days since Excel's epoch, and how a number or a short year was taken; None where it is no date, or undecided."""
    if isinstance(cell, date):
        return _cell_day(cell, order)
    text = str(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    if text not in order.read:
        day, how = _text_day(plain(text), order)
        order.read[text] = day, ABOUT_THEN if day is not None and not how and is_about(text) else how
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
    if counted := counted_day(text):
        return counted
    if (era := of_era(text)) or (order.minguo and (era := of_minguo(text))):
        return float((era - EPOCH).days), ERA
    if (alone := month_of(text)) is not None:
        day = date(*alone, order.day_of_month) if order.day_of_month > 0 else None
    elif (year := year_of(text)) is not None:
        day = calendar_date(year, *order.of_year) if order.of_year else None
    elif found := numbers_of(text):
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
    text = plain(str(cell)) if isinstance(cell, str | int | float) else ""
    if (
        (not order.day_of_month and month_of(text))
        or (order.of_year is None and year_of(text))
        or (order.minguo is None and long_year(text))
    ):
        return True
    return text in order.undecided or (order.exchanged is None and is_iso(text) and said_date(text) is not None)
