"""The Predictors page: happy path, worst slider positions, a file without visits, a link that asks for the impossible."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.widgets.side import sidebar

ROOT = Path(__file__).parents[2]


def page(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    """A page run once, on the bundled cohort or another, with a link's settings."""
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60))
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return (app if name == "app.py" else app.switch_page(name)).run()


def texts(app: AppTest) -> str:
    """Everything that is said on the page."""
    return " ".join(
        str(element.value) for kind in (app.markdown, app.caption, app.warning, app.info) for element in kind
    )


def table(app: AppTest) -> dict[str, dict[str, Any]]:
    """The predictors table by factor."""
    return app.dataframe[0].value.set_index("Factor").to_dict("index")


def test_the_bundled_cohort_gives_the_study_on_the_page() -> None:
    app = page("pages/predictors.py")
    assert not app.exception
    row = table(app)["CRP > 10 mg/L"]
    assert row["Multivariable HR (95% CI)"] == "4.72 (1.19-18.75)"
    assert row["Multivariable P"] == "0.027"
    assert "synthetic" in texts(app)
    assert "HR 5.32, 95% CI 1.40-20.14, P = 0.014" in texts(app)
    assert "3.1 events per covariate" in texts(app)


@pytest.mark.parametrize(
    "query",
    [
        {"crp_cutoff": "1"}, {"crp_cutoff": "50"}, {"tgn_cutoff": "50"}, {"tgn_cutoff": "600"},
        {"horizon_months": "0.1"}, {"screening_p": "1"}, {"screening_p": "0.01"}, {"relapse_definition": "objective"},
        {"clock": "late-entry"}, {"clock": "naive"}, {"ties": "breslow"}, {"km_interval": "plain"},
        {"curve": "cumulative"}, {"landmark_week": "104"}, {"relapse_definition": "custom", "relapse_above_points": "450"},
        {"response_definition": "without-remission"}, {"candidates": "crp,nudt15"},
    ],
)  # fmt: skip
def test_the_worst_positions_end_in_a_sentence_never_in_a_traceback(query: dict[str, str]) -> None:
    app = page("pages/predictors.py", **query)
    assert not app.exception
    assert not app.error
    assert " inf" not in texts(app)
    for frame in app.dataframe:
        assert not frame.value.astype(str).map(lambda cell: "inf" in cell or "nan" in cell.split()).to_numpy().any()


def test_a_cut_off_beyond_every_patient_is_said() -> None:
    app = page("pages/predictors.py", tgn_cutoff="50")
    row = next(row for factor, row in table(app).items() if factor.startswith("6-TGN"))
    assert "not estimable" in row["Univariable HR (95% CI)"] or "not estimable" in row["Log-rank P"]


def test_a_link_is_obeyed_and_its_impossible_parts_are_said() -> None:
    app = page("pages/predictors.py", crp_cutoff="12", tgn_cutoff="9999", nonsense="1")
    assert "CRP > 12 mg/L" in table(app)
    assert "6-TGN ≥ 235 pmol/8×10⁸ RBC" in table(app)
    assert len(app.toast) == 2
    assert app.query_params == {"cutoffs": "crp>12"}


def test_every_setting_has_a_control_or_is_said_to_have_none() -> None:
    app = page("pages/predictors.py", relapse_definition="custom")
    widgets = [*app.selectbox, *app.number_input, *app.toggle, *app.multiselect]
    controlled = {widget.key.removeprefix("setting-") for widget in widgets}
    of_markers = {"handles", "cutoffs", "second_cutoffs"}
    assert {"handle-1", "handle-2", "cut-off-crp", "side-crp", "second cut-off-crp", "cut-off-esr"} <= controlled
    on_other_pages = {
        "adverse_event_end",
        "given_model",
        "prognostic_candidates",
        "prognostic_form",
        "pooling",
        "published_ratios",
        "survival_group",
        "at_months",
        "survival_stratum",
        "pair_correction",
        "baseline_group",
        "missing_visits",
        "cdeis_remission_below",
        "ses_cd_remission_below",
        "index",  # only where the cohort has several
        "rutgeerts_remission",
        "reproduction_convention",
        "scan_marker",
        "scan_least_percent",
        "scan_least_events",
        "scan_adjust",
        "multiverse_axes",
        "multiverse_cutoffs",
        "imputations",
        "imputation_seed",
        "competing_event",
        "outcome_noun",
        "patients",
        "compare_with_study",
        "figure_texts",
        "figure_title",
        "figure_result",
        "figure_footer",
    }
    assert {field.name for field in fields(Settings)} - controlled - of_markers == on_other_pages


def test_a_control_changes_the_numbers_and_the_link_and_reset_takes_them_back() -> None:
    app = page("pages/predictors.py")
    before = table(app)
    app.selectbox(key="setting-relapse_definition").set_value("objective").run()
    assert not app.exception
    assert table(app) != before
    assert app.query_params["relapse_definition"] == "objective"
    next(button for button in app.button if "Reset" in button.label).click().run()
    assert table(app) == before


def test_a_table_with_time_and_event_is_used_as_it_is_and_said_so() -> None:
    rows = "\n".join(f"P{i},{5 + i},{100 + 10 * i},{10 + i},{i % 2}" for i in range(30))
    header = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,relapse_months,relapse_event\n"
    app = page("pages/predictors.py", cd.read_cohort((header + rows).encode(), file_name="flat.csv"))
    assert not app.exception
    assert "no definition can be derived again" in texts(app)
    assert "synthetic" not in texts(app)


@pytest.mark.parametrize("events", ["000", "111", "100"])
def test_three_patients_are_enough_for_a_page(events: str) -> None:
    rows = "\n".join(f"P{i},{5 + 5 * i},{200 + 30 * i},{10 + i},{event}" for i, event in enumerate(events))
    header = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,relapse_months,relapse_event\n"
    app = page("pages/predictors.py", cd.read_cohort((header + rows).encode()))
    assert not app.exception


def test_a_file_without_relapse_says_what_is_missing() -> None:
    app = page("pages/predictors.py", cd.read_cohort(b"patient_id,crp\nA,3\nB,4\n"))
    assert "This page needs an outcome: a time and whether the event happened" in texts(app)
    assert not app.dataframe


def test_the_figures_footer_names_the_cohort_and_no_patient_is_in_a_message() -> None:
    app = page("pages/predictors.py")
    sent = [json.dumps(str(element.proto)) for element in app.main if hasattr(element, "proto")]
    assert not any("SYN-0" in message for message in sent)


def test_the_cohort_page_shows_what_was_read_and_refuses_in_a_sentence() -> None:
    app = page("app.py")
    assert not app.exception
    assert "122 patients" in texts(app)
    app.file_uploader[0].upload("broken.xlsx", b"PK\x03\x04nothing", "application/zip").run()
    assert "damaged" in app.error[0].value
    assert "122 patients" in texts(app)
    app.file_uploader[0].upload("mine.csv", b"patient_id,crp\nA,x\nB,4\n", "text/csv").run()
    assert not app.error
    assert "2 patients" in texts(app)
    app.switch_page("pages/reading.py").run()
    faults = next(frame.value for frame in app.dataframe if "Found" in frame.value)
    assert faults.iloc[0][["Sheet", "Rows", "Column", "Found"]].tolist() == ["patients", "2", "crp_mg_per_l", "x"]


def test_the_model_is_checked_when_asked() -> None:
    app = page("pages/predictors.py")
    assert not any("Firth P" in one.value.columns for one in app.dataframe)
    app.button_group(key="check-section").set_value("Few events").run()
    assert not app.exception
    checked = next(one.value for one in app.dataframe if "Firth P" in one.value.columns).set_index("Term")
    assert checked.loc["CRP > 10 mg/L", "HR (95% CI)"] == "4.72 (1.19-18.75)"
    assert checked.loc["CRP > 10 mg/L", "Firth HR (95% CI)"] == "4.02 (1.22-17.24)"
    assert "Firth's penalty pulls" in texts(app)


def test_a_cut_off_that_was_slid_to_shows_the_corrected_p() -> None:
    assert "Of this cut-off" not in texts(page("pages/predictors.py"))
    told = texts(page("pages/predictors.py", crp_cutoff="12.5"))
    assert re.search(
        r"Of this cut-off: corrected for a search P = 0\.\d{3}\. \d+ of \d+ admissible cut-offs give", told
    )


def test_which_value_of_a_marker_is_chosen_beside_it_and_stays_with_the_looks() -> None:
    app = page("pages/predictors.py")
    value = app.selectbox(key="value-1")
    assert value.label == "CRP: which value"
    assert value.options[:3] == ["At baseline", "At week 24", "Last up to week 24"]
    assert "value-2" not in {one.key for one in app.selectbox}  # 6-TGN was measured once by then
    before = len(ledger_of(app))
    value.set_value("crp@landmark").run()
    assert not app.exception
    assert app.query_params["handles"] == "crp@landmark,tgn"
    assert app.selectbox(key="handle-1").value == "crp"
    assert "CRP at week 24 is the last value within 4 weeks up to each patient's visit at week 24" in texts(app)
    assert "It is known of 98 of 98 patients." in texts(app)
    assert len(ledger_of(app)) > before  # one ledger, whichever value is looked at
    app.number_input(key="cut-off-crp@landmark").set_value(4.0).run()
    assert not app.exception
    assert "CRP at week 24 > 4 mg/L" in table(app)
    assert {"CRP at baseline > 10 mg/L", "6-TGN ≥ 235 pmol/8×10⁸ RBC"} <= set(table(app))
    app.selectbox(key="setting-outcome").set_value("adverse_event").run()
    assert not app.exception
    assert app.selectbox(key="value-1").disabled
    assert "immortal time" in texts(app)
    assert "CRP > 10 mg/L" in table(app)
    app.selectbox(key="setting-outcome").set_value("relapse").run()
    app.selectbox(key="handle-1").set_value("esr").run()
    assert not app.exception
    assert app.query_params["handles"] == "esr,tgn"


def ledger_of(app: AppTest) -> dict[Any, Any]:
    """What was looked at of the only cohort of a session."""
    (looked,) = app.session_state["ledger"].values()
    return looked


def test_the_widgets_of_a_group_at_the_side_come_when_it_is_opened() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/predictors.py").run()
    assert "setting-relapse_definition" in {one.key for one in app.selectbox}  # what relapse is stands open
    assert "setting-horizon_months" not in {one.key for one in app.number_input}
    app.session_state[sidebar.CLOCK.key] = True
    app.run()
    assert "setting-horizon_months" in {one.key for one in app.number_input}
    assert not app.exception
