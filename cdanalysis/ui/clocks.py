"""The clocks: what the cohort selected on, the same patients on each clock, by how much it matters."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.reading.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui import cached, frame, show
from cdanalysis.wording import clocks as words


def view(cohort: Cohort) -> None:
    """The view of the Survival page, of the chosen outcome."""
    settings = frame.settings()
    found = cached.page("clocks", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(words.selection_sentence(found))
    footer = wording.footer(cohort, settings, "clocks")
    show.figure(figures.clocks_figure(found, footer=footer), "clocks", words.clocks_alt(found))
    _numbers(found, settings)


def offer(cohort: Cohort) -> None:
    """The same numbers about relapse, where predictors are shown; computed when asked for."""
    if st.toggle(
        "Compare time zeros: landmark, late entry, naive",
        key="compare-clocks",
        help="The same patients counted from week 24, from the start of therapy, and naively.",
    ):
        settings = replace(frame.settings(), outcome="relapse")
        found = cached.page("clocks", cohort, settings)
        if not show.not_estimable(found):
            st.markdown(words.selection_sentence(found))
            _numbers(found, settings)


def _numbers(found: object, settings: Settings) -> None:
    st.markdown(f"> {words.clocks_sentence(found)}")
    show.table(tables.clocks_table(found, settings.conf_level), "clocks", exported=tables.clocks_numbers(found))
    st.caption(words.ABOUT_CLOCKS)
