"""The set-up step: what was understood of the file in sentences, and which outcome and markers are analysed, in one place."""

from itertools import islice

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.flow.set_up.section import view
from cdanalysis.sections.survival.section import section as survival
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import render
from cdanalysis.ui.widgets.side import markers, outcomes, selection


def section(cohort: Cohort) -> None:
    """What the file offers; the next pages take what is chosen here, and it can be changed at any time."""
    chosen, curve = st.columns([2, 3], gap="large")
    with chosen:
        render.section(view, cohort)
        if cohort.outcomes:
            outcomes.outcome(cohort)
            outcomes.further(cohort)
            markers.choice(cohort)
            with st.expander("Who is analysed", icon=":material/filter_alt:", expanded=bool(frame.settings().patients)):
                selection.panel(frame.whole_cohort())
    with curve:
        figures = (one for one in survival(cohort, frame.settings(), recall) if isinstance(one, Figure))
        render.draw(islice(figures, 1 if cohort.outcomes else 0))
