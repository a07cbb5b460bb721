"""Published vs computed: every printed result of the study beside the one from the loaded cohort."""

import streamlit as st

from cdanalysis.sections.reproduction.section import printed_results, section
from cdanalysis.sections.reproduction.words import ABOUT_PRINTED, EXAMPLE, HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, render

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
controls.sidebar(cohort)
controls.setting("reproduction_convention")
render.section(section, cohort)

st.header("Check printed statistics")  # what is pasted stays in the session and is not part of the link
text = st.text_area("Printed results, one a line", EXAMPLE, height=130, key="printed-results",
                    help="Hazard ratios with interval and P, n/N with a percentage, medians with an interval.")  # fmt: skip
st.caption(ABOUT_PRINTED)
render.draw(printed_results(text))
