"""R's convention beside SPSS 24's: on the Survival page the times and intervals, on the Predictors page the ties."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.settings.specification import CHOICES
from cdanalysis.ui.memory import cached
from cdanalysis.ui.widgets import show
from cdanalysis.writing.conventions import convention_in_use

ABOUT_CONVENTIONS = (
    "R: the interval of the curve is log-log, that of a median inverts it, quartiles are of type 7. SPSS 24 prints the "
    "standard error of the curve and no interval (± 1.96 of it is shown), a median ± 1.96 standard errors, and quartiles of "
    "type 6. The symmetric interval of a median is crude and may begin below 0: prefer the other."
)
ABOUT_TIES = (
    "R's default is Efron, SPSS has only Breslow. They differ where several patients have the event at the same time; "
    "without such ties they are one number. Percentiles, tests and screening are not touched."
)


def view(cohort: Cohort, settings: Settings) -> None:
    """The part of the Survival page."""
    found = {name: cached.page("survival", cohort, _as(settings, name)) for name in CHOICES["convention"]}
    if not any(show.not_estimable(one) for one in found.values()):
        st.markdown(
            f"In use: {convention_in_use(settings)}. The estimates agree; their intervals and quartiles may not."
        )
        show.table(tables.conventions_table(found, settings.conf_level), "both-conventions")
        st.caption(ABOUT_CONVENTIONS)


def both_ties(cohort: Cohort, settings: Settings) -> None:
    """Efron beside Breslow where hazard ratios are shown."""
    found = {ties: cached.predictors(cohort, replace(settings, ties=ties)) for ties in CHOICES["ties"]}
    if not any(show.not_estimable(one) for one in found.values()):
        rows = {ties: one.rows for ties, one in found.items()}
        show.table(tables.ties_table(rows, settings.conf_level), "both-ties")
        st.caption(ABOUT_TIES)


def _as(settings: Settings, convention: str) -> Settings:
    return replace(settings, convention=convention, **wording.CONVENTION_PRESETS[convention])
