"""A prediction model as a file: saved where the cohort is large enough for one, and one from elsewhere taken in."""

from __future__ import annotations

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.prognosis.analysis import prognostic_model
from cdanalysis.settings.as_text.saved_model import as_text
from cdanalysis.settings.specification import ROWS
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.report_page import given_text
from cdanalysis.ui.shell import frame

KEY = "model-file"
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
    st.file_uploader("File of a model", type=["json"], key=KEY, help=ROWS["given_model"].help, on_change=_take)
    given_text.box("given_model", "Or its text")
    if frame.settings().given_model:
        st.button("Forget the model", on_click=frame.change, kwargs={"given_model": ""}, key="forget-model",
                  help="Takes the model from elsewhere out of the settings.")  # fmt: skip


def _take() -> None:
    """A model whose file has arrived."""
    uploaded = st.session_state.get(KEY)
    if uploaded is not None:
        given_text.take("given_model", uploaded.getvalue().decode("utf-8", "replace"))
