"""A marker's curves under a cut-off handle, stamped with where the cut-off comes from; the check against lifelines."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.analyses import Predictors
from cdanalysis.cohort import Cohort
from cdanalysis.drawing.kaplan_meier import survival_figure
from cdanalysis.outcomes.markers import with_handle
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import live, show


def handles(cohort: Cohort, settings: Settings, found: Predictors) -> None:
    """Both markers side by side; a sentence where the file does not have the ones that were chosen."""
    missing = wording.handles_note(cohort, settings)
    if missing:
        st.info(missing, icon=":material/info:")
    for column, one in zip(st.columns(max(len(found.handles), 1), gap="large"), found.handles, strict=False):
        with column:
            live_curves(cohort, settings, found, one.marker.code)


def scanned_curves(cohort: Cohort, settings: Settings, marker_code: str) -> None:
    """The curves beside a scan, of a marker that need not be under a handle."""
    held = with_handle(cohort, settings, marker_code)
    found = cached.predictors(cohort, held)
    if not show.not_estimable(found):
        live_curves(cohort, held, found, marker_code)


def live_curves(cohort: Cohort, settings: Settings, found: Predictors, marker_code: str) -> None:
    """Kaplan-Meier curves of a marker that follow its handle; a release commits the cut-off to the settings."""
    moving = cached.moving_cutoff(cohort, settings, marker_code)
    if show.not_estimable(moving):
        return
    cumulative = settings.curve == "cumulative"
    figure = survival_figure(
        wording.curves_title(moving.marker.label, cumulative),
        wording.curves_axis(cumulative),
        f"Months since {found.endpoint.origin}",
        moving.risk_times,
        show_interval=settings.show_interval,
        footer=wording.footer(cohort, settings),
    )
    live.draw(
        f"relapse-by-{wording.file_word(marker_code)}",
        figure,
        wording.curves_alt(moving.marker.label, cumulative),
        settings,
        live=cached.live(cohort, settings, moving),
        on_commit=lambda value: frame.adopt_cutoff(marker_code, value, moving.side),
    )
    cutoff = moving.cutoffs[moving.current]
    locked = ledger.locked_cutoff(moving.marker)
    st.caption(wording.cutoff_stamp(moving.marker, cutoff, moving.side, locked))
    if wording.cutoff_origin(moving.marker, cutoff, moving.side, locked) == "data-driven":
        if moving.is_register:
            st.caption("What is left of this P after the search: see Cut-offs (minutes, for a register of this size).")
            return
        scan = cached.cutoffs(cohort, replace(settings, scan_marker=marker_code), noted=False)
        if not isinstance(scan, NotEstimable):
            st.caption(wording.cutoffs_sentence(scan))


def lifelines_check(cohort: Cohort, settings: Settings) -> None:
    """What is shown refitted with lifelines, and the largest difference."""
    with st.spinner("Refitting with lifelines…"):
        found = cached.lifelines_check(cohort, settings)
    if not show.not_estimable(found):
        show.table(tables.check_table(found), "lifelines-check")
