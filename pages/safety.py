"""Adverse events: by term and patient, per 100 patient-years, time to the first, predictors."""

from cdanalysis.sections.safety.section import section
from cdanalysis.sections.safety.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY)
controls.setting("adverse_event_end")
render.section(section, cohort)
