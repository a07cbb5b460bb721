"""The Report page outside a browser: what is collected is what the pages show; the ledger, the lock, settings files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from cdanalysis.ui import frame

ROOT = Path(__file__).parents[2]
PAGES = [page for page, _, _ in frame.MENU if page != "pages/report.py"]
FLAT = "patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\nC,,30,1\n"


def page(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return (app if name == "app.py" else app.switch_page(name)).run()


def collected(cohort: Cohort | None = None, **query: str) -> Any:
    app = page("pages/report.py", cohort, **query)
    app.button(key="make-bundle").click().run()
    assert not app.exception
    return app.session_state["bundle"]


@pytest.fixture(scope="module")
def work() -> Any:
    return collected(crp_cutoff="14", survival_group="location")


@pytest.mark.parametrize("name", [page for page in PAGES if page != "pages/multiverse.py"])
def test_the_bundle_holds_every_table_of_every_page(work: Any, name: str) -> None:
    app = page(name, crp_cutoff="14", survival_group="location")
    kept = [one.shown for one in work.recorder.tables.values()]
    for shown in app.dataframe:
        assert any(_same(shown.value, table) for table in kept), list(shown.value.columns)


def test_a_page_that_shows_one_of_several_is_collected_for_each(work: Any) -> None:
    assert work.visited == len(work.stops)
    figures = work.recorder.figures
    assert {"survival-relapse", "survival-hospitalization", "survival-surgery", "cutoffs-crp", "cutoffs-tgn"} <= figures.keys()
    assert figures["relapse-by-crp"].live["cutoff_text"][figures["relapse-by-crp"].live["current"]] == "14"
    assert "course-of-follow-up-surgery" in work.recorder.tables
    assert "diagnostics" in work.recorder.tables
    assert "Predictors of relapse" not in " ".join(figures)


def test_a_small_file_is_collected_too_and_settings_are_what_they_were() -> None:
    app = page("pages/report.py", cd.read_cohort(FLAT.encode(), file_name="flat.csv"), outcome="surgery")
    app.button(key="make-bundle").click().run()
    assert not app.exception
    assert "recorder" not in app.session_state
    assert app.session_state["settings"] == cd.Settings(outcome="surgery")
    assert "survival-relapse" in app.session_state["bundle"].recorder.figures


def test_a_changed_setting_forgets_a_bundle_of_other_settings(work: Any) -> None:
    app = page("pages/report.py")
    app.session_state["bundle"] = work
    app.run()
    assert "bundle" not in app.session_state
    assert app.button(key="make-bundle")


def _same(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    return list(first.columns) == list(second.columns) and first.astype(str).equals(second.astype(str))
