"""Dates in a form that other columns use otherwise, put as every reader of dates knows them: `201403`, `Q1 2014`, `15/01/2557`.

Only where the whole column is of that form: six digits can be a day too, and a year of 2557 a slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.questions import ColumnAsking
from cdanalysis.results import Fault

LEAST = 3  # cells: fewer say nothing of a form
MIDDLE = {"1": "02", "2": "05", "3": "08", "4": "11"}  # month of a quarter
BUDDHIST = 543  # years
FIRST, LAST = 2510, 2590  # of the years of that calendar that a patient's dates have
IN_BUDDHIST, NO_DATES = "years of the Buddhist calendar", "no dates"
_MONTHS = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\.0)?")
_QUARTER = re.compile(
    r"(?:Q\s?([1-4])[\s/.-]*(\d{4})|([1-4])\.?\s?(?:Q|Quartal|Quarter)[\s/.-]*(\d{4})|(\d{4})[\s/.-]*Q\s?([1-4])|(\d{4})年?第([1-4])季度)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)2[456]\d{2}(?!\d)")


def rewritten(spec: ColumnSpec, cells: Sequence[Cell], about: ColumnAsking) -> tuple[Sequence[Cell], list[Fault]]:
    """The cells of a column of dates, those of such a form as usual texts; what is said of them."""
    held = [cell for cell in cells if not is_missing(cell)]
    if len(held) < LEAST:
        return cells, []
    if all(map(_is_month, held)):
        return [_MONTHS.sub(r"\1-\2", str(cell)) if not is_missing(cell) else cell for cell in cells], []
    if all(map(_is_quarter, held)):
        said = Fault(
            spec.sheet, None, spec.name, f"{len(held)} × a quarter, read as its middle month", "a date", "warning"
        )
        return [_of_quarter(cell) if isinstance(cell, str) else cell for cell in cells], [said]
    if all(map(is_buddhist, held)):
        text = f"{len(held)} × a date such as {held[0]}. Are these years of the Buddhist calendar, {BUDDHIST} ahead?"
        if about.ask("era", text, (IN_BUDDHIST, NO_DATES), "left out until then") == IN_BUDDHIST:
            return [_of_buddhist(cell) if is_buddhist(cell) else cell for cell in cells], []
    return cells, []


def is_of_other_form(cell: Cell) -> bool:
    """Whether a cell is in one of these forms, in a column that is one of dates by its header."""
    return _is_month(cell) or _is_quarter(cell) or is_buddhist(cell)


def _is_month(cell: Cell) -> bool:
    return isinstance(cell, str | int | float) and _MONTHS.fullmatch(str(cell)) is not None


def _is_quarter(cell: Cell) -> bool:
    return isinstance(cell, str) and _QUARTER.fullmatch(cell.strip()) is not None


def _of_quarter(cell: str) -> str:
    """`Q1 2014` as `2014-02`."""
    found = _QUARTER.fullmatch(cell.strip())
    if not found:
        return cell
    parts = [part for part in found.groups() if part]
    year, quarter = sorted(parts, key=len, reverse=True)
    return f"{year}-{MIDDLE[quarter]}"


def is_buddhist(cell: Cell) -> bool:
    """Whether a date's only year lies where those of the Buddhist calendar do."""
    if isinstance(cell, date):
        return FIRST <= cell.year <= LAST
    years = _YEAR.findall(cell) if isinstance(cell, str) else []
    return len(years) == 1 and FIRST <= int(years[0]) <= LAST


def _of_buddhist(cell: Cell) -> Cell:
    """The same day of the common calendar."""
    if isinstance(cell, date):
        return cell.replace(year=cell.year - BUDDHIST, day=min(cell.day, 28) if cell.month == 2 else cell.day)
    return _YEAR.sub(lambda found: str(int(found[0]) - BUDDHIST), str(cell))
