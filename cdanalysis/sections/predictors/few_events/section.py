"""Events per covariate and separation, with Firth's estimates beside where they matter."""

from __future__ import annotations

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.few_events import words as words
from cdanalysis.sections.predictors.few_events.tables import firth_table
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import show


def few_events(cohort: Cohort, settings: Settings) -> None:
    """The sentences, and the table where Firth's estimates are of use."""
    with st.spinner("Fitting with Firth's penalty…"):
        checked = cached.check("sparse_data", cohort, settings)
    show.cautions(words.sparse_sentences(checked))
    if not isinstance(checked.model, NotEstimable) and checked.firth is None and not checked.separated:
        st.caption(words.NOT_NEEDED)
        return
    beside = firth_table(checked, settings.conf_level)
    if len(beside):
        show.table(beside, "firth")
        st.caption(words.ABOUT_FIRTH)
