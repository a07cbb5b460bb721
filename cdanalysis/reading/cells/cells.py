"""One cell of any column: as text, as nothing, as a fault quotes it; and the count of what must be said of a column."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from cdanalysis.reading.cells.numbers.number_texts import Cell, limit_of
from cdanalysis.reading.cells.words import MISSING
from cdanalysis.results import Fault, Limit

LONGEST_SHOWN = 40
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # where a word may be parted, and what has no width
LONGEST_MISSING = 20
# With which characters no word for nothing begins: most cells are told by the first.
NO_BEGINNINGS = frozenset(map(chr, range(33, 127))) - {
    form for word in MISSING for form in (word[:1], word[:1].upper())
}


Made = TypeVar("Made")


class UnreadableError(Exception):
    """A cell that its column does not accept; the message says what is accepted."""


class ImpossibleError(Exception):
    """A cell that is read and can be no value of any patient: said once for all that are alike."""


class OtherUnitError(ImpossibleError):
    """A number that is none of its column's unit and one of another: as it is written, and in the column's unit."""

    def __init__(self, told: str, unit: str, written: float, value: float) -> None:
        super().__init__(told)
        self.unit, self.written, self.value = unit, written, value


class UndecidedError(Exception):
    """A cell of a column for which one question stands for all its cells."""


@dataclass
class Notes:
    """What was read in a way that must be said, counted by kind; by kind and value where the value stands for a limit."""

    silent: str = ""  # a kind that is said of the whole file already
    alike: int = 1  # how many cells the one that is being read stands for
    counts: Counter[str] = field(default_factory=Counter)
    beyond: Counter[tuple[str, float]] = field(default_factory=Counter)

    def add(self, kind: str, value: float | None = None) -> None:
        """One more cell of a kind, and those like it; of none if that is empty. value: what it was read as."""
        if kind and kind != self.silent:
            self.counts[kind] += self.alike
            if value is not None and limit_of(kind, value):
                self.beyond[kind, value] += self.alike

    def said(self, sheet: str, column: str, accepts: str) -> list[Fault]:
        """One warning per kind, with its count."""
        return [
            Fault(sheet, None, column, f"{n} × {kind}", accepts, "warning", self._limits(kind))
            for kind, n in self.counts.items()
        ]

    def _limits(self, kind: str) -> tuple[Limit, ...]:
        """The limits of detection among the cells of a kind."""
        found = ((limit_of(kind, value), value, n) for (of, value), n in self.beyond.items() if of == kind)
        return tuple(Limit(*limit, value, n) for limit, value, n in found if limit)


def distinct(cells: Iterable[Cell]) -> tuple[dict[Any, Cell], Sequence[Any]]:
    """The different cells of a column in the order in which they first stand there, each under its key; every cell's key.

    A register's column holds few different ones: what is asked of each is asked once. 1, 1.0 and True are three.
    """
    column = list(cells)
    of_one_kind = len({*map(type, column)} - {type(None)}) <= 1
    keys = column if of_one_kind else [(type(cell), cell) for cell in column]
    return dict(zip(keys, column, strict=True)), keys


def each(ask: Callable[[Cell], Made], cells: Iterable[Cell]) -> list[Made]:
    """What a function says of each cell, asked once of those that are alike."""
    different, keys = distinct(cells)
    known = {key: ask(cell) for key, cell in different.items()}
    return [known[key] for key in keys]


def is_missing(cell: Cell) -> bool:
    """Nothing there, or a word for nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    if not isinstance(cell, str) or len(cell) > LONGEST_MISSING or cell[:1] in NO_BEGINNINGS:
        return False
    return folded(cell) in MISSING


def note_missing(cell: Cell, notes: Notes) -> None:
    """Counts a word or a sign that stands for nothing; an empty cell needs no word."""
    if isinstance(cell, str) and cell.strip() and is_missing(cell):
        notes.add(f"the missing code {shown(cell)}")


def folded(cell: Cell) -> str:
    """The cell as text without capitals and full-width forms."""
    text = identity(cell)
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold().strip()


def shown(cell: Cell) -> str:
    """What a fault quotes of a cell."""
    text = identity(cell) if not isinstance(cell, (date, datetime)) else cell.isoformat()[:10]
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def identity(cell: Cell) -> str:
    """An id as text: 007 stays 007, and the 7.0 of a spreadsheet is 7; pandas reads a text up to its first zero byte only."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\x00", " ").split())
