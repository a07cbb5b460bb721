"""What was read: the sheets, the flow of patients, every fault, how each column was understood, what a file may hold."""

import streamlit as st

from cdanalysis.sections.flow.section import read
from cdanalysis.sections.flow.words import HOW_TO_READ
from cdanalysis.ui.cohort_page import matching, upload
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
upload.say_refusal()
render.section(read, cohort)
matching.of_cohort(cohort)
st.header("What a file may hold")
st.markdown(upload.WHAT_IT_MAY_HOLD)
upload.template()
