"""The checks of the Predictors page, behind one switch: a section is computed when it is chosen."""

from __future__ import annotations

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.analyses import Predictors
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.ui import cached, show, sparse_data

HAZARDS, SPARSE = "Proportional hazards", "Few events"
SECTIONS = (SPARSE, HAZARDS)


def diagnostics(cohort: Cohort, settings: Settings, found: Predictors) -> None:
    """The switch and, once it is on, the sections."""
    if not st.toggle("Diagnostics: can these hazard ratios be believed?", key="check-model"):
        return
    chosen = st.segmented_control("Check", SECTIONS, default=SPARSE, required=True, key="check-section", label_visibility="collapsed")
    {HAZARDS: _hazards, SPARSE: sparse_data.few_events}[chosen](cohort, settings, found)


def _hazards(cohort: Cohort, settings: Settings, found: Predictors) -> None:
    """Test, residuals and log-log curves of a chosen term, and its split and strata."""
    terms = dict(cached.check("terms_of", cohort, settings))
    left, right = st.columns(2)
    with right:
        labels = wording.TRANSFORM_LABELS
        transform = st.selectbox("Time axis of the test", list(labels), format_func=labels.get, key="check-transform", help=wording.RESIDUALS_HELP)
    checked = cached.check("proportionality", cohort, settings, transform)
    with left:
        term = st.selectbox("Term", list(terms), key="check-term", disabled=not terms)
    if show.not_estimable(checked):
        return
    st.markdown(f"> {wording.escape_markdown(wording.proportionality_sentence(checked))}")
    show.cautions([wording.sentence(caution) for caution in checked.test.cautions])
    footer = wording.footer(cohort, settings)
    left, right = st.columns(2, gap="large")
    with left:
        _residuals(checked, term, footer)
    with right:
        curves = cached.check("log_log_curves", cohort, settings, terms[term])
        title = wording.escape_figure_text(f"{wording.shorten(term, 38)}: log-log curves")
        show.figure(curves if isinstance(curves, NotEstimable) else figures.log_log_figure(curves, title, footer), "log-log", wording.LOG_LOG_ALT)
    show.table(tables.proportionality_table(checked), "proportional-hazards")
    st.caption(wording.ABOUT_RESIDUALS)
    _changing(cohort, settings, term, checked.median_event)


def _residuals(checked: object, term: str, footer: str) -> None:
    if term not in checked.test.columns:
        show.not_estimable(NotEstimable(f"{term} has no estimate to test"))
        return
    place = checked.test.columns.index(term)
    smooth = checked.smooths[place]
    show.figure(figures.residuals_figure(checked, place, footer), "residuals", wording.RESIDUALS_ALT)
    if isinstance(smooth, NotEstimable):
        show.cautions([wording.sentence(f"No smooth: {smooth.reason}")])


def _changing(cohort: Cohort, settings: Settings, term: str, median_event: float) -> None:
    """The term before and after a month, and the model stratified by its groups."""
    st.markdown("**If the ratio changes over time**")
    at = st.number_input("Split at month", 0.1, 600.0, round(max(median_event, 0.1), 1), 1.0, key="check-split")
    changed = cached.check("changing_hazard", cohort, settings, term, float(at))
    if show.not_estimable(changed):
        return
    show.cautions([wording.change_sentence(changed)])
    if not isinstance(changed.split, NotEstimable):
        show.table(tables.split_table(changed.split, settings.conf_level), "time-split")
    st.caption(wording.escape_markdown(wording.stratified_sentence(changed)))
    if not isinstance(changed.stratified, NotEstimable):
        show.table(tables.stratified_table(changed, settings.conf_level), "stratified")
    st.caption(wording.ABOUT_CHANGE)
