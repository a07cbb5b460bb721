"""The report as a Word file that a co-author can take over: headings, real tables and captions, fields for every number."""

from io import BytesIO
from typing import Any

import pandas as pd

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.content import ReportTable, Run
from cdanalysis.report.methods import methods_sections
from cdanalysis.report.sections import Section, sections, tables_of
from cdanalysis.report.statements.checklist import Checklist, items_of
from cdanalysis.report.statements.checklists import CHECKLISTS
from cdanalysis.report.statements.limitations import limitation_sentences
from cdanalysis.report.statements.references import Citations
from cdanalysis.report.word.word import REFERENCE_STYLE, blank, clean, running_lines, stamp
from cdanalysis.report.word.word_parts import Captions, add_figure, add_table
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.text_form import form_sentence

TITLE = "Crohn's disease cohort: draft report"
STAMP = "SYNTHETIC COHORT: made-up patients, calibrated to a published study. Not for submission."
LEDGER_COLUMNS = ("Time", "Page", "Changed", "HR (CI)", "P", "Origin")


def document(run: Run) -> bytes:
    """The whole report as DOCX."""
    draft = blank(TITLE, run.date)
    cite, captions, shown = Citations(), Captions(), sections(run)
    supplement = _supplement_tables(run)
    _announce(captions, shown, supplement)
    _front(draft, run)
    _methods(draft, run, cite)
    _results(draft, shown, captions, supplement)
    _limitations(draft, run, cite)
    _supplement(draft, run, captions, supplement, cite)
    _references(draft, cite)
    file = BytesIO()
    draft.save(file)
    return file.getvalue()


def _announce(captions: Captions, shown: tuple[Section, ...], supplement: tuple[ReportTable, ...]) -> None:
    """Number everything before the first reference to it."""
    for section in shown:
        for table in section.tables:
            captions.announce("Table", table.name)
        for figure in section.figures:
            captions.announce("Figure", figure.name)
    for table in supplement:
        captions.announce("Supplement", table.name)


def _front(draft: Any, run: Run) -> None:
    """Title, what the draft was made from, and that synthetic patients are none."""
    version = f"results version {RESULTS_VERSION}"
    head = STAMP if run.cohort.synthetic else f"Draft report · {shorten(run.cohort.label, 60)}"
    running_lines(
        draft, head, f"cdanalysis, {version}" + (f" · {run.date}" if run.date else ""), stamped=run.cohort.synthetic
    )
    draft.add_paragraph(clean(TITLE), style="Title")
    if run.cohort.synthetic:
        stamp(draft, STAMP)
    made = f"Written by cdanalysis ({version}){f' on {run.date}' if run.date else ''} from {run.cohort.label}."
    if run.cohort.text:
        made += f" The text file was read as {form_sentence(run.cohort.text)}."
    draft.add_paragraph(
        clean(f"{made} Title page, abstract, introduction and discussion are for the authors to write.")
    )


def _methods(draft: Any, run: Run, cite: Citations) -> None:
    draft.add_heading("Methods", 1)
    for heading, text in methods_sections(run, cite):
        draft.add_heading(heading, 2)
        draft.add_paragraph(clean(text))


def _results(draft: Any, shown: tuple[Section, ...], captions: Captions, supplement: tuple[ReportTable, ...]) -> None:
    draft.add_heading("Results", 1)
    for section in shown:
        draft.add_heading(clean(section.title), 2)
        things = [("Table", table.name) for table in section.tables] + [("Figure", one.name) for one in section.figures]
        things += [("Supplement", table.name) for table in supplement if table.name == section.name]
        if section.text:
            captions.refer(draft.add_paragraph(clean(section.text)), things)
        for table in section.tables:
            add_table(draft, captions, table)
        for figure in section.figures:
            add_figure(draft, captions, figure)


def _limitations(draft: Any, run: Run, cite: Citations) -> None:
    draft.add_heading("Limitations", 1)
    draft.add_paragraph("What the data itself shows; limitations of design and setting are for the authors to add.")
    for text in limitation_sentences(run, cite):
        draft.add_paragraph(clean(text), style="List Bullet")


def _supplement_tables(run: Run) -> tuple[ReportTable, ...]:
    """The patient flow, the ledger and the checklists: long, and for the supplement of a paper."""
    return (
        *tables_of(run, "flow"),
        *([_ledger(run)] if run.ledger else []),
        *(_checklist(run, one) for one in CHECKLISTS),
    )


def _ledger(run: Run) -> ReportTable:
    lines = [
        (one.time_text, one.page, one.changed, one.hazard_ratio_text, one.p_text, one.origin) for one in run.ledger
    ]
    return ReportTable(
        "ledger", "Specifications that were looked at", pd.DataFrame(lines, columns=list(LEDGER_COLUMNS))
    )


def _checklist(run: Run, one: Checklist) -> ReportTable:
    items = [(item.number, item.topic, item.text) for item in items_of(run, one.rows)]
    return ReportTable(one.name, one.title, pd.DataFrame(items, columns=["Item", "Topic", "Text"]))


def _supplement(draft: Any, run: Run, captions: Captions, tables: tuple[ReportTable, ...], cite: Citations) -> None:
    draft.add_heading("Supplement", 1)
    draft.add_paragraph(
        f"The checklists follow the statements{cite(*(one.source for one in CHECKLISTS))}; what the run itself cannot fill is "
        "marked: For the author."
    )
    if run.link:
        draft.add_paragraph(clean(f"The settings of this analysis: {run.link}"))
    for table in tables:
        add_table(draft, captions, table, "Supplement")


def _references(draft: Any, cite: Citations) -> None:
    draft.add_heading("References", 1)
    for number, text in enumerate(cite.cited(), 1):
        draft.add_paragraph(f"{number}.\t{text}", style=REFERENCE_STYLE)
