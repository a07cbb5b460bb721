"""A prediction model as a file: saved where the cohort is large enough for one, and one from elsewhere taken in."""

from __future__ import annotations

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.prognosis.analysis import prognostic_model
from cdanalysis.settings.saved_model import as_text
from cdanalysis.settings.specification import ROWS
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.shell import frame
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import sentence

KEY, WRONG = "model-file", "model-file-wrong"
ABOUT = (
    "A model saved on this page can be applied to another cohort: give its file here, with that cohort loaded. It holds "
    "coefficients and knots, no patient, and becomes a setting: it is in the link and in the bundle."
)


def box(cohort: Cohort) -> None:
    """Save the model, give another, forget it."""
    st.header("A model as a file")
    found = recall(prognostic_model, cohort, frame.settings())
    if not isinstance(found, NotEstimable) and found.large_enough:
        st.download_button("Save the model", as_text(found.model), "prognostic-model.json", "application/json",
                           key="save-model", on_click="ignore", icon=":material/download:",
                           help="Terms, knots, coefficients, baseline survival; as fitted, not by ridge.")  # fmt: skip
    st.caption(ABOUT)
    row, key = ROWS["given_model"], "setting-given_model"
    st.session_state[key] = frame.settings().given_model
    st.file_uploader("File of a model", type=["json"], key=KEY, help=row.help, on_change=_take)
    st.text_input("Or its text", key=key, help=row.help, on_change=_typed, args=(key,), max_chars=row.longest)
    if wrong := st.session_state.get(WRONG):
        st.warning(escape_markdown(sentence(wrong)), icon=":material/block:")
    if frame.settings().given_model:
        st.button("Forget the model", on_click=frame.change, kwargs={"given_model": ""}, key="forget-model",
                  help="Takes the model from elsewhere out of the settings.")  # fmt: skip


def _typed(key: str) -> None:
    _change(st.session_state[key])


def _take() -> None:
    """A model whose file has arrived."""
    uploaded = st.session_state.get(KEY)
    if uploaded is not None:
        _change(uploaded.getvalue().decode("utf-8", "replace"))


def _change(text: str) -> None:
    """The model of a text into the settings; why not, where it is none."""
    try:
        frame.change(given_model=text)
        st.session_state[WRONG] = ""
    except ValueError as wrong:
        st.session_state[WRONG] = str(wrong)
