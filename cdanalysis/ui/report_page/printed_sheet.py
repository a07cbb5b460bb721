"""A paper's printed results in a small sheet: the template, the upload, each line beside the cohort's own number."""

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cdanalysis.cohort import Cohort
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.files import FILE_ENDINGS, read_file
from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.any_paper import QUANTITIES
from cdanalysis.sections.reproduction.printed_sheet import EXAMPLES, Asked, asked_of
from cdanalysis.sections.reproduction.section import of_a_paper
from cdanalysis.sections.reproduction.words import ABOUT_SHEET
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import save_button
from cdanalysis.ui.widgets import render
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.tables.csv_file import to_csv_bytes

KEY, READ = "printed-sheet", "printed-sheet-read"
HELP = "Read into this session's memory only, as your cohort is."


def box(cohort: Cohort) -> None:
    """The sheet, and what the cohort gives for each of its lines."""
    st.header("A paper's printed results")
    told = ABOUT_SHEET.format(
        quantities=", ".join(QUANTITIES), outcomes=escape_markdown(", ".join(cohort.outcomes)) or "none"
    )
    st.caption(told)
    content = to_csv_bytes(pd.DataFrame([vars(one) for one in EXAMPLES]))
    look = {"key": "printed-template", "icon": None, "help": "A line of each kind, to write over."}
    save_button("Template of the sheet", content, "printed-results.csv", **look)
    uploaded = st.file_uploader("Sheet of printed results", type=list(FILE_ENDINGS), key=KEY, help=HELP)
    if uploaded is None:
        return
    asked = _once(uploaded)
    if isinstance(asked, NotEstimable):
        st.warning(escape_markdown(f"{asked.reason[:1].upper()}{asked.reason[1:]}."), icon=":material/block:")
        return
    render.draw(of_a_paper(cohort, frame.settings(), asked, recall))


def _once(uploaded: UploadedFile) -> tuple[Asked, ...] | NotEstimable:
    """What the sheet asks, read when it arrives and not again at every run of the page."""
    kept = st.session_state.get(READ)
    if kept is None or kept[0] != uploaded.file_id:
        kept = st.session_state[READ] = uploaded.file_id, read(uploaded.getvalue())
    return kept[1]


def read(content: bytes) -> tuple[Asked, ...] | NotEstimable:
    """The lines of an uploaded sheet, or why it is none."""
    rows = rows_in(content)
    return rows if isinstance(rows, NotEstimable) else asked_of(rows)


def rows_in(content: bytes) -> list[dict[str, object]] | NotEstimable:
    """The rows of a small sheet by its headers, or why it cannot be read."""
    try:
        table = read_file(content).sheets[0]
    except CohortError as refusal:
        return NotEstimable(str(refusal).rstrip("."))
    return [dict(zip(table.headers, cells, strict=False)) for _, cells in table.rows]
