"""Which columns of a table hold an outcome: the header of an event beside that of its time or its date.

A pair is certain where both name the same outcome, or where there is one time and one event; what else may belong together
is asked about. A column that the dictionary knows as something else, or that the reader has named, is not looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import FLAT_OUTCOMES, TIME_COLUMNS
from cdanalysis.dictionary.outcomes import EVENT, NOUN_OF, label_of, parted_column
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.over_time.repeated import VISIT_TIMES, times_of_patients
from cdanalysis.reading.headers.rows import CHOSEN, DECIDE, LEFT_OUT, MatchRow
from cdanalysis.reading.outcomes.codes.meanings import FAILURES, RELAPSES
from cdanalysis.reading.outcomes.contents import by_content
from cdanalysis.reading.outcomes.headers.headers import Said, said_by
from cdanalysis.reading.outcomes.looked import Looked

# The time to one is the time to the other, where nothing beside is called by its own name.
ALIKE = {
    code: tuple(one for one in group if one != code)
    for group in (("os", "death"), RELAPSES, FAILURES)
    for code in group
}
ENDS = ("follow_up_months", "follow_up_days", "last_follow_up_date")
ENDS_OF_THERAPY = ("combination_end_months", "combination_end_days")
BY_SYNONYM = ("synonym", "unit in the header")
_STATED = {spec.name for spec in FLAT_OUTCOMES}


def looked_at(rows: Sequence[MatchRow], table: RawSheet, *, one_row: bool) -> list[Looked]:
    """The columns that may hold part of an outcome; one_row: whether a patient has one row."""
    found, of_patients = [], times_of_patients(rows, table)
    endless = one_row and not any(row.column in ENDS for row in rows)
    for place, row in enumerate(rows):
        said = _said(row, one_row or place in of_patients) or (endless and _of_therapy(row)) or None
        if said is not None:
            cells = [cells[place] for _, cells in table.rows]
            named = parted_column(row.column)[0] if row.how == CHOSEN else ""
            found.append(by_content(Looked(place, row.header, said, False, False, 0.0, named=named), cells))
    return found


def _of_therapy(row: MatchRow) -> Said | None:
    """What is said of how long a treatment lasted, taken so by a synonym: beside an event it may be the time to that."""
    is_one = row.column in ENDS_OF_THERAPY and row.how in BY_SYNONYM and row.header
    return replace(said_by(row.header), role="", noun=None) if is_one else None


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
    within = [one for one in free if one.said.noun is None and not column.nouns.isdisjoint(one.nouns)]
    if len(within) == 1 and not named & within[0].nouns:
        return within[0]
    of_what = [
        one for one in others if one.said.noun is None and column.said.stem.startswith(f"{one.said.stem or '?'} ")
    ]
    return of_what[0] if len(of_what) == 1 else None  # `graft survival` is the time of the graft loss


def named_alike(columns: Sequence[Looked]) -> list[Looked]:
    """A column of codes headed by the same words as a time or a date, `ileostomy` beside `ileostomy_date`: an event too."""
    words = {one.bare_stem for one in columns if one.said.role in ("months", "date")} - {""}
    return [
        replace(one, said=replace(one.said, role="event"))
        if not one.said.role and one.codes and one.bare_stem in words
        else one
        for one in columns
    ]


def ends_among(rows: Sequence[MatchRow]) -> Mapping[str, int]:
    """The columns of the end of follow-up that the dictionary knows, with their places."""
    return {row.column: place for place, row in enumerate(rows) if row.column in ENDS}


def has_visits(rows: Sequence[MatchRow], *, one_row: bool) -> bool:
    """Whether the table holds visits, from which outcomes are derived; one_row: whether a patient has one row."""
    return any(row.week is not None or (row.column in TIME_COLUMNS["visits"] and not one_row) for row in rows)
