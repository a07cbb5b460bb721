"""The sidebar: what differs from its default, and the settings that the page uses, grouped as a methods section would be."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets.side import changed, controls, markers, outcomes, selection


class Group(NamedTuple):
    """Settings that stand together: their title and icon, and what draws their widgets."""

    title: str
    icon: str
    draw: Callable[[Cohort], None]
    is_open: Callable[[Cohort], bool] = lambda _: False

    @property
    def key(self) -> str:
        """The session's key of whether the group is open."""
        return f"side-{self.title}"


def draw(cohort: Cohort, *groups: Group, outcome: bool = False) -> None:
    """Who is analysed and the groups that the page uses; outcome: with the choice of the outcome.

    A closed group's widgets are not sent: forty of them kept the browser from the first picture for half a second.
    """
    with st.sidebar:
        changed.panel(cohort)
        if outcome:
            outcomes.outcome(cohort)
        for group in (PATIENTS, *groups):
            inside = st.expander(
                group.title, icon=group.icon, expanded=group.is_open(cohort), key=group.key, on_change="rerun"
            )
            if inside.open:
                with inside:
                    group.draw(cohort)
        ledger.lock_button(cohort)


def _is_selected(_: Cohort) -> bool:
    return bool(frame.settings().patients)


def _patients(_: Cohort) -> None:
    selection.panel(frame.whole_cohort())


def _clock(cohort: Cohort) -> None:
    of_visits = ("clock", "landmark_week", "visit_window_weeks") if controls.is_derived(cohort) else ()
    controls.settings(*of_visits, "horizon_months")


def _conventions(_: Cohort) -> None:
    controls.convention()
    controls.settings("ties", "km_interval", "conf_level")


def _curves(_: Cohort) -> None:
    controls.settings("curve", "show_interval", "risk_rows")


def _figures(_: Cohort) -> None:
    controls.saved_figures()


PATIENTS = Group("Who is analysed", ":material/filter_alt:", _patients, _is_selected)
DEFINITIONS = Group("Definitions", ":material/rule:", controls.definitions, controls.is_derived)
CLOCK = Group("Clock and follow-up", ":material/schedule:", _clock)
CUTOFFS = Group("Cut-offs", ":material/tune:", markers.handles)
MODEL = Group("Model", ":material/function:", controls.model)
CONVENTIONS = Group("Conventions", ":material/balance:", _conventions)
CURVES = Group("Curves", ":material/show_chart:", _curves)
FIGURES = Group("Saved figures", ":material/image:", _figures)
OF_SEARCHES = (DEFINITIONS, CLOCK, CUTOFFS, MODEL, CONVENTIONS, FIGURES)
EVERY = (*OF_SEARCHES, CURVES)
