"""Published vs computed: the study's printed results beside its cohort's, any paper's from a sheet beside the loaded one's."""

import streamlit as st

from cdanalysis.sections.reproduction.section import printed_results, section
from cdanalysis.sections.reproduction.words import ABOUT_PRINTED, EXAMPLE, HOW_TO_READ
from cdanalysis.ui.report_page import printed_sheet, ratio_sheet
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY)
controls.setting("reproduction_convention")
if not cohort.synthetic:
    controls.setting("compare_with_study")
render.section(section, cohort)
ratio_sheet.box()
printed_sheet.box(cohort)

st.header("Check printed statistics")  # what is pasted stays in the session and is not part of the link
text = st.text_area("Printed results, one per line", EXAMPLE, height=130, key="printed-results",
                    help="Hazard ratios with interval and P, n/N with a percentage, medians with an interval.")  # fmt: skip
st.caption(ABOUT_PRINTED)
render.draw(printed_results(text))
