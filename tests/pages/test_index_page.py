"""The index on the page: asked for where the cohort has several, each with bounds in its own points, and undone alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.settings import Settings

ROOT = Path(cd.__file__).parents[1]


def opened(cohort: cd.cohort.Cohort, settings: Settings | None = None) -> AppTest:
    app = AppTest.from_file(f"{ROOT}/app.py", default_timeout=120)
    app.session_state["cohort"] = cohort
    app.session_state["settings"] = settings or Settings()
    return app.switch_page("pages/induction.py").run()


def with_hbi() -> cd.cohort.Cohort:
    whole = cd.demo_cohort()
    points = (whole.visits["cdai_points"] / 27).round()
    return replace(whole, visits=whole.visits.assign(hbi_points=points), fingerprint="two", memory=None)


def labels(app: AppTest) -> set[str]:
    return {one.label for one in app.number_input}


def test_the_index_is_asked_for_where_there_are_several_and_brings_its_own_bounds() -> None:
    app = opened(with_hbi())
    assert "Remission level (CDAI points)" in labels(app)
    app.selectbox(key="setting-index").set_value("hbi").run()
    assert not app.exception
    assert {"Remission level (HBI points)", "Fall from baseline (HBI points)"} <= labels(app)
    assert app.query_params["index"] == "hbi"
    app.number_input(key="setting-remission_below_points").set_value(3.0).run()
    assert not app.exception
    assert app.session_state["settings"] == replace(Settings().with_index("hbi"), remission_below_points=3.0)
    assert app.query_params["remission_below_points"] == "3"
    app.number_input(key="setting-remission_below_points").set_value(4.0).run()
    assert app.session_state["settings"] == Settings().with_index("hbi")  # the preset again
    app.selectbox(key="setting-index").set_value("cdai").run()
    assert not app.exception
    assert app.session_state["settings"] == Settings()


def test_an_index_is_undone_with_its_bounds_and_one_that_nobody_chose_is_no_change() -> None:
    app = opened(with_hbi(), replace(Settings().with_index("hbi"), remission_below_points=3.0))
    undo = {one.label: one for one in app.button}
    undo["Disease index: HBI"].click().run()
    assert not app.exception
    assert app.session_state["settings"] == Settings()
    whole = with_hbi()
    alone = replace(
        whole, visits=whole.visits.drop(columns="cdai_points"), patients=whole.patients.drop(columns="cdai_points")
    )
    app = opened(alone)
    assert not app.exception
    assert "Remission level (HBI points)" in labels(app)
    assert not any("index" in one.label for one in app.button)
    assert "index" not in app.query_params


def test_bounds_of_a_link_that_are_of_another_index_are_said() -> None:
    whole = with_hbi()
    alone = replace(
        whole, visits=whole.visits.drop(columns="cdai_points"), patients=whole.patients.drop(columns="cdai_points")
    )
    app = opened(alone, Settings(remission_below_points=140.0, relapse_definition="custom", relapse_above_points=220.0))
    assert not app.exception
    (told,) = (one.value for one in app.info if "not used" in one.value)
    assert told == (
        "Chosen for the CDAI and not used, since this cohort has the HBI with bounds of its own: Remission level 140, "
        "Relapse own rule and Relapse level 220."
    )
    of_both = opened(with_hbi(), Settings(remission_below_points=140.0))
    assert [one.value for one in of_both.info if "not used" in one.value] == []


def test_what_other_papers_have_for_a_bound_stands_under_it() -> None:
    rows = "\n".join(f"U{place},8,4,2,3,30" for place in range(6))
    cohort = cd.read_cohort(f"id,pMayo_M0,pMayo_M2,pMayo_M6,pMayo_M12,follow up months\n{rows}".encode())
    app = opened(cohort)
    assert not app.exception
    told = [one.value for one in app.caption if one.value.startswith("Published: ")]
    assert len(told) == 2
    assert "fall of 3 points or more, that is above 2.5: Lewis 2008" in told[0] + told[1]
