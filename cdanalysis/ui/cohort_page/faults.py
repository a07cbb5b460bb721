"""Every fault of a file at once: counted, filtered by what was done, sheet and column, and saved as CSV."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.ui.widgets import show

FILTERS = ("What was done", "Sheet", "Column")
MOST_SHOWN = 500


def section(cohort: Cohort) -> None:
    """The faults of a cohort, or that there is none."""
    st.header("Faults")
    faults = tables.faults_table(cohort.faults)
    if not len(faults):
        st.markdown(wording.sentence_without_faults(len(cohort.questions), cohort.excluded, _by_likeness(cohort)))
        return
    st.markdown(wording.faults_sentence(cohort.faults, cohort.excluded))
    chosen = _filtered(faults) if len(faults) > 1 else faults
    if len(chosen) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN:,} of {len(chosen):,} are shown; the CSV holds them all.")
    show.table(chosen.head(MOST_SHOWN), "faults", exported=chosen)


def _by_likeness(cohort: Cohort) -> list[str]:
    """The sheets that were taken for another because their names are alike."""
    sheets = cohort.matching.sheets if cohort.matching else ()
    return [one.name for one in sheets if one.sheet and one.how.startswith("similar")]


def _filtered(faults: pd.DataFrame) -> pd.DataFrame:
    """The rows that every filter lets through; an empty filter lets all through."""
    kept = faults
    for place, name in zip(st.columns(len(FILTERS)), FILTERS, strict=True):
        with place:
            options = sorted(faults[name].map(wording.one_line).unique())
            wanted = st.multiselect(name, options, key=f"faults-{name}", placeholder="All")
            kept = kept[kept[name].map(wording.one_line).isin(wanted or options)]
    return kept
