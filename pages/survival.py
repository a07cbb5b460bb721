"""Kaplan-Meier curves of relapse, hospitalization, surgery or adverse events, of everybody or by group."""

import streamlit as st

from cdanalysis import figures, tables, wording
from cdanalysis.sections.survival import closer_section as closer
from cdanalysis.sections.survival import group_tests_section as group_tests
from cdanalysis.ui.memory import cached
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls, look_closer, show

frame.open_page("Survival curves")
cohort = frame.cohort()
controls.sidebar(cohort)
for column, draw in zip(st.columns(3), (
    lambda: controls.choice("outcome", "Outcome", wording.OUTCOME_LABELS, "Time to the first of these."),
    lambda: controls.groups("survival_group", cohort),
    lambda: controls.text("at_months", "Survival at (months)", "Up to 12 times, parted by commas."),
), strict=True):  # fmt: skip
    with column:
        draw()

settings = frame.settings()
result = cached.page("survival", cohort, settings)
if not show.not_estimable(result):
    for note in result.endpoint.notes:
        st.info(note, icon=":material/info:")
    show.key_figures(wording.key_figures(result))
    noun, cumulative = wording.OUTCOME_NOUNS[settings.outcome], settings.curve == "cumulative"
    title = wording.survival_title(noun, result.group_label, cumulative)
    figure = figures.curves(
        result,
        title,
        cumulative=cumulative,
        show_interval=settings.show_interval,
        footer=wording.footer(cohort, settings, "survival"),
    )
    show.figure(
        figure, f"survival-{settings.outcome}", wording.survival_alt(result.kaplan_meier, result.group_label, noun)
    )
    st.markdown(f"> {wording.survival_sentence(result, settings)}")
    show.table(
        tables.survival_at(result.kaplan_meier), "survival-at", exported=tables.survival_numbers(result.kaplan_meier)
    )
    show.table(tables.quantile_table(result, settings.conf_level), "survival-quantiles")
    if result.comparison is not None:
        group_tests.groups_compared(result.comparison, cohort, settings)
    with st.expander("At risk, events and censored by month", icon=":material/table_rows:"):
        show.table(tables.course_of_follow_up(result), "course-of-follow-up")
    st.caption(wording.follow_up_sentence(result))
    show.excluded(result.excluded, result.n)
    look_closer.look_closer("look-closer", closer.PARTS, cohort, settings)
