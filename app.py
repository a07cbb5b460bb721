"""Cohort: upload a spreadsheet, see how it was understood, every fault in it, and who is left out."""

import streamlit as st


def page() -> None:
    """The Cohort page; imported here, because the server imports this file before there is a cache."""
    from cdanalysis import figures, tables, wording
    from cdanalysis.ui.cohort_page import faults, matching, text_form, upload
    from cdanalysis.ui.memory import cached
    from cdanalysis.ui.shell import frame
    from cdanalysis.ui.widgets import show

    frame.open_page("Cohort")
    upload.box()
    matching.open_questions()
    text_form.section()
    matching.of_refused()
    cohort = frame.cohort()

    st.markdown(wording.cohort_summary(cohort))
    show.table(tables.cohort_contents(cohort), "contents")

    st.header("Patient flow")
    flow = cached.page("flow", cohort, frame.settings())
    footer = wording.footer(cohort, frame.settings(), "flow")
    show.figure(figures.flow_diagram(flow, footer), "patient-flow", wording.flow_alt(flow.steps))
    show.cautions(flow.notes)

    faults.section(cohort)
    matching.of_cohort(cohort)

    st.header("What the spreadsheet may hold")
    upload.template()


if __name__ == "app":  # the server imports this file for its guarded app; as a page it has another name
    from cdanalysis.ui.shell import server

    app = st.App(__file__, **server.options())
else:
    page()
