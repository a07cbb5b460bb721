"""Cohort: upload a spreadsheet, see how it was understood, every fault in it, and who is left out."""

import streamlit as st


def page() -> None:
    """The Cohort page; imported here, because the server imports this file before there is a cache."""
    from cdanalysis.sections.flow.section import read
    from cdanalysis.sections.flow.words import HOW_TO_READ
    from cdanalysis.ui.cohort_page import matching, set_up, text_form, upload
    from cdanalysis.ui.shell import frame
    from cdanalysis.ui.widgets import render

    frame.open_page(__file__, HOW_TO_READ)
    upload.box()
    matching.open_questions()
    text_form.section()
    matching.of_refused()
    cohort = frame.cohort()

    set_up.section(cohort)
    render.section(read, cohort)
    matching.of_cohort(cohort)

    st.header("What the spreadsheet may hold")
    upload.template()


if __name__ == "app":  # the server imports this file for its guarded app; as a page it has another name
    from cdanalysis.ui.shell import server

    app = st.App(__file__, **server.options())
else:
    page()
