"""Baseline: Table 1, of everybody or by group, with the test that fits each variable."""

import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, show

frame.open_page("Baseline")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.groups("baseline_group", cohort, by_relapse=True)

result = cached.page("baseline", cohort, frame.settings())
if not show.not_estimable(result):
    st.markdown(f"> {wording.baseline_sentence(result)}")
    show.table(tables.baseline_table(result), "baseline")
    st.caption(wording.BASELINE_FOOTNOTE)
    show.excluded(result.excluded, result.n)
