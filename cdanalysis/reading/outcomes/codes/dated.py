"""An event of which its column says nothing, though its own date stands beside: it happened, as in a file of dates alone."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.reading.bytes.files import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.results import Fault

MOSTLY = 0.5  # of those without the event have a date: then it is that of their censoring too, and no slip


def with_dated(
    states: pd.Series, cells: Sequence[Cell], dates: pd.Series, headers: tuple[str, str], label: str
) -> tuple[pd.Series, list[Fault]]:
    """The states with the event where the cell is empty and a date of it is known, and what is said of these.

    dates: days of an epoch, NaN where there is none; headers: of the event and of its date.
    """
    free = states == 0
    of_all = bool((free & dates.notna()).sum() > MOSTLY * free.sum())
    empty = pd.Series([is_missing(cell) for cell in cells], states.index)
    told = empty & states.isna() & dates.notna()
    if of_all or not free.any() or not told.any():
        return states, []
    found = f"{told.sum()} × nothing, beside {headers[1]}: taken as {label}"
    return states.mask(told, 1.0), [Fault("patients", None, headers[0], found, "whether it happened", "warning")]
