"""The Report page outside a browser: what is collected is what the pages show; the ledger, the lock, settings files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from page_tables import as_printed, with_open_groups
from pages.greyscale import alike_in_grey
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis import sections
from cdanalysis.drawing import theme
from cdanalysis.reading import Cohort
from cdanalysis.report.collecting import HOW_TO_ASK, Collector
from cdanalysis.report.files.workbook import sheet_names
from cdanalysis.report.ledger import Locked
from cdanalysis.sections.parts import LookCloser
from cdanalysis.ui.report_page import bundling
from cdanalysis.ui.shell import frame

ROOT = Path(__file__).parents[2]
PAGES = [page.path for page in frame.MENU if page.section]
PARTED = {page.path: page.section for page in frame.MENU if page.section in ("survival", "predictors", "cutoffs")}
NOT_ASKED_WORDS = "takes long and was not asked for"
CHANGED = {"cutoffs": "crp>14", "survival_group": "location"}
FLAT = "patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\nC,,30,1\n"


def page(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120))
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return (app if name == "app.py" else app.switch_page(name)).run()


def collected(cohort: Cohort | None = None, **query: str) -> Any:
    app = page("pages/report.py", cohort, **query)
    app.radio(key="bundle-for").set_value("me").run()
    app.button(key="make-bundle").click().run()
    assert not app.exception
    return app.session_state["bundle"]


class Watched(dict[str, Any]):
    """Tables by their names; lost: those of which a second one was another."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: list[str] = []

    def setdefault(self, name: str, kept: Any) -> Any:
        if name in self and not _same(self[name].block.shown, kept.block.shown):
            self.lost.append(name)
        return super().setdefault(name, kept)


@pytest.fixture(scope="module")
def work() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundling, "Collector", partial(Collector, tables=Watched()))
        return collected(**CHANGED)


@pytest.mark.parametrize("name", [page for page in PAGES if page != "pages/multiverse.py"])
def test_the_bundle_holds_every_table_of_every_page(work: Any, name: str) -> None:
    app = page(name, **CHANGED)
    kept = [one.block.shown for one in work.kept.tables.values()]
    for shown in app.dataframe:
        assert any(_same(shown.value, table) for table in kept), list(shown.value.columns)


def look_closer(section: str) -> LookCloser:
    """The parts that a section offers."""
    blocks = sections.named(section)(cd.demo_cohort(), cd.Settings(**CHANGED))
    (found,) = (block for block in blocks if isinstance(block, LookCloser))
    return found


@pytest.mark.parametrize(("name", "section"), PARTED.items())
def test_the_bundle_holds_what_every_part_of_a_page_shows(work: Any, name: str, section: str) -> None:
    kept, closer = [one.block.shown for one in work.kept.tables.values()], look_closer(section)
    for part in closer.parts:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        app.session_state[closer.id] = part.title
        for field, value in CHANGED.items():
            app.query_params[field] = value
        app.switch_page(name).run()
        assert not app.exception, part.title
        assert app.session_state[closer.id] == part.title
        for shown in app.dataframe:
            assert any(_same(shown.value, table) for table in kept), (part.title, list(shown.value.columns))


@pytest.mark.parametrize("exchanged", [{}, theme.DARK], ids=["paper", "dark page"])
def test_a_grey_print_tells_the_groups_of_every_figure_apart(work: Any, exchanged: dict[str, str]) -> None:
    alike = {name: alike_in_grey(one.block.spec, exchanged) for name, one in work.kept.figures.items()}
    assert {name: pairs for name, pairs in alike.items() if pairs} == {}
    # The defence is the tone or the dash: two hues of one tone would be lost.
    plain = [{"mode": "lines", "line": {"color": colour}} for colour in ("#7A4B1E", "#5A5A1E")]
    assert alike_in_grey({"data": plain}, exchanged)


def test_what_was_left_out_is_said_with_how_to_have_it(work: Any) -> None:
    told = bundling.left_out(work)
    assert any("Robustness" in one and NOT_ASKED_WORDS in one for one in told)
    assert told[-1] == HOW_TO_ASK


def test_what_takes_long_is_in_the_bundle_where_it_was_asked_for() -> None:
    app = page("pages/report.py", multiverse_axes="relapse,model")
    app.checkbox(key="bundle-slow").check().run()
    app.radio(key="bundle-for").set_value("me").run()
    app.button(key="make-bundle").click().run()
    assert not app.exception
    found = app.session_state["bundle"]
    assert {"specification-curve-crp", "specification-curve-tgn"} <= found.kept.figures.keys()
    assert {"bootstrap-crp-10-mg-l", "specifications-crp", "explained-tgn"} <= found.kept.tables.keys()
    assert not any(NOT_ASKED_WORDS in one for one in bundling.left_out(found))


def test_a_page_that_shows_one_of_several_is_collected_for_each(work: Any) -> None:
    assert work.visited == len(work.stops)
    figures = work.kept.figures
    assert {
        "survival-relapse",
        "survival-hospitalization",
        "survival-surgery",
        "cutoffs-crp",
        "cutoffs-tgn",
    } <= figures.keys()
    live = figures["relapse-by-crp"].block.handle.whole
    assert live["cutoff_text"][live["current"]] == "14"
    assert "course-of-follow-up-surgery" in work.kept.tables
    assert "firth" in work.kept.tables
    assert "Predictors of relapse" not in " ".join(figures)


def test_a_small_file_is_collected_too_and_settings_are_what_they_were() -> None:
    app = page("pages/report.py", cd.read_cohort(FLAT.encode(), file_name="flat.csv"), outcome="surgery")
    app.button(key="make-bundle").click().run()
    assert not app.exception
    assert app.session_state["settings"] == cd.Settings(outcome="surgery")
    assert "survival-relapse" in app.session_state["bundle"].kept.figures


def test_a_changed_setting_forgets_a_bundle_of_other_settings(work: Any) -> None:
    app = page("pages/report.py")
    app.session_state["bundle"] = work
    app.run()
    assert "bundle" not in app.session_state
    assert app.button(key="make-bundle")


def _same(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    """Whether a table is shown as another frame would be."""
    return list(first.columns) == list(second.columns) and first.astype(str).equals(as_printed(second))


def table(app: AppTest, column: str) -> pd.DataFrame:
    return next(one.value for one in app.dataframe if column in one.value.columns)


def said(app: AppTest) -> str:
    return " ".join(str(one.value) for kind in (app.markdown, app.caption, app.warning) for one in kind)


def test_the_ledger_keeps_each_distinct_specification_once_and_the_lock_stamps_them() -> None:
    app = page("pages/predictors.py")
    app.number_input(key="cut-off-esr").set_value(30.0).run()
    app.selectbox(key="setting-ties").set_value("breslow").run()
    app.selectbox(key="setting-curve").set_value("cumulative").run()
    app.number_input(key="cut-off-esr").set_value(20.0).run()
    app.selectbox(key="setting-ties").set_value("efron").run()
    app.switch_page("pages/report.py").run()
    looked = table(app, "Origin")
    assert looked["Page"].tolist() == ["Predictors"] * 4
    assert looked.iloc[:, 2].tolist() == [
        "nothing: the primary specification",
        "ESR cut-off: > 20 to > 30",
        "ESR cut-off: > 20 to > 30; tied times: Efron to Breslow",
        "tied times: Efron to Breslow",
    ]
    assert looked["Origin"].tolist() == ["literature", *["data-driven"] * 3]  # a default that nobody chose
    assert looked.iloc[0, 3] == "CRP 4.72 (1.19-18.75); 6-TGN 5.32 (1.40-20.14)"
    assert "4 specifications were looked at" in said(app)
    assert "ledger" not in str(app.query_params)
    app.selectbox(key="setting-ties").set_value("breslow").run()
    app.button(key="lock").click().run()
    assert table(app, "Origin")["Origin"].tolist() == [*["data-driven"] * 3, "literature"]
    assert "locked after 4 specifications were looked at" in said(app)
    app.button(key="unlock").click().run()
    assert table(app, "Origin")["Origin"].iloc[0] == "literature"


def test_a_locked_cut_off_is_stamped_on_the_predictors_page() -> None:
    app = page("pages/predictors.py", crp_cutoff="14")
    assert "**data-driven** · CRP > 14 mg/L" in said(app)
    app.button(key="lock").click().run()
    assert "**data-driven** · CRP > 14 mg/L was locked after 1 specification was looked at" in said(app)
    app.button(key="unlock").click().run()
    first = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    first.session_state["locked"] = Locked(datetime(2020, 1, 1, tzinfo=UTC), cd.Settings(cutoffs="crp>14"))
    first.session_state["settings"] = cd.Settings(cutoffs="crp>14")
    first.switch_page("pages/predictors.py").run()
    assert "**pre-specified** · CRP > 14 mg/L was locked before anything was looked at" in said(first)


def test_every_page_that_shows_a_result_is_in_the_ledger() -> None:
    app = page("pages/survival.py", survival_group="tgn", cutoffs="tgn>=300")
    for path in ("induction", "safety", "endoscopy", "baseline"):
        app.switch_page(f"pages/{path}.py").run()
    app.switch_page("pages/report.py").run()
    looked = table(app, "Origin").set_index("Page")
    assert set(looked.index) == {"Survival", "Response", "Adverse events", "Endoscopy", "Predictors"}
    assert looked.loc["Survival", "Origin"] == "data-driven"
    assert "6-TGN cut-off: >= 235 to >= 300" in looked.loc[
        "Survival", "Differs from the primary specification in"
    ].replace("≥", ">=")
    assert looked.loc["Survival", "P"].startswith("log-rank by 6-TGN ")
    assert looked.loc["Response", "Origin"] == "literature"


def test_a_search_is_counted_with_all_it_showed() -> None:
    app = page("pages/cutoffs.py")
    app.switch_page("pages/report.py").run()
    assert "and 60 more by searching" in said(app)
    assert "Every cut-off of CRP (60)" in table(app, "Origin").iloc[:, 2].tolist()


def test_a_settings_file_is_loaded_with_what_is_possible_in_it() -> None:
    app = page("pages/report.py")
    content = b'{"settings": {"crp_cutoff": 14, "tgn_cutoff": 1e9, "ties": "breslow", "<b>": 1}}'
    app.file_uploader(key="load-settings").upload("mine.json", content, "application/json").run()
    assert not app.exception
    assert app.session_state["settings"] == cd.Settings(cutoffs="crp>14", ties="breslow")
    assert app.query_params == {"cutoffs": "crp>14", "ties": "breslow"}
    assert "The settings of the file are in use" in said(app)
    assert "tgn\\_cutoff was dropped" in said(app)
    app.file_uploader(key="load-settings").upload("other.json", b"[1]", "application/json").run()
    assert app.session_state["settings"].cutoff("crp").value == 14
    assert "holds no settings" in said(app)


def test_two_settings_are_compared_and_their_differences_marked() -> None:
    app = page("pages/report.py", crp_cutoff="14")
    app.selectbox(key="compare-with").set_value("defaults").run()
    assert not app.exception
    assert table(app, "Setting").to_numpy().tolist() == [["CRP cut-off", "> 14", "> 10"]]
    ratios = table(app, "Differs").set_index("Factor")
    crp = ratios.loc["CRP > 14 mg/L / CRP > 10 mg/L"]
    assert crp["Compared with: HR adjusted"] == "4.72 (1.19-18.75), P = 0.027"
    assert crp["In use: HR adjusted"] != crp["Compared with: HR adjusted"]
    assert crp["Differs"] == "≠"
    assert ratios.loc["Male sex", "Differs"] == ""
    app.selectbox(key="compare-with").set_value("file").run()
    worst = b'{"settings": {"horizon_months": 0.1, "cutoffs": "tgn>=50"}}'
    app.file_uploader(key="compare-file").upload("other.json", worst, "application/json").run()
    assert not app.exception
    assert app.session_state["settings"] == cd.Settings(cutoffs="crp>14")


def test_the_same_settings_are_said_to_be_the_same() -> None:
    app = page("pages/report.py")
    app.selectbox(key="compare-with").set_value("defaults").run()
    assert "The two settings are the same" in said(app)


def test_no_name_of_the_bundle_stands_for_two_things(work: Any) -> None:
    tables, figures = work.kept.tables, work.kept.figures
    assert [name for name, one in tables.items() if name != one.block.id] == []
    every = [
        *(f"{name}.csv" for name in tables),
        *(f"{name}-numbers.csv" for name, one in tables.items() if one.block.numbers is not None),
    ]
    assert len({name.lower() for name in every}) == len(every)
    sheets = sheet_names([name.removesuffix(".csv") for name in every])
    assert len({name.lower() for name in sheets}) == len(every)
    assert max(map(len, sheets)) <= 31
    assert [name for name in figures if not re.fullmatch(r"[a-z0-9-]+", name)] == []


def test_a_second_thing_of_the_same_name_would_be_lost_and_there_is_none(work: Any) -> None:
    tables = work.kept.tables
    assert tables.lost == []
    baseline = tables["baseline"]
    tables.setdefault("baseline", replace(baseline, block=replace(baseline.block, shown=pd.DataFrame())))
    assert tables.lost == ["baseline"]
    assert tables["baseline"] is baseline
