"""Report: the bundle of figures, tables and text, the ledger of what was looked at, the link, the settings file."""

import streamlit as st

from cdanalysis.ui import controls, frame, report

frame.open_page("Report")
cohort = frame.cohort()
controls.sidebar(cohort)
settings = frame.settings()

if report.bundle_box(cohort, settings):
    st.stop()
