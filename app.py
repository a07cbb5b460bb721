"""Cohort: drop a spreadsheet, see what was understood of it, answer what it leaves open."""

import streamlit as st


def page() -> None:
    """The Cohort page; imported here, because the server imports this file before there is a cache."""
    from cdanalysis.ui.cohort_page import home
    from cdanalysis.ui.shell import frame

    frame.open_page(__file__, home.HOW_TO_READ, home.heading)
    home.page(frame.cohort())


if __name__ == "app":  # the server imports this file for its guarded app; as a page it has another name
    from cdanalysis.ui.server import server

    app = st.App(__file__, **server.options())
else:
    page()
