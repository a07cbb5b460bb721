"""Multiverse: the hazard ratio of CRP or 6-TGN under every combination of the choices that could have been made."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui import cached, controls, frame, show

frame.open_page("Multiverse")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.choice("scan_marker", "Marker", wording.SCAN_LABELS, "Whose hazard ratio is followed.")
controls.many(
    "multiverse_axes", "Choices to vary", wording.AXIS_LABELS, "Each multiplies the number of specifications."
)

settings = frame.settings()
st.markdown(wording.multiverse_size(controls.n_specifications(settings)))
if st.toggle("Fit every specification", key="run-multiverse", help="Takes some seconds; off until asked for."):
    with st.spinner("Fitting…"):
        result = cached.page("multiverse", cohort, settings)
    if not show.not_estimable(result):
        st.markdown(wording.multiverse_sentence(result))
        footer = wording.footer(cohort, settings, "multiverse")
        figure = figures.specification_curve(result, settings.conf_level, footer)
        show.figure(figure, f"specification-curve-{settings.scan_marker}", wording.multiverse_alt(result))
        show.table(tables.explained_table(result), "explained")
        with st.expander("Every specification", icon=":material/table_rows:"):
            show.table(tables.specifications_table(result), "specifications")
