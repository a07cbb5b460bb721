"""The Cohort page asks how a text file is to be read: what was found is said, a choice is previewed, read, kept and restored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cdanalysis.reading.headers.corrections import to_json
from cdanalysis.report.content import Run
from cdanalysis.report.files.readme import readme

ROOT = Path(__file__).parents[2]
CUT = ("编号,性别,CRP,随访月数\n" + "".join(f"P{i},男,{i}.5,{i + 20}\n" for i in range(10))).encode(
    "gb18030"
) + b"P10,\xc4,3,9\n"
GERMAN = (
    "Patient;CRP;Größe;IL-6;follow_up_months\n" + "".join(f"Ä{i};{i},25;1,7{i};{i + 1},250;9\n" for i in range(10))
).encode("cp1252")
TABS = b"id\tCRP\tfollow_up_months\nA\t1,5\t9\nB\t2,5\t9\n"


def opened(name: str, content: bytes) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.file_uploader[0].upload(name, content, "text/csv").run()


def label(app: AppTest) -> str:
    return next((one.label for one in app.expander if "ext" in one.label and "read" in one.label), "")


def choose(app: AppTest, part: str, value: str) -> AppTest:
    return next(one for one in app.selectbox if one.key.startswith(f"text-{part}-")).select(value).run()


def read_again(app: AppTest) -> AppTest:
    return app.button(key="read-in-form").click().run()


def preview(app: AppTest) -> list[list[str]]:
    """The first rows on screen, under their headers."""
    shown = app.dataframe[0].value
    return [list(shown.columns), *shown.to_numpy().tolist()]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GERMAN, "Windows-1252 Western European (a guess), semicolon between cells (found), decimal comma (found)"),
        (TABS, "UTF-8 (found), tab between cells (found), decimal comma (found)"),
        (TABS.decode().encode("utf-16"), "UTF-16 (found), tab between cells (found), decimal comma (found)"),
    ],
)
def test_what_was_found_is_said(content: bytes, said: str) -> None:
    app = opened("x.csv", content)
    assert label(app) == f"Text file read as {said}"
    assert app.session_state["cohort"].patients["crp_mg_per_l"].iloc[1] in (1.25, 2.5)
    assert app.button(key="read-in-form").disabled
    assert not app.exception


def test_a_chinese_file_taken_for_another_is_seen_chosen_and_read() -> None:
    app = opened("cut.csv", CUT)
    assert "It is not clear what tells the patients apart" in app.error[0].value
    assert "Windows-1252 Western European (a guess)" in label(app)
    assert preview(app)[0][0] == "±àºÅ"
    choose(app, "encoding", "gb18030")
    assert preview(app)[:2] == [["编号", "性别", "CRP", "随访月数"], ["P0", "男", "0.5", "20"]]
    assert app.session_state["cohort"].synthetic
    read_again(app)
    assert not app.error
    assert "GB18030 simplified Chinese (chosen), comma between cells (found)" in label(app)
    cohort = app.session_state["cohort"]
    assert cohort.patients["sex"].tolist()[:2] == ["male", "male"]
    assert "is none in gb18030" in " ".join(fault.found for fault in cohort.faults)


def test_a_decimal_mark_changes_the_preview_at_once_and_the_numbers_when_it_is_read() -> None:
    app = opened("klinik.csv", GERMAN)
    assert preview(app)[2] == ["Ä1", "1.25", "1.71", "2.25", "9"]
    choose(app, "decimal", ".")
    assert preview(app)[2] == ["Ä1", "1.25", "1.71", "2250", "9"]  # 1,25 can be one thing only
    assert app.session_state["cohort"].patients["IL-6"].iloc[1] == 2.25
    read_again(app)
    assert app.session_state["cohort"].text.parts == ("cp1252", ";", ".")
    assert app.session_state["cohort"].patients["IL-6"].iloc[1] == 2250
    assert app.session_state["cohort"].patients["crp_mg_per_l"].iloc[1] == 1.25
    choose(app, "decimal", "")
    read_again(app)
    assert app.session_state["cohort"].patients["IL-6"].iloc[1] == 2.25
    assert "chosen" not in label(app)


def test_a_form_that_cannot_read_the_file_says_so_and_the_last_good_one_stays() -> None:
    app = opened("klinik.csv", GERMAN)
    before = app.session_state["cohort"]
    choose(app, "encoding", "utf-8")
    assert any("not text in utf-8" in one.value and "Nothing was changed" in one.value for one in app.warning)
    assert app.button(key="read-in-form").disabled
    choose(app, "encoding", "")
    choose(app, "delimiter", "|")
    assert any("every row is one cell" in one.value for one in app.warning)
    choose(app, "delimiter", ",")  # the decimal commas part the rows: there are columns, and no identifier among them
    read_again(app)
    assert "Columns are missing" in app.error[0].value
    assert "cp1252" in app.session_state["file"].look.text.parts
    assert app.session_state["cohort"] is before
    assert not app.exception


def test_the_choice_is_kept_in_the_saved_matching_restored_and_told_in_the_bundle() -> None:
    app = opened("cut.csv", CUT)
    choose(app, "encoding", "gb18030")
    read_again(app)
    cohort = app.session_state["cohort"]
    saved = to_json(app.session_state["file"].look.matching)
    assert json.loads(saved)["text"] == {"encoding": "gb18030"}
    other = opened("later.csv", CUT)
    other.file_uploader(key="saved-matching").upload("m.json", saved.encode(), "application/json").run()
    assert not other.error
    assert other.session_state["cohort"].patients.equals(cohort.patients)
    assert "(chosen)" in label(other)
    text = readme(Run(cohort, app.session_state["settings"], {}, (), (), (), "2026-01-01", "http://localhost"))
    assert "Text file         GB18030 simplified Chinese (chosen), comma between cells (found), decimal point" in text


def test_the_columns_that_were_named_stay_named_and_a_workbook_has_no_form() -> None:
    content = "Kennung;CRP;follow_up_months\nÄ1;1,5;9\nÄ2;2,5;9\n".encode("cp1252")
    app = opened("k.csv", content)
    named = {
        "format": "cdanalysis matching",
        "version": 1,
        "sheets": {},
        "columns": [{"sheet": "patients", "header": "Kennung", "column": "patient_id", "unit": "", "week": None}],
    }
    app.file_uploader(key="saved-matching").upload("m.json", json.dumps(named).encode(), "application/json").run()
    assert app.session_state["cohort"].patients["patient_id"].tolist() == ["Ä1", "Ä2"]
    choose(app, "encoding", "cp1250")
    read_again(app)
    assert not app.error
    assert app.session_state["cohort"].text.chosen == ("encoding",)
    assert len(app.session_state["cohort"].patients) == 2
    app.file_uploader[0].set_value(("c.xlsx", (ROOT / "assets" / "demo_cohort.xlsx").read_bytes(), "")).run()
    assert label(app) == ""


def test_a_text_that_is_no_table_says_so_and_nothing_else_breaks() -> None:
    app = opened("torn.csv", b'id;CRP\n"A;1\nB;2\n')
    assert "never closed" in app.error[0].value
    assert label(app) == "How the text is read"
    assert any("never closed" in one.value and "Nothing was changed" in one.value for one in app.warning)
    assert app.button(key="read-in-form").disabled
    choose(app, "encoding", "utf-16")
    assert not app.exception
    assert app.session_state["cohort"].synthetic
