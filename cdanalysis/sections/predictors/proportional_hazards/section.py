"""Proportional hazards on the screen: test, residuals and log-log curves of a chosen term, its split and its strata."""

from __future__ import annotations

import streamlit as st

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.proportional_hazards import words as words
from cdanalysis.sections.predictors.proportional_hazards.analysis import Proportionality
from cdanalysis.sections.predictors.proportional_hazards.figures import log_log_figure, residuals_figure
from cdanalysis.sections.predictors.proportional_hazards.tables import (
    proportionality_table,
    split_table,
    stratified_table,
)
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.widgets import show
from cdanalysis.ui.widgets.look_closer import each

TITLE_CHARACTERS = 38


def proportional_hazards(cohort: Cohort, settings: Settings) -> None:
    """Everything about one term, and the test of all."""
    transform = st.selectbox(
        "Time axis of the test", list(words.TRANSFORM_LABELS), format_func=words.TRANSFORM_LABELS.get,
        key="check-transform", help=words.RESIDUALS_HELP,
    )  # fmt: skip
    checked = cached.check("proportionality", cohort, settings, transform)
    if show.not_estimable(checked):
        return
    terms = dict(checked.terms)
    st.markdown(f"> {wording.escape_markdown(words.proportionality_sentence(checked))}")
    show.cautions([wording.sentence(caution) for caution in checked.test.cautions])
    show.table(proportionality_table(checked), "proportional-hazards")
    for term in each("Term", dict(zip(terms, terms, strict=True)), "check-term", words.TERM_HELP):
        _figures(cohort, settings, checked, term, terms[term])
        st.caption(words.ABOUT_RESIDUALS)
        _changing(cohort, settings, term, checked.median_event)


def _figures(cohort: Cohort, settings: Settings, checked: Proportionality, term: str, code: str) -> None:
    footer = wording.footer(cohort, settings)
    left, right = st.columns(2, gap="large")
    with left:
        _residuals(checked, term, footer)
    with right:
        curves = cached.check("log_log_curves", cohort, settings, code)
        title = wording.escape_figure_text(f"{wording.shorten(term, TITLE_CHARACTERS)}: log-log curves")
        if not show.not_estimable(curves):
            show.figure(log_log_figure(curves, title, footer), "log-log", words.log_log_alt(curves))


def _residuals(checked: Proportionality, term: str, footer: str) -> None:
    if term not in checked.test.columns:
        show.not_estimable(NotEstimable(f"{term} has no estimate to test"))
        return
    place = checked.test.columns.index(term)
    show.figure(residuals_figure(checked, place, footer), "residuals", words.residuals_alt(checked, place))


def _changing(cohort: Cohort, settings: Settings, term: str, median_event: float) -> None:
    """The term before and after a month, and the model stratified by its groups."""
    st.markdown("**If the ratio changes over time**")
    at = _split_month(min(round(max(median_event, 0.1), 1), 600.0))
    changed = cached.check("changing_hazard", cohort, settings, term, at)
    if show.not_estimable(changed):
        return
    st.markdown(wording.escape_markdown(words.change_sentence(changed)))
    if not isinstance(changed.split, NotEstimable):
        show.table(split_table(changed.split, settings.conf_level), "time-split")
    st.markdown(wording.escape_markdown(words.stratified_sentence(changed)))
    if not isinstance(changed.stratified, NotEstimable):
        show.table(stratified_table(changed, settings.conf_level), "stratified")
    st.caption(words.ABOUT_CHANGE)


def _split_month(start: float) -> float:
    """The month to split at; of every term the same while the bundle is made."""
    if running() is not None:
        return start
    return float(st.number_input("Split at month", 0.1, 600.0, start, 1.0, key="check-split", help=words.SPLIT_HELP))
