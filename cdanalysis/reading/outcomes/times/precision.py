"""How precisely an end of follow-up or of therapy is known: months and weeks are days rounded to their last digit.

A value with fewer decimals than most of its column ends in zeros that a spreadsheet does not write; one with more is known
as well as it says.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import each, is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number, writes_comma
from cdanalysis.reading.cells.numbers.quantities import half_a_unit
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import DATES, DAYS_PER

ENDS = ("follow_up", "combination_end")
_UNITS = {spec.name: spec.unit for spec in COLUMNS["patients"]}
WHOLE_DAY = 1.0


def tolerances(rows: Sequence[MatchRow], table: RawSheet, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """`<end>_tolerance_days` of each row: half a unit of the last digit of what states the end, 0 of a day or a date."""
    places = {row.column: place for place, row in enumerate(rows)}
    found = {}
    for end in ENDS:
        known = pd.Series(0.0, frame.index)
        for column in (f"{end}_months", f"{end}_days"):  # the days decide where both are there
            if column in places and column in frame:
                place = places[column]
                cells = [cells[place] for _, cells in table.rows]
                known = known.mask(frame[column].notna(), pd.Series(_half_units(cells, rows[place]), frame.index))
        if (known > 0).any():
            found[f"{end}_tolerance_days"] = known
    return found


def _half_units(cells: Sequence[Cell], row: MatchRow) -> np.ndarray:
    """Days of half a unit of the last digit of each cell; 0 where it is a date, a whole day, or no number."""
    unit = DAYS_PER[_UNITS[row.column]] * row.factor
    if row.unit in DATES or unit <= WHOLE_DAY:
        return np.zeros(len(cells))
    comma = writes_comma(cells, False)
    digits = np.array(each(lambda cell: _decimals(cell, comma), cells), float)
    usual = Counter(digits[~np.isnan(digits)].tolist()).most_common(1)
    halves = 0.5 * unit * 10.0 ** -np.maximum(digits, usual[0][0] if usual else 0)
    return np.where(np.isnan(digits), each(half_a_unit, cells), halves)


def _decimals(cell: Cell, comma: bool) -> float:
    """The decimals that a cell is written with, at most those of a float; NaN of no number."""
    number = None if is_missing(cell) else plain_number(cell, comma)[0]
    return np.nan if number is None else decimals(number)


def decimals(number: float) -> int:
    """The decimals of the shortest text that is this number."""
    text = repr(float(number))
    if "e" in text:
        text = np.format_float_positional(number, trim="-")
    return len(text.removesuffix(".0").partition(".")[2])
