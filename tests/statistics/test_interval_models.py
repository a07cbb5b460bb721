"""Relapse known only between visits: interval-censored Cox as R maximises it on two data sets, on the page, at its edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.between_visits import interval_models as module
from cdanalysis.sections.survival.between_visits.tables import models_table, turnbull_table

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_interval_cox.json").read_text())


@pytest.mark.parametrize("name", ["spiders", "hepatomegaly"])
def test_interval_cox_is_the_maximum_that_r_finds(name: str) -> None:
    rows, wanted = pd.DataFrame(R[name]["rows"]), R[name]
    right = np.where(rows["right"] < 0, np.inf, rows["right"])
    found = cd.interval_cox(rows["left"], right, rows[["log_bili", "trt"]])
    assert (found.n, found.n_events) == (len(rows), wanted["n_events"])
    assert found.log_likelihood == pytest.approx(wanted["log_likelihood"], abs=1e-6)
    assert [term.coef for term in found.terms] == pytest.approx(wanted["coef"], abs=1e-6)
    assert [term.standard_error for term in found.terms] == pytest.approx(wanted["se"], abs=1e-6)


def test_the_page_sets_the_ratio_without_a_date_beside_those_with_one() -> None:
    found = cd.analyses.interval_models(cd.demo_cohort(), cd.Settings())
    shown = models_table(found, 0.95)
    first = shown.iloc[0]
    assert first.iloc[2].startswith("5.49 (1.62-18.62)")
    assert first.iloc[3].startswith("5.43 (1.60-18.39)")  # as the table of dates above it
    assert first.iloc[4].startswith("5.55 (1.63-18.88)")
    assert list(shown["Model"]) == ["alone"] * 2 + ["together"] * 7


def test_groups_have_a_curve_each_and_a_test() -> None:
    found = cd.analyses.interval_models(cd.demo_cohort(), cd.Settings(survival_group="location"))
    assert [one.group for one in found.groups] == ["L1", "L2", "L3"]
    assert sum(one.n_events for one in found.groups) == 22
    assert len({one.p_value for one in found.groups}) == 1
    by_marker = cd.analyses.interval_models(cd.demo_cohort(), cd.Settings())
    assert by_marker.groups[0].p_value == pytest.approx(0.00103289, abs=1e-7)
    assert turnbull_table(by_marker, (12.0,)).loc[1, "Median"] == "50.5 to 51.2 months"


def test_where_it_would_take_minutes_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JUMPS", 3)
    found = cd.analyses.interval_models(cd.demo_cohort(), cd.Settings())
    assert {row.interval.ratio for row in found.rows} == {module.TOO_MANY}
    assert all(not isinstance(row.found.ratio, NotEstimable) for row in found.rows)


@pytest.mark.parametrize(
    "choices",
    [
        {"clock": "late-entry"},
        {"horizon_months": 0.1},
        {"cutoffs": "crp>599,tgn>=2000"},
        {"relapse_definition": "objective"},
    ],
)
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object]) -> None:
    found = cd.analyses.interval_models(cd.demo_cohort(), cd.Settings(**choices))
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert len(models_table(found, 0.95)) == len(found.rows)
        assert "nan" not in models_table(found, 0.95).to_string()
