"""A yes or a no with a remark behind it, `yes - flare`, `no (lost)`, `Yes, 2019-03`: the word in its column, the remark in one
of its own; where the remarks of an outcome are its dates, `relapse (03/2017)`, the column of its dates.

A no whose remark names an outcome, and a word that its remark takes back (`yes - unclear`), say nothing certain and stay as
they stand.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import NOUN_OF, words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing, shown
from cdanalysis.reading.cells.timed_words import Parted, timed_words
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.dates.forms import month_of, plain, year_of
from cdanalysis.reading.dates.none import is_no
from cdanalysis.reading.dates.order import is_written_as_date
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.headers.vocabulary import FILLING
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

LOOKED_AT_FIRST = 50  # cells
MOST_TEXTS = 300  # of a column: one with more holds no yes and no
LEAST_DECIDED = 0.5  # of its cells
_OTHERS = words_of("nie|nein|ja|oui|non|sì|sí")
_DECIDING = frozenset(word for word in YES | NO | _OTHERS if word.isalpha() and (len(word) > 1 or word > "\u2e80"))
_REMARKED = re.compile(r"\s*([^\W\d_]{1,12})(?:\s*[,;:，；：]\s*|\s+[-–—]\s*|[-–—]\s+|\s*(?=[(（\[]))(\S.*)", re.DOTALL)
_WORD_FIRST = re.compile(r"\s*([^\W\d_]{1,14})\s*[\s,;:(（\[–—-]\s*(?:on |am |le |el |il )?(\S.*?)[)）\]\s]*")
_WORD_AND_NUMBER = re.compile(r"(?:\D.*[\W_]|[01]\W+|[^\W\d\x00-\xff]+)\d|\d.*[\s,;(\[–-]+[^\W\d_]{2,}\W*$")
_DAY_FIRST = re.compile(r"\s*(\d\S*?\d)\s*[\s,;:(（\[–—-]\s*([^\W\d_]{1,14})[)）\]\s]*")
_DOUBTS = words_of(
    "not|no|yes|non|oui|ja|nein|si|sí|maybe|possible|possibly|probable|probably|suspected|unclear|unsure|unknown|data|but|later|"
    "then|until|before|unklar|unbekannt|fraglich|vermutlich|aber|später|inconnu|incertain|mais|forse|ma|quizás|pero|talvez|mas"
)


def apart(table: RawSheet) -> RawSheet:
    """The table with the remarks of its columns of yes and no in columns of their own, where there are any; said."""
    width = len(table.headers)
    for place in range(width):
        cells = [row[place] for _, row in table.rows]
        name, timed = _timed(table, place, cells)
        if timed:
            table = _with_times(table, place, name, [timed.get(cell, (cell, None)) for cell in cells])
            continue
        parted = _parted(cells)
        if parted:
            table = _with_remarks(table, place, [parted.get(cell, (cell, None)) for cell in cells])
    return table


def _timed(table: RawSheet, place: int, cells: Sequence[Cell]) -> tuple[str, Parted]:
    """The words and times of a column of an outcome, `yes, 5 months`; none where its texts are many or hold no number."""
    if not any(isinstance(cell, str) and _WORD_AND_NUMBER.match(cell) for cell in cells[:LOOKED_AT_FIRST]):
        return "", {}
    return timed_words(table.headers[place], cells, [one for at, one in enumerate(table.headers) if at != place])


def _with_times(table: RawSheet, place: int, name: str, parts: Sequence[tuple[Cell, Cell]]) -> RawSheet:
    width = len(table.headers)
    rows = tuple(
        (number, (*row[:place], word, *row[place + 1 : width], time, *row[width:]))
        for (number, row), (word, time) in zip(table.rows, parts, strict=True)
    )
    first = next(row[place] for (_, row), (_, time) in zip(table.rows, parts, strict=True) if time is not None)
    n = sum(time is not None for _, time in parts)
    told = (
        f"{n} × a time behind its word, such as {shown(first)!r}: read as whether it happened, and when it did or ended"
    )
    fault = warned(table.name, told, "a yes or a no", column=table.headers[place])
    own = said_by(table.headers[place])
    header = table.headers[place] if own.role == "event" and not own.generic else name
    headers = (*table.headers[:place], header, *table.headers[place + 1 :], f"time to {name}")
    labels = (*table.labels, "") if table.labels else ()
    return replace(table, headers=headers, rows=rows, labels=labels, faults=(*table.faults, fault))


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
    decided = {cell for cell in different if cell in parted or (isinstance(cell, str) and _decides(cell))}
    n_held = sum(not is_missing(cell) for cell in cells)
    return parted if sum(cell in decided for cell in cells) >= LEAST_DECIDED * n_held else {}


def _decides(cell: str) -> bool:
    """Whether a text is a yes or a no: also `none`, beside `relapse (03/2017)`."""
    return folded(cell) in _DECIDING or (folded(cell) not in NO and is_no(cell))


def _word_and_remark(cell: str) -> tuple[Cell, Cell] | None:
    if any(map(str.isdecimal, cell)) and (dated := _word_and_day(cell)):
        return dated
    found = _REMARKED.fullmatch(cell)
    if not found or found[1].casefold() not in _DECIDING:
        return None
    words = normalised(found[2]).split()
    told = (" ".join(words), *(word for word in words if word not in FILLING))  # the German `die` is no death
    denied = found[1].casefold() in NO and any(word in NOUN_OF for word in told)
    if denied or "?" in cell or is_missing(found[2]) or not _DOUBTS.isdisjoint(words):
        return None
    return found[1], found[2].strip(" ()（）[]")


def _word_and_day(cell: str) -> tuple[Cell, Cell] | None:
    """A yes or an outcome beside its date, before or behind it: `relapse (03/2017)`, `yes 2017-03-05`, `05.03.2017 (yes)`."""
    for form, (word, day) in ((_WORD_FIRST, (1, 2)), (_DAY_FIRST, (2, 1))):
        found = form.fullmatch(cell)
        if found and (found[word].casefold() in _DECIDING or found[word].casefold() in NOUN_OF) and _is_day(found[day]):
            return found[word], found[day]
    return None


def _with_remarks(table: RawSheet, place: int, parts: Sequence[tuple[Cell, Cell]]) -> RawSheet:
    width, header = len(table.headers), table.headers[place]
    rows = tuple(
        (number, (*row[:place], word, *row[place + 1 : width], remark, *row[width:]))
        for (number, row), (word, remark) in zip(table.rows, parts, strict=True)
    )
    labels = (*table.labels, "") if table.labels else ()
    dated = _are_its_dates(table, place, parts)
    faults = (*table.faults, *_said(table, place, parts, dated=dated))
    name = f"{header} date" if dated else f"{header}, remark"
    return replace(table, headers=(*table.headers, name), rows=rows, labels=labels, faults=faults)


def _are_its_dates(table: RawSheet, place: int, parts: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether the remarks of an outcome are days, months or years, and no other column is its time or its date."""
    remarks = [str(remark) for _, remark in parts if remark is not None]
    noun = said_by(table.headers[place]).noun
    if noun is None or not noun.plain or not all(_is_day(one) or year_of(plain(one)) for one in remarks):
        return False
    others = (said_by(header) for at, header in enumerate(table.headers) if at != place)
    return not any(one.noun == noun and one.role in ("months", "date") and not one.end for one in others)


def _is_day(text: str) -> bool:
    return is_written_as_date(text) or month_of(plain(text)) is not None


def _said(table: RawSheet, place: int, parts: Sequence[tuple[Cell, Cell]], *, dated: bool) -> list[Fault]:
    """What was read, with an example; nothing where all remarks are years, `yes (2019)`, which change no yes."""
    remarked = [row[place] for (_, row), (_, remark) in zip(table.rows, parts, strict=True) if remark is not None]
    if all(remark is None or year_of(str(remark)) for _, remark in parts):
        return []
    told = f"{len(remarked)} × a yes or a no with a {'date' if dated else 'remark'}, such as {shown(remarked[0])!r}: read as "
    told += "the event and its date" if dated else "its first word, the remark kept beside it"
    return [warned(table.name, told, "a yes or a no", column=table.headers[place])]
