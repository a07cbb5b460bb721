"""Columns of dates in a form of their own: of another calendar, as `201503`, or as a quarter; turned into dates as usual.

Whether years such as 2560, 1397 or 1440 are of the Buddhist, the Persian or the Islamic calendar is asked, once a column.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from cdanalysis.reading.cells.cells import each
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.dates.forms import calendar_date, plain
from cdanalysis.reading.questions import ColumnAsking

LEAST, MOSTLY = 3, 0.8  # cells of a calendar, and their share of those with a year of four digits
BUDDHIST, PERSIAN, ISLAMIC = "the Buddhist calendar", "the Persian calendar", "the Islamic calendar"
NO_DATE = "no dates"
AHEAD = 543  # years of the Buddhist calendar
DAYS_OF_QUARTER = {"its middle": (1, 15), "its first day": (0, 1), "its last month's first day": (2, 1)}
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_THREE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(?:\.0)?")
_QUARTER = re.compile(
    r"(?:q|quartal|quarter|trim\.?|t)\s?([1-4])[\s/\-.,']*((?:19|20)\d\d)|((?:19|20)\d\d)[\s/\-.]*(?:q|t)\s?([1-4])|"
    r"([1-4])\s?(?:q|\.\s?quartal|\.\s?q)[\s/\-.']*((?:19|20)\d\d)",
    re.IGNORECASE,
)
# Days of the Persian year's new year, as the 33-year cycle counts it; 1 Farvardin 1375 was 20 March 1996.
_PERSIAN_START, _CYCLE = date(1996, 3, 20), (1, 5, 9, 13, 17, 22, 26, 30)
_ISLAMIC_START = date(622, 7, 19)  # 1 Muharram 1, civil


def in_common_form(cells: Sequence[Cell], about: ColumnAsking) -> Sequence[Cell]:
    """The cells with dates that this program reads in their places; None of those that are asked about until then."""
    kinds = {*each(otherwise, cells)} - {""}
    if not kinds:
        return cells
    if kinds & {BUDDHIST, PERSIAN} and (calendar := _asked_calendar(cells, about)) != NO_DATE:
        cells = each(lambda cell: _converted(cell, calendar) if _year_of_another(cell) else cell, cells)
    if "month" in kinds and _are_months(cells):
        cells = each(lambda cell: _MONTH.sub(r"\1-\2", _text(cell)) if _is_month(cell) else cell, cells)
    return _quarters(cells, about) if "quarter" in kinds else cells


def otherwise(cell: object) -> str:
    """How a cell may be a date that is written otherwise; empty of any other."""
    if _year_of_another(cell):
        return _calendar_of(_year_of_another(cell))
    return "month" if _is_month(cell) else "quarter" if _QUARTER.fullmatch(_text(cell)) else ""


def has_year_of_another(cell: object) -> bool:
    """Whether a cell is a date with a year that only another calendar has today: 2560, 1397."""
    return bool(_year_of_another(cell))


def is_three_of_another(text: str) -> bool:
    """Whether a plain text is a year, a month and a day of another calendar, in numbers: `1397/02/31`."""
    return _THREE.fullmatch(text) is not None and has_year_of_another(text)


def _text(cell: object) -> str:
    return plain(str(cell)) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _is_month(cell: object) -> bool:
    return _MONTH.fullmatch(_text(cell)) is not None


def _year_of_another(cell: object) -> int:
    """The year of a date whose year is one of another calendar; 0 of any other cell."""
    if isinstance(cell, date):
        return cell.year if _calendar_of(cell.year) else 0
    text = _text(cell) if isinstance(cell, str) else ""
    found = _YEAR.findall(text) if 8 <= len(text) <= 24 else []
    return int(found[0]) if len(found) == 1 and _calendar_of(int(found[0])) else 0


def _calendar_of(year: int) -> str:
    return BUDDHIST if 2440 <= year <= 2600 else PERSIAN if 1290 <= year <= 1480 else ""


def _asked_calendar(cells: Sequence[Cell], about: ColumnAsking) -> str | None:
    """The calendar of years that are none of ours; NO_DATE where they are few or none."""
    years = [year for cell in cells if (year := _year_of_another(cell))]
    others = sum(isinstance(cell, str) and bool(_YEAR.search(cell)) for cell in cells)
    if len(years) < max(LEAST, MOSTLY * others):
        return NO_DATE
    options = (BUDDHIST, NO_DATE) if _calendar_of(years[0]) == BUDDHIST else (PERSIAN, ISLAMIC, NO_DATE)
    text = f"{len(years)} × a date with a year such as {years[0]}. By which calendar is it?"
    meant = "; ".join(f"{years[0]} begins in {_begins(years[0], name)} by {name}" for name in options[:-1])
    return about.ask("calendar", text, options, f"{meant}, to a day where it follows the moon; left out until then")


def _begins(year: int, name: str) -> int:
    return year - AHEAD if name == BUDDHIST else TO_COMMON[name](year, 1, 1).year


def _converted(cell: Cell, calendar: str | None) -> Cell:
    """A date in the common calendar; None while the calendar is not known."""
    if calendar is None:
        return None
    if calendar == BUDDHIST:
        if isinstance(cell, date):
            return calendar_date(cell.year - AHEAD, cell.month, cell.day)
        return _YEAR.sub(lambda found: str(int(found[1]) - AHEAD), plain(str(cell)))
    if isinstance(cell, date):
        return TO_COMMON[calendar](cell.year, cell.month, cell.day)
    found = _THREE.fullmatch(plain(str(cell)))
    if not found:
        return cell
    first, second, third, *turned = found.groups()
    year, month, day = map(int, (first, second, third) if first else reversed(turned))
    return TO_COMMON[calendar](year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else cell


def _of_persian(year: int, month: int, day: int) -> date:
    """The day of the Persian calendar by its cycle of 33 years, right from 1244 to 1502."""
    n_before = sum(_is_long(one) for one in range(min(year, 1375), max(year, 1375)))
    days = 365 * (year - 1375) + (n_before if year > 1375 else -n_before)
    months = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _PERSIAN_START + timedelta(days=days + months + day - 1)


def _is_long(year: int) -> bool:
    return year % 33 in _CYCLE


def _of_islamic(year: int, month: int, day: int) -> date:
    """The day of the Islamic calendar by its arithmetic, which observation may shift by a day."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return _ISLAMIC_START + timedelta(days=days)


TO_COMMON: Mapping[str, Callable[[int, int, int], date]] = {PERSIAN: _of_persian, ISLAMIC: _of_islamic}


def _are_months(cells: Sequence[Cell]) -> bool:
    """Whether six digits are years and months throughout: one of them is no day, month and short year."""
    held = [text for cell in cells if (text := _text(cell)).removesuffix(".0").isdecimal()]
    return all(map(_is_month, held)) and any(int(text[2:4]) > 12 for text in held)


def _quarters(cells: Sequence[Cell], about: ColumnAsking) -> Sequence[Cell]:
    """`Q1 2018` as the day of the quarter that the reader says; None until then."""
    held = [cell for cell in cells if _QUARTER.fullmatch(_text(cell))]
    text = f"{len(held)} × a quarter of a year, such as {held[0]}. As which day is it read?"
    answer = about.ask("quarters", text, tuple(DAYS_OF_QUARTER), "left out until then; six weeks either way")
    return each(lambda cell: _of_quarter(cell, answer), cells)


def _of_quarter(cell: Cell, answer: str | None) -> Cell:
    found = _QUARTER.fullmatch(_text(cell))
    if not found or answer is None:
        return None if found else cell
    first, year, other_year, second, third, last = found.groups()
    month, day = DAYS_OF_QUARTER[answer]
    return date(int(year or other_year or last), 3 * int(first or second or third) - 2 + month, day)
