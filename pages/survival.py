"""Kaplan-Meier curves of the chosen outcome, of everybody or by group."""

import streamlit as st

from cdanalysis.sections.survival.section import section
from cdanalysis.sections.survival.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import export, render
from cdanalysis.ui.widgets.side import controls, outcomes, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY)
outcome, groups, months = st.columns(3)
with outcome:
    outcomes.outcome(cohort)
with groups:
    controls.groups("survival_group", cohort)
with months:
    controls.setting("at_months")
render.section(section, cohort)
export.patients(cohort)
