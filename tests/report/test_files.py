"""What the bundle is made of: workbook, settings file, script, ZIP; hostile texts stay texts, numbers stay numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, fields, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import cdanalysis as cd
from cdanalysis.demo import WORKBOOK
from cdanalysis.report.content import LedgerLine, ReportFigure, ReportTable, Run
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.files.bundle import Extras, bundle
from cdanalysis.report.files.script import script
from cdanalysis.report.files.settings_json import settings_from_json, settings_to_json
from cdanalysis.report.files.workbook import sheet_names, workbook
from cdanalysis.sections.cutoffs.words import cutoffs_sentence
from cdanalysis.sections.models.tables import predictors_table

ROOT = Path(__file__).parents[2]
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "http://x.y", "plain", "12"]
CHOSEN = cd.Settings(
    cutoffs="crp>14", relapse_definition="rise-100", ties="breslow", candidates="crp,tgn,esr", scan_marker="tgn"
)


def table(name: str, frame: pd.DataFrame) -> ReportTable:
    return ReportTable(name, f"Table {name}", frame, "")


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    frame = pd.DataFrame(
        {"=text": HOSTILE, "n": pd.array([1, None, 3, 4, 5, 6, 7, 8], "Int64"), "x": [0.1] * 7 + [float("nan")]}
    )
    content = workbook([table("one", frame)], datetime(2026, 1, 1))
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("one")
    rows = sheet.to_python()
    assert [row[0] for row in rows] == ["=text", *HOSTILE]
    assert [row[1] for row in rows[1:]] == [1, "", 3, 4, 5, 6, 7, 8]
    assert [row[2] for row in rows[1:]] == [0.1] * 7 + [""]
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b"<f>" not in parts["xl/worksheets/sheet2.xml"]
    assert b'quotePrefix="1"' in parts["xl/styles.xml"]
    assert not any("hyperlink" in name or b"hyperlink" in part for name, part in parts.items())


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheet_names_are_what_excel_accepts(names: list[str]) -> None:
    given_names = sheet_names(names)
    assert len({name.lower() for name in given_names} | {"contents"}) == len(names) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in given_names)


def test_settings_travel_in_a_file_and_its_impossible_values_are_dropped_one_by_one() -> None:
    assert settings_from_json(settings_to_json(CHOSEN).encode()) == (CHOSEN, ())
    values = {
        **asdict(CHOSEN),
        "cutoffs": "crp>1e9",
        "ties": "exact",
        "show_interval": 3,
        "landmark_week": [24],
        "other": 1,
    }
    loaded, dropped = settings_from_json(json.dumps({"settings": values}).encode())
    kept = replace(CHOSEN, cutoffs="crp>10", ties="efron")
    assert loaded == kept
    assert len(dropped) == 5
    assert all("file" in sentence for sentence in dropped)
    assert any("0 to 600" in sentence for sentence in dropped)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[1]", b"{}", b'{"settings": 3}', b"[" * 90_000, b" " * 200_000, b"NaN"]
)
def test_a_file_that_holds_no_settings_is_said_to_hold_none(content: bytes) -> None:
    loaded, (sentence,) = settings_from_json(content)
    assert loaded is None
    assert "holds no settings" in sentence


def test_the_exported_script_prints_the_numbers_of_the_pages(tmp_path: Path) -> None:
    cohort = cd.demo_cohort()
    path = tmp_path / "analysis.py"
    path.write_text(script(cohort, CHOSEN), encoding="utf-8")
    (tmp_path / "columns.json").write_text(cohort.study.to_json(), encoding="utf-8")
    command = [sys.executable, str(path), str(WORKBOOK)]
    ran = subprocess.run(command, env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, capture_output=True, check=False)
    printed, said = ran.stdout.decode(), ran.stderr.decode()
    assert ran.returncode == 0, said
    assert said == ""
    shown = {part.split("\n")[0]: part for part in printed.split("\n# ")}
    found = cd.analyses.predictors(cohort, CHOSEN)
    for line in predictors_table(found.rows, CHOSEN).to_csv(index=False).splitlines():
        assert line in shown["predictors"]
    assert "CRP > 14 mg/L" in shown["predictors"]
    scan = cd.analyses.cutoffs(cohort, CHOSEN)
    assert cutoffs_sentence(scan) in shown["cutoffs"]
    assert "70.5% (61.9-77.9), 86/122" in shown["response"]
    assert {"baseline", "survival", "endoscopy", "safety"} <= shown.keys()


def test_a_script_says_when_the_file_is_another_and_when_nothing_can_be_estimated(tmp_path: Path) -> None:
    hostile = replace(CHOSEN, candidates='\')\nimport os #"""')
    path, other = tmp_path / "analysis.py", tmp_path / "other.csv"
    path.write_text(script(cd.demo_cohort(), hostile), encoding="utf-8")
    other.write_text("patient_id,crp\nA,3\nB,4\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(path), str(other)], env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert b"another file" in ran.stderr
    assert b"# predictors" in ran.stdout
    assert b"Not estimable: " in ran.stdout


def test_a_bundle_holds_everything_once_and_equal_contents_are_equal_bytes() -> None:
    cohort, png = cd.demo_cohort(), b"\x89PNG"
    frame = pd.DataFrame({"Factor": ["=CRP"], "P": ["0.027"]})
    run = Run(
        cohort, CHOSEN, {}, (ReportFigure("forest", "Forest plot", "A <forest>", png),), (table("predictors", frame),),
        (LedgerLine("10:00:00", "=x", "CRP 4.72", "0.027", "pre-specified"),), "2026-01-02", "http://localhost:8501/?ties=breslow",
    )  # fmt: skip
    extras = Extras(
        {"forest": "<svg/>"}, {"predictors": frame}, b"PK docx", "{}", ["The figure x could not be drawn: y."]
    )
    content = bundle(run, extras)
    assert bundle(run, extras) == content
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files.keys() == {
        "README.txt", "report.docx", "settings.json", "columns.json", "analysis.py", "ledger.csv", "tables/tables.xlsx",
        "tables/csv/predictors.csv", "tables/csv/predictors-numbers.csv", "figures/png/01-forest.png", "figures/svg/01-forest.svg",
    }  # fmt: skip
    with ZipFile(BytesIO(bundle(run, replace(extras, model_json='{"kind": "model"}')))) as archive:
        assert set(archive.namelist()) - files.keys() == {"prognostic-model.json"}
    with ZipFile(BytesIO(bundle(run, replace(extras, model_json='{"kind": "model"}', rule=Rule(5))))) as archive:
        assert "prognostic-model.json" not in archive.namelist()
    text = files["README.txt"].decode()
    for part in (cohort.content_sha256, run.link, "2026-01-02", f"Results version   {cd.RESULTS_VERSION}", "SYNTHETIC",
                 "could not be drawn", "A <forest>", f"pandas {pd.__version__}"):  # fmt: skip
        assert part in text
    assert b"'=CRP" in files["tables/csv/predictors.csv"]
    assert b',"\'=x",' in files["ledger.csv"]


def test_a_file_has_the_sha256_of_its_bytes() -> None:
    import hashlib

    assert cd.demo_cohort().content_sha256 == hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()


def test_a_script_names_only_what_differs_from_the_defaults() -> None:
    text = script(cd.demo_cohort(), CHOSEN)
    named = {field.name for field in fields(cd.Settings) if f"    {field.name}=" in text}
    assert named == {"cutoffs", "candidates", "ties", "relapse_definition", "scan_marker"}
