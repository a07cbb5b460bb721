"""The text of the report on the screen: methods, findings, limitations, the checklists, and the Word file of them."""

import pandas as pd
import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.report.content import Run
from cdanalysis.report.methods import methods_sections, result_sentences
from cdanalysis.report.statements.checklist import Checklist, items_of
from cdanalysis.report.statements.checklists import CHECKLISTS
from cdanalysis.report.statements.limitations import limitation_sentences
from cdanalysis.report.statements.references import Citations
from cdanalysis.report.word.docx import document
from cdanalysis.sections.blocks import Table
from cdanalysis.settings import Settings
from cdanalysis.ui.report_page import bundling
from cdanalysis.ui.shell.components import save_button
from cdanalysis.ui.widgets import show
from cdanalysis.writing.escapes import escape_markdown

WRITE_HELP = "Methods, findings and limitations as the settings in use give them; every analysis is computed for it."
SAVE_HELP = "Text and tables without the figures, which the bundle has: the browser draws them while it is made."


def box(cohort: Cohort, settings: Settings) -> None:
    """The text once it is asked for, a part an expander."""
    if not st.toggle("Write the text of the report", key="write-text", help=WRITE_HELP):
        return
    run = bundling.run_of(cohort, settings)
    look = {"key": "save-docx", "icon": ":material/description:", "help": SAVE_HELP}
    save_button("Save as Word, without figures", lambda: document(run), "cdanalysis-report.docx", **look)
    for title, paragraphs in parts(run):
        with st.expander(title, expanded=title == "Methods"):
            for paragraph in paragraphs:
                st.markdown(escape_markdown(paragraph))
    for one in CHECKLISTS:
        with st.expander(one.title):
            st.caption(one.about)
            show.table(Table(one.name, checklist_table(run, one), one.title))


def parts(run: Run) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Heading and plain paragraphs of each part."""
    cite = Citations()
    methods = tuple(text for _, text in methods_sections(run, cite))
    limits = limitation_sentences(run, cite)
    sources = tuple(f"[{number}] {text}" for number, text in enumerate(cite.cited(), 1))
    findings = result_sentences(run)
    return ("Methods", methods), ("Findings", findings), ("Limitations", limits), ("References", sources)


def checklist_table(run: Run, one: Checklist) -> pd.DataFrame:
    """A line an item; what the run cannot fill is the author's."""
    items = items_of(run, one.rows)
    rows = [(item.number, item.topic, "run" if item.filled else "author", item.text) for item in items]
    return pd.DataFrame(rows, columns=["Item", "Topic", "Filled by", "Text"])
