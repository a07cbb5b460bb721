"""The clocks: what the cohort selected on, the same patients on each clock, by how much it matters."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.analyses import Clocks
from cdanalysis.cohort import Cohort
from cdanalysis.sections.survival.clocks import words as words
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import show


def view(cohort: Cohort, settings: Settings) -> None:
    """The view of the Survival page, of the chosen outcome."""
    found = cached.page("clocks", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(words.selection_sentence(found))
    footer = wording.footer(cohort, settings, "clocks")
    show.figure(figures.clocks_figure(found, footer=footer), f"clocks-{found.outcome}", words.clocks_alt(found))
    _numbers(found, settings)


def of_relapse(cohort: Cohort, settings: Settings) -> None:
    """The same about relapse, where predictors are shown."""
    view(cohort, replace(settings, outcome="relapse"))


def _numbers(found: Clocks, settings: Settings) -> None:
    st.markdown(f"> {words.clocks_sentence(found)}")
    shown, exact = tables.clocks_table(found, settings.conf_level), tables.clocks_numbers(found)
    show.table(shown, f"clocks-{found.outcome}", exported=exact)
    st.caption(words.ABOUT_CLOCKS)
