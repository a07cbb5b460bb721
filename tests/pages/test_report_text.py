"""The text of the report on the Report page: written when asked for, escaped, and of the settings in use."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.report.ledger import Locked
from cdanalysis.report.word.docx import STAMP
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.ui.report_page import bundling

ROOT = Path(__file__).parents[2]
HOSTILE = "patient_id,crp_mg_per_l,relapse_months,relapse_event,![](http://x/y)\nA,5,10,1,a\nB,15,20,0,b\nC,25,30,1,b\n"


def report(**state: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for key, value in state.items():
        app.session_state[key] = value
    app.switch_page("pages/report.py").run()
    app.toggle(key="write-text").set_value(True).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(str(one.value) for one in app.markdown)


def test_the_text_is_written_when_it_is_asked_for_and_follows_the_settings() -> None:
    app = report(settings=cd.Settings(cutoffs="crp>8.5", clock="naive"))
    text = said(app)
    assert "CRP > 8.5 mg/L (data-driven, neither locked before looking nor published)" in text
    assert "Guarantee time" in text
    assert "weighted residuals" in text
    assert r"\[2] Best WR" in text.replace(r"\]", "]")
    items = next(one.value for one in app.dataframe if "Filled by" in one.value.columns)
    assert set(items["Filled by"]) == {"run", "author"}
    app.toggle(key="write-text").set_value(False).run()
    assert "Guarantee time" not in said(app)


def test_a_hostile_header_is_shown_letter_by_letter() -> None:
    cohort = cd.read_cohort(HOSTILE.encode(), file_name="flat.csv")
    text = said(
        report(cohort=cohort, settings=cd.Settings(candidates=joined(("crp", *cohort.extra_columns)), screening_p=1.0))
    )
    assert "http://" not in text
    assert r"!\[\](" in text


def test_a_locked_cutoff_is_told_as_pre_specified() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["settings"] = cd.Settings(cutoffs="crp>8.5")
    app.session_state["locked"] = Locked(datetime(2020, 1, 1, tzinfo=UTC), cd.Settings(cutoffs="crp>8.5"))
    app.switch_page("pages/report.py").run()
    app.toggle(key="write-text").set_value(True).run()
    assert "(pre-specified, locked before anything was looked at)" in said(app)
    app.button(key="unlock").click().run()
    app.button(key="lock").click().run()
    assert "locked after 1 specification was looked at" in said(app)


def test_the_bundle_holds_the_word_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundling.Work, "waiting", property(lambda _: []))  # no browser draws the figures here
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=240).switch_page("pages/report.py").run()
    app.radio(key="bundle-for").set_value("me").run()
    app.button(key="make-bundle").click().run()
    assert not app.exception
    with ZipFile(BytesIO(app.session_state["bundle"].content)) as archive:
        opened = Document(BytesIO(archive.read("report.docx")))
    assert opened.sections[0].header.paragraphs[0].text == STAMP
    cells = {cell.text for table in opened.tables for row in table.rows for cell in row.cells}
    assert "4.72 (1.19-18.75)" in cells
