"""The groups of the Survival page compared: tests, pairs, survival at the chosen months, restricted means; a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cdanalysis import analyses, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import label_of
from cdanalysis.settings import Settings
from cdanalysis.settings.specification import ROWS
from cdanalysis.ui.widgets import controls, show

if TYPE_CHECKING:
    from cdanalysis.sections.survival.group_comparison import GroupComparison

CORRECTION_LABELS = ROWS["pair_correction"].choices
ABOUT_TESTS = (
    "Breslow, Tarone-Ware and Peto give early differences more weight. Choose the test before looking: the smallest of several "
    "P values is too small. The trend test asks whether the hazard rises or falls along the groups in the order shown."
)
ABOUT_DIFFERENCES = (
    "P by Greenwood's variance of log(-log S) (Klein 2007); the interval of the difference from each group's own log-log interval "
    "(Zou and Donner 2008). A month is chosen before looking, like a test."
)
ABOUT_MEANS = "The area under each curve up to the longest multiple of 6 months that every group was observed for."


def groups_compared(found: GroupComparison, cohort: Cohort, settings: Settings) -> None:
    """Tests in the first tab, what else there is beside it."""
    st.header("Groups compared")
    names = ["Tests", "At the chosen months", "Restricted means", *(["Pairs"] if found.pairs else [])]
    tabs = dict(zip(names, st.tabs(names), strict=True))
    with tabs["Tests"]:
        _stratum(cohort)
        show.table(tables.tests_table(found), "group-tests")
        st.caption(ABOUT_TESTS)
    with tabs["At the chosen months"]:
        show.table(tables.differences_table(found, settings.conf_level), "group-differences")
        st.caption(ABOUT_DIFFERENCES)
    with tabs["Restricted means"]:
        if not show.not_estimable(found.means):
            show.table(tables.means_table(found.means, settings.conf_level), "restricted-means")
            st.caption(ABOUT_MEANS)
    if found.pairs:
        with tabs["Pairs"]:
            controls.choice("pair_correction", "Corrected by", CORRECTION_LABELS, "For the number of pairs.")
            show.table(tables.pairs_table(found), "group-pairs")


def _stratum(cohort: Cohort) -> None:
    """Which variable's strata the log-rank test is also done in."""
    options = {"": "Not stratified"}
    options |= {code: wording.one_line(label_of(cohort, code)) for code in analyses.offered_groups(cohort)}
    explanation = "Compares the groups within each stratum and adds up."
    controls.choice("survival_stratum", "Log-rank test stratified by", options, explanation)
