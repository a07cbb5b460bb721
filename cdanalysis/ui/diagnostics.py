"""The checks of the Predictors page, behind one switch: a section is computed when it is chosen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cdanalysis.reading.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.hazards import proportional_hazards
from cdanalysis.ui.marker_form import continuous_or_cut
from cdanalysis.ui.robustness import influence
from cdanalysis.ui.sparse_data import few_events

SECTIONS: dict[str, Callable[[Cohort, Settings], None]] = {
    "Few events": few_events,
    "Proportional hazards": proportional_hazards,
    "Continuous or cut": continuous_or_cut,
    "Robustness": influence,
}


def diagnostics(cohort: Cohort, settings: Settings) -> None:
    """The switch and, once it is on, the chosen section."""
    if not st.toggle(
        "Diagnostics: can these hazard ratios be believed?",
        key="check-model",
        help="Few events, and whether each hazard ratio is constant over time.",
    ):
        return
    first = next(iter(SECTIONS))
    chosen = st.segmented_control(
        "Check",
        list(SECTIONS),
        default=first,
        required=True,
        key="check-section",
        label_visibility="collapsed",
        help="Which check is shown.",
    )
    SECTIONS[chosen](cohort, settings)
