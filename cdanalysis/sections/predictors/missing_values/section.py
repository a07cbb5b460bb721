"""Missing values of the Predictors page: who is left out, the map, and the model with imputed values."""

from __future__ import annotations

import streamlit as st

from cdanalysis import analyses, figures, tables, wording
from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints import ENDPOINT_FIELDS
from cdanalysis.settings import Settings, only
from cdanalysis.ui.memory import cached
from cdanalysis.ui.memory.long_runs import long_run
from cdanalysis.ui.widgets import controls, show
from cdanalysis.ui.widgets.look_closer import asked

IMPUTE = "Impute the missing covariates of the multivariable model"
IMPUTE_HELP = "Fills each missing value several times from the others, and pools the models."
IMPUTATION_FIELDS = (*ENDPOINT_FIELDS, "handles", "candidates", "imputation_seed", "imputations")


def missing_values(cohort: Cohort, settings: Settings) -> None:
    """Who lacks what, and the switch of the imputation."""
    found = cached.page("missing_values", cohort, settings)
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.missing_sentence(found)))
    if not found.n_incomplete:
        return
    show.table(tables.accounting_table(found), "missing-by-model")
    footer = wording.footer(cohort, settings, "predictors")
    show.figure(figures.missingness_map(found, footer=footer), "missing-values", wording.missingness_alt(found))
    # What was imputed stays while a cut-off moves: no cut-off plays a part in it.
    if asked(IMPUTE, IMPUTE_HELP, "imputations", cohort, only(settings, IMPUTATION_FIELDS)):
        _imputed(cohort, settings)


def _imputed(cohort: Cohort, settings: Settings) -> None:
    left, right = st.columns(2)
    with left:
        controls.number("imputations", "Imputations", "How often the missing values are drawn; 20 or more.", step=5)
    with right:
        controls.number("imputation_seed", "Seed", "The same seed gives the same numbers again.", step=1)
    if show.not_estimable(analyses.not_imputable(cohort, settings)):
        return
    imputed = long_run("imputations", cohort, only(settings, IMPUTATION_FIELDS), "Imputing…")
    found = analyses.pooled_model(cohort, settings, imputed)
    if show.not_estimable(found):
        return
    st.markdown(wording.escape_markdown(wording.pooled_sentence(found, settings)))
    show.table(tables.pooled_table(found, settings.conf_level), "imputed-model")
    st.caption(wording.ABOUT_IMPUTATION)
