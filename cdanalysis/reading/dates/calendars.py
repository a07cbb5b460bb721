"""Dates of the Persian or the Islamic calendar, 1397/05/12 or 1440-01-01: asked once a column, and turned into ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from cdanalysis.reading.cells.cells import each
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.dates.forms import plain
from cdanalysis.reading.questions import ColumnAsking

LEAST, MOSTLY = 3, 0.8  # cells of a calendar, and their share of the texts with a year of four digits
FIRST, LAST = 1290, 1480  # years of both that a patient's dates have
PERSIAN, ISLAMIC, NO_DATES = "the Persian calendar", "the Islamic calendar", "no dates"
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_THREE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
# The Persian year's long years in a cycle of 33; 1 Farvardin 1375 was 20 March 1996.
_PERSIAN_YEAR, _PERSIAN_START, _LONG_YEARS = 1375, date(1996, 3, 20), (1, 5, 9, 13, 17, 22, 26, 30)
_ISLAMIC_START = date(622, 7, 19)  # 1 Muharram 1, civil


def in_common_form(cells: Sequence[Cell], about: ColumnAsking) -> Sequence[Cell]:
    """The cells with dates of our calendar in the places of those of another; None while it is asked which that is."""
    years = [year for cell in cells if (year := _year_of_another(cell))]
    if len(years) < LEAST or len(years) < MOSTLY * sum(
        isinstance(cell, str) and bool(_YEAR.search(cell)) for cell in cells
    ):
        return cells
    meant = "; ".join(f"{years[0]} begins in {TO_COMMON[name](years[0], 1, 1).year} by {name}" for name in TO_COMMON)
    text = f"{len(years)} × a date with a year such as {years[0]}. By which calendar is it?"
    evidence = f"{meant}, to a day where it follows the moon; left out until then"
    answer = about.ask("calendar", text, (*TO_COMMON, NO_DATES), evidence)
    return cells if answer == NO_DATES else each(lambda cell: _converted(cell, answer), cells)


def is_of_another(text: str) -> bool:
    """Whether a plain text is a year, a month and a day of another calendar, in numbers: `1397/02/31`."""
    return _THREE.fullmatch(text) is not None and bool(_year_of_another(text))


def _year_of_another(cell: object) -> int:
    """The year of a date whose year is one of another calendar; 0 of any other cell."""
    if isinstance(cell, date):
        return cell.year if FIRST <= cell.year <= LAST else 0
    found = _YEAR.findall(plain(cell)) if isinstance(cell, str) and len(cell) <= 24 else []
    return int(found[0]) if len(found) == 1 and FIRST <= int(found[0]) <= LAST else 0


def _converted(cell: Cell, calendar: str | None) -> Cell:
    """A date of a calendar in ours; None while it is not known; another cell as it is."""
    found = _THREE.fullmatch(plain(cell)) if isinstance(cell, str) else None
    if not _year_of_another(cell) or not (found or isinstance(cell, date)) or calendar is None:
        return None if _year_of_another(cell) and calendar is None else cell
    if isinstance(cell, date):
        return TO_COMMON[calendar](cell.year, cell.month, cell.day)
    first, second, third, *turned = found.groups() if found else ()
    year, month, day = map(int, (first, second, third) if first else reversed(turned))
    return TO_COMMON[calendar](year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else cell


def _of_persian(year: int, month: int, day: int) -> date:
    """The day of the Persian calendar by its cycle of 33 years, right from 1244 to 1502."""
    n_long = sum(one % 33 in _LONG_YEARS for one in range(min(year, _PERSIAN_YEAR), max(year, _PERSIAN_YEAR)))
    days = 365 * (year - _PERSIAN_YEAR) + (n_long if year > _PERSIAN_YEAR else -n_long)
    months = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _PERSIAN_START + timedelta(days=days + months + day - 1)


def _of_islamic(year: int, month: int, day: int) -> date:
    """The day of the Islamic calendar by its arithmetic, which observation may shift by a day."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return _ISLAMIC_START + timedelta(days=days)


TO_COMMON: Mapping[str, Callable[[int, int, int], date]] = {PERSIAN: _of_persian, ISLAMIC: _of_islamic}
