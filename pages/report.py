"""Report: the bundle of figures, tables and text, the ledger of what was looked at, the link, the settings file."""

import streamlit as st

from cdanalysis.ui import manuscript
from cdanalysis.ui.report_page import compare, qualify, report, settings_file
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import export
from cdanalysis.ui.widgets.side import sidebar

frame.open_page(__file__, report.HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY)
settings = frame.settings()

if report.bundle_box(cohort, settings):
    st.stop()

looked, text, kept, compared, installation = st.tabs(
    ["What was looked at", "Text", "Link and settings file", "Compare two settings", "This installation"]
)
with looked:
    report.ledger_box(cohort, settings)
with text:
    manuscript.box(cohort, settings)
with kept:
    export.patients(cohort)
    settings_file.link_box(settings)
    settings_file.save_box(settings)
    settings_file.load_box()
with compared:
    compare.box(cohort, settings)
with installation:
    qualify.box()
