"""What the cells of a column that may hold part of an outcome allow: whether it is of codes, dates or numbers, and its role."""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import EVENT
from cdanalysis.reading.bytes.files import Cell
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.censored_times import are_marked, mark_among
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.cells.numbers.quantities import is_lasting
from cdanalysis.reading.dates.forms import month_of, plain, year_of
from cdanalysis.reading.dates.none import says_none
from cdanalysis.reading.dates.order import is_dated_otherwise
from cdanalysis.reading.headers.evidence.kinds import are_dates, held_cells
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, NO_WORDS, YES_WORDS, meaning_of, nouns_among, says_free
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.headers.vocabulary import NEGATIONS, SURVIVAL_WORDS
from cdanalysis.reading.outcomes.looked import Looked

MOST_CODES = 8
LONGEST_TIME = 40  # characters
LOOKED_AT_FIRST = 20  # cells: a column of dates has one among them
PLACES = ("state", "estado", "stato", "état", "etat")


def by_content(column: Looked, cells: Sequence[Cell]) -> Looked:
    """The role that the cells allow: a noun alone over dates is the date, over many numbers the time."""
    said = column.said
    free = {cell for cell in dict.fromkeys(cells) if says_free(cell)} if said.role == "months" else ()
    cells = [None if cell in free else cell for cell in cells] if free else cells
    held = held_cells(cells)
    if said.role == "months" and are_marked(held):
        return replace(column, marked=True, numbers=True, filled=len(held) / max(len(cells), 1))
    if said.role == "months" and (mark := mark_among(held)):
        return replace(column, mark=mark, numbers=True, filled=len(held) / max(len(cells), 1))
    if said.role == "months" and said.unit == "years" and not said.generic and _are_years(held):
        said = replace(said, role="date", unit="")
    named = said.role == "date" or (said.noun is not None and not said.generic and _are_months(held))
    dates, texts = _are_dates(held, named=named), {folded(cell) for cell in held}
    numbers = bool(held) and all(plain_number(cell)[0] is not None or is_lasting(cell) for cell in held)
    codes = (
        not dates and len(texts) <= MOST_CODES and (len(texts) <= 2 or len(texts) < len(held)) and not _measured(texts)
    )
    plain = codes and (texts <= YES_WORDS | NO_WORDS | {"2"} or bool(nouns_among(texts)))
    said = _in_role(replace(column, said=said, codes=codes, dates=dates, numbers=numbers, plain=plain), held, texts)
    held_share = sum(not (is_missing(cell) or (dates and says_none(cell))) for cell in cells) / max(len(cells), 1)
    return replace(column, said=said, codes=codes, dates=dates, numbers=numbers, filled=held_share, plain=plain)


def _in_role(column: Looked, held: Sequence[Cell], texts: set[str]) -> Said:
    """What the header says, with the role that the cells leave it."""
    said, codes = column.said, column.codes
    if column.dates and said.role in ("event", "months"):
        return replace(said, role="date")
    if (
        said.role == "months"
        and not said.unit
        and column.plain
        and texts <= YES_WORDS | NO_WORDS
        and _is_survival(column)
    ):
        return replace(said, role="event", censoring="unsure")  # `Survival: yes`
    if said.role == "event" and not codes:
        return replace(said, role="months" if column.numbers and not said.sure else "")
    no_numbers = said.role == "months" and bool(held) and not any(map(_has_digit, held))
    no_dates = said.role == "date" and not column.dates and not any(isinstance(cell, str) for cell in held) and codes
    if no_numbers or no_dates or (said.role == "event" and _is_place(texts, column)):
        return replace(said, role="")
    if not said.role and said.stem and codes and _name_an_outcome(texts, said):
        return replace(said, role="event", noun=EVENT)
    return said


def _is_survival(column: Looked) -> bool:
    words = normalised(column.header).split()
    return not SURVIVAL_WORDS.isdisjoint(words) and NEGATIONS.isdisjoint(words)


def _is_place(texts: set[str], column: Looked) -> bool:
    """Whether a column headed `state` holds where a patient lives: words, of which none is one of an outcome."""
    known = any(text.isdecimal() or meaning_of(text, column.said, EVENT) for text in texts)
    return column.header.strip().casefold() in PLACES and not known


def _are_dates(held: Sequence[Cell], *, named: bool) -> bool:
    """Whether the cells are dates, beside some that say that there was none; named: whether the header says that they are."""

    def one(cell: Cell) -> bool:
        return are_dates([cell]) or (named and is_dated_otherwise(cell))

    return any(map(one, held[:LOOKED_AT_FIRST])) and all(one(cell) for cell in held if not says_none(cell))


def _are_months(held: Sequence[Cell]) -> bool:
    """Whether the cells are months of a year without a day, `03/2018`, as texts."""
    texts = [cell for cell in held if not says_none(cell)]
    return bool(texts) and all(isinstance(cell, str) and month_of(plain(cell)) is not None for cell in texts)


def _has_digit(cell: Cell) -> bool:
    """Whether a cell may be a time: a number, or a short text with one."""
    return not isinstance(cell, str) or (len(cell) <= LONGEST_TIME and any(map(str.isdecimal, cell)))


def _are_years(held: Sequence[Cell]) -> bool:
    """Whether the cells are years of the calendar, which no patient lives as long as."""
    years = [cell for cell in held if not says_none(cell)]
    return bool(years) and all(year_of(plain(str(cell))) is not None for cell in years)


def _name_an_outcome(texts: set[str], said: Said) -> bool:
    """Whether texts name an outcome and its absence, whatever the header: `relapse` beside `lost to follow-up`."""
    return bool(nouns_among(texts)) and any(meaning_of(text, said, EVENT) == CENSORED for text in texts)


def _measured(texts: set[str]) -> bool:
    """Whether a text is a number with decimals, which no code has."""
    numbers = [plain_number(text)[0] for text in texts]
    return sum(number is not None and not float(number).is_integer() for number in numbers) > len(texts) / 2
