"""What the Survival page offers beyond its first view, one part at a time: computed and shown only when chosen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cdanalysis.reading.cohort import Cohort
from cdanalysis.ui import between_visits, clocks, competing, conventions

VIEWS: dict[str, Callable[[Cohort], None]] = {
    "Competing risks": competing.view,
    "Time zero": clocks.view,
    "Relapse between visits": between_visits.view,
    "R beside SPSS": conventions.view,
}


def look_closer(cohort: Cohort) -> None:
    """A row of buttons, and the part that one of them opens."""
    st.subheader("Look closer")
    chosen = st.segmented_control(
        "Look closer", list(VIEWS), key="look-closer", label_visibility="collapsed",
        help="Each part is computed when you choose it.",
    )  # fmt: skip
    if chosen:
        VIEWS[chosen](cohort)
