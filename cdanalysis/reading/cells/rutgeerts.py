"""Rutgeerts' grades as clinics write them: `i2`, `i2a`, `I2b`, `2b`."""

import re
from collections.abc import Sequence

from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell

_GRADE = re.compile(r"(?:rutgeerts\s*)?i?\s*([0-4])\s*([ab]?)")


def as_numbers(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with each grade as its number; what is none is left as it is."""
    return [grade[1] if (grade := _grade(cell)) else cell for cell in cells]


def which_i2(cells: Sequence[Cell]) -> list[bool | None]:
    """Of each grade of 2 whether it is i2b; None where no cell says a or b."""
    said = [(grade[2] == "b" if grade and grade[2] else None) for grade in map(_grade, cells)]
    return said if any(one is not None for one in said) else []


def _grade(cell: Cell) -> re.Match[str] | None:
    """The grade of a cell; a letter belongs to 2 alone."""
    found = None if is_missing(cell) else _GRADE.fullmatch(folded(cell))
    return found if found and (found[1] == "2" or not found[2]) else None
