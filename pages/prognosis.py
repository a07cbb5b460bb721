"""Prognostic model: may these patients give one, how well does it predict, and how does one from elsewhere do in them."""

from cdanalysis.sections.prognosis.section import section
from cdanalysis.sections.prognosis.words import HOW_TO_READ
from cdanalysis.ui.report_page import model_file
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY, outcome=True)
controls.prognosis(cohort)
render.section(section, cohort)
model_file.box(cohort)
