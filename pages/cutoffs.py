"""Cut-offs: what every possible cut-off of a marker gives, and what is left of the smallest P."""

import streamlit as st

from cdanalysis import figures, wording
from cdanalysis.sections.cutoffs import section as cutoffs
from cdanalysis.sections.cutoffs.landscape import section as landscape
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, look_closer, markers, show

frame.open_page("Cut-offs")
cohort = frame.cohort()
controls.sidebar(cohort)
marker, percent, events, beside = st.columns([2, 2, 2, 3], vertical_alignment="bottom")
with marker:
    markers.scan_marker(cohort, "Whose cut-offs are scanned.")
with percent:
    controls.number("scan_least_percent", "Least on each side (%)", "Of the patients; fewer is unsteady.", step=1.0)
with events:
    controls.number("scan_least_events", "Relapses on each side", "At least so many below and above.", step=1)
with beside:
    controls.beside("scan_adjust", "Adjusted for", cohort)


@st.fragment
def report() -> None:
    """Everything that follows a cut-off; runs alone when one is committed."""
    settings = frame.settings()
    result = cached.cutoffs(cohort, settings)
    if show.not_estimable(result):
        return
    st.markdown(wording.cutoffs_sentence(result))
    st.markdown(f"> {wording.current_sentence(result)} {wording.continuous_sentence(result)}")
    scan, curves = st.columns(2, gap="large")
    with scan:
        footer = wording.footer(cohort, settings, "cutoffs")
        figure = figures.cutoff_scan_figure(result, settings.conf_level, footer)
        code, name = result.marker.code, wording.file_word(result.marker.code)
        linked = {"name": f"relapse-by-{name}", "shape": figures.MARK_AT}
        show.figure(figure, f"cutoffs-{name}", wording.scan_alt(result), linked=linked)
        st.caption("Drag across the figure: the line and the curves beside it follow, letting go adopts the cut-off.")
    with curves:
        cutoffs.scanned_curves(cohort, settings, code)
    show.excluded(result.excluded, result.scan.n)
    look_closer.look_closer("landscape-view", landscape.PARTS, cohort, settings)


report()
