"""Multiverse: the hazard ratio of CRP or 6-TGN under every combination of the choices that could have been made."""

import streamlit as st

from cdanalysis import wording
from cdanalysis.sections.multiverse import section as multiverse
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls

frame.open_page("Multiverse")
multiverse.open_picked()
cohort = frame.cohort()
controls.sidebar(cohort)
marker, axes, cutoffs = st.columns([1, 3, 1])
with marker:
    controls.choice("scan_marker", "Marker", wording.SCAN_LABELS, "Whose hazard ratio is followed.")
with axes:
    explanation = "Each multiplies the number of specifications."
    controls.many("multiverse_axes", "Choices to vary", wording.AXIS_LABELS, explanation)
with cutoffs:
    explanation = "Which cut-offs of CRP and 6-TGN are tried."
    controls.choice("multiverse_cutoffs", "Cut-offs", wording.MULTIVERSE_CUTOFF_LABELS, explanation)

settings = frame.settings()
st.markdown(wording.multiverse_size(controls.n_specifications(cohort, settings)))
multiverse.offer(cohort, settings)
