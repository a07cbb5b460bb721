"""Putting a spreadsheet into the session: the upload box, its refusals, the template, and the way back.

The bytes stay in the session, so that a corrected matching can read them again; nothing of them goes anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cdanalysis import wording
from cdanalysis.reading import FILE_ENDINGS, FileLook, Matching
from cdanalysis.ui import frame

FILE, REFUSAL = "file", "refusal"


@dataclass(frozen=True, eq=False)
class File:
    """The file uploaded last, read or refused; `turn` counts its readings."""

    name: str
    content: bytes
    look: FileLook | None
    refused: bool
    turn: int


def box() -> None:
    """The upload box; a file is read once, when it arrives, and its cohort outlives a page switch."""
    st.file_uploader(
        "Your cohort: an Excel workbook or a CSV table", type=list(FILE_ENDINGS), key="upload", on_change=_read,
        help="Read into this session's memory only. Nothing is stored, logged or sent anywhere.",
    )  # fmt: skip
    if st.session_state.get(REFUSAL):
        st.error(
            f"{wording.escape_markdown(st.session_state[REFUSAL])}\n\nThe cohort below is the one from before.",
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


def file() -> File | None:
    """The file uploaded last, while the session holds it."""
    return st.session_state.get(FILE)


def read_again(matching: Matching) -> None:
    """Read the file in the session with a matching; a refusal keeps the cohort as it was."""
    current = file()
    if current is not None:
        _load(current.name, current.content, matching, current.turn + 1)


def refuse(sentence: str) -> None:
    """Say why something asked for was not done."""
    st.session_state[REFUSAL] = sentence


def _read() -> None:
    uploaded = st.session_state.get("upload")
    if uploaded is None:
        refuse("")
    else:
        _load(uploaded.name, uploaded.getvalue(), None, 0)


def _load(name: str, content: bytes, matching: Matching | None, turn: int) -> None:
    with st.spinner("Reading the file…"):  # a register takes seconds
        opened = frame.load(name, content, matching)
    refuse(opened.refusal)
    st.session_state[FILE] = File(name, content, opened.look, opened.cohort is None, turn)


def _forget() -> None:
    frame.use_demo()
    refuse("")
    st.session_state.pop(FILE, None)
