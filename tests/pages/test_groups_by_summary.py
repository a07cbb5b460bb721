"""Groups by a summary of a repeated measurement, chosen on the Survival page with no handle on it."""

from __future__ import annotations

from pathlib import Path

from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def survival_page() -> AppTest:
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60))
    return app.switch_page("pages/survival.py").run()


def test_a_summary_is_in_the_menu_makes_the_curves_and_has_a_cut_off_of_its_own() -> None:
    app = survival_page()
    box = app.selectbox(key="setting-survival_group")
    assert "Highest ESR up to week 24" in box.options
    box.set_value("esr@highest").run()
    assert not app.exception
    assert app.session_state["settings"].survival_group == "esr@highest"
    assert app.session_state["settings"].handles == "crp,tgn"
    first = app.number_input(key="cut-off-esr@highest")
    assert first.value > 0
    tested = next(one.value for one in app.dataframe if "P" in one.value.columns)
    first.set_value(first.value + 20).run()
    assert not app.exception
    assert "esr@highest" in app.session_state["settings"].cutoffs
    again = next(one.value for one in app.dataframe if "P" in one.value.columns)
    assert not tested.equals(again)
    assert "Highest ESR up to week 24" in app.selectbox(key="setting-survival_stratum").options


def test_of_an_outcome_from_the_start_of_therapy_no_summary_is_offered() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["outcome"] = "adverse_event"
    app = app.switch_page("pages/survival.py").run()
    assert not app.exception
    assert not [one for one in app.selectbox(key="setting-survival_group").options if "week 24" in one]
