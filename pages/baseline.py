"""Baseline: Table 1, of everybody or by group, with the test that fits each variable."""

from cdanalysis.sections.baseline.section import section
from cdanalysis.sections.baseline.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, sidebar.DEFINITIONS, sidebar.CLOCK, sidebar.CUTOFFS, sidebar.CONVENTIONS)
controls.groups("baseline_group", cohort, by_relapse=True)
render.section(section, cohort)
