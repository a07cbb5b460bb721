"""Missing values of the Predictors page: who is left out, the map, and the model with imputed values."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cdanalysis import analyses, figures, tables, wording
from cdanalysis.endpoints import ENDPOINT_FIELDS
from cdanalysis.reading.cohort import Cohort
from cdanalysis.settings import Settings, only
from cdanalysis.ui import cached, controls, show

TOGETHER = 5  # imputations between two steps of the progress bar
IMPUTATION_FIELDS = (*ENDPOINT_FIELDS, "candidates", "imputation_seed")


def missing_values(cohort: Cohort, settings: Settings) -> None:
    """The expander; nothing in it is computed while it is closed."""
    box = st.expander("Missing values", icon=":material/grid_off:", key="open-missing", on_change="rerun")
    if box.open:
        with box:
            _accounting(cohort, settings)


def _accounting(cohort: Cohort, settings: Settings) -> None:
    found = cached.page("missing_values", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.missing_sentence(found)))
    if not found.n_incomplete:
        return
    show.table(tables.accounting_table(found), "missing-by-model")
    footer = wording.footer(cohort, settings, "predictors")
    show.figure(figures.missingness_map(found, footer=footer), "missing-values", wording.missingness_alt(found))
    if st.toggle(
        "Impute the missing covariates of the multivariable model",
        key="impute",
        help="Fills each missing value several times from the others, and pools the models.",
    ):
        _imputed(cohort, settings)


def _imputed(cohort: Cohort, settings: Settings) -> None:
    left, right = st.columns(2)
    with left:
        controls.number("imputations", "Imputations", "How often the missing values are drawn; 20 or more.", step=5)
    with right:
        controls.number("imputation_seed", "Seed", "The same seed gives the same numbers again.", step=1)
    if show.not_estimable(analyses.not_imputable(cohort, settings)):
        return
    found = analyses.pooled_model(cohort, settings, _filled(cohort, settings))
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.pooled_sentence(found, settings)))
    show.table(tables.pooled_table(found, settings.conf_level), "imputed-model")
    st.caption(wording.ABOUT_IMPUTATION)


def _filled(cohort: Cohort, settings: Settings) -> Any:
    """Every imputation, some at a time; those once made are remembered, also while a cut-off moves."""
    bar, parts = st.progress(0.0, "Imputing…"), []
    asked = only(settings, IMPUTATION_FIELDS)
    for first in range(0, settings.imputations, TOGETHER):
        last = min(first + TOGETHER, settings.imputations)
        parts += list(_some(cohort, asked, first, last))
        bar.progress(last / settings.imputations, f"{last} of {settings.imputations} imputations")
    bar.empty()
    return parts


@cached.remember
def _some(cohort: Cohort, settings: Settings, first: int, last: int) -> Any:
    return analyses.imputed_columns(cohort, settings, range(first, last))
