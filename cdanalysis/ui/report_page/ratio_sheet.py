"""The hazard ratios of other papers: the template of their sheet, its upload into the settings, and how to forget them."""

import pandas as pd
import streamlit as st

from cdanalysis.reading.bytes.files import FILE_ENDINGS
from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.beside.words import ABOUT_SHEET
from cdanalysis.sections.reproduction.ratio_sheet import EXAMPLES, ratios_in
from cdanalysis.settings.as_text.published import as_text, from_text
from cdanalysis.ui.report_page import given_text
from cdanalysis.ui.report_page.printed_sheet import rows_in
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import save_button
from cdanalysis.ui.widgets.side import controls
from cdanalysis.writing.numbers import count
from cdanalysis.writing.tables.csv_file import to_csv_bytes

KEY = "ratio-sheet"
HELP = "Only these ratios are read; they become a setting, which is in the link."


def box() -> None:
    """Upload, what is in use, and how it is put together."""
    st.header("Ratios of other papers")
    st.caption(ABOUT_SHEET)
    look = {"key": "ratio-template", "icon": None, "help": "Two made-up papers, to write over."}
    save_button("Template of the ratios", to_csv_bytes(pd.DataFrame(EXAMPLES)), "published-ratios.csv", **look)
    st.file_uploader("Sheet of ratios", type=list(FILE_ENDINGS), key=KEY, help=HELP, on_change=_take)
    given_text.box("published_ratios", "Or typed", as_text(EXAMPLES))
    n = len(from_text(frame.settings().published_ratios))
    if n:
        controls.setting("pooling")
        label, about = f"Forget the {count(n, 'ratio')}", "Takes the papers' ratios out of the settings."
        none = {"published_ratios": ""}
        st.button(label, on_click=frame.change, kwargs=none, key="forget-ratios", help=about)


def _take() -> None:
    """The ratios of a sheet that has arrived, into the settings; why not, where it has none."""
    uploaded = st.session_state.get(KEY)
    if uploaded is None:
        given_text.refuse("published_ratios", "")
        return
    rows = rows_in(uploaded.getvalue())
    found = rows if isinstance(rows, NotEstimable) else ratios_in(rows)
    if isinstance(found, NotEstimable):
        given_text.refuse("published_ratios", found.reason)
    else:
        given_text.take("published_ratios", as_text(found))
