"""Cut-offs: what every possible cut-off of CRP or 6-TGN gives, and what is left of the smallest P."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui import cached, controls, cutoffs, frame, show

frame.open_page("Cut-offs")
cohort = frame.cohort()
controls.sidebar(cohort)
left, middle, right = st.columns(3, vertical_alignment="bottom")
with left:
    controls.choice("scan_marker", "Marker", wording.SCAN_LABELS, "Whose cut-offs are scanned.")
with middle:
    controls.number("scan_least_percent", "Least on each side (% of patients)", "Fewer make unsteady groups.", step=1.0)
with right:
    controls.toggle("scan_adjusted", "Adjust for the multivariable model", "Keeps the other covariates in the model.")


@st.fragment
def report() -> None:
    """Everything that follows a cut-off; runs alone when one is committed."""
    settings = frame.settings()
    result = cached.page("cutoffs", cohort, settings)
    if show.not_estimable(result):
        return
    st.markdown(wording.cutoffs_sentence(result))
    st.markdown(f"> {wording.current_sentence(result)} {wording.continuous_sentence(result)}")
    scan, curves = st.columns(2, gap="large")
    with scan:
        footer = wording.footer(cohort, settings, "cutoffs")
        figure = figures.cutoff_scan_figure(result, settings.conf_level, footer)
        show.figure(figure, f"cutoffs-{result.marker.code}", wording.scan_alt(result))
    with curves:
        found = cached.predictors(cohort, settings)
        if not show.not_estimable(found):
            cutoffs.live_curves(cohort, settings, found, result.marker.code)
    with st.expander("Every cut-off", icon=":material/table_rows:"):
        show.table(tables.scan_table(result, settings.conf_level), "cutoffs")
    show.excluded(result.excluded, result.scan.n)


report()
