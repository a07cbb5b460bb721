"""Between which days a patient is observed, where no header of the dictionary says it: asked once, or the one time of everybody."""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.doubts import column_cells, measured
from cdanalysis.reading.headers.rows import BY_COLUMN, BY_OUTCOME, MatchRow
from cdanalysis.reading.headers.units.stated_units import with_unit
from cdanalysis.reading.headers.units.unit_words import DATES
from cdanalysis.reading.outcomes.columns import ENDS
from cdanalysis.reading.outcomes.headers.vocabulary import NO_EVENTS
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import AN_OUTCOME, MOST_OPTIONS, NONE_OF_THESE
from cdanalysis.reading.questions import Asking, question_id

START, LAST = "start_date", "last_follow_up_date"
OF_NEARLY_ALL, OF_HALF = 0.9, 0.5  # the patients
FOLLOW_UP = next(spec for spec in COLUMNS["patients"] if spec.name == "follow_up_months")


def with_dates(rows: Sequence[MatchRow], columns: Sequence[Looked], asking: Asking) -> tuple[MatchRow, ...]:
    """The rows with the start and the last follow-up that the reader names, where dates of outcomes need them."""
    found = tuple(rows)
    stems = {one.said.stem for one in columns if one.said.role == "event" and not one.said.end}
    of_outcomes = [
        one
        for one in columns
        if _names_an_outcome(one)
        or _is_answered(one, asking)
        or (one.dates and not one.said.end and one.said.stem in stems)
    ]
    dated = [one for one in of_outcomes if one.dates]
    if len(dated) == 1 and dated[0].filled == 1 and not any(one.dates for one in columns if one is not dated[0]):
        dated = []  # the one date of the table, `Year of transplant`, has nothing to be counted to
    counted = dated or any(row.unit in DATES or row.column == LAST for row in rows)
    counted = counted or any(one.dates and one.header in asking.answers.values() for one in columns)
    if counted and not _has(found, START):
        text = "Dates, and no header says where time begins. From which date is it counted?"
        found = _asked(
            found,
            _free(columns, found, of_outcomes, everybody=True),
            START,
            text,
            "no time is known until then",
            asking,
        )
    partly = [one for one in of_outcomes if 0 < one.filled < 1]
    if partly and not any(_has(found, name) for name in ENDS):
        text = f"{partly[0].header} is known of {partly[0].filled:.0%}. Up to which date were the others followed?"
        found = _asked(
            found, _free(columns, found, of_outcomes), LAST, text, "the others are left out until then", asking
        )
    return found


def with_follow_up(
    rows: Sequence[MatchRow], columns: Sequence[Looked], table: RawSheet, asking: Asking
) -> tuple[MatchRow, ...]:
    """The rows with the follow-up of everybody, `futime`, where only times of some stand beside it and no event."""
    full = [one for one in columns if one.said.role == "months" and one.said.end and one.filled == 1 and one.numbers]
    partly = [one for one in columns if is_time_of_some(one)]
    if len(full) != 1 or not partly or any(_has(rows, name) for name in ENDS) or any(map(_is_event, columns)):
        return tuple(rows)
    place = full[0].place
    row = replace(rows[place], column=FOLLOW_UP.name, how=BY_OUTCOME, note="", choices=())
    row = with_unit(row, FOLLOW_UP, full[0].said.unit)
    cells = column_cells(table, place)
    named = measured(row, cells, table, {FOLLOW_UP.name: FOLLOW_UP}, asking)
    return (*rows[:place], named, *rows[place + 1 :])


def is_time_of_some(one: Looked) -> bool:
    """Whether a column holds numbers of a part of the patients and is headed as a time: to what is not said."""
    said = one.said
    headed = (said.role == "months" and not said.end and not said.generic) or (
        not said.role and "time" in one.header.casefold()
    )
    return headed and one.numbers and 0 < one.filled < 1 and said.stem not in NO_EVENTS


def _is_event(one: Looked) -> bool:
    return one.said.role == "event" and one.codes


def _has(rows: Sequence[MatchRow], column: str) -> bool:
    return any(row.column == column for row in rows)


def _names_an_outcome(one: Looked) -> bool:
    said = one.said
    return said.role in ("date", "months") and said.noun is not None and not said.generic and not said.end


def _is_answered(one: Looked, asking: Asking) -> bool:
    """Whether the reader said of a date that it is of an outcome."""
    return asking.answers.get(question_id("outcome", "patients", one.header)) == AN_OUTCOME


def _free(
    columns: Sequence[Looked], rows: Sequence[MatchRow], of_outcomes: Sequence[Looked], *, everybody: bool = False
) -> dict[str, int]:
    """Columns of dates that are of no outcome, by their headers; everybody: or of what happened to all, as an operation."""
    dated = [one for one in columns if one.dates and not rows[one.place].column]
    free = [one for one in dated if one not in of_outcomes or (everybody and one.filled == 1)]
    if everybody and any(one.filled >= OF_NEARLY_ALL for one in free):  # `DOD`, of the dead, is no start of theirs
        free = [one for one in free if one.filled >= OF_HALF and not one.said.end]
    return {one.header: one.place for one in free}


def _asked(
    rows: tuple[MatchRow, ...], free: dict[str, int], column: str, text: str, until: str, asking: Asking
) -> tuple[MatchRow, ...]:
    if not free:
        return rows
    answer = asking.ask("dates", "patients", column, text, (*list(free)[:MOST_OPTIONS], NONE_OF_THESE), until)
    if answer not in free:
        return rows
    place = free[answer]
    named = replace(rows[place], column=column, how="answered", answered=BY_COLUMN, note="", choices=())
    return (*rows[:place], named, *rows[place + 1 :])
