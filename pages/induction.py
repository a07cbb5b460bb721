"""Response and remission: status at each scheduled week, time to each, and disease activity over the visits."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, show

frame.open_page("Response and remission")
cohort = frame.cohort()
controls.sidebar(cohort)
controls.choice(
    "missing_visits",
    "A missing visit counts as",
    wording.MISSING_VISIT_LABELS,
    "How a week without a visit is counted.",
)

settings = frame.settings()
result = cached.page("induction", cohort, settings)
if not show.not_estimable(result):
    footer = wording.footer(cohort, settings, "induction")
    st.markdown(f"> {wording.induction_sentence(result, settings)}")
    left, right = st.columns(2, gap="large")
    with left:
        show.figure(figures.shares_by_week(result.weeks, footer), "response-by-week", wording.shares_alt(result))
    with right:
        times = (result.response, result.remission)
        show.figure(
            figures.cumulative_curves(times, result.weeks[-1].week, footer),
            "time-to-response",
            wording.cumulative_alt(*times),
        )
    show.table(tables.responses(result.weeks, settings.conf_level), "response")
    show.table(tables.times_to(times), "time-to-response-table")

    st.header("Who changes class with the definitions")
    changed = tables.reclassified(result.reclassified)
    if len(changed):
        show.table(changed, "reclassified")
    else:
        st.markdown("Nobody: the definitions in use put every patient in the class of the default ones.")

    st.header("Disease activity over the visits")
    columns = st.columns(2, gap="large")
    for place, one in enumerate(result.activity):
        with columns[place % 2]:
            name = f"{one.label.lower()}-by-visit"
            show.figure(figures.activity_boxes(one, footer), name, wording.activity_alt(one))
    show.table(tables.activity(result.activity), "activity")
    show.excluded(result.excluded, result.response.curve.n)
