"""The parts of the Predictors page on subgroups and adjusted curves, each of the chosen marker."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import markers, show
from cdanalysis.ui.widgets.look_closer import each_setting


def within(cohort: Cohort, _: Settings) -> None:
    """The hazard ratio of the marker within subgroups."""
    for settings in _of_marker(cohort, "Whose cut-off is looked at within subgroups."):
        _subgroups(cohort, settings)


def adjusted(cohort: Cohort, _: Settings) -> None:
    """The curves of the marker's groups, standardised over the other covariates."""
    for settings in _of_marker(cohort, "Whose groups are made alike."):
        _adjusted(cohort, settings)


def _of_marker(cohort: Cohort, explanation: str) -> Iterable[Settings]:
    if running() is None:
        markers.scan_marker(cohort, explanation)
        return (frame.settings(),)
    return each_setting("scan_marker", "Marker", markers.handle_options(cohort), explanation)


def _subgroups(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("subgroups", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.subgroups_sentence(found)))
    footer = wording.footer(cohort, settings, "predictors")
    show.figure(
        figures.subgroup_forest(found, footer=footer, conf_level=settings.conf_level),
        f"subgroups-{wording.file_word(found.marker.code)}",
        wording.subgroups_alt(found),
    )
    show.table(tables.subgroups_table(found, settings.conf_level), "subgroups")
    st.caption(wording.ABOUT_SUBGROUPS)


def _adjusted(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("adjusted", cohort, settings)
    if show.not_estimable(found):
        return
    footer = wording.footer(cohort, settings, "predictors")
    figure = figures.adjusted_figure(found, show_interval=settings.show_interval, footer=footer)
    show.figure(figure, f"adjusted-{wording.file_word(found.marker.code)}", wording.adjusted_alt(found))
    st.markdown(wording.escape_markdown(wording.adjusted_sentence(found)))
    if found.at:
        show.table(tables.adjusted_table(found), "adjusted-survival")
