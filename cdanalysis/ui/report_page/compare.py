"""Two settings side by side: what differs, hazard ratios, curves."""

from __future__ import annotations

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.groups import group_labels
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.report.ledger import with_model_of
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.report_page import ledger, settings_file
from cdanalysis.ui.widgets import show

WITH = {"defaults": "The defaults", "locked": "The locked primary specification", "file": "A settings file"}


def box(cohort: Cohort, settings: Settings) -> None:
    """Choose what to compare with, and the comparison."""
    offered = [name for name in WITH if name != "locked" or ledger.locked() is not None]
    chosen = st.selectbox(
        "Compare with", offered, format_func=WITH.get, key="compare-with", index=None, placeholder="Nothing",
        help="The settings in use stay as they are; both are shown side by side.",
    )  # fmt: skip
    other = _other(chosen, settings) if chosen else None
    if other is not None:
        _compared(cohort, settings, other)


def _other(chosen: str, settings: Settings) -> Settings | None:
    if chosen == "file":
        return settings_file.chosen_file(
            "compare-file", "Settings file to compare with", "A file that Save settings wrote."
        )
    primary = ledger.locked()
    if chosen == "locked" and primary is not None:
        return with_model_of(settings, primary.specification)
    return Settings()


def _compared(cohort: Cohort, settings: Settings, other: Settings) -> None:
    differing = tables.compared_settings(settings, other)
    if not len(differing):
        st.markdown("The two settings are the same.")
        return
    show.table(differing, "compared-settings")
    both = [cached.predictors(cohort, one) for one in (settings, other)]
    if any(isinstance(found, NotEstimable) for found in both):
        for whose, found in zip(("In use", "Compared with"), both, strict=True):
            if isinstance(found, NotEstimable):
                st.markdown(f"**{whose}**")
                show.not_estimable(found)
    else:
        show.table(tables.compared_ratios(*(found.rows for found in both)), "compared-ratios")
    for column, whose, one in zip(st.columns(2, gap="large"), ("in-use", "other"), (settings, other), strict=True):
        with column:
            st.markdown("**In use**" if whose == "in-use" else "**Compared with**")
            for code in handles_of(cohort, one):
                _curves(cohort, one, code, f"compared-{wording.file_word(code)}-{whose}")


def _curves(cohort: Cohort, settings: Settings, code: str, name: str) -> None:
    moving = cached.moving_cutoff(cohort, settings, code)
    if show.not_estimable(moving):
        return
    found, cumulative = cached.predictors(cohort, settings), settings.curve == "cumulative"
    marker, cutoff = moving.marker, moving.cutoffs[moving.current]
    figure = figures.marker_curves(
        moving,
        group_labels(marker, cutoff, moving.side),
        wording.curves_title(marker.label, cumulative),
        f"Months since {found.endpoint.origin}",
        cumulative=cumulative,
        show_interval=settings.show_interval,
        footer=wording.footer(cohort, settings),
    )
    show.figure(figure, name, wording.curves_alt(marker.label, cumulative))
