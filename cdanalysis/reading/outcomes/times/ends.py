"""The dates between which a patient is observed, where no header names them: time zero and the last follow-up, each asked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.headers.rows import BY_COLUMN, MatchRow
from cdanalysis.reading.headers.units.unit_words import DATES
from cdanalysis.reading.outcomes.columns import ENDS, Looked
from cdanalysis.reading.outcomes.pairs import AN_OUTCOME, MOST_OPTIONS, NONE_OF_THESE
from cdanalysis.reading.questions import Asking, question_id

START, LAST = "start_date", "last_follow_up_date"


def with_dates(rows: Sequence[MatchRow], columns: Sequence[Looked], asking: Asking) -> tuple[MatchRow, ...]:
    """The rows with the start and the last follow-up that the reader names, where dates of outcomes need them."""
    found = tuple(rows)
    of_outcomes = [one for one in columns if _names_an_outcome(one) or _is_answered(one, asking)]
    dated = [one for one in of_outcomes if one.dates]
    counted = dated or any(row.unit in DATES or row.column == LAST for row in rows)
    counted = counted or any(one.dates and one.header in asking.answers.values() for one in columns)
    if counted and not _has(found, START):
        text = "Dates, and no header says where time begins. From which date is it counted?"
        found = _asked(found, _free(columns, found, everybody=True), START, text, "no time is known until then", asking)
    partly = [one for one in of_outcomes if 0 < one.filled < 1]
    if partly and not any(_has(found, name) for name in ENDS):
        text = f"{partly[0].header} is known of {partly[0].filled:.0%}. Up to which date were the others followed?"
        found = _asked(found, _free(columns, found), LAST, text, "the others are left out until then", asking)
    return found


def _has(rows: Sequence[MatchRow], column: str) -> bool:
    return any(row.column == column for row in rows)


def _names_an_outcome(one: Looked) -> bool:
    said = one.said
    return said.role in ("date", "months") and said.noun is not None and not said.generic and not said.end


def _is_answered(one: Looked, asking: Asking) -> bool:
    """Whether the reader said of a date that it is of an outcome."""
    return asking.answers.get(question_id("outcome", "patients", one.header)) == AN_OUTCOME


def _free(columns: Sequence[Looked], rows: Sequence[MatchRow], *, everybody: bool = False) -> dict[str, int]:
    """Columns of dates that are of no outcome, by their headers; everybody: or of what happened to all, as an operation."""
    dated = [one for one in columns if one.dates and not rows[one.place].column]
    free = [one for one in dated if not _names_an_outcome(one) or (everybody and one.filled == 1)]
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
