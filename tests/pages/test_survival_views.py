"""What the Survival page offers under "Look closer", on the bundled cohort, on a flat table and at its worst positions."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from tests.pages.test_study_pages import FLAT, THREE, cells, page, said, unbroken


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
    page_of_predictors.toggle(key="compare-clocks").set_value(True).run()
    unbroken(page_of_predictors)
    shown = next(one.value for one in page_of_predictors.dataframe if "Time zero" in one.value.columns)
    assert list(shown.columns) == ["Time zero", "Landmark visit", "Start, late entry", "Start, naive"]
    assert "one clock" in said(view("Time zero", outcome="adverse_event"))


@pytest.mark.parametrize("content", [FLAT, THREE])
def test_a_flat_table_opens_every_view(content: str) -> None:
    for name in ("Competing risks", "Time zero"):
        view(name, cd.read_cohort(content.encode(), file_name="flat.csv"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Competing risks", {"horizon_months": "0.1"}), ("Competing risks", {"clock": "late-entry"}),
        ("Competing risks", {"survival_group": "crp", "crp_cutoff": "1", "relapse_definition": "objective"}),
        ("Competing risks", {"at_months": ""}),
        ("Competing risks", {"landmark_week": "104", "survival_group": "location"}),
        ("Time zero", {"landmark_week": "4"}), ("Time zero", {"horizon_months": "0.1"}), ("Time zero", {"at_months": "x"}),
        ("Time zero", {"outcome": "surgery", "crp_cutoff": "50", "tgn_cutoff": "600"}), ("Time zero", {"clock": "naive"}),
    ],
)  # fmt: skip
def test_the_worst_positions_of_a_view_end_in_a_sentence(name: str, query: dict[str, str]) -> None:
    view(name, **query)
