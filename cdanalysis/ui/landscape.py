"""A closer look at cut-offs, each computed when it is chosen: both markers, stability, two cut-offs of one marker."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.analyses import Cutoffs
from cdanalysis.reading.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui import cached, frame, show

VIEWS = {
    "surface": "CRP and 6-TGN together",
    "stability": "Would it be found again?",
    "three": "Two cut-offs",
    "table": "Every cut-off",
}


def closer_look(cohort: Cohort, settings: Settings, scanned: Cutoffs) -> None:
    """A choice of views, none at first."""
    view = st.segmented_control(
        "A closer look", list(VIEWS), format_func=VIEWS.get, key="landscape-view",
        help="Each is computed when you choose it.",
    )  # fmt: skip
    if view == "table":
        show.table(tables.scan_table(scanned, settings.conf_level), "cutoffs")
    elif view:
        {"surface": _surface, "stability": _stability, "three": _three_groups}[view](cohort, settings)


def _surface(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("surface", cohort, settings)
    if show.not_estimable(found):
        return
    labels = wording.SURFACE_LABELS
    shows = st.radio("Colour shows", list(labels), format_func=labels.get, horizontal=True, key="surface-shows",
                     help="What the colour of each pair of cut-offs stands for.")  # fmt: skip
    st.markdown(wording.surface_sentence(found))
    footer = wording.footer(cohort, settings, "cutoffs")
    figure = figures.surface_figure(found, shows, settings.conf_level, footer)
    show.figure(figure, f"surface-{shows}", wording.surface_alt(shows), on_pick=_adopt_both)
    show.excluded(found.excluded, found.grid.n_patients)


def _adopt_both(pair: list[float]) -> None:
    frame.change(crp_cutoff=float(pair[0]), tgn_cutoff=float(pair[1]))


def _stability(cohort: Cohort, settings: Settings) -> None:
    found = cached.long_run("stability", cohort, settings, "Resampling the cohort…")
    if show.not_estimable(found):
        return
    st.markdown(wording.stability_sentence(found, settings.conf_level))
    footer = wording.footer(cohort, settings, "cutoffs")
    show.figure(figures.stability_figure(found, footer), f"stability-{found.marker.code}", wording.stability_alt(found))


def _three_groups(cohort: Cohort, settings: Settings) -> None:
    found = cached.long_run("three_groups", cohort, settings, "Shuffling the marker…")
    if show.not_estimable(found):
        return
    st.markdown(wording.three_groups_sentence(found))
    footer, code = wording.footer(cohort, settings, "cutoffs"), found.marker.code
    pairs, curves = st.columns(2, gap="large")
    with pairs:
        show.figure(figures.pairs_figure(found, footer), f"two-cutoffs-{code}", wording.PAIRS_ALT)
    with curves:
        cumulative = settings.curve == "cumulative"
        title = wording.curves_title(found.marker.label, cumulative)
        draw = partial(figures.curves, cumulative=cumulative, show_interval=settings.show_interval, footer=footer)
        alt = wording.survival_alt(found.kaplan_meier, found.marker.label)
        show.figure(draw(found, title), f"three-groups-{code}", alt)
