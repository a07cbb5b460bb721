"""Adverse events: by term and patient, per 100 patient-years, time to the first, predictors."""

from cdanalysis.sections.safety.section import section
from cdanalysis.sections.safety.words import HOW_TO_READ
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, render
from cdanalysis.writing.labels import ADVERSE_EVENT_END_LABELS

frame.open_page(__file__, HOW_TO_READ)
cohort = frame.cohort()
controls.sidebar(cohort)
explanation = "When a patient without an adverse event is censored."
controls.choice("adverse_event_end", "Observed until", ADVERSE_EVENT_END_LABELS, explanation)
render.section(section, cohort)
