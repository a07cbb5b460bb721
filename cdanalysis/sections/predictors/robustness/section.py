"""What a hazard ratio leans on, on the screen: patients left out, the tipping point, the E-value, the bootstrap."""

from __future__ import annotations

import streamlit as st

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.robustness import words as words
from cdanalysis.sections.predictors.robustness.figures import left_out_figure
from cdanalysis.sections.predictors.robustness.tables import bootstrap_table, left_out_table
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.ui.memory import cached
from cdanalysis.ui.memory.long_runs import long_run
from cdanalysis.ui.widgets import show
from cdanalysis.ui.widgets.look_closer import asked, each


def influence(cohort: Cohort, settings: Settings) -> None:
    """What each term of the multivariable model leans on."""
    model = cached.predictors(cohort, settings).multivariable
    if show.not_estimable(model):
        return
    names = [term.name for term in model.terms]
    for name in each("Term", dict(zip(names, names, strict=True)), "check-influence", words.TERM_HELP):
        _influence_on(cohort, settings, name)


def _influence_on(cohort: Cohort, settings: Settings, label: str) -> None:
    with st.spinner("Leaving out each patient…"):
        found = cached.check("robustness", cohort, settings, label)
    if show.not_estimable(found):
        return
    st.markdown(f"> {wording.escape_markdown(words.left_out_sentence(found))}")
    if not isinstance(found.left_out, NotEstimable) and found.left_out:
        figure = left_out_figure(found, wording.footer(cohort, settings))
        show.figure(figure, "left-out", words.left_out_sentence(found))
        show.table(left_out_table(found), "left-out")
        st.caption(words.ABOUT_LEFT_OUT)
    for told in (*words.tipping_sentences(found), words.e_value_sentence(found)):
        st.markdown(f"- {wording.escape_markdown(told)}")
    st.caption(f"{words.ABOUT_TIPPING} {words.ABOUT_E_VALUE}")
    _bootstrap(cohort, settings, found.term)


def _bootstrap(cohort: Cohort, settings: Settings, term: CoxTerm) -> None:
    if not asked(words.BOOTSTRAP_LABEL, words.BOOTSTRAP_HELP, "bootstrap_ratio", cohort, settings, label=term.name):
        return
    found = long_run("bootstrap_ratio", cohort, settings, "Drawing patients…", label=term.name)
    if not show.not_estimable(found):
        show.table(bootstrap_table(found, term, settings.conf_level), "bootstrap")
        st.caption(wording.escape_markdown(words.bootstrap_sentence(found, term.name)))
