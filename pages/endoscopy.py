"""Endoscopy: each score before and after, remission, healing, the yearly course, who was examined."""

from cdanalysis.sections.endoscopy.section import section
from cdanalysis.sections.endoscopy.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, sidebar.CONVENTIONS, sidebar.FIGURES)
controls.endoscopic(cohort)
render.section(section, cohort)
