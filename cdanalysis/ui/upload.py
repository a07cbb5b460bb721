"""Putting a spreadsheet into the session: the upload box, its refusals, the template, and the way back."""

from __future__ import annotations

import streamlit as st

from cdanalysis import wording
from cdanalysis.reading import FILE_ENDINGS
from cdanalysis.ui import frame


def box() -> None:
    """The upload box; a file is read once, when it arrives, and its cohort outlives a page switch."""
    st.file_uploader(
        "Your cohort: an Excel workbook or a CSV table", type=list(FILE_ENDINGS), key="upload", on_change=_read,
        help="Read into this session's memory only. Nothing is stored, logged or sent anywhere.",
    )  # fmt: skip
    if st.session_state.get("refusal"):
        st.error(
            f"{wording.escape_markdown(st.session_state['refusal'])}\n\nThe cohort below is the one from before.",
            icon=":material/error:",
        )
    st.button("Use the bundled synthetic cohort", on_click=_forget, icon=":material/science:",
              help="Forgets your file and shows the made-up patients again.")  # fmt: skip


def template() -> None:
    """The empty workbook whose headers are the data dictionary."""
    st.markdown(
        "One row a patient in **patients**; visits, events, endoscopy and adverse events each in a sheet of their own. "
        "Only the patients sheet is required. The template's dictionary sheet explains every column."
    )
    content = (frame.ASSETS / "template.xlsx").read_bytes()
    st.download_button("Template workbook", content, "cohort-template.xlsx", on_click="ignore", key="template",
                       help="An empty workbook with every column, its unit and its meaning.")  # fmt: skip


def _read() -> None:
    uploaded = st.session_state["upload"]
    st.session_state["refusal"] = frame.load(uploaded.name, uploaded.getvalue()) if uploaded is not None else ""


def _forget() -> None:
    frame.use_demo()
    st.session_state["refusal"] = ""
