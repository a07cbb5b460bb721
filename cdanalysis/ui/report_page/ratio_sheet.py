"""The hazard ratios of other papers: the template of their sheet, its upload into the settings, and how to forget them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cdanalysis.reading.bytes.files import FILE_ENDINGS
from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.beside.words import ABOUT_SHEET
from cdanalysis.sections.reproduction.ratio_sheet import EXAMPLES, ratios_in
from cdanalysis.settings.published import as_text, from_text
from cdanalysis.settings.specification import ROWS
from cdanalysis.ui.report_page.printed_sheet import rows_in
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, sentence
from cdanalysis.writing.tables.csv_file import to_csv_bytes

KEY, WRONG = "ratio-sheet", "ratio-sheet-wrong"
HELP = "Only these ratios are read; they become a setting, which is in the link."


def box() -> None:
    """Upload, what is in use, and how it is put together."""
    st.header("Ratios of other papers")
    st.caption(ABOUT_SHEET)
    content = to_csv_bytes(pd.DataFrame(EXAMPLES))
    st.download_button("Template of the ratios", content, "published-ratios.csv", "text/csv", key="ratio-template",
                       on_click="ignore", help="Two made-up papers, to write over.")  # fmt: skip
    st.file_uploader("Sheet of ratios", type=list(FILE_ENDINGS), key=KEY, help=HELP, on_change=_take)
    row, key = ROWS["published_ratios"], "setting-published_ratios"
    st.session_state[key] = frame.settings().published_ratios
    st.text_input("Or typed", key=key, placeholder=as_text(EXAMPLES), help=row.help, on_change=_typed, args=(key,),
                  max_chars=row.longest)  # fmt: skip
    if wrong := st.session_state.get(WRONG):
        st.warning(escape_markdown(sentence(wrong)), icon=":material/block:")
    n = len(from_text(frame.settings().published_ratios))
    if n:
        controls.setting("pooling")
        st.button(f"Forget the {count(n, 'ratio')}", on_click=frame.change, kwargs={"published_ratios": ""},
                  key="forget-ratios", help="Takes the papers' ratios out of the settings.")  # fmt: skip


def _typed(key: str) -> None:
    """The ratios as they were typed, into the settings; why not, where they are none."""
    try:
        frame.change(published_ratios=st.session_state[key])
        st.session_state[WRONG] = ""
    except ValueError as wrong:
        st.session_state[WRONG] = str(wrong)


def _take() -> None:
    """The ratios of a sheet that has arrived, into the settings; why not, where it has none."""
    uploaded = st.session_state.get(KEY)
    if uploaded is None:
        st.session_state.pop(WRONG, None)
        return
    rows = rows_in(uploaded.getvalue())
    found = rows if isinstance(rows, NotEstimable) else ratios_in(rows)
    st.session_state[WRONG] = found.reason if isinstance(found, NotEstimable) else ""
    if not isinstance(found, NotEstimable):
        frame.change(published_ratios=as_text(found))
