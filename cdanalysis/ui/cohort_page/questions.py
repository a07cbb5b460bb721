"""What a file leaves open is asked: which of two headers, which of two columns, whether day or month comes first.

A question without an answer changes nothing: the column stays a further one, the dates stay unread.
"""

from __future__ import annotations

import streamlit as st

from cdanalysis.reading import FileLook
from cdanalysis.reading.headers.matching import DECIDE
from cdanalysis.reading.headers.unit_words import ORDERS
from cdanalysis.ui.cohort_page import needed
from cdanalysis.writing.escapes import escape_markdown, one_line

MOST_QUESTIONS = 12
ORDER_LABELS = {
    "day/month/year": "The day first: 03/04 is 3 April",
    "month/day/year": "The month first: 03/04 is 4 March",
}
Choices = dict[int, tuple[str, str, float | None]]


def are_open(look: FileLook) -> bool:
    """Whether a file leaves anything to be decided."""
    return bool(_undecided(look) or _undated(look) or needed.are_missing(look))


def ask(look: FileLook, turn: str) -> None:
    """Every question of a file."""
    needed.ask(look, turn)
    _ask_columns(look, turn)
    for place, (header, question) in list(_undated(look).items())[:MOST_QUESTIONS]:
        st.selectbox(
            f"**{escape_markdown(header)}**: {escape_markdown(question)}", list(ORDERS), index=None,
            key=f"order-{turn}-{place}", placeholder="Not decided: these dates stay unread", format_func=ORDER_LABELS.get,
        )  # fmt: skip


def answers(look: FileLook, turn: str) -> Choices:
    """What was answered, as choices of `corrected`."""
    rows = look.matching.rows
    choices = needed.answers(look, turn) | _answered_columns(look, turn)
    for place in _undated(look):
        order = st.session_state.get(f"order-{turn}-{place}")
        if order is not None:
            choices[place] = rows[place].column, order, None
    return choices


def _undated(look: FileLook) -> dict[int, tuple[str, str]]:
    """Of each column whose dates can be read in two ways, by its place: its header and the question."""
    looks = [one for columns in look.columns.values() for one in columns]
    return {place: (one.match.header, one.asked) for place, one in enumerate(looks) if one.asked}


def _ask_columns(look: FileLook, turn: str) -> None:
    """Two headers that fit one column, and a header that fits two, are asked about; no answer leaves them unmatched."""
    rows = look.matching.rows
    for number, places in enumerate(_undecided(look)[:MOST_QUESTIONS]):
        first = rows[places[0]]
        answers = {place: rows[place].header for place in places} if len(places) > 1 else dict(enumerate(first.choices))
        subject = first.choices[0] if len(places) > 1 else first.header
        st.selectbox(
            f"**{escape_markdown(subject)}**: {escape_markdown(first.note)}. Which is it?",
            list(answers), index=None, key=f"decide-{turn}-{number}", placeholder="Not decided: kept as a further column",
            format_func=lambda answer, answers=answers: one_line(answers[answer]),
        )  # fmt: skip


def _undecided(look: FileLook) -> list[list[int]]:
    """The places of the rows of each question: all headers that fit one column, or the one that fits several."""
    questions: dict[object, list[int]] = {}
    for place, row in enumerate(look.matching.rows):
        if row.how == DECIDE:
            key = (row.sheet, row.choices[0]) if len(row.choices) == 1 else place
            questions.setdefault(key, []).append(place)
    return list(questions.values())


def _answered_columns(look: FileLook, turn: str) -> dict[int, tuple[str, str, float | None]]:
    """What was answered, as choices of `corrected`."""
    choices: dict[int, tuple[str, str, float | None]] = {}
    for number, places in enumerate(_undecided(look)):
        answer = st.session_state.get(f"decide-{turn}-{number}")
        if answer is not None:
            row = look.matching.rows[places[0]]
            place, column = (answer, row.choices[0]) if len(places) > 1 else (places[0], row.choices[answer])
            choices[place] = column, "", None
    return choices
