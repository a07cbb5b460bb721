"""A prediction model as a file: saved where the cohort is large enough for one, and one from elsewhere taken in."""

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.prognosis.analysis import PrognosticModel, prognostic_model
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import as_text
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.report_page import given_text
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import save_button

KEY = "model-file"
FITTED, RIDGE = "As fitted", "By ridge"
RIDGE_HELP = "Ridge: the shrunken alternative above, with its own baseline survival."
SAVE_HELP = "Terms, units, knots, coefficients, baseline survival."
SAVE_STUDY_HELP = "Headers, answers and settings with the model among them; no cell."
ABOUT = (
    "A model saved on this page can be applied to another cohort: give its file here, with that cohort loaded, or read that "
    "cohort with the study file that has it. It holds coefficients, knots and units, no patient, and becomes a setting: it is in "
    "the link and in the bundle."
)


def saved(cohort: Cohort, settings: Settings) -> str:
    """The fitted model as JSON, for a bundle; empty where the cohort is too small for one that others could use."""
    found = recall(prognostic_model, cohort, settings)
    return "" if isinstance(found, NotEstimable) or not found.large_enough else as_text(found.model)


def box(cohort: Cohort) -> None:
    """Save the model, give another, forget it."""
    st.header("A model as a file")
    found = recall(prognostic_model, cohort, frame.settings())
    if not isinstance(found, NotEstimable) and found.large_enough:
        _save(cohort, found)
    st.caption(ABOUT)
    st.file_uploader("File of a model", type=["json"], key=KEY, help=ROWS["given_model"].help, on_change=_take)
    given_text.box("given_model", "Or its text")
    if frame.settings().given_model:
        about, nothing = "Takes the model from elsewhere out of the settings.", {"given_model": ""}
        st.button("Forget the model", on_click=frame.change, kwargs=nothing, key="forget-model", help=about)


def _save(cohort: Cohort, found: PrognosticModel) -> None:
    """The model alone, or in the study file, whose settings then apply it to the cohort that is read with it."""
    kinds = {FITTED: found.model} | ({RIDGE: found.shrunk_model} if found.shrunk_model else {})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = "saved-coefficients"
        kind = st.segmented_control(
            "Coefficients", list(kinds), default=FITTED, required=True, key=key, help=RIDGE_HELP
        )
        text = as_text(kinds[kind])
        save_button("Save the model", text, "prognostic-model.json", key="save-model", help=SAVE_HELP)
        study_text = cohort.study.chosen({**frame.settings().to_query(), "given_model": text}).to_json()
        look = {"key": "save-study-model", "help": SAVE_STUDY_HELP}
        save_button("Save the study file with it", study_text, "study-with-model.json", **look)


def _take() -> None:
    """A model whose file has arrived."""
    uploaded = st.session_state.get(KEY)
    if uploaded is not None:
        given_text.take("given_model", uploaded.getvalue().decode("utf-8", "replace"))
