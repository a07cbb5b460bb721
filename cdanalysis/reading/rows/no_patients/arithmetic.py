"""A row below a table that is its mean, its sum or its standard deviation in every number, whatever it is called.

And the words of statistics that are none: what so many rows begin with is a category of the patients.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.numbers.number_texts import plain_number

LAST_ROWS = 8  # of a table: only there such rows stand
LEAST_NUMBERS, LEAST_ABOVE = 2, 5  # cells of the row over values that differ, and values above each
MANY, LEAST_MANY = 0.3, 5  # of the rows, and rows
STATISTICS: tuple[Callable[[np.ndarray], Any], ...] = (np.mean, np.sum, lambda values: np.std(values, ddof=1))


def is_arithmetic(rows: Sequence[tuple[int, Sequence[Cell]]], at: int, out: Mapping[str, Sequence[int]]) -> bool:
    """Whether each number of one of the last rows is the same statistic of its column above.

    at: the place of the row; out: the places of rows that are no patients'.
    """
    row = rows[at][1] if at >= len(rows) - LAST_ROWS else ()
    numbers = {place: number for place, cell in enumerate(row) if (number := plain_number(cell)[0]) is not None}
    if len(numbers) < LEAST_NUMBERS:
        return False
    left_out = {place for places in out.values() for place in places}
    above = [cells for place, (_, cells) in enumerate(rows[:at]) if place not in left_out]
    columns = {place: _column(above, place) for place in numbers}
    varying = sum(len(values) > 0 and bool(np.ptp(values)) for values in columns.values())
    if varying < LEAST_NUMBERS or any(len(values) < LEAST_ABOVE for values in columns.values()):
        return False
    return any(all(_is(number, of(columns[place])) for place, number in numbers.items()) for of in STATISTICS)


def _column(rows: Sequence[Sequence[Cell]], place: int) -> np.ndarray:
    """The numbers of a column."""
    read = (plain_number(row[place])[0] for row in rows)
    return np.array([number for number in read if number is not None], float)


def _is(number: float, value: float) -> bool:
    """Whether a number is a value, rounded to the number's own digits."""
    decimals = len(repr(float(number)).partition(".")[2].rstrip("0"))
    return bool(abs(number - value) <= max(0.5 * 10.0**-decimals, 1e-9 * abs(value)) * (1 + 1e-9))


def again_and_again(rows: Sequence[tuple[int, Sequence[Cell]]]) -> set[Cell]:
    """What so many rows begin with that it is a category, as `N` and `R` of a status, and no statistic."""
    least = max(LEAST_MANY, MANY * len(rows))
    return {cell for cell, n in Counter(row[0] for _, row in rows if row).items() if n > least}
