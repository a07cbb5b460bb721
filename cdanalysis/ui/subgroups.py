"""Subgroups and adjusted curves of the Predictors page, computed when their expander is opened."""

from __future__ import annotations

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.reading.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui import cached, controls, show


def subgroups_and_adjusted(cohort: Cohort, settings: Settings) -> None:
    """The expander; nothing in it is computed while it is closed."""
    box = st.expander(
        "Subgroups and adjusted curves", icon=":material/account_tree:", key="open-subgroups", on_change="rerun"
    )
    if box.open:
        with box:
            controls.choice(
                "scan_marker", "Marker", wording.SCAN_LABELS, "Whose cut-off is looked at within subgroups."
            )
            _subgroups(cohort, settings)
            _adjusted(cohort, settings)


def _subgroups(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("subgroups", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.subgroups_sentence(found)))
    footer = wording.footer(cohort, settings, "predictors")
    show.figure(
        figures.subgroup_forest(found, footer=footer, conf_level=settings.conf_level),
        f"subgroups-{found.marker.code}",
        wording.subgroups_alt(found),
    )
    show.table(tables.subgroups_table(found, settings.conf_level), "subgroups")
    st.caption(wording.ABOUT_SUBGROUPS)


def _adjusted(cohort: Cohort, settings: Settings) -> None:
    st.markdown("##### Adjusted survival curves")
    found = cached.page("adjusted", cohort, settings)
    if show.not_estimable(found):
        return
    footer = wording.footer(cohort, settings, "predictors")
    figure = figures.adjusted_figure(found, show_interval=settings.show_interval, footer=footer)
    show.figure(figure, f"adjusted-{found.marker.code}", wording.adjusted_alt(found))
    st.markdown(wording.escape_markdown(wording.adjusted_sentence(found)))
    if found.at:
        show.table(tables.adjusted_table(found), "adjusted-survival")
