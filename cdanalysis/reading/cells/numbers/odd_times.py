"""Cells of a column of times that are written otherwise, or are none: hours and minutes, years of the calendar, `2.11` for 2 years
and 11 months, what a subtraction from an empty date gives. Each is asked about once a column.
"""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial
from itertools import islice
from math import isclose
from typing import Any

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.cells import Notes, each, is_missing, shown
from cdanalysis.reading.cells.numbers.number_texts import Cell, plain_number
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.questions import ColumnAsking

MOSTLY, LEAST = 0.9, 3  # of the cells that hold something
FIRST_YEAR = 1950
OF_THE_CALENDAR, A_TIME = "years of the calendar: no times", "times"
HOURS_AND_MINUTES, OF_DAY = "hours and minutes that passed", "times of the day: no duration"
YEARS_AND_MONTHS, DECIMALS = "years and months, parted by the point", "years with decimals"
LEAST_PARTED, LEAST_TOLD = 8, 2  # cells with decimals, and such that are .10 or .11
# The days of today's dates since Excel's day 0, which an empty cell of a date is.
FIRST_SERIAL, LAST_SERIAL = 32_000, 50_000
FROM_EMPTY = "a time of a century, as a date minus an empty cell gives"
MOST_ROWS = 12
_CLOCK = re.compile(r"(\d{1,4})(?:[:hH]|\s?h\s?)([0-5]\d)(?::([0-5]\d))?(?:\s?(?:h|hrs?|uhr|min))?", re.IGNORECASE)
_PARTED = re.compile(r"(\d{1,3})[.,](\d{1,2})")
_SHORT_MONTH = "a number such as 2.1, which is 1 month, or 10 of a number that lost its 0: left out"


def with_durations(
    spec: ColumnSpec, cells: Sequence[Cell], factor: float, about: ColumnAsking, notes: Notes
) -> Sequence[Cell]:
    """The cells of a column of times as the reader says what they are; nothing in place of those that are asked about."""
    if spec.unit not in LASTING:
        return cells
    cells = _with_clocks(cells, about, in_hours=isclose(factor * LASTING[spec.unit], LASTING["hours"]))
    if not may_be_times(cells, about):
        return [None] * len(cells)
    in_years = isclose(factor * LASTING[spec.unit], LASTING["years"])
    return _with_months(cells, about, notes) if in_years else cells


def are_years(numbers: np.ndarray) -> bool:
    """Whether numbers are years of the calendar, as no patients last all alike: 2009, 2015, 2013.5."""
    within = (numbers >= FIRST_YEAR) & (numbers <= date.today().year + 1)
    return bool(within.sum() >= max(LEAST, MOSTLY * len(numbers)))


def may_be_times(cells: Sequence[Cell], about: ColumnAsking) -> bool:
    """Whether a column holds times by its numbers, or where these may be years of the calendar by the reader's answer."""
    numbers = [plain_number(cell)[0] for cell in _first(cells)]
    if not any(number and are_years(np.full(LEAST, number)) for number in numbers):
        return True
    read = each(lambda cell: plain_number(cell)[0], [cell for cell in cells if not is_missing(cell)])
    if len(read) < LEAST or not are_years(np.array([np.nan if one is None else one for one in read], dtype=float)):
        return True
    text = f"{len(read)} × a number such as {max(one for one in read if one):g}. Are these years of the calendar, or times?"
    return about.ask("calendar years", text, (OF_THE_CALENDAR, A_TIME), "left out until then") == A_TIME


def is_from_empty(value: Any, unit: str) -> Any:
    """Whether times in a unit are as long, or as long ago, as a date is from Excel's day 0."""
    days = abs(value) * LASTING[unit]
    return (days >= FIRST_SERIAL) & (days <= LAST_SERIAL)


def alike_in_rows(told: str, rows: Sequence[int]) -> str:
    """What is said of cells that are refused alike; where a formula is to be mended, with the first rows."""
    where = f" (rows {', '.join(map(str, rows[:MOST_ROWS]))}{', …' if len(rows) > MOST_ROWS else ''})"
    return f"{len(rows)} × {told}{where if told == FROM_EMPTY and len(rows) > 1 else ''}"


def _with_clocks(cells: Sequence[Cell], about: ColumnAsking, *, in_hours: bool) -> Sequence[Cell]:
    """`10:30` as hours, where the reader, or the column's unit, says that it is a duration."""
    if all(_hours(cell) is None for cell in _first(cells)):
        return cells
    hours = each(_hours, cells)
    clocks = [cell for cell, hour in zip(cells, hours, strict=True) if hour is not None]
    if len(clocks) < max(LEAST, MOSTLY * sum(not is_missing(cell) for cell in cells)):
        return cells
    text = f"{len(clocks)} × {shown(clocks[0])}. Hours and minutes that passed, or times of the day?"
    answer = (
        HOURS_AND_MINUTES if in_hours else about.ask("clock", text, (HOURS_AND_MINUTES, OF_DAY), "left out until then")
    )
    told = [None if hour is None else f"{hour:.6g} hours" if answer == HOURS_AND_MINUTES else None for hour in hours]
    return [cell if hour is None else one for cell, hour, one in zip(cells, hours, told, strict=True)]


def _hours(cell: Cell) -> float | None:
    """The hours of a time of the clock, or of a duration that a spreadsheet shows like one."""
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 3600
    if isinstance(cell, time):
        return cell.hour + cell.minute / 60 + cell.second / 3600
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return int(found[1]) + int(found[2]) / 60 + int(found[3] or 0) / 3600 if found else None


def _with_months(cells: Sequence[Cell], about: ColumnAsking, notes: Notes) -> Sequence[Cell]:
    """`2.11` as 2 years and 11 months, where no decimals lie above .11 and the reader says so."""
    different = [found[2] for cell in dict.fromkeys(cells) if (found := _PARTED.fullmatch(_text(cell)))]
    if not different or any(int(one) > 11 for one in different):
        return cells
    parted = [found[2] for cell in cells if (found := _PARTED.fullmatch(_text(cell)))]
    told = sum(one in ("10", "11") for one in parted)
    if len(parted) < LEAST_PARTED or told < LEAST_TOLD:
        return cells
    text = f"none of {len(parted)} numbers has decimals above .11, as 2.11 for 2 years 11 months has. What stands behind the point?"
    answer = about.ask(
        "years and months", text, (YEARS_AND_MONTHS, DECIMALS), f"{told} × .10 or .11; left out until then"
    )
    if answer == DECIMALS:
        return cells
    return [None] * len(cells) if answer is None else each(partial(_spelled, notes=notes), cells)


def _spelled(cell: Cell, notes: Notes) -> Cell:
    found = _PARTED.fullmatch(_text(cell))
    if found and isinstance(cell, float) and found[2] == "1":
        notes.add(_SHORT_MONTH)
        return None
    return f"{found[1]} years {int(found[2])} months" if found else cell


def _first(cells: Sequence[Cell]) -> list[Cell]:
    """The first cells that hold something: by them most columns are told."""
    return list(islice((cell for cell in cells if not is_missing(cell)), LEAST))


def _text(cell: Cell) -> str:
    return str(cell).strip() if isinstance(cell, str | float) else ""
