"""What the Survival page offers under "Look closer", on the bundled cohort, on a flat table and at its worst positions."""

from __future__ import annotations

import pytest
from page_tables import notes
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from tests.pages.test_study_pages import FLAT, THREE, cells, page, said, unbroken

VIEWS = (
    "Competing risks",
    "Time zero",
    "Every definition of relapse",
    "Relapse between visits",
    "Events that come again",
    "Each patient",
    "R beside SPSS",
)


def view(name: str, cohort: Cohort | None = None, **query: str) -> AppTest:
    """The Survival page with one of its views opened."""
    app = page("survival", cohort, **query)
    app.button_group(key="look-closer").set_value(name).run()
    unbroken(app)
    return app


def test_competing_risks_are_a_view_of_the_page() -> None:
    assert "overstates" not in said(page("survival"))
    app = view("Competing risks", survival_group="crp", competing_event="surgery-death-or-stop")
    assert "overstates the risk of relapse" in said(app)
    assert "43.6%" in " ".join(cells(view("Competing risks", competing_event="surgery-death-or-stop")))
    app.selectbox(key="setting-competing_event").set_value("death").run()
    unbroken(app)
    assert "both are the same number" in said(app)


def test_every_time_zero_is_compared_on_both_pages() -> None:
    app = view("Time zero")
    assert "Nobody in the file was followed for less than 24 weeks (shortest 24.1)" in said(app)
    assert "94.0% instead of 85.1% at 12 months" in said(app)
    page_of_predictors = page("predictors")
    page_of_predictors.button_group(key="check-section").set_value("Time zero").run()
    unbroken(page_of_predictors)
    shown = next(one.value for one in page_of_predictors.dataframe if "Time zero" in one.value.columns)
    assert list(shown.columns) == ["Time zero", "Landmark visit", "Start, late entry", "Start, naive"]
    assert "*Time zero* needs visits with a disease index" in said(page("survival", outcome="adverse_event"))


def test_the_relapses_are_moved_between_their_visits() -> None:
    app = view("Relapse between visits")
    assert "17 of 22 relapses lie between two visits, a median of 2.1 months apart" in said(app)
    shown = next(one.value for one in app.dataframe if "Relapse dated at" in one.value.columns).set_index(
        "Relapse dated at"
    )
    assert shown.loc["Median (95% CI)", "No date (Turnbull)"] == "71.8 to 74.7 months"
    assert shown.loc["HR, CRP > 10 mg/L (95% CI)", "Midway"] == "5.43 (1.60-18.39)"


def test_both_conventions_are_shown_side_by_side_on_both_pages() -> None:
    app = view("R beside SPSS", convention="spss")
    assert {"74.7 months (39.6-109.9)", "74.7 months (51.2-not reached)"} <= cells(app)
    assert "In use: SPSS 24, with Efron ties and log-log interval" in said(app)
    predictors = page("predictors")
    assert "Efron ties, Wald interval and P" in notes(predictors)
    predictors.button_group(key="check-section").set_value("Tied times").run()
    unbroken(predictors)
    shown = next(one.value for one in predictors.dataframe if any("Breslow" in name for name in one.value.columns))
    assert (
        shown.set_index("Factor")
        .loc["CRP > 10 mg/L", "Multivariable HR (95% CI), P: Efron"]
        .startswith("4.72 (1.19-18.75)")
    )


@pytest.mark.parametrize("content", [FLAT, THREE])
def test_a_flat_table_opens_every_view(content: str) -> None:
    cohort = cd.read_cohort(content.encode(), file_name="flat.csv")
    offered = page("survival", cohort).button_group(key="look-closer").options
    assert set(offered) < set(VIEWS)
    for name in offered:
        view(name, cohort)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Competing risks", {"horizon_months": "0.1"}), ("Competing risks", {"clock": "late-entry"}),
        ("Competing risks", {"survival_group": "crp", "crp_cutoff": "1", "relapse_definition": "objective"}),
        ("Competing risks", {"at_months": ""}),
        ("Competing risks", {"landmark_week": "104", "survival_group": "location"}),
        ("Relapse between visits", {"clock": "late-entry"}), ("Relapse between visits", {"horizon_months": "0.1"}),
        ("Relapse between visits", {"relapse_definition": "objective"}), ("Relapse between visits", {"clock": "naive"}),
        ("R beside SPSS", {"survival_group": "crp", "crp_cutoff": "1"}), ("R beside SPSS", {"horizon_months": "0.1"}),
        ("Time zero", {"landmark_week": "4"}), ("Time zero", {"horizon_months": "0.1"}), ("Time zero", {"at_months": "x"}),
        ("Time zero", {"outcome": "surgery", "crp_cutoff": "50", "tgn_cutoff": "600"}), ("Time zero", {"clock": "naive"}),
    ],
)  # fmt: skip
def test_the_worst_positions_of_a_view_end_in_a_sentence(name: str, query: dict[str, str]) -> None:
    view(name, **query)
