"""The parts of the Cut-offs page beyond its first view: both markers, stability, two cut-offs of one marker, all of them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached, long_runs
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import show
from cdanalysis.ui.widgets.look_closer import Part, each

COLOUR_HELP = "What the colour of each pair of cut-offs stands for."
RESAMPLED = 1_000  # patients: beyond it a thousand resamples take long


def _surface(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("surface", cohort, settings)
    if show.not_estimable(found):
        return

    def adopt_both(pair: list[float]) -> None:
        for marker, value in zip(found.markers, pair, strict=True):
            frame.adopt_cutoff(marker.code, float(value))

    footer, labels = wording.footer(cohort, settings, "cutoffs"), wording.surface_labels(found.markers)
    for shows in each("Colour shows", labels, "surface-shows", COLOUR_HELP, st.radio, horizontal=True):
        st.markdown(wording.surface_sentence(found))
        figure = figures.surface_figure(found, shows, settings.conf_level, footer)
        show.figure(
            figure, f"surface-{wording.file_word(shows)}", wording.surface_alt(found, shows), on_pick=adopt_both
        )
    if found.grid.n_dropped:
        show.excluded(found.excluded, found.grid.n_patients)


def _stability(cohort: Cohort, settings: Settings) -> None:
    found = long_runs.long_run("stability", cohort, settings, "Resampling the cohort…")
    if show.not_estimable(found):
        return
    st.markdown(wording.stability_sentence(found, settings.conf_level))
    footer = wording.footer(cohort, settings, "cutoffs")
    show.figure(
        figures.stability_figure(found, footer),
        f"stability-{wording.file_word(found.marker.code)}",
        wording.stability_alt(found),
    )


def _three_groups(cohort: Cohort, settings: Settings) -> None:
    found = long_runs.long_run("three_groups", cohort, settings, "Shuffling the marker…")
    if show.not_estimable(found):
        return
    st.markdown(wording.three_groups_sentence(found))
    footer, code = wording.footer(cohort, settings, "cutoffs"), wording.file_word(found.marker.code)
    pairs, curves = st.columns(2, gap="large")
    with pairs:
        show.figure(figures.pairs_figure(found, footer), f"two-cutoffs-{code}", wording.PAIRS_ALT)
    with curves:
        cumulative = settings.curve == "cumulative"
        title = wording.curves_title(found.marker.label, cumulative)
        draw = partial(figures.curves, cumulative=cumulative, show_interval=settings.show_interval, footer=footer)
        alt = wording.survival_alt(found.kaplan_meier, found.marker.label)
        show.figure(draw(found, title), f"three-groups-{code}", alt)


def _every_cutoff(cohort: Cohort, settings: Settings) -> None:
    scanned = cached.cutoffs(cohort, settings, noted=False)
    if not show.not_estimable(scanned):
        show.table(tables.scan_table(scanned, settings.conf_level), "cutoffs")


PARTS = (
    Part("Both markers together", "What every pair of cut-offs gives; a click adopts one.", _surface, once=True),
    Part(
        "Would it be found again?",
        "Which cut-off other samples of these patients would have chosen.",
        _stability,
        slow_beyond=RESAMPLED,
        long_run="stability",
    ),
    Part(
        "Two cut-offs",
        "Whether three groups tell more than two.",
        _three_groups,
        slow_beyond=RESAMPLED,
        long_run="three_groups",
    ),
    Part("Every cut-off", "The numbers behind the figure.", _every_cutoff),
)
