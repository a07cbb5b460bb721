"""Cut-offs: what every possible cut-off of a marker gives, and what is left of the smallest P."""

import streamlit as st

from cdanalysis.sections.cutoffs.section import section
from cdanalysis.sections.cutoffs.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, markers, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.OF_SEARCHES, outcome=True)
marker, percent, events, beside = st.columns([2, 2, 2, 3], vertical_alignment="bottom")
with marker:
    markers.scan_marker(cohort, "Whose cut-offs are scanned.")
with percent:
    controls.setting("scan_least_percent")
with events:
    controls.setting("scan_least_events")
with beside:
    controls.beside(cohort)
render.following(section)
