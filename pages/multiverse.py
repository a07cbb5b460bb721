"""Multiverse: the hazard ratio of a marker under every combination of the choices that could have been made."""

import streamlit as st

from cdanalysis import wording
from cdanalysis.sections.multiverse import section as multiverse
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, markers

frame.open_page("Multiverse")
multiverse.open_picked()
cohort = frame.cohort()
controls.sidebar(cohort)
marker, axes, cutoffs = st.columns([1, 3, 1])
with marker:
    markers.scan_marker(cohort, "Whose hazard ratio is followed.")
with axes:
    explanation = "Each multiplies the number of specifications."
    controls.axes(cohort, explanation)
with cutoffs:
    explanation = "Which cut-offs of the markers are tried."
    controls.choice("multiverse_cutoffs", "Cut-offs", wording.MULTIVERSE_CUTOFF_LABELS, explanation)

settings = frame.settings()
st.markdown(wording.multiverse_size(controls.n_specifications(cohort, settings)))
multiverse.offer(cohort, settings)
