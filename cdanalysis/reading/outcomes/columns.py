"""Which columns of a table hold an outcome: the header of an event beside that of its time or its date.

A pair is certain where both name the same outcome, or where there is one time and one event; what else may belong together
is asked about. A column that the dictionary knows as something else, or that the reader has named, is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.dictionary.columns import FLAT_OUTCOMES, TIME_COLUMNS
from cdanalysis.dictionary.outcomes import EVENT, NOUN_OF, label_of, parted_column
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.censored_times import are_marked
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.cells.numbers.quantities import is_lasting
from cdanalysis.reading.dates.forms import plain, year_of
from cdanalysis.reading.dates.none import says_none
from cdanalysis.reading.dates.order import is_dated_otherwise
from cdanalysis.reading.headers.evidence.kinds import are_dates, held_cells
from cdanalysis.reading.headers.over_time.repeated import VISIT_TIMES, times_of_patients
from cdanalysis.reading.headers.rows import CHOSEN, DECIDE, LEFT_OUT, MatchRow
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, NO_WORDS, RELAPSES, YES_WORDS, meaning_of, nouns_among
from cdanalysis.reading.outcomes.headers.headers import Said, said_by
from cdanalysis.reading.outcomes.headers.vocabulary import NO_EVENTS

MOST_CODES = 8
LOOKED_AT_FIRST = 20  # cells: a column of dates has one among them
# The time to one is the time to the other, where nothing beside is called by its own name.
ALIKE = {code: tuple(one for one in group if one != code) for group in (("os", "death"), RELAPSES) for code in group}
PLACES = ("state", "estado", "stato", "état", "etat")
ENDS = ("follow_up_months", "follow_up_days", "last_follow_up_date")
_STATED = {spec.name for spec in FLAT_OUTCOMES}


@dataclass(frozen=True)
class Looked:
    """A column that may hold part of an outcome: its place, what its header says, what its cells can be.

    filled: the share of cells that hold something; of dates, something else than that there was none.
    """

    place: int
    header: str
    said: Said
    codes: bool  # a few different values
    dates: bool
    filled: float
    numbers: bool = False
    plain: bool = False  # codes that are a yes and a no, or name an outcome
    named: str = ""  # the code of the outcome that the reader or the dictionary says it is of
    marked: bool = False  # times, of which some say that they are of a censoring: `12.3+`

    @property
    def keys(self) -> tuple[str, ...]:
        """What its partner may be called: as the reader says, its noun's code, its own words."""
        noun = "" if self.said.noun is None or self.said.generic else self.said.noun.code
        bare, nth = NOUN_OF.get(self.said.stem), self.said.nth
        known = (self.named, noun, bare.code if bare else "", self.said.stem)
        return tuple(dict.fromkeys(filter(None, (f"{self.said.stem} {nth}" if nth else "", *known))))

    @property
    def says_itself(self) -> bool:
        """Whether the cells of a time to an outcome, not of `disease duration`, say which of them are of a censoring."""
        said = self.said
        return self.marked and not said.end and (said.noun is not None or said.towards) and said.stem not in NO_EVENTS


def looked_at(rows: Sequence[MatchRow], table: RawSheet, *, one_row: bool) -> list[Looked]:
    """The columns that may hold part of an outcome; one_row: whether a patient has one row."""
    found, of_patients = [], times_of_patients(rows, table)
    for place, row in enumerate(rows):
        said = _said(row, one_row or place in of_patients)
        if said is not None:
            cells = [cells[place] for _, cells in table.rows]
            named = parted_column(row.column)[0] if row.how == CHOSEN else ""
            found.append(_by_content(Looked(place, row.header, said, False, False, 0.0, named=named), cells))
    return found


def _said(row: MatchRow, one_row: bool) -> Said | None:
    """What the header says, or what the reader or the dictionary says of it; None where it is no column of an outcome."""
    code, role = parted_column(row.column)
    if row.how == LEFT_OUT or not row.header or row.week is not None:
        return None
    if row.how == CHOSEN and not code:
        return None
    if row.how == DECIDE and any(parted_column(name)[0] for name in row.choices):
        return None
    free = not row.column or row.column in _STATED or (row.column in VISIT_TIMES and one_row)
    if not (free or code):
        return None
    said = said_by(row.header)
    if code and said.role != role and (row.how == CHOSEN or not said.role):
        noun = EVENT if code == EVENT.code else NOUN_OF.get(code.replace("_", " "))
        said = replace(said, role=role, stem=code.replace("_", " "), noun=noun, label=label_of(code), sure=True)
    return replace(said, unit=row.unit or said.unit)


def _by_content(column: Looked, cells: Sequence[Cell]) -> Looked:
    """The role that the cells allow: a noun alone over dates is the date, over many numbers the time."""
    held, said = held_cells(cells), column.said
    if said.role == "months" and are_marked(held):
        return replace(column, marked=True, numbers=True, filled=len(held) / max(len(cells), 1))
    if said.role == "months" and said.unit == "years" and not said.generic and _are_years(held):
        said = replace(said, role="date", unit="")
    dates, texts = _are_dates(held, named=said.role == "date"), {folded(cell) for cell in held}
    numbers = bool(held) and all(plain_number(cell)[0] is not None or is_lasting(cell) for cell in held)
    codes = (
        not dates and len(texts) <= MOST_CODES and (len(texts) <= 2 or len(texts) < len(held)) and not _measured(texts)
    )
    if dates and said.role in ("event", "months"):
        said = replace(said, role="date")
    elif said.role == "event" and codes and _is_place(texts, column):
        said = replace(said, role="")
    elif said.role == "event" and not codes:
        said = replace(said, role="months" if numbers and not said.sure else "")
    elif said.role == "date" and not dates and not any(isinstance(cell, str) for cell in held) and codes:
        said = replace(said, role="")
    elif not said.role and said.stem and codes and _name_an_outcome(texts, said):
        said = replace(said, role="event", noun=EVENT)
    held_share = sum(not (is_missing(cell) or (dates and says_none(cell))) for cell in cells) / max(len(cells), 1)
    return replace(column, said=said, codes=codes, dates=dates, numbers=numbers, filled=held_share,
                   plain=codes and (texts <= YES_WORDS | NO_WORDS | {"2"} or bool(nouns_among(texts))))  # fmt: skip


def _is_place(texts: set[str], column: Looked) -> bool:
    """Whether a column headed `state` holds where a patient lives: words, of which none is one of an outcome."""
    known = any(text.isdecimal() or meaning_of(text, column.said, EVENT) for text in texts)
    return column.header.strip().casefold() in PLACES and not known


def _are_dates(held: Sequence[Cell], *, named: bool) -> bool:
    """Whether the cells are dates, beside some that say that there was none; named: whether the header says that they are."""

    def one(cell: Cell) -> bool:
        return are_dates([cell]) or (named and is_dated_otherwise(cell))

    return any(map(one, held[:LOOKED_AT_FIRST])) and all(one(cell) for cell in held if not says_none(cell))


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


def of_role(columns: Sequence[Looked], role: str) -> list[Looked]:
    """The columns of a role, in order."""
    return [one for one in columns if one.said.role == role]


def partner(column: Looked, others: Sequence[Looked], rivals: Sequence[Looked] = ()) -> Looked | None:
    """The one column among others that names the same outcome; None where there is none or more than one.

    rivals: columns like this one, of which each keeps what is called by its own name.
    """
    named = {key for rival in rivals if rival != column for key in rival.keys}
    free = [one for one in others if named.isdisjoint(one.keys)]
    ways = [(key, others) for key in column.keys]
    ways += [(other, free) for key in column.keys for other in ALIKE.get(key, ())]
    for key, offered in ways:
        fitting = [one for one in offered if key in one.keys]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def named_alike(columns: Sequence[Looked]) -> list[Looked]:
    """A column of codes headed by the same words as a time or a date, `ileostomy` beside `ileostomy_date`: an event too."""
    words = {one.said.stem for one in columns if one.said.role in ("months", "date") and one.said.stem}
    return [
        replace(one, said=replace(one.said, role="event"))
        if not one.said.role and one.codes and one.said.stem in words
        else one
        for one in columns
    ]


def ends_among(rows: Sequence[MatchRow]) -> Mapping[str, int]:
    """The columns of the end of follow-up that the dictionary knows, with their places."""
    return {row.column: place for place, row in enumerate(rows) if row.column in ENDS}


def has_visits(rows: Sequence[MatchRow], *, one_row: bool) -> bool:
    """Whether the table holds visits, from which outcomes are derived; one_row: whether a patient has one row."""
    return any(row.week is not None or (row.column in TIME_COLUMNS["visits"] and not one_row) for row in rows)
