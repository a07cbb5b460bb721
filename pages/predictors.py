"""Predictors of the outcome: curves by the chosen markers that follow their cut-off, Table 3, forest plot."""

from cdanalysis.sections.predictors.section import section
from cdanalysis.sections.predictors.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, *sidebar.EVERY, outcome=True)
render.following(section)
