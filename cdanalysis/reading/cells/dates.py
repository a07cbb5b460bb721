"""Text -> day: ISO, `31.3.2024`, `31 Mar 2024`, `2024年3月31日`, 20240331, Excel's serial numbers; `3/4/2024` by its column.

Whether day or month comes first is decided once a column: a number above 12 tells. Where none does, nobody is asked to
guess: the dates stay unread and a fault asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

EPOCH = date(1899, 12, 30)  # only differences are used
EARLIEST, LATEST = 1900, 2100
SERIAL = "Excel's serial numbers, read as dates"
SHORT_YEAR = "dates with a year of two digits, read as 19.. if later than next year, else 20.."
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}.*$")
_ISO = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_LAST_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2})[ \-.]*([a-z]{3})[a-z]*|([a-z]{3})[a-z]* (\d{1,2}),?)[ \-.,]*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class DateOrder:
    """How a column writes `a/b/year`: day_first, or None where that cannot be known; said: how it was decided."""

    day_first: bool | None = None
    said: str = ""
    undecided: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What is asked of the column, once for all its cells; empty where nothing is."""
        return (
            f"{len(self.undecided)} × a date such as {self.undecided[0]}: day or month first?" if self.undecided else ""
        )

    def is_open(self, cell: object) -> bool:
        """Whether a cell is one of those that the column's one question is about."""
        return isinstance(cell, str) and _plain(cell) in self.undecided


def order_of(cells: Iterable[object]) -> DateOrder:
    """Decided by the numbers above 12; points between the numbers mean day first everywhere."""
    found = [match for cell in cells if isinstance(cell, str) and (match := _LAST_YEAR.fullmatch(_plain(cell)))]
    slashed = [match for match in found if match[2] != "."]
    first, second = (sum(int(match[group]) > 12 for match in slashed) for group in (1, 3))
    if first and second:
        return DateOrder(None, "", tuple(match[0] for match in slashed))
    if first or second:
        order = "day/month/year" if first else "month/day/year"
        return DateOrder(bool(first), f"dates read as {order}: in {first or second} of them only that is possible")
    unclear = tuple(match[0] for match in slashed if match[1] != match[3])
    return DateOrder(None if unclear else True, "", unclear)


def is_written_as_date(text: str) -> bool:
    """Whether a text is one of the forms with marks or words between day, month and year, which no number has."""
    return any(form.fullmatch(_plain(text)) for form in (_ISO, _LAST_YEAR, _NAMED))


def day_of(cell: object, order: DateOrder) -> tuple[float | None, str]:
    """Days since Excel's epoch, and how a number or a short year was taken; None where it is no date, or undecided."""
    if isinstance(cell, datetime):
        return float((cell.date() - EPOCH).days), ""
    if isinstance(cell, date):
        return float((cell - EPOCH).days), ""
    text = _plain(str(cell)) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    if serial := _serial(text):
        return serial, SERIAL
    day = _text_day(text, order)
    if day is None or not EARLIEST <= day.year <= LATEST:
        return None, ""
    return float((day - EPOCH).days), SHORT_YEAR if _is_short(text) else ""


def _plain(text: str) -> str:
    return _TIME.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


def _serial(text: str) -> float | None:
    found = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    return float(found[1]) if found and 10_000 <= int(found[1]) <= 80_000 else None


def _is_short(text: str) -> bool:
    found = _LAST_YEAR.fullmatch(text)
    return bool(found) and len(found[4]) == 2


def _text_day(text: str, order: DateOrder) -> date | None:
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(*map(int, found.groups()))
    if found := _LAST_YEAR.fullmatch(text):
        return _ordered(found, order)
    if found := _NAMED.fullmatch(text):
        name = (found[2] or found[3]).lower()
        return _date(int(found[5]), MONTHS.index(name) + 1, int(found[1] or found[4])) if name in MONTHS else None
    return None


def _ordered(found: re.Match[str], order: DateOrder) -> date | None:
    first, second, year = int(found[1]), int(found[3]), _whole_year(found[4])
    if found[2] == "." or order.day_first or first == second:
        return _date(year, second, first)
    return None if order.day_first is None else _date(year, first, second)


def _whole_year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) > date.today().year % 100 + 1 else 2000)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
