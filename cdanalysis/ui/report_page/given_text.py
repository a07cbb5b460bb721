"""A setting that is a text of a kind of its own, typed or from a file; of one that is not of the kind is said why."""

import streamlit as st

from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import sentence


def box(name: str, label: str, placeholder: str = "") -> None:
    """Where the text is typed, and why the last one was not taken."""
    row, key = ROWS[name], f"setting-{name}"
    st.session_state[key] = getattr(frame.settings(), name)
    st.text_input(
        label, key=key, placeholder=placeholder, help=row.help, max_chars=row.longest,
        on_change=lambda: take(name, st.session_state[key]),
    )  # fmt: skip
    if wrong := st.session_state.get(_wrong(name)):
        st.warning(escape_markdown(sentence(wrong)), icon=":material/block:")


def take(name: str, text: str) -> None:
    """A text into its setting; why not, where it is not of the kind."""
    try:
        frame.change(**{name: text})
        refuse(name, "")
    except ValueError as wrong:
        refuse(name, str(wrong))


def refuse(name: str, why: str) -> None:
    """Remember why a text was not taken; nothing where it was."""
    st.session_state[_wrong(name)] = why


def _wrong(name: str) -> str:
    return f"{name}-wrong"
