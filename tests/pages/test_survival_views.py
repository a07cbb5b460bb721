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


@pytest.mark.parametrize("content", [FLAT, THREE])
def test_a_flat_table_opens_every_view(content: str) -> None:
    for name in ("Competing risks",):
        view(name, cd.read_cohort(content.encode(), file_name="flat.csv"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Competing risks", {"horizon_months": "0.1"}), ("Competing risks", {"clock": "late-entry"}),
        ("Competing risks", {"survival_group": "crp", "crp_cutoff": "1", "relapse_definition": "objective"}),
        ("Competing risks", {"at_months": ""}),
        ("Competing risks", {"landmark_week": "104", "survival_group": "location"}),
    ],
)  # fmt: skip
def test_the_worst_positions_of_a_view_end_in_a_sentence(name: str, query: dict[str, str]) -> None:
    view(name, **query)
