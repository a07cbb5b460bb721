"""A yes or a no with a remark behind it, `yes - flare`, `no (lost)`, `Yes, 2019-03`: the word in its column, the remark in one
of its own, which is that of the event's date where every remark is the date of a yes.

A no whose remark names an outcome, and a word that its remark takes back (`yes - unclear`), say nothing certain and stay as
they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import NOUN_OF, words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing, shown
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.dates.forms import month_of, plain, year_of
from cdanalysis.reading.dates.order import is_written_as_date
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

MOST_TEXTS = 300  # of a column: one with more holds no yes and no
LEAST_DECIDED = 0.5  # of its cells
_OTHERS = words_of("nie|nein|ja|oui|non|sì|sí")
_DECIDING = frozenset(word for word in YES | NO | _OTHERS if word.isalpha() and (len(word) > 1 or word > "\u2e80"))
_REMARKED = re.compile(
    r"\s*([^\W\d_]{1,12})(?:\s*[,;:，；：]\s*|\s+[-–—]\s*|[-–—]\s+|\s*(?=[(（\[])|\s+(?=\d+[./-]\d))(\S.*)", re.DOTALL
)
_DOUBTS = words_of(
    "not|no|yes|non|oui|ja|nein|si|sí|maybe|possible|possibly|probable|probably|suspected|unclear|unsure|unknown|data|but|later|"
    "then|until|before|unklar|unbekannt|fraglich|vermutlich|aber|später|inconnu|incertain|mais|forse|ma|quizás|pero|talvez|mas"
)


def apart(table: RawSheet) -> RawSheet:
    """The table with the remarks of its columns of yes and no in columns of their own, where there are any; said."""
    width = len(table.headers)
    for place in range(width):
        cells = [row[place] for _, row in table.rows]
        parted = _parted(cells)
        if parted:
            table = _with_remarks(table, place, [parted.get(cell, (cell, None)) for cell in cells])
    return table


def _parted(cells: Sequence[Cell]) -> dict[Cell, tuple[Cell, Cell]]:
    """Of each text with a remark: its word and the remark; empty where the column is none of yes and no."""
    different = set(cells)
    if len(different) > MOST_TEXTS:
        return {}
    parted: dict[Cell, tuple[Cell, Cell]] = {
        cell: parts for cell in different if isinstance(cell, str) and (parts := _word_and_remark(cell))
    }
    if not parted:
        return {}
    decided = {cell for cell in different if cell in parted or (isinstance(cell, str) and folded(cell) in _DECIDING)}
    n_held = sum(not is_missing(cell) for cell in cells)
    if sum(cell in decided for cell in cells) < max(1, LEAST_DECIDED * n_held):
        return {}
    return parted


def _word_and_remark(cell: str) -> tuple[Cell, Cell] | None:
    found = _REMARKED.fullmatch(cell)
    if not found or found[1].casefold() not in _DECIDING:
        return None
    words = normalised(found[2]).split()
    denied = found[1].casefold() in NO and any(word in NOUN_OF for word in (" ".join(words), *words))
    if denied or "?" in cell or is_missing(found[2]) or not _DOUBTS.isdisjoint(words):
        return None
    return found[1], found[2].strip(" ()（）[]")


def _with_remarks(table: RawSheet, place: int, parts: Sequence[tuple[Cell, Cell]]) -> RawSheet:
    width, header = len(table.headers), table.headers[place]
    rows = tuple(
        (number, (*row[:place], word, *row[place + 1 : width], remark, *row[width:]))
        for (number, row), (word, remark) in zip(table.rows, parts, strict=True)
    )
    labels = (*table.labels, "") if table.labels else ()
    name = f"{header} date" if _are_dates(parts) and f"{header} date" not in table.headers else f"{header}, remark"
    faults = (*table.faults, *_said(table, place, name, parts))
    return replace(table, headers=(*table.headers, name), rows=rows, labels=labels, faults=faults)


def _are_dates(parts: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether every remark is the date of a yes, and one at least is more than a year."""
    remarked = [(str(word).casefold(), plain(str(remark))) for word, remark in parts if remark is not None]
    dated = all(word in YES and (is_written_as_date(text) or month_of(text)) for word, text in remarked)
    return dated and not all(year_of(text) for _, text in remarked)


def _said(table: RawSheet, place: int, name: str, parts: Sequence[tuple[Cell, Cell]]) -> list[Fault]:
    """What was read, with an example; nothing where all remarks are years, `yes (2019)`, which change no yes."""
    remarked = [row[place] for (_, row), (_, remark) in zip(table.rows, parts, strict=True) if remark is not None]
    if all(remark is None or year_of(str(remark)) for _, remark in parts):
        return []
    told = f"{len(remarked)} × a yes or a no with a remark, such as {shown(remarked[0])!r}: read as its first word"
    return [warned(table.name, f"{told}, the rest in a column {name}", "a yes or a no", column=table.headers[place])]
