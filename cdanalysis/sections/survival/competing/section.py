"""The competing-risks view of the Survival page."""

from __future__ import annotations

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.sections.survival.competing import words as words
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import controls, show


def view(cohort: Cohort, settings: Settings) -> None:
    """Which event competes, the curves, the sentence, the numbers."""
    controls.choice(
        "competing_event", "Competing event", words.COMPETING_LABELS, "What may come before a relapse and prevent it."
    )
    found = cached.page("competing", cohort, settings)
    if show.not_estimable(found):
        return
    figure = figures.competing_figure(
        found,
        words.competing_title(found.group_label),
        show_interval=settings.show_interval,
        footer=wording.footer(cohort, settings, "competing"),
    )
    show.figure(figure, "competing-risks", words.competing_alt(found))
    st.markdown(f"> {words.competing_sentence(found, settings)}")
    show.table(
        tables.incidence_table(found, settings.conf_level), "incidence", exported=tables.incidence_numbers(found)
    )
    if found.tests:
        show.table(tables.gray_table(found), "gray")
    st.caption(words.ABOUT_COMPETING)
    show.excluded(found.excluded, found.n)
