"""Reading: layouts that give one cohort, values as their column says, and every bad input as a sentence or a fault."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

import cdanalysis as cd
from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.indices.index_columns import COMPONENTS
from cdanalysis.reading import Cohort
from cdanalysis.reading.bytes.files import decoded
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.report.files.template import TEMPLATE, write_template

HEADER = "patient_id,crp_mg_per_l,follow_up_months,relapse_months,relapse_event\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    """An xlsx from rows of cells; dates become date cells."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell, day if isinstance(cell, date) else None)
    return content.getvalue()


def flat(*rows: str, header: str = HEADER) -> Cohort:
    """The cohort of a small csv."""
    return cd.read_cohort((header + "\n".join(rows)).encode(), file_name="flat.csv")


def faults(cohort: object, severity: str = "error") -> list[tuple[object, ...]]:
    """Faults as (sheet, row, column, found)."""
    return [(f.sheet, f.row, f.column, f.found) for f in cohort.faults if f.severity == severity]


def test_a_flat_table_with_its_outcome_is_read_as_it_is() -> None:
    cohort = flat("007,12.5,24,10,yes", "8,<5,30,30,0")
    assert list(cohort.patients["patient_id"]) == ["007", "8"]
    assert list(cohort.patients["crp_mg_per_l"]) == [12.5, 2.5]
    assert list(cohort.patients["relapse_event"]) == [True, False]
    assert cohort.patients["follow_up_days"].tolist() == pytest.approx([24 * 30.4375, 30 * 30.4375])
    assert faults(cohort, "warning")[0][2:] == (
        "crp_mg_per_l",
        "1 × below the limit of detection, read as half the limit",
    )


def test_dates_and_durations_give_the_same_cohort() -> None:
    start = date(2020, 1, 31)
    dated = workbook(
        patients=[["patient_id", "start_date", "last_follow_up_date"], ["A", start, start + timedelta(400)]],
        visits=[["patient_id", "visit_date", "cdai_points"], ["A", start, 300], ["A", start + timedelta(168), 120]],
        events=[["patient_id", "event_date", "event"], ["A", start + timedelta(200), "abscess"]],
    )
    lasting = workbook(
        patients=[["patient_id", "follow_up_days"], ["A", 400]],
        visits=[["patient_id", "week", "cdai_points"], ["A", 0, 300], ["A", 24, 120]],
        events=[["patient_id", "days", "event"], ["A", 200, "abscess"]],
    )
    one, other = (cd.read_cohort(content) for content in (dated, lasting))
    assert one.faults == other.faults == ()
    for sheet, columns in (("visits", ["days", "week", "months", "cdai_points"]), ("events", ["days", "event"])):
        pd.testing.assert_frame_equal(getattr(one, sheet)[columns], getattr(other, sheet)[columns])
    assert one.patients["follow_up_days"].tolist() == other.patients["follow_up_days"].tolist() == [400]


def test_wide_visits_equal_long_visits() -> None:
    wide = flat("A,300,200,120", "B,280,,150", header="Patient,CDAI week 0,cdai_week_8,CDAI W24\n")
    long = cd.read_cohort(
        workbook(
            patients=[["patient_id"], ["A"], ["B"]],
            visits=[["patient_id", "week", "cdai_points"], ["A", 0, 300], ["A", 8, 200], ["A", 24, 120], ["B", 0, 280],
                    ["B", 24, 150]],
        )
    )  # fmt: skip
    columns = ["patient_id", "days", "cdai_points"]
    pd.testing.assert_frame_equal(wide.visits[columns], long.visits[columns])


def test_a_table_of_visits_gives_patients_and_visits() -> None:
    cohort = flat("A,0,300,male", "A,24,120,male", "B,0,280,female", header="id,week,cdai,sex\n")
    assert list(cohort.patients["patient_id"]) == ["A", "B"]
    assert list(cohort.patients["sex"]) == ["male", "female"]
    assert len(cohort.visits) == 3


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("CRP", "crp_mg_per_l", 1), ("CRP (mg/L)", "crp_mg_per_l", 1), ("CRP (mg/dL)", "crp_mg_per_l", 10),
        ("hs-CRP", "crp_mg_per_l", 1), ("血沉", "esr_mm_per_h", 1), ("6-TGN", "tgn_pmol_per_8e8_rbc", 1),
        ("Hb (g/dL)", "haemoglobin_g_per_l", 10), ("性别", "sex", 1), ("Montreal behavior", "disease_behaviour", 1),
        ("Follow-up (years)", "follow_up_months", 12), ("Hospital no", "patient_id", 1), ("phone no", "", 1),
        ("shoe size", "", 1),
    ],
)  # fmt: skip
def test_headers_are_matched_by_name_synonym_and_unit(header: str, column: str, factor: float) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.factor) == (column, pytest.approx(factor))


def test_a_conversion_is_said_and_done() -> None:
    cohort = flat("A,1.2,24,10,1", header=HEADER.replace("crp_mg_per_l", "CRP (mg/dL)"))
    assert cohort.patients["crp_mg_per_l"].tolist() == [12]
    assert "converted from mg/dL to mg/L" in next(r.note for r in cohort.matching if r.column == "crp_mg_per_l")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (HEADER.encode(), "no row below its headers"),
        (b"crp,follow_up_months\n3,4\n", "patient_id"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"%PDF-1.7 something", "PDF"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0 old", "no workbook"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02\x03", "kind of file"),
    ],
)
def test_a_file_that_cannot_be_analysed_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(cd.CohortError, match=said):
        cd.read_cohort(content, file_name="x.xlsx")


def test_every_fault_is_named_at_once_and_nothing_else_is_lost() -> None:
    cohort = flat("A,high,24,10,yes", "B,7000,24,5,no", "A,3,24,10,no", "C,999,24,8,perhaps", ",4,24,2,1")
    assert faults(cohort) == [
        ("patients", 2, "crp_mg_per_l", "high"),
        ("patients", 3, "crp_mg_per_l", "7000"),
        ("patients", 5, "relapse_event", "perhaps"),
        ("patients", 6, "patient_id", "empty"),
        ("patients", 2, "patient_id", "A"),
        ("patients", 4, "patient_id", "A"),
    ]
    assert list(cohort.patients["patient_id"]) == ["A", "B", "C"]
    assert cohort.patients["crp_mg_per_l"].isna().all()
    assert [(one.reason, one.n) for one in cohort.excluded] == [
        ("patient without an identifier", 1),
        ("second row of a patient", 1),
    ]
    assert ("patients", None, "crp_mg_per_l", "1 × the missing code 999") in faults(cohort, "warning")


def test_an_end_before_the_start_and_a_visit_of_an_unknown_patient() -> None:
    start = date(2020, 5, 1)
    cohort = cd.read_cohort(
        workbook(
            patients=[["patient_id", "start_date", "last_follow_up_date"], ["A", start, start - timedelta(30)]],
            visits=[
                ["patient_id", "visit_date", "cdai_points"],
                ["A", start, 200],
                ["Z", start, 200],
                ["A", None, 150],
            ],
        )
    )
    assert faults(cohort) == [
        ("patients", 2, "last_follow_up_date", "30 days before the start"),
        ("visits", 3, "patient_id", "Z"),
        ("visits", 4, "visit_date", "no time"),
    ]
    assert len(cohort.visits) == 1
    assert cohort.patients["follow_up_days"].isna().all()


@pytest.mark.parametrize(
    ("codes", "values"),
    [("yes no", [True, False]), ("1 0", [True, False]), ("TRUE FALSE", [True, False]), ("是 否", [True, False]),
     ("Y n", [True, False]), ("1 2", [None, None]), ("1 0 2", [True, False, None])],
)  # fmt: skip
def test_an_event_is_coded_in_words_or_1_and_0_and_a_2_is_never_an_event(codes: str, values: list[object]) -> None:
    cohort = flat(*(f"P{place},3,24,10,{code}" for place, code in enumerate(codes.split())))
    assert [None if pd.isna(value) else bool(value) for value in cohort.patients["relapse_event"]] == values
    assert bool(cohort.questions) is (None in values)


def test_a_marker_missing_for_everyone_and_everyone_censored_can_still_be_read() -> None:
    cohort = flat("A,,24,10,0", "B,NA,24,5,0")
    assert ("patients", None, "crp_mg_per_l", "no value in any patient") in faults(cohort, "warning")
    result = cd.analyses.predictors(cohort, cd.Settings())
    assert result.handles == ()
    assert result.n_events == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_text_is_read_in_any_encoding(encoding: str) -> None:
    assert decoded("编号,性别\n1,男\n".encode(encoding)) == "编号,性别\n1,男\n"


def test_windows_text_semicolons_and_decimal_commas_are_read() -> None:
    text = "Patient;CRP (mg/L);Größe\nÄ1;12,5;1,80\nÄ2;<0,5;1,75\n"
    cohort = cd.read_cohort(text.encode("cp1252"), file_name="klinik.csv")
    assert cohort.patients["crp_mg_per_l"].tolist() == [12.5, 0.25]
    assert cohort.patients["Größe"].tolist() == [1.8, 1.75]
    assert cohort.extra_columns == ("Größe",)


@pytest.mark.parametrize(
    "header", ["=1+1", "![](http://x/y.png)", "__import__('os').mkdir('x')", "<script>", "a`b`{c}"]
)
def test_hostile_headers_stay_text(header: str) -> None:
    cohort = flat("A,3,1", "B,4,2", header=f'patient_id,crp,"{header}"\n')
    assert cohort.extra_columns == (header,)


def test_a_stray_cell_in_the_last_column_is_refused_before_anything_is_allocated() -> None:
    content = io.BytesIO(workbook(patients=[["patient_id"], ["A"]]))
    bomb = io.BytesIO()
    with zipfile.ZipFile(content) as clean, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in clean.namelist():
            part = clean.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            bad.writestr(name, part)
    with pytest.raises(cd.CohortError, match="larger than"):
        cd.read_cohort(bomb.getvalue())


def test_the_template_agrees_with_the_dictionary(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    write_template(tmp_path / "template.xlsx")
    for path in (TEMPLATE, tmp_path / "template.xlsx"):
        book = CalamineWorkbook.from_path(path)
        assert book.sheet_names == ["dictionary", *COLUMNS]
        for sheet, specs in COLUMNS.items():
            assert book.get_sheet_by_name(sheet).to_python()[0] == [
                spec.name for spec in specs if spec not in COMPONENTS
            ]
    assert CalamineWorkbook.from_path(TEMPLATE).get_sheet_by_name("dictionary").to_python() == (
        CalamineWorkbook.from_path(tmp_path / "template.xlsx").get_sheet_by_name("dictionary").to_python()
    )
    with pytest.raises(cd.CohortError, match="no row below"):
        cd.read_cohort(TEMPLATE)


def test_the_same_bytes_have_the_same_fingerprint_and_other_bytes_another() -> None:
    one, same, other = flat("A,3,24,1,1"), flat("A,3,24,1,1"), flat("A,4,24,1,1")
    assert one.fingerprint == same.fingerprint != other.fingerprint
