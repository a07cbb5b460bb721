"""Adverse events: by term and patient, per 100 patient-years, time to the first, predictors."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, show

frame.open_page("Adverse events")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.choice(
    "adverse_event_end",
    "Observed until",
    wording.ADVERSE_EVENT_END_LABELS,
    "When a patient without an adverse event is censored.",
)

settings = frame.settings()
result = cached.page("safety", cohort, settings)
if not show.not_estimable(result):
    footer = wording.footer(cohort, settings, "safety")
    st.markdown(f"> {wording.safety_sentence(result, settings)}")
    if result.any_event is not None:
        show.table(tables.adverse_events(result, settings.conf_level), "adverse-events")
    if not show.not_estimable(result.survival):
        st.header("Time to the first adverse event")
        cumulative = settings.curve == "cumulative"
        title = wording.survival_title("adverse event", result.survival.group_label, cumulative)
        figure = figures.curves(
            result.survival, title, cumulative=cumulative, show_interval=settings.show_interval, footer=footer
        )
        show.figure(
            figure, "adverse-event-free", wording.survival_alt(result.survival.kaplan_meier, "", "adverse event")
        )
        show.table(tables.quantile_table(result.survival, settings.conf_level), "adverse-event-quantiles")
        show.excluded(result.survival.excluded, result.survival.n)
    if not show.not_estimable(result.models):
        st.header("Predictors of adverse events")
        rows = result.models.rows
        show.table(tables.predictors_table(rows, settings), "ae-predictors", exported=tables.predictors_numbers(rows))
        show.cautions([*wording.model_cautions(result.models.multivariable, "adverse event"), *result.models.left_out])
        forest = figures.forest(
            rows,
            which="both",
            title="Hazard ratios for an adverse event",
            footer=footer,
            conf_level=settings.conf_level,
        )
        show.figure(forest, "ae-forest", wording.forest_alt(rows))
