"""Every page of the study: the bundled cohort, a flat table without visits, three patients, the worst of each control."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.dictionary.indices.indices import OF_AN_INDEX
from cdanalysis.reading import Cohort

ROOT = Path(__file__).parents[2]
PAGES = (
    "baseline",
    "induction",
    "survival",
    "predictors",
    "cutoffs",
    "multiverse",
    "endoscopy",
    "safety",
    "reproduction",
)
FLAT = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,sex,relapse_months,relapse_event\n" + "\n".join(
    f"P{i},{5 + i},{100 + 10 * i},{'male' if i % 3 else 'female'},{10 + i},{i % 2}" for i in range(30)
)
THREE = "patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\nC,,30,1\n"


def page(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    """A page run once, on the bundled cohort or another, with a link's settings."""
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60))
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return (app if name == "app" else app.switch_page(f"pages/{name}.py")).run()


def said(app: AppTest) -> str:
    """Everything that is said on the page."""
    return " ".join(str(one.value) for kind in (app.markdown, app.caption, app.warning, app.info) for one in kind)


def cells(app: AppTest) -> set[str]:
    """Every cell of every table."""
    return {str(cell) for table in app.dataframe for cell in table.value.to_numpy().ravel()}


def unbroken(app: AppTest) -> None:
    """No traceback, and no number that is none."""
    assert not app.exception
    assert not app.error
    assert not {"inf", "nan", "NaN"} & {word for cell in cells(app) for word in cell.replace("-", " ").split()}


def test_the_bundled_cohort_gives_the_study_page_by_page() -> None:
    wanted = {
        "baseline": {"282.2 (192.4-407.1)", "35 (28.7%)"},
        "induction": {"80.3% (72.4-86.4), 98/122", "70.5% (61.9-77.9), 86/122", "4.3-8.1"},
        "survival": {"85.1% (74.6-91.5)", "74.7 months (51.2-not reached)"},
        "endoscopy": {"13.40 ± 4.92", "1.77 ± 1.59", "63.6% (49.6-76.2), 35/55", "23.6% (13.2-37.0), 13/55"},
        "safety": {"50.8% (42.1-59.5), 62/122", "0.41 (0.20-0.83)", "43.0 months (28.8-not reached)"},
        "reproduction": {"4.72 (1.19-18.75)", "74.7 (39.6-109.9)", "cannot be reached"},
    }
    for name, numbers in wanted.items():
        app = page(name)
        unbroken(app)
        assert numbers <= cells(app), name
    assert "**104 of 106** printed results are equal" in said(app)


def test_the_answer_stands_first_on_the_pages_of_results() -> None:
    wanted = {
        "induction": ["122", "80.3%", "70.5%", "6.5 weeks", "9.0 weeks"],
        "endoscopy": ["55", "13.4 to 6.1", "3.2 to 1.8", "63.6%", "23.6%"],
        "safety": ["122", "90", "50.8%", "36.0", "10.7%"],
        "survival": ["98", "22", "31.5 months", "85.1%", "70.1%", "55.8%"],
    }
    for name, numbers in wanted.items():
        assert [one.value for one in page(name).metric] == numbers, name
    at_12 = page("induction", landmark_week="12").metric
    assert [(one.label, one.value) for one in at_12][1] == ("Response at week 12", "66.4%")


def test_the_patient_flow_is_on_the_page_of_what_was_read() -> None:
    app = page("reading")
    unbroken(app)
    assert "Patient flow" in [heading.value for heading in app.header]


@pytest.mark.parametrize("name", ["app", *PAGES])
@pytest.mark.parametrize("content", [FLAT, THREE])
def test_a_flat_table_and_three_patients(name: str, content: str) -> None:
    app = page(name, cd.read_cohort(content.encode(), file_name="flat.csv"))
    unbroken(app)
    assert "synthetic" not in said(app)


@pytest.mark.parametrize(
    ("name", "needed"),
    [("induction", "a sheet visits"), ("endoscopy", "a sheet endoscopy"), ("safety", r"a sheet adverse\_events")],
)
def test_a_page_says_what_it_would_need(name: str, needed: str) -> None:
    app = page(name, cd.read_cohort(FLAT.encode(), file_name="flat.csv"))
    assert f"This page needs {needed}" in said(app).replace(f"needs {OF_AN_INDEX}: ", "needs ")
    assert not app.dataframe


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("baseline", {"baseline_group": "relapse"}), ("baseline", {"baseline_group": "crp", "crp_cutoff": "50"}),
        ("baseline", {"baseline_group": "extra_9"}), ("baseline", {"baseline_group": "x" * 500}),
        ("induction", {"missing_visits": "observed"}), ("induction", {"landmark_week": "104"}),
        ("induction", {"response_definition": "without-remission"}),
        ("survival", {"survival_group": "crp", "crp_cutoff": "1"}), ("survival", {"survival_group": "location"}),
        ("survival", {"outcome": "surgery", "survival_group": "nudt15"}),
        ("survival", {"survival_group": "crp", "crp_cutoff": "1", "crp_second_cutoff": "50", "clock": "late-entry"}),
        ("survival", {"survival_group": "tgn", "tgn_second_cutoff": "600", "survival_stratum": "tgn", "horizon_months": "0.1"}),
        ("baseline", {"baseline_group": "tgn", "tgn_second_cutoff": "400"}), ("survival", {"at_months": "x,-3,,1e9,12"}),
        ("survival", {"outcome": "adverse_event", "curve": "cumulative"}), ("survival", {"convention": "spss"}),
        ("survival", {"horizon_months": "0.1", "outcome": "hospitalization"}), ("survival", {"clock": "late-entry"}),
        ("cutoffs", {"scan_marker": "tgn", "scan_adjust": "model,age"}), ("cutoffs", {"clock": "late-entry"}),
        ("cutoffs", {"scan_least_percent": "45"}), ("cutoffs", {"crp_cutoff": "1"}), ("cutoffs", {"horizon_months": "0.1"}),
        ("endoscopy", {"cdeis_remission_below": "1"}), ("safety", {"adverse_event_end": "last-follow-up"}),
        ("safety", {"horizon_months": "0.01"}), ("reproduction", {"reproduction_convention": "r"}),
        ("reproduction", {"landmark_week": "104"}), ("reproduction", {"crp_cutoff": "50", "tgn_cutoff": "600"}),
    ],
)  # fmt: skip
def test_the_worst_positions_end_in_a_sentence(name: str, query: dict[str, str]) -> None:
    unbroken(page(name, **query))


def test_a_control_changes_the_page_and_the_link() -> None:
    app = page("survival")
    app.selectbox(key="setting-outcome").set_value("surgery").run()
    unbroken(app)
    assert "5 surgeries in 98 patients" in said(app)
    assert app.query_params["outcome"] == "surgery"


def test_switching_a_definition_lists_who_changes_class() -> None:
    app = page("induction", response_definition="fall-100")
    assert "SYN-067, SYN-072, SYN-088, SYN-093" in cells(app)


def test_the_convention_is_a_preset_of_ties_and_interval() -> None:
    app = page("survival")
    app.selectbox(key="setting-convention").set_value("spss").run()
    assert {"convention": "spss", "ties": "breslow", "km_interval": "plain"}.items() <= app.query_params.items()
    assert "74.7 months (39.6-109.9)" in cells(app)


def test_the_checker_finds_the_studys_contradiction_and_judges_what_is_pasted() -> None:
    app = page("reproduction")
    verdicts = [one.value for one in app.markdown if "**consistent**" in one.value or "**inconsistent**" in one.value]
    assert len(verdicts) == 4
    assert [one for one in verdicts if "inconsistent" in one][0].endswith("HR 5.58 (1.02-65.9), P = 0.048")
    app.text_area(key="printed-results").set_value("5/10 (60%)\n<b>x</b>").run()
    unbroken(app)
    assert "**inconsistent** · 5/10 (60%)" in said(app)
    assert "no estimate with an interval" in said(app)
    assert not app.query_params


def test_groups_are_compared_by_every_test_by_pairs_and_by_restricted_means() -> None:
    app = page("survival", survival_group="location")
    unbroken(app)
    tests = next(one.value for one in app.dataframe if "Chi-square (df)" in one.value.columns).set_index("Test")
    assert list(tests.index) == [
        "Log-rank",
        "Breslow (Gehan)",
        "Tarone-Ware",
        "Peto",
        "Fleming-Harrington (1, 0), early",
        "Fleming-Harrington (0, 1), late",
        "Fleming-Harrington (1, 1), middle",
        "Log-rank for trend, groups in this order",
    ]
    assert tests.loc["Log-rank", "Chi-square (df)"] == "1.21 (2)"
    assert {"L1 and L2", "0.788", "L2 less L1"} <= cells(app)
    app.selectbox(key="setting-pair_correction").set_value("bh").run()
    unbroken(app)
    assert any("Corrected P (Benjamini-Hochberg)" in one.value.columns for one in app.dataframe)
    app.selectbox(key="setting-survival_stratum").set_value("crp").run()
    unbroken(app)
    assert "Log-rank, stratified by CRP (n = 98)" in cells(app)
    two = page("survival", survival_group="crp")
    means = next(one.value for one in two.dataframe if "Ratio, second to first" in one.value.iloc[:, 0].tolist())
    assert list(means.iloc[:2, 0]) == ["CRP ≤ 10 mg/L", "CRP > 10 mg/L"]


def test_the_continuous_effect_is_within_reach_of_the_cut() -> None:
    assert "Kept continuous, CRP has HR " in said(page("cutoffs"))
    assert "per 50 pmol" in said(page("cutoffs", scan_marker="tgn"))


def test_every_specification_is_the_predictors_page_with_its_settings() -> None:
    app = page("multiverse", multiverse_axes="relapse,model")
    assert "**15 specifications**" in said(app)
    app.toggle(key="run-multiverse").set_value(True).run()
    unbroken(app)
    assert "hazard ratio above 1 in" in said(app)
    every = next(one.value for one in app.dataframe if "Events" in one.value.columns).set_index(
        ["Relapse definition", "Covariates"]
    )
    assert every.loc[("Study rule", "screened"), "Hazard ratio"] == "4.72 (1.19-18.75)"
    assert len(every) == 15
    empty = page("multiverse", multiverse_axes="nothing")
    empty.toggle(key="run-multiverse").set_value(True).run()
    assert "no choice to vary" in said(empty)
