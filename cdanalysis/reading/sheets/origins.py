"""Rows of several sheets in one table keep the sheet they came from, so that a fault names it with the row's own number."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.budget import MOST_ROWS
from cdanalysis.results import Fault

STEP = 10 * MOST_ROWS  # no row of a sheet has so high a number


def numbered(row: int, place: int) -> int:
    """The number of a row of the sheet at a place among the file's, told apart from those of every other sheet."""
    return (place + 1) * STEP + row


def placed(faults: Iterable[Fault], names: Sequence[str]) -> tuple[Fault, ...]:
    """The faults, each under the name of its sheet and the row's own number there."""
    return tuple(
        replace(fault, sheet=names[fault.row // STEP - 1], row=fault.row % STEP)
        if fault.row is not None and fault.row >= STEP
        else fault
        for fault in faults
    )
