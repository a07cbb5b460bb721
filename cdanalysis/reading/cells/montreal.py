"""The Montreal classification as clinics write it: `L3+L4`, `B2p`, `A2L3B1p`, `L1 (ileal)`."""

import re
from collections.abc import Sequence

from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell

LONGEST = 40
_CODES = {
    "disease_location": ("L", re.compile(r"(?<![a-z]{2})l\s?([1-4])(?!\d)")),
    "disease_behaviour": ("B", re.compile(r"(?<![a-z]{2})b\s?([1-3])(?!\d)")),
}
# What the modifiers say, and the column it is said of: L4 of the upper tract, p of perianal disease.
MODIFIERS = {
    "upper_gi": ("disease_location", re.compile(r"l\s?4|l\s?[1-3]\s?[+/&,]\s?4|\+\s?4")),
    "perianal": ("disease_behaviour", re.compile(r"b\s?[1-3]\s?[+/&,]?\s?p\b|\bp$|perianal|肛周")),
}


def in_montreal(column: str, text: str) -> str | None:
    """The location L1 to L3 or the behaviour B1 to B3 that a text names, if it names one and no other."""
    if column not in _CODES or len(text) > LONGEST:
        return None
    letter, code = _CODES[column]
    found = set(code.findall(folded(text))) - {"4"}
    return f"{letter}{found.pop()}" if len(found) == 1 else None


def modified(column: str, cells: Sequence[Cell]) -> list[bool | None]:
    """Of each cell whether it has the modifier that says a column, L4 or p; empty where no cell has one."""
    _, sign = MODIFIERS[column]
    said = [None if is_missing(cell) else bool(sign.search(folded(cell))) for cell in cells]
    return said if any(said) else []
