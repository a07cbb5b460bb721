"""Every fault of a file at once: counted, a column's equal ones on one line, filtered, and saved as CSV one by one."""

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
        st.markdown("Every cell was read as its column says.")
        return
    st.markdown(wording.faults_sentence(cohort.faults, cohort.excluded))
    lines = tables.grouped(cohort.faults)
    chosen = _filtered(lines) if len(lines) > 1 else lines
    if len(chosen) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN:,} of {len(chosen):,} lines are shown.")
    if len(lines) < len(faults):
        st.caption("A column's equal faults stand on one line; the CSV holds every one.")
    show.table(chosen.head(MOST_SHOWN), "faults", exported=_of(faults, chosen))


def _of(faults: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Every fault of the lines."""
    keys = ["Sheet", "Column", "Accepted", "What was done"]
    wanted = set(lines[keys].itertuples(index=False, name=None))
    return faults[[key in wanted for key in faults[keys].itertuples(index=False, name=None)]]


def _filtered(faults: pd.DataFrame) -> pd.DataFrame:
    """The rows that every filter lets through; an empty filter lets all through."""
    kept = faults
    for place, name in zip(st.columns(len(FILTERS)), FILTERS, strict=True):
        with place:
            options = sorted(faults[name].map(wording.one_line).unique())
            wanted = st.multiselect(name, options, key=f"faults-{name}", placeholder="All")
            kept = kept[kept[name].map(wording.one_line).isin(wanted or options)]
    return kept
