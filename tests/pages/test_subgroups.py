"""Subgroups, adjusted curves and missing values on the Predictors page: nothing while closed, sentences at the worst."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cdanalysis.reading import Cohort

ROOT = Path(__file__).parents[2]


def predictors_page(opened: str = "", cohort: Cohort | None = None, **query: str) -> AppTest:
    """The Predictors page run once with one of its expanders open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if opened:
        app.session_state[opened] = True
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return app.switch_page("pages/predictors.py").run()


def texts(app: AppTest) -> str:
    """Everything that is said on the page."""
    return " ".join(str(one.value) for kind in (app.markdown, app.caption, app.warning, app.info) for one in kind)


def test_nothing_is_computed_while_the_expander_is_closed() -> None:
    assert not any("Interaction P" in one.value.columns for one in predictors_page().dataframe)


def test_subgroups_and_adjusted_curves_when_opened() -> None:
    app = predictors_page("open-subgroups")
    assert not app.exception
    table = next(one.value for one in app.dataframe if "Interaction P" in one.value.columns).set_index("Subgroup")
    assert table.loc["All patients", "HR (95% CI)"] == "5.49 (1.62-18.62)"
    assert table.loc["WBC ≤ 9.5 10⁹/L", "HR (95% CI)"].startswith("not estimable: no event among")
    assert table.loc["WBC ≤ 9.5 10⁹/L", "Interaction P"] == "0.006"
    adjusted = next(one.value for one in app.dataframe if "Months" in one.value.columns).set_index("Months")
    assert adjusted.loc["60", "Adjusted, CRP > 10 mg/L (95% CI)"].startswith("45.3%")
    assert "200 bootstrap resamples" in texts(app)


@pytest.mark.parametrize(
    "query",
    [{"crp_cutoff": "1"}, {"crp_cutoff": "50"}, {"scan_marker": "tgn", "tgn_cutoff": "50"}, {"clock": "late-entry"},
     {"horizon_months": "0.1"}, {"screening_p": "0.01"}, {"candidates": "crp"}, {"relapse_definition": "objective"},
     {"at_months": ""}, {"ties": "breslow"}],
)  # fmt: skip
def test_the_worst_positions_end_in_sentences(query: dict[str, str]) -> None:
    app = predictors_page("open-subgroups", **query)
    assert not app.exception
    assert " inf" not in texts(app)
    for frame in app.dataframe:
        assert not frame.value.astype(str).map(lambda cell: "inf" in cell or "nan" in cell.split()).to_numpy().any()
