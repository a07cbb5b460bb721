"""The Word file as Word reads it: headings, real tables and captions, fields, pictures with their texts, and nothing hostile."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.report.content import LedgerLine, ReportFigure, Run
from cdanalysis.report.facts import CHECKS, TITLES
from cdanalysis.report.sections import sections
from cdanalysis.report.statements.checklist import items_of
from cdanalysis.report.statements.checklists import CHECKLISTS
from cdanalysis.report.statements.strobe import ITEMS
from cdanalysis.report.word.docx import STAMP, document
from cdanalysis.report.word.word import TEXT_WIDTH_CM, clean
from cdanalysis.report.word.word_columns import CHARACTER_CM_PER_POINT, clean_cell, column_widths
from cdanalysis.report.word.word_parts import WIDEST_CM
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from tests.report.runs import bundled, flat_cohort, run_of

EMPTY = Document()
HOSTILE = '=1+1 <b>![](http://x/y.png)</b> & "quoted" \x00\x0b\ud800\uffff 未测'


def png(width: int, height: int, *, dpi: int = 300) -> bytes:
    """A grey picture with its resolution."""
    rows = b"".join(b"\0" + b"\xdd" * 3 * width for _ in range(height))
    per_metre = round(dpi / 0.0254)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    framed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


FIGURES = (
    ReportFigure("patient-flow", "Patient flow", "Patient flow: Referred 1,499.", png(600, 400), "flow"),
    ReportFigure(
        "forest", "Hazard ratios for relapse", "Forest plot of 16 hazard ratios.", png(2500, 1200), "predictors"
    ),
    ReportFigure(
        "survival-relapse", "Survival free of relapse", "Kaplan-Meier curve.", png(900, 4000), "survival", "relapse"
    ),
    ReportFigure("something-new", "A figure of a page to come", "Anything.", png(300, 200)),
    ReportFigure("ae-forest", "Hazard ratios for an adverse event", "Forest plot.", b"no picture at all", "safety"),
)
LEDGER = (LedgerLine("10:01", HOSTILE, "4.72 (1.19-18.75)", "0.027", "pre-specified"),)


@pytest.fixture(scope="module")
def whole() -> Run:
    return replace(bundled(), figures=FIGURES, ledger=LEDGER, link="http://localhost:8501/?ties=breslow")


@pytest.fixture(scope="module")
def opened(whole: Run) -> WordDocument:
    return read(whole)


def read(run: Run) -> WordDocument:
    return Document(BytesIO(document(run)))


def headings(opened: WordDocument, level: int) -> list[str]:
    return [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == f"Heading {level}"]


def captions(opened: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Caption"]


def codes(element: object) -> list[str]:
    return [code.text.strip() for code in element.iter(qn("w:instrText"))]


def test_the_headings_of_a_paper_in_their_order(opened: WordDocument) -> None:
    assert headings(opened, 1) == ["Methods", "Results", "Limitations", "Supplement", "References"]
    results = [TITLES[name] for name in TITLES if name not in ("survival", "predictors", *CHECKS)]
    results[3:3] = ["Time to relapse", "Predictors of relapse"]
    assert headings(opened, 2)[-len(results) - 1 :] == [*results, "Further figures"]
    assert headings(opened, 2)[:3] == [
        "Patients and definitions",
        "Outcomes and follow-up",
        "Descriptions and comparisons",
    ]


def test_every_caption_numbers_itself(opened: WordDocument) -> None:
    told = captions(opened)
    for kind in ("Table ", "Figure ", "Table S"):
        numbers = [int(hit.group(1)) for text in told if (hit := re.match(rf"{kind}(\d+)\. \S", text))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers
    fields = [code.split()[1] for code in codes(opened.element) if code.startswith("SEQ")]
    assert len(fields) == len(told)
    assert set(fields) == {"Table", "Figure", "Supplement"}
    assert told[1] == "Table 1. Baseline characteristics."


def test_a_reference_in_the_text_is_a_field_to_a_caption_that_exists(opened: WordDocument) -> None:
    marks = [mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))]
    asked = [code.split()[1] for code in codes(opened.element) if code.startswith("REF")]
    assert len(set(marks)) == len(marks)
    assert set(asked) <= set(marks)
    assert len(asked) >= 15
    ids = [mark.get(qn("w:id")) for mark in opened.element.iter(qn("w:bookmarkStart"))]
    assert len(set(ids)) == len(ids)
    (told,) = (one.text for one in opened.paragraphs if one.text.startswith("22 relapses in 98 patients"))
    assert told.endswith("See Table 4, Table 5 and Figure 2.")


def test_tables_are_words_own_and_repeat_their_header(opened: WordDocument) -> None:
    assert len(opened.tables) == sum(text.startswith("Table") for text in captions(opened))
    for table in opened.tables:
        assert table.style.name == "Report Table"
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert sum(column.width.cm for column in table.columns) == pytest.approx(TEXT_WIDTH_CM, abs=0.05)


def test_the_tables_hold_the_results(opened: WordDocument) -> None:
    cells = {cell.text for table in opened.tables for row in table.rows for cell in row.cells}
    for told in (
        "87 (71.3%)",
        "80.3% (72.4-86.4), 98/122",
        "4.72 (1.19-18.75)",
        "5.32 (1.40-20.14)",
        "not entered",
        "63.6% (49.6-76.2), 35/55",
        "50.8% (42.1-59.5), 62/122",
        "in use, published",
        "no response at week 24 (n = 24)",
    ):
        assert told in cells
    assert not any("log-rank P ≥" in text for text in cells)


def test_pages_are_numbered_and_synthetic_patients_are_stamped_on_each(opened: WordDocument) -> None:
    section = opened.sections[0]
    assert codes(section.footer._element) == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == STAMP
    assert opened.paragraphs[1].text == STAMP
    assert opened.core_properties.author == ""
    assert opened.core_properties.title.endswith("draft report")


def test_a_real_cohort_is_not_stamped() -> None:
    cohort = flat_cohort(3)
    opened = read(run_of(cohort, Settings(screening_p=1.0)))
    assert not cohort.synthetic
    assert "SYNTHETIC" not in opened.sections[0].header.paragraphs[0].text
    assert not any("SYNTHETIC" in paragraph.text for paragraph in opened.paragraphs)


def test_pictures_fit_the_page_and_have_their_alternative_texts(opened: WordDocument) -> None:
    shapes = opened.inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in shapes]
    assert described == [figure.alt for figure in (FIGURES[0], FIGURES[2], FIGURES[1], FIGURES[3])]
    assert all(shape.width.cm <= TEXT_WIDTH_CM and shape.height.cm <= 19.01 for shape in shapes)
    small, tall, wide, _ = shapes
    assert small.width.cm == pytest.approx(600 / 300 * 2.54, abs=0.01)
    assert tall.height.cm == pytest.approx(19, abs=0.01)
    assert tall.width / tall.height == pytest.approx(900 / 4000, rel=0.01)
    assert wide.width.cm == pytest.approx(WIDEST_CM, abs=0.01)


def test_a_picture_that_cannot_be_read_is_said(opened: WordDocument) -> None:
    assert sum("picture could not be read" in paragraph.text for paragraph in opened.paragraphs) == 1


def test_curves_of_another_outcome_are_not_in_the_section_of_the_chosen_one() -> None:
    other = ReportFigure(
        "survival-surgery", "Survival free of surgery", "Kaplan-Meier curve.", png(90, 60), "survival", "surgery"
    )
    shown = {one.title: one.figures for one in sections(replace(bundled(), figures=(FIGURES[2], other)))}
    assert shown["Time to relapse"] == (FIGURES[2],)
    assert shown["Further figures"] == (other,)


@pytest.mark.parametrize(
    ("section", "title"),
    [("predictors", "Predictors of relapse"), ("safety", "Adverse events"), ("response", "Response and remission"),
     ("multiverse", "Cut-off sensitivity"), ("cutoffs", "Cut-off sensitivity"), ("flow", "Patient flow"),
     ("a section to come", "Further figures")],
)  # fmt: skip
def test_a_figure_goes_where_its_section_is_told(section: str, title: str) -> None:
    figure = ReportFigure("one", "One", "A figure.", png(90, 60), section)
    shown = {one.title: one.figures for one in sections(replace(bundled(), figures=(figure,)))}
    assert shown[title] == (figure,)
    assert [one for one in shown.values() if one] == [(figure,)]


def test_what_a_reader_chooses_further_is_not_told() -> None:
    figure = ReportFigure("log-log-age", "Age", "A figure.", png(90, 60), "predictors", further=True)
    assert not any(one.figures for one in sections(replace(bundled(), figures=(figure,))))


def test_every_reference_of_the_list_is_cited_and_every_citation_listed(opened: WordDocument) -> None:
    texts = [paragraph.text for paragraph in opened.paragraphs]
    listed = [int(text.split(".")[0]) for text in texts[texts.index("References") + 1 :]]
    body = " ".join(texts[: texts.index("References")])
    cited = {int(number) for group in re.findall(r"\[([\d,]+)\]", body) for number in group.split(",")}
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)


def test_equal_runs_are_equal_documents(whole: Run) -> None:
    with ZipFile(BytesIO(document(whole))) as one, ZipFile(BytesIO(document(whole))) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def test_hostile_words_stay_words(opened: WordDocument) -> None:
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    assert '=1+1 <b>![](http://x/y.png)</b> & "quoted"   未测' in cells
    assert not list(opened.element.iter(qn("w:hyperlink")))
    assert {code.split()[0] for code in codes(opened.element)} == {"SEQ", "REF"}


@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_text_can_be_written(text: str) -> None:
    assert EMPTY.add_paragraph(clean(text)).text == clean(text)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_file_of_a_few_patients_makes_a_document(n: int) -> None:
    opened = read(run_of(flat_cohort(n), Settings(survival_group="crp", baseline_group="crp", screening_p=1.0)))
    assert headings(opened, 1) == ["Methods", "Results", "Limitations", "Supplement", "References"]
    assert any("could not be estimated" in paragraph.text for paragraph in opened.paragraphs)


def test_nothing_but_reasons_makes_a_document() -> None:
    results = {name: NotEstimable("the file is empty") for name in TITLES}
    opened = read(Run(flat_cohort(0), Settings(), results))
    told = [
        paragraph.text
        for paragraph in opened.paragraphs
        if "could not be estimated: the file is empty." in paragraph.text
    ]
    assert len(told) == len(TITLES) - len(CHECKS)  # those stand with the predictors
    assert len(opened.tables) == len(CHECKLISTS)


@pytest.mark.parametrize(
    "chosen",
    [{"survival_group": "tgn", "baseline_group": "location"}, {"cutoffs": "crp>1", "screening_p": 1.0}, {"clock": "late-entry"},
     {"horizon_months": 0.5}, {"outcome": "surgery", "at_months": ""}, {"scan_marker": "tgn", "cutoffs": "tgn>235"}],
)  # fmt: skip
def test_choices_make_documents(chosen: dict[str, object]) -> None:
    opened = read(bundled(replace(Settings(), **chosen)))
    assert len(opened.tables) == sum(text.startswith("Table") for text in captions(opened))


def test_widths_leave_numbers_whole_where_there_is_room() -> None:
    rows = [
        ["Factor", "HR (95% CI)", "P"],
        ["A rather long name of a variable, per unit", "14.43 (1.93-107.82)", "<0.001"],
    ]
    widths = column_widths(rows, 8.0)
    assert sum(widths) == pytest.approx(TEXT_WIDTH_CM)
    assert widths[1] > 19 * 8 * CHARACTER_CM_PER_POINT
    marked = column_widths([["Factor", "HR"], ["6-TGN ≥ 235 pmol/8×10⁸ RBC", "4.21 (1.24-14.24)"]], 40.0)
    assert marked[1] > marked[0]  # a label that begins with a digit may wrap, a number may not
    crowded = column_widths([["a" * 40] * 9, ["1.00 (0.50-2.00)"] * 9], 7.5)
    assert crowded == pytest.approx([TEXT_WIDTH_CM / 9] * 9)


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.0, "12"), (0.5, "0.5"), (float("nan"), ""), (None, ""), ("    L1", "    L1"), ("a\nb", "a b"), (3, "3")],
)
def test_cells(value: object, text: str) -> None:
    assert clean_cell(value) == text


def test_strobe_has_every_item_and_fills_what_the_run_shows(whole: Run) -> None:
    items = items_of(whole, ITEMS)
    assert [item.number for item in items] == [row[0] for row in ITEMS]
    assert {int(re.match(r"\d+", item.number).group()) for item in items} == set(range(1, 23))
    open_items = {item.number for item in items if not item.filled}
    assert open_items == {"1a", "1b", "2", "3", "4", "5", "6a", "6b", "8", "10", "12b", "18", "20", "21", "22"}
    assert all(item.text.startswith("For the author: ") != item.filled for item in items)


def test_strobe_of_a_run_without_results_asks_for_everything() -> None:
    run = Run(flat_cohort(0), Settings(), {})
    assert {item.number for item in items_of(run, ITEMS) if item.filled} == {"19"}
