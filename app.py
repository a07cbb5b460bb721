"""Cohort: upload a spreadsheet, see how it was understood, every fault in it, and who is left out."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui import cached, frame, matching, show, upload

frame.open_page("Cohort")
upload.box()
matching.of_refused()
cohort = frame.cohort()

st.markdown(wording.cohort_summary(cohort))
show.table(tables.cohort_contents(cohort), "contents")

st.subheader("Patient flow")
flow = cached.page("flow", cohort, frame.settings())
footer = wording.footer(cohort, frame.settings(), "flow")
show.figure(figures.flow_diagram(flow, footer), "patient-flow", wording.flow_alt(flow.steps))
show.cautions(flow.notes)

st.subheader("Faults")
faults = tables.faults_table(cohort.faults)
if len(faults):
    st.markdown(wording.faults_sentence(cohort.faults, cohort.excluded))
    show.table(faults, "faults")
else:
    st.markdown("Every cell was read as its column says.")

matching.of_cohort(cohort)

st.subheader("What the spreadsheet may hold")
upload.template()
