"""A marker continuous beside its cut, on the screen."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.results import NO_MARKER, Exclusion
from cdanalysis.sections.predictors.continuous import words as words
from cdanalysis.sections.predictors.continuous.figures import martingale_figure, spline_figure
from cdanalysis.sections.predictors.continuous.tables import forms_table
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import markers, show
from cdanalysis.ui.widgets.look_closer import each

MARKER_HELP = "Which marker is shown as it was measured."


def continuous_or_cut(cohort: Cohort, settings: Settings) -> None:
    """The curve with the cut-off on it, the residuals, and the three forms compared."""
    options = markers.handle_options(cohort)
    if not options:
        show.not_estimable(NO_MARKER)
        return
    draw = partial(st.segmented_control, default=next(iter(options)), required=True)
    for code in each("Marker", options, "check-marker", MARKER_HELP, draw):
        _forms(cohort, settings, code)


def _forms(cohort: Cohort, settings: Settings, code: str) -> None:
    found = cached.marker_form(cohort, settings, code)
    if show.not_estimable(found):
        return
    st.markdown(f"> {wording.escape_markdown(' '.join(words.form_sentences(found)))}")
    footer = wording.footer(cohort, settings)
    left, right = st.columns(2, gap="large")
    with left:
        show.figure(spline_figure(found, footer), f"spline-{wording.file_word(code)}", words.spline_alt(found))
    with right:
        show.figure(
            martingale_figure(found, footer), f"martingale-{wording.file_word(code)}", words.martingale_alt(found)
        )
    show.table(forms_table(found), f"forms-{wording.file_word(code)}")
    if found.n_missing:
        show.excluded((Exclusion(f"{found.marker.label} not measured", found.n_missing),), len(found.values))
    st.caption(words.ABOUT_FORMS)
