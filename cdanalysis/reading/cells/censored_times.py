"""A time that says itself that it is one of censoring: `12.3+`, as R prints a `Surv`, `>12.3`, `≥ 12`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell, plain_number

_NUMBER = r"\d[\d.,' ]*?(?:\s*[^\W\d_]+\.?)?"  # with its unit, as a cell may have it
_BEHIND = re.compile(rf"\s*({_NUMBER})\s*[+＋]\s*")
_BEFORE = re.compile(rf"\s*(?:[>≥＞]\s*=?|at least|mindestens)\s*({_NUMBER})\s*", re.IGNORECASE)


def bare_time(cell: Cell) -> str:
    """The text of a censored time without its mark; "" of any other cell."""
    found = (_BEHIND.fullmatch(cell) or _BEFORE.fullmatch(cell)) if isinstance(cell, str) else None
    return found[1] if found else ""


def are_marked(held: Sequence[Cell]) -> bool:
    """Whether of numbers some are marked as censored and some are not: no range of a laboratory, no `1+`, `2+` of a stick."""
    marked = [bool(bare_time(cell)) for cell in held]
    return 0 < sum(marked) < len(marked) and all(
        mark or plain_number(cell)[0] is not None for mark, cell in zip(marked, held, strict=True)
    )


def without_marks(cells: Sequence[Cell]) -> list[Cell]:
    """The cells as times, whether or not they are of a censoring."""
    return [bare_time(cell) or cell for cell in cells]


def events_of(cells: Sequence[Cell]) -> list[Cell]:
    """What each time says of its patient: `censored`, `event`, or nothing where there is no time."""
    return [None if is_missing(cell) else "censored" if bare_time(cell) else "event" for cell in cells]
