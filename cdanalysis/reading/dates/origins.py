"""Columns of dates that are counted as numbers since a day that the program chose: R's 1970, SAS's and Stata's 1960, SPSS's 1582.

A number of days is a date only where somebody says so: asked once for a table, and left out until then. What Excel counts in
a column headed as a date needs no question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.dates.counted import counted_day
from cdanalysis.reading.dates.forms import EPOCH
from cdanalysis.reading.headers.evidence.identifiers import is_birth_date
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet

DAY, MILLISECOND = 86_400.0, 1 / 1000
FIRST = date(1975, 1, 1)
LEAST, LOWEST = 5, 3_653.0  # numbers; and below ten years a number of days is a duration
# What is counted since when, and how many seconds one is.
ORIGINS: Mapping[str, tuple[date, float]] = {
    "days since 1970-01-01, as R and Unix count": (date(1970, 1, 1), DAY),
    "days since 1960-01-01, as SAS and Stata count": (date(1960, 1, 1), DAY),
    "days since 1899-12-30, as Excel counts": (EPOCH, DAY),
    "days since 1904-01-01, as Excel on a Mac counts": (date(1904, 1, 1), DAY),
    "days since 1582-10-14, as SPSS counts": (date(1582, 10, 14), DAY),
    "seconds since 1960-01-01, as SAS counts": (date(1960, 1, 1), 1.0),
    "seconds since 1970-01-01, as Unix counts": (date(1970, 1, 1), 1.0),
    "milliseconds since 1960-01-01, as Stata counts": (date(1960, 1, 1), MILLISECOND),
    "milliseconds since 1970-01-01, as Unix counts": (date(1970, 1, 1), MILLISECOND),
}
NO_DATES = "no dates"
DATED = words_of(
    "diag|diagnosis|dx|entry|entered|exit|start|begin|end|stop|visit|surgery|operation|death|dead|died|last|time|randomisation|"
    "randomization|inclusion|relapse|recurrence|progression"
)
_DATES = {spec.name for specs in COLUMNS.values() for spec in specs if spec.kind == "date"}


@dataclass(frozen=True)
class _Counted:
    """A column whose numbers may be dates: its place, and since when they may be counted."""

    place: int
    numbers: np.ndarray
    since: tuple[str, ...]


def with_counted_dates(sheet: str, table: RawSheet, asking: Asking) -> RawSheet:
    """The table with dates in place of the numbers that the reader says count them; without them until then."""
    found = _counted(sheet, table)
    common = [name for name in ORIGINS if all(name in one.since for one in found)]
    if not found or not common:
        return table
    headers = [table.headers[one.place] for one in found]
    first = min(one.numbers.min() for one in found)
    text = (
        f"{', '.join(headers)}: numbers such as {first:.15g}, as programs count dates. Are they dates, and since when?"
    )
    meant = "; ".join(f"{_day(first, name)} by {name}" for name in common)
    answer = asking.ask(
        "counted", sheet, "", text, (*common, NO_DATES), f"{first:.15g} is {meant}; left out until then"
    )
    if answer == NO_DATES:
        return table
    places = {one.place for one in found}
    rows = tuple(
        (number, tuple(_dated(cell, answer) if place in places else cell for place, cell in enumerate(row)))
        for number, row in table.rows
    )
    return replace(table, rows=rows)


def _counted(sheet: str, table: RawSheet) -> list[_Counted]:
    """The columns that may hold dates as numbers."""
    high = {place: numbers for place in range(len(table.headers)) if (numbers := _numbers(table, place)) is not None}
    matched = match_headers(sheet, table.headers, flat=True, given=()) if high else ()
    found = []
    for place, numbers in high.items():
        header = table.headers[place]
        sure = matched[place].column in _DATES or said_by(header).role == "date"
        if is_birth_date(header) or not (sure or _may_be_dated(header)) or (sure and _is_known(numbers)):
            continue
        since = tuple(name for name in ORIGINS if _is_possible(numbers, name))
        found += [_Counted(place, numbers, since)] if since else []
    return found


def _may_be_dated(header: str) -> bool:
    """Whether a header names what has a date, and states no unit."""
    said = said_by(header)
    return not said.unit and (said.role == "months" or not DATED.isdisjoint(normalised(header).split()))


def _numbers(table: RawSheet, place: int) -> np.ndarray | None:
    """The numbers of a column, all as high as dates are; None of any other column."""
    held = (cell for _, row in table.rows if not is_missing(cell := row[place]))
    first = next(held, None)
    if isinstance(first, (date, bool)) or (plain_number(first)[0] or 0.0) < LOWEST:
        return None
    read = [plain_number(cell)[0] for cell in (first, *held)]
    numbers = np.array([number for number in read if number is not None])
    return numbers if len(numbers) == len(read) >= LEAST and numbers.min() >= LOWEST else None


def _is_known(numbers: np.ndarray) -> bool:
    """Whether the numbers are read as dates without a question: all of a possible day, as Excel, Unix or SPSS counts."""
    days = [counted_day(f"{number:.0f}") for number in (numbers.min(), numbers.max())]
    latest = (date.today() - EPOCH).days + 1
    return all(day is not None and (FIRST - EPOCH).days <= day[0] <= latest for day in days)


def _is_possible(numbers: np.ndarray, name: str) -> bool:
    first, last = (_day(float(number), name) for number in (numbers.min(), numbers.max()))
    return first is not None and last is not None and first >= FIRST and last <= date.today() + timedelta(days=1)


def _day(number: float, name: str) -> date | None:
    """The day of a number by an origin; None where there is no such day."""
    since, seconds = ORIGINS[name]
    try:
        return since + timedelta(seconds=number * seconds)
    except OverflowError:
        return None


def _dated(cell: Cell, name: str | None) -> Cell:
    number = None if is_missing(cell) else plain_number(cell)[0]
    return cell if number is None else _day(number, name) if name else None
