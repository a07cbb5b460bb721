"""Endoscopy: CDEIS and Rutgeerts before and after, remission, healing, the yearly course, who was examined."""

from dataclasses import replace

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, show

frame.open_page("Endoscopy")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.number(
    "cdeis_remission_below",
    "Endoscopic remission: CDEIS below (points)",
    "7 in the study; 6 and 3 are used too.",
    step=1.0,
)

settings = frame.settings()
result = cached.page("endoscopy", cohort, settings)
if not show.not_estimable(result):
    footer = wording.footer(cohort, settings, "endoscopy")
    st.markdown(f"> {wording.endoscopy_sentence(result)}")
    for column, score in zip(st.columns(max(len(result.scores), 1), gap="large"), result.scores, strict=False):
        with column:
            name = f"{score.label.lower()}-before-after"
            show.figure(figures.before_and_after(score, footer), name, wording.before_after_alt(score))
    show.table(tables.endoscopy_scores(result.scores), "endoscopy-scores")
    show.table(tables.endoscopy_shares(result.shares, settings.conf_level), "endoscopy-outcomes")
    st.caption(wording.ENDOSCOPY_FOOTNOTE)
    if result.years:
        st.header("Year by year")
        alt = wording.yearly_alt(result.years, result.n_serial)
        show.figure(figures.yearly_course(result.years, result.n_serial, footer), "cdeis-by-year", alt)
    st.header("Who was examined")
    compared = cached.page("baseline", cohort, replace(settings, baseline_group="endoscopy"))
    if not show.not_estimable(compared):
        show.table(tables.baseline_table(compared), "examined")
    show.excluded(result.excluded, result.n)
