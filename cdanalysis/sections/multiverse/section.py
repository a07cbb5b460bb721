"""The Multiverse page's results: the curve, what moves it, its test as a whole; a clicked point opens its specification."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.analyses import Multiverse
from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import long_runs
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import show
from cdanalysis.ui.widgets.look_closer import asked

PICKED = "picked-specification"


def open_picked() -> None:
    """Go to the Predictors page where a point was clicked: the first call of the page after its title."""
    chosen: Settings | None = st.session_state.pop(PICKED, None)
    if chosen is not None:
        frame.change(**{field.name: getattr(chosen, field.name) for field in fields(chosen)})
        st.switch_page("pages/predictors.py")


def offer(cohort: Cohort, settings: Settings) -> None:
    """The switch that fits them, off at first."""
    if asked("Fit every specification", "Takes some seconds; off until asked for.", "multiverse", cohort, settings):
        results(cohort, settings)


def results(cohort: Cohort, settings: Settings) -> None:
    """Everything that the fitted specifications say."""
    found = long_runs.long_run("multiverse", cohort, settings, "Fitting every specification…")
    ledger.note_search("multiverse", cohort, settings, found)
    if show.not_estimable(found):
        return
    st.markdown(wording.multiverse_sentence(found))
    _curve(cohort, settings, found)
    show.table(tables.explained_table(found), "explained")
    _test(cohort, settings)
    with st.expander("Every specification", icon=":material/table_rows:"):
        show.table(tables.specifications_table(found), "specifications",
                   exported=tables.specifications_numbers(found))  # fmt: skip


def _curve(cohort: Cohort, settings: Settings, found: Multiverse) -> None:
    def picked(place: list[int]) -> None:
        st.session_state[PICKED] = found.estimated[int(place[0])].settings

    footer = wording.footer(cohort, settings, "multiverse")
    figure = figures.specification_curve(found, settings.conf_level, footer)
    name = f"specification-curve-{wording.file_word(found.marker.code)}"
    show.figure(figure, name, wording.multiverse_alt(found), on_pick=picked)
    st.caption(wording.ABOUT_CURVE)


def _test(cohort: Cohort, settings: Settings) -> None:
    if running() is not None:
        return  # a sentence, and nothing for a bundle to keep
    if st.toggle("Test the curve as a whole", key="run-multiverse_test", help=wording.ABOUT_CURVE_TEST):
        found = long_runs.long_run("multiverse_test", cohort, settings, "Shuffling the marker…")
        if not show.not_estimable(found):
            st.markdown(wording.curve_test_sentence(found))
