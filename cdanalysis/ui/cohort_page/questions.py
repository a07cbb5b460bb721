"""What a file leaves open is asked: a select box a question, with its evidence; what the pages need and no header gives.

A question without an answer changes nothing: the column stays a further one, or its values are left out.
"""

from __future__ import annotations

import streamlit as st

from cdanalysis.reading import FileLook, Question
from cdanalysis.ui.cohort_page import needed, upload
from cdanalysis.writing.escapes import escape_markdown, one_line

MOST_QUESTIONS = 12


def are_open(file: upload.File) -> bool:
    """Whether a file leaves anything to be decided."""
    return bool(file.questions or (file.look and needed.are_missing(file.look)))


def ask(file: upload.File, look: FileLook, turn: str) -> None:
    """Every question of a file."""
    needed.ask(look, turn)
    for question in file.questions[:MOST_QUESTIONS]:
        _ask(question, f"question-{turn}-{question.id}")
    more = len(file.questions) - MOST_QUESTIONS
    if more > 0:
        st.caption(f"{more} more after these.")


def _ask(question: Question, key: str) -> None:
    text = escape_markdown(question.text)
    if question.options:
        st.selectbox(text, question.options, index=None, key=key, placeholder="Not decided", format_func=one_line)
    else:
        st.text_input(text, key=key)
    if question.evidence:
        st.caption(escape_markdown(question.evidence))


def answers(file: upload.File, turn: str) -> dict[str, str]:
    """What was answered: a question's id -> one of its options."""
    given = {question.id: st.session_state.get(f"question-{turn}-{question.id}") for question in file.questions}
    return {one: answer for one, answer in given.items() if answer}
