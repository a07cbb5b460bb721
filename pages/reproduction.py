"""Published vs computed: every printed result of the study beside the one from the loaded cohort."""

import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.sections.reproduction import section as printed_check
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, show

frame.open_page("Published vs computed")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.choice(
    "reproduction_convention",
    "Computed by",
    wording.REPRODUCTION_LABELS,
    "Percentiles, median intervals and tied times.",
)

result = cached.page("reproduction", cohort, frame.settings())
st.markdown(wording.reproduction_sentence(result))
other = tables.reproduction_table(result, only_other=True)
if len(other):
    st.header("Not equal")
    show.table(other, "not-equal")
    show.cautions([f"{row.quantity}: {row.why}" for row in result.rows if row.why])
st.header("Every printed result")
show.table(tables.reproduction_table(result), "reproduction")

st.header("Check printed statistics")
printed_check.box()
