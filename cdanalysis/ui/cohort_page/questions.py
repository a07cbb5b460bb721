"""What a file leaves open is asked: a select box a question, with its evidence.

A question without an answer changes nothing: the column stays a further one, or its values are left out.
"""

import streamlit as st

from cdanalysis.reading import Question
from cdanalysis.ui.cohort_page import upload
from cdanalysis.writing.escapes import escape_markdown, one_line

MOST_QUESTIONS = 12


def are_open(file: upload.File) -> bool:
    """Whether a file leaves anything to be decided."""
    return bool(file.questions)


def title(file: upload.File) -> str:
    """What stands over the questions."""
    if are_open(file):
        return ":material/help: **Not clear from the file.** What you leave open is not used."
    return ":material/help: **Everything that was asked is answered.**"


def ask(file: upload.File, turn: str) -> None:
    """Every question of a file, and those that were answered, to answer them otherwise."""
    for question in file.questions[:MOST_QUESTIONS]:
        _ask(question, _key(question, turn))
    more = len(file.questions) - MOST_QUESTIONS
    if more > 0:
        st.caption(f"{more} more after these.")
    if file.answered:
        with st.expander("Your answers", icon=":material/history_edu:"):
            for question, answer in file.answered:
                _ask(question, _key(question, turn), answer)


def _key(question: Question, turn: str) -> str:
    return f"question-{turn}-{question.id}"


def _ask(question: Question, key: str, answer: str | None = None) -> None:
    text, options = escape_markdown(question.text), question.options
    if options:
        place = options.index(answer) if answer in options else None
        st.selectbox(text, options, index=place, key=key, placeholder="Not decided", format_func=one_line)
    else:
        st.text_input(text, answer or "", key=key)
    if question.evidence and answer is None:
        st.caption(escape_markdown(question.evidence))


def answers(file: upload.File, turn: str) -> dict[str, str]:
    """What was answered, now or before: a question's id -> one of its options."""
    asked = [*file.questions, *(question for question, _ in file.answered)]
    given = {question.id: st.session_state.get(_key(question, turn)) for question in asked}
    return {one: answer for one, answer in given.items() if answer}
