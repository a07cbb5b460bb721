"""Predictors of relapse: curves by the chosen markers that follow their cut-off, Table 3, forest plot."""

from dataclasses import replace

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.sections.cutoffs import section as cutoffs
from cdanalysis.sections.predictors import section as diagnostics
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, look_closer, show

frame.open_page("Predictors of relapse")
cohort = frame.cohort()
controls.sidebar(cohort)


@st.fragment
def report() -> None:
    """Everything that follows a cut-off; runs alone when one is committed."""
    settings = frame.settings()
    result = cached.predictors(cohort, settings)
    if show.not_estimable(result):
        return
    everybody = cached.page("survival", cohort, replace(settings, outcome="relapse", survival_group=""))
    if not show.not_estimable(everybody):
        show.key_figures(wording.key_figures(everybody))
    st.markdown(wording.predictors_question(settings, result.endpoint, result.handles))
    for note in result.endpoint.notes:
        st.info(note, icon=":material/info:")

    cutoffs.handles(cohort, settings, result)

    st.header("Every candidate, alone and together")
    show.table(
        tables.predictors_table(result.rows, settings), "predictors", exported=tables.predictors_numbers(result.rows)
    )
    show.cautions([*wording.model_cautions(result.multivariable), *result.left_out])
    st.markdown(f"> {wording.predictors_sentence(result.rows, result.multivariable, settings)}")

    st.header("Forest plot")
    footer = wording.footer(cohort, settings)
    show.figure(
        figures.forest(result.rows, which="both", footer=footer, conf_level=settings.conf_level),
        "forest",
        wording.forest_alt(result.rows),
    )

    st.header("Who is analysed")
    show.excluded(result.endpoint.excluded, result.n)
    for marker in result.handles:
        show.excluded(marker.excluded, result.n - marker.n_missing)
    look_closer.look_closer("check-section", diagnostics.PARTS, cohort, settings)


report()
