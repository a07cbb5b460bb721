"""Multiverse: the hazard ratio of a marker under every combination of the choices that could have been made."""

import streamlit as st

from cdanalysis.sections.multiverse.section import section
from cdanalysis.sections.multiverse.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, markers, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.OF_SEARCHES, outcome=True)
marker, axes, cutoffs = st.columns([1, 3, 1])
with marker:
    markers.scan_marker(cohort, "Whose hazard ratio is followed.")
with axes:
    controls.axes(cohort)
with cutoffs:
    controls.setting("multiverse_cutoffs")
render.section(section, cohort)
