"""The view of the Survival page that moves each relapse between the two visits it lies between."""

from __future__ import annotations

import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.sections.survival.between_visits import words as words
from cdanalysis.sections.survival.between_visits.figures import between_visits_figure
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import show


def view(cohort: Cohort, settings: Settings) -> None:
    """Always of relapse: no other outcome is found at a visit."""
    found = cached.page("between_visits", cohort, settings)
    if show.not_estimable(found):
        return
    figure = between_visits_figure(found, footer=wording.footer(cohort, settings, "between_visits"))
    show.figure(figure, "between-visits", words.between_visits_alt(found))
    st.markdown(f"> {words.between_visits_sentence(found)}")
    show.table(tables.between_visits_table(found, settings.conf_level), "between-visits")
    st.caption(words.ABOUT_BETWEEN_VISITS)
