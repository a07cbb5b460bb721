"""Response and remission: status at each scheduled week, time to each, and disease activity over the visits."""

from cdanalysis.sections.response.section import section
from cdanalysis.sections.response.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import controls, sidebar

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
sidebar.draw(cohort, sidebar.DEFINITIONS, sidebar.CLOCK, sidebar.CONVENTIONS, sidebar.FIGURES)
controls.setting("missing_visits")
render.section(section, cohort)
