"""Facts 3 and 13: a name of a saved file stands for one content, and no cell of any export is taken for a formula."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from functools import cache
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from facts.hostile import FORMULA, FORMULAS, MARK, STYLE, hostile_cohort, shown
from hypothesis import example, given
from hypothesis import strategies as st
from report.runs import run_of

from cdanalysis import Settings, demo_cohort
from cdanalysis.report.collecting import Collector
from cdanalysis.report.content import LedgerLine, ReportTable, Run
from cdanalysis.report.files.bundle import Extras, bundle
from cdanalysis.report.files.workbook import workbook
from cdanalysis.report.word.docx import document
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.ui.report_page import bundling
from cdanalysis.writing.tables.csv_file import harmless_cell, to_csv_bytes

SIGNS = "=+-@＝＋－＠\t\r\n"  # noqa: RUF001
UNSEEN = " \u00a0\u3000\u200b\u2060\ufeff\u202a"
SETTINGS = Settings(
    candidates=joined(("crp", "tgn", STYLE, FORMULA)), screening_p=1.0, survival_group=FORMULA, baseline_group=FORMULA
)
SAME_FOR_ALL = {"cohort-template.xlsx", "printed-results.csv", "published-ratios.csv"}


def formulas_of(content: bytes) -> list[str]:
    """The cells of a CSV file that a spreadsheet would take for formulas, whichever of , and ; parts its cells."""
    text = content.decode("utf-8-sig")
    rows = [row for mark in ",;" for row in csv.reader(StringIO(text, newline=""), delimiter=mark)]
    return [cell for row in rows for cell in row if cell.lstrip(UNSEEN)[:1] in SIGNS and cell and not is_number(cell)]


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with or without its interval in brackets, or blank: nothing in it can be run.

    A line whose first cell is a number begins with one where ; parts its cells: -0,"n" is no sum either.
    """
    bare = cell.replace(" to ", "-", 1)
    return not cell.lstrip(UNSEEN) or any(
        re.fullmatch(r"[-+]?\d[\d.,]*%?( \([-\d.,%]+\))?", one) for one in (bare, bare.split(",")[0])
    )


@cache
def files() -> dict[str, bytes]:
    """A bundle of the hostile cohort with every table of every page, by the names in it."""
    run = run_of(hostile_cohort(), SETTINGS, checked=False)
    every = [table for one in shown() for table in one.tables]
    kept = tuple(ReportTable(f"{FORMULA}{i}", FORMULA, table, FORMULA) for i, table in enumerate(every))
    ledger = (LedgerLine("10:00:00", FORMULAS[2], FORMULAS[3], FORMULAS[4], "literature"),)
    whole = Run(run.cohort, SETTINGS, run.results, (), kept, ledger, "2026-11-24", "http://localhost:8501/")
    numbers = {kept[0].name: pd.DataFrame({FORMULA: FORMULAS})}
    content = bundle(whole, Extras({}, numbers, document(whole), "{}", [FORMULA]))
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_table_that_a_page_saves_holds_a_formula() -> None:
    saved = {name: content for one in shown() for name, content in one.files if name.endswith(".csv")}
    assert len(saved) > 20
    assert {name: found for name, content in saved.items() if (found := formulas_of(content))} == {}
    together = b"".join(saved.values()).decode("utf-8", "ignore")
    for word in (FORMULA.split('"')[0], f"@SUM({MARK})", f"+1;'=cmd|{MARK}", f"={MARK}", f"-{MARK}"):
        assert re.search(rf"'[{UNSEEN}]*{re.escape(word)}", together), word


def test_no_file_of_the_bundle_holds_a_formula() -> None:
    csvs = {name: content for name, content in files().items() if name.endswith(".csv")}
    assert "ledger.csv" in csvs
    assert len(csvs) > 20
    assert {name: found for name, content in csvs.items() if (found := formulas_of(content))} == {}


def test_no_cell_of_the_workbook_is_a_formula_or_a_link_and_the_words_are_as_they_were() -> None:
    with ZipFile(BytesIO(files()["tables/tables.xlsx"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/")]
    assert len(sheets) > 20
    assert not any(re.search(rb"<f[ >]|hyperlink", part) for part in sheets)
    assert not any("externalLink" in name for name in parts)
    assert f"={MARK}".encode() in parts["xl/sharedStrings.xml"]
    assert (
        FORMULA.replace('"', "&quot;").encode() in parts["xl/sharedStrings.xml"]
        or FORMULA.encode() in parts["xl/sharedStrings.xml"]
    )


def test_the_word_file_holds_the_words_as_words() -> None:
    opened = Document(BytesIO(files()["report.docx"]))
    assert not list(opened.element.iter(qn("w:hyperlink")))
    codes = [element.text for element in opened.element.iter(qn("w:instrText"))]
    assert {code.split()[0] for code in codes} <= {"SEQ", "REF", "PAGE", "NUMPAGES"}
    cells = " ".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    assert MARK in cells
    assert "'=" not in cells


def test_a_name_of_a_saved_file_stands_for_one_content() -> None:
    """Fact 3: Streamlit hands out an older file under a name whose content differs in its middle."""
    contents: dict[str, set[bytes]] = {}
    for one in shown():
        for name, content in one.files:
            contents.setdefault(name, set()).add(content)
    for name, versions in contents.items():
        assert len(versions) == 1, name
        assert name.isascii()
        assert MARK not in name
        if name.endswith((".csv", ".json")) and name not in SAME_FOR_ALL:  # a ZIP's bytes differ at its ends too
            assert sha256(versions.pop()).hexdigest()[:8] in name
    assert contents.keys() >= SAME_FOR_ALL


def test_two_large_tables_that_differ_in_one_flag_have_two_names() -> None:
    """More than 1 MiB, the difference outside the three samples that Streamlit looks at."""
    flags = pd.DataFrame({"patient": [f"P{i:07}" for i in range(120_000)], "high": 0})
    other = flags.copy()
    other.loc[30_000, "high"] = 1
    one, two = to_csv_bytes(flags), to_csv_bytes(other)
    step = 1 << 16
    middle = slice(len(one) // 2 - step, len(one) // 2 + step)
    assert len(one) == len(two) > 1 << 20
    assert one != two
    assert (one[:step], one[middle], one[-step:]) == (two[:step], two[middle], two[-step:])
    assert sha256(one).hexdigest()[:8] != sha256(two).hexdigest()[:8]


@given(st.text(st.characters() | st.sampled_from(SIGNS + UNSEEN), max_size=12))
@example("-0")
def test_any_text_in_a_table_is_no_formula_and_breaks_no_file(text: str) -> None:
    """Controls, lone surrogates, U+FFFE: every export is written and read back."""
    frame = pd.DataFrame({text: [text, "a"], "n": [-1.5, 2.0]})
    content = to_csv_bytes(frame)
    assert formulas_of(content) == []
    assert '"n"\r\n' in content.decode("utf-8-sig")
    book = workbook([ReportTable("t", text, frame, text)], datetime(2026, 1, 1))
    with ZipFile(BytesIO(book)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("value", [-1.5, -3, None, float("nan"), True])
def test_what_is_no_text_stays_what_it_is(value: object) -> None:
    assert harmless_cell(value) is value


def test_a_cell_longer_than_excel_takes_is_cut_and_written() -> None:
    frame = pd.DataFrame({"a": ["x" * 40_000]})
    book = workbook([ReportTable("t", "t", frame, "")], datetime(2026, 1, 1))
    with ZipFile(BytesIO(book)) as archive:
        assert archive.read("xl/sharedStrings.xml").count(b"x" * 32_767) == 1
    assert to_csv_bytes(frame).count(b"x") == 40_000


def test_a_bundle_is_named_by_its_content() -> None:
    made = [
        bundling.Work(("a", Settings()), [], Collector(demo_cohort()), content=content)
        for content in (b"PK one", b"PK two", b"PK one")
    ]
    one, two, again = map(bundling.file_name, made)
    assert one == again != two
