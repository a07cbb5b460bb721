"""The diagnostics of the Predictors page: every section on the bundled cohort and at the worst positions of the handles."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort

ROOT = Path(__file__).parents[2]
WORST = [
    {"crp_cutoff": "50"}, {"tgn_cutoff": "50"}, {"horizon_months": "5"}, {"horizon_months": "0.1"}, {"screening_p": "1"},
    {"screening_p": "0.01"}, {"clock": "late-entry"}, {"ties": "breslow"}, {"candidates": "crp,nudt15"},
    {"candidates": "location,albumin,crp", "screening_p": "1"},
]  # fmt: skip
TABLE_OF = {
    "Few events": "Firth P",
    "Proportional hazards": "Chi-square",
    "Continuous or cut": "AIC",
    "Robustness": "HR without",
}


def section(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    """The Predictors page with a section of the diagnostics open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if cohort is not None:
        app.session_state["cohort"] = cohort
    app.session_state["check-section"] = name
    for field, value in query.items():
        app.query_params[field] = value
    return app.switch_page("pages/predictors.py").run()


def texts(app: AppTest) -> str:
    """Everything that is said on the page."""
    return " ".join(str(one.value) for kind in (app.markdown, app.caption, app.warning, app.info) for one in kind)


def columns_of(app: AppTest) -> set[str]:
    return {column for one in app.dataframe for column in one.value.columns}


@pytest.mark.parametrize("name", TABLE_OF)
def test_a_section_has_its_table_and_no_other_sections(name: str) -> None:
    app = section(name)
    assert not app.exception
    assert {one for one, column in TABLE_OF.items() if column in columns_of(app)} == {name}


@pytest.mark.thorough
@pytest.mark.parametrize("query", WORST, ids=str)
@pytest.mark.parametrize("name", TABLE_OF)
def test_the_worst_positions_end_in_a_sentence(name: str, query: dict[str, str]) -> None:
    app = section(name, **query)
    assert not app.exception
    assert not app.error
    for frame in app.dataframe:
        assert not frame.value.astype(str).map(lambda cell: "inf" in cell or "nan" in cell.split()).to_numpy().any()
    assert " nan" not in texts(app)


FLAT = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,sex,relapse_months,relapse_event\n" + "\n".join(
    f"P{i},{5 + i},{100 + 10 * i},{'male' if i % 3 else 'female'},{10 + i},{i % 2}" for i in range(30)
)
THREE = "patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\nC,,30,1\n"


@pytest.mark.parametrize("file", [FLAT, THREE], ids=["flat", "three patients"])
@pytest.mark.parametrize("name", TABLE_OF)
def test_a_small_file_ends_in_a_sentence(name: str, file: str) -> None:
    app = section(name, cd.read_cohort(file.encode(), file_name="small.csv"), screening_p="1", candidates="sex,crp")
    assert not app.exception
    assert not app.error
    if name == "Continuous or cut" and file == FLAT:  # the other file has one marker
        app.button_group(key="check-marker").set_value("tgn").run()
        assert not app.exception
    if name == "Robustness" and file == FLAT:
        app.toggle(key="run-bootstrap_ratio").set_value(True).run()
        assert not app.exception


def test_a_term_is_split_at_another_month_and_at_none() -> None:
    app = section("Proportional hazards")
    assert "test of no change at month" in texts(app)
    app.number_input(key="check-split").set_value(500.0).run()
    assert "no event after 500" in texts(app)
    app.selectbox(key="check-term").set_value("Perianal disease").run()
    app.selectbox(key="check-transform").set_value("log").run()
    assert not app.exception
    stratified = next(one.value for one in app.dataframe if "P stratified" in one.value.columns)
    assert "Perianal disease" not in set(stratified["Term"])
    assert len(stratified) == 6


def test_a_marker_is_shown_continuous_beside_its_cut() -> None:
    app = section("Continuous or cut")
    forms = next(one.value for one in app.dataframe if "AIC" in one.value.columns)
    assert forms.iloc[:, 0].tolist() == ["cut at > 10 mg/L", "straight, per doubling", "curve (spline)"]
    assert "Kept continuous, CRP has HR" in texts(app)
    app.button_group(key="check-marker").set_value("tgn").run()
    assert not app.exception
    assert "per 50 pmol" in texts(app)


def test_a_hazard_ratio_is_shaken() -> None:
    app = section("Robustness")
    assert "Without any one patient, the HR of CRP > 10 mg/L stays between" in texts(app)
    assert "E-value for a common outcome" in texts(app)
    assert "censored had relapsed" in texts(app)
    app.toggle(key="run-bootstrap_ratio").set_value(True).run()
    assert not app.exception
    drawn = next(one.value for one in app.dataframe if "Upper" in one.value.columns)
    assert drawn.loc[0, ["Lower", "Upper"]].tolist() == ["1.19", "18.75"]
    assert "2,000 draws" in texts(app)
