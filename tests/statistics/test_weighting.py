"""Inverse probability weights: R's glm, survfit and coxph with robust errors; the page; Fleming-Harrington and MaxCombo beside."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.weighted import analysis as module
from cdanalysis.sections.predictors.weighted.figures import love_plot
from cdanalysis.sections.predictors.weighted.tables import balance_table, weighted_table
from cdanalysis.sections.predictors.weighted.words import cautions, weighted_sentence, worst
from cdanalysis.sections.survival.tables import tests_table as table_of_tests
from cdanalysis.statistics.time_axis import observed
from cdanalysis.statistics.weighting.propensity import propensity, standardised_differences
from cdanalysis.statistics.weighting.weighted_survival import weighted_cox, weighted_curve

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_weighting.json").read_text())


def numbers(values: list[object]) -> np.ndarray:
    return np.array([np.nan if value == "NA" else value for value in values], float)


@pytest.mark.parametrize("name", ["lung", "pbc"])
def test_weights_curves_and_ratio_are_rs(name: str) -> None:
    wanted, rows = R[name], pd.DataFrame(R[name]["rows"])
    x, marked = rows[["x1", "x2", "x3"]].to_numpy(float), rows["g"].to_numpy(float)
    found = propensity(marked, x)
    assert found.coef == pytest.approx(np.array(wanted["coef"]), abs=1e-9)
    assert found.weights == pytest.approx(np.array(wanted["weights"]), abs=1e-9)
    assert standardised_differences(marked, x) == pytest.approx(np.array(wanted["before"]), abs=1e-12)
    assert standardised_differences(marked, x, found.weights) == pytest.approx(np.array(wanted["after"]), abs=1e-9)
    data = observed(rows["t"], rows["e"])
    for group, side in enumerate(("below", "above")):
        curve = weighted_curve(data[marked == group], found.weights[marked == group])
        ours = {
            "time": curve.time,
            "surv": curve.survival,
            "se": curve.standard_error,
            "lower": curve.lower,
            "upper": curve.upper,
        }
        for what, values in ours.items():
            theirs = numbers(wanted[side][what])
            assert values[~np.isnan(theirs)] == pytest.approx(theirs[~np.isnan(theirs)], abs=1e-9)
    term, test = weighted_cox(data, marked, found.weights, "g")
    assert (term.coef, term.standard_error) == pytest.approx((wanted["cox"]["coef"], wanted["cox"]["se"]), abs=1e-9)
    assert test.statistic == pytest.approx(wanted["cox"]["score"][0][0], rel=1e-9)


def test_equal_weights_are_kaplan_meier_and_cox() -> None:
    rows = pd.DataFrame(R["lung"]["rows"])
    data, marked = observed(rows["t"], rows["e"]), rows["g"].to_numpy(float)
    curve, plain = weighted_curve(data, np.ones(len(data))), cd.kaplan_meier(rows["t"], rows["e"]).curves[0]
    assert curve.survival == pytest.approx(plain.survival[plain.n_events > 0])
    term, _ = weighted_cox(data, marked, np.ones(len(data)), "g")
    assert term.coef == pytest.approx(cd.cox(rows["t"], rows["e"], rows[["g"]], ties="breslow").terms[0].coef)


def test_who_could_only_be_in_his_own_group_is_said() -> None:
    x = np.array([[0.0], [0.0], [1.0], [1.0]])
    assert "separates the groups" in propensity(np.array([0, 0, 1, 1.0]), x).reason
    assert "one group" in propensity(np.ones(4), x).reason


def test_the_page_shows_balance_and_both_ratios() -> None:
    found = cd.analyses.weighted(cd.demo_cohort(), cd.Settings())
    assert worst(found) == pytest.approx((0.16862184, 0.02024703), abs=1e-7)
    assert "hazard ratio of 5.26 (1.63-16.95), P = 0.005" in weighted_sentence(found)
    assert "unweighted 5.49 (1.62-18.62)" in weighted_sentence(found)
    assert balance_table(found)["Weighted for"].tolist().count("yes") == 6
    assert any("previous biologic -0.55" in one for one in cautions(found))
    assert len(love_plot(found, "")["data"][0]["x"]) == len(found.balance)
    assert "nan" not in weighted_table(found, 0.95).to_string()


@pytest.mark.parametrize(
    "choices",
    [{"clock": "late-entry"}, {"horizon_months": 0.1}, {"cutoffs": "crp>599"}, {"cutoffs": "crp>1"}, {"outcome": "abscess"},
     {"candidates": "crp"}, {"screening_p": 1.0}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object]) -> None:
    found = cd.analyses.weighted(cd.demo_cohort(), cd.Settings(**choices))
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert weighted_sentence(found)
        assert "nan" not in weighted_table(found, 0.95).to_string() + balance_table(found).to_string()


def test_of_a_register_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 10)
    assert cd.analyses.weighted(cd.demo_cohort(), cd.Settings()) == module.TOO_MANY


def test_the_curves_are_tested_by_fleming_and_harringtons_weights_and_max_combo() -> None:
    found = cd.analyses.survival(cd.demo_cohort(), cd.Settings(survival_group="crp")).comparison
    shown = table_of_tests(found).set_index("Test")
    assert list(shown.index[4:7]) == [
        f"Fleming-Harrington {one}" for one in ("(1, 0), early", "(0, 1), late", "(1, 1), middle")
    ]
    assert shown.index[7].startswith("MaxCombo")
    frame = cd.analyses.predictors(cd.demo_cohort(), cd.Settings()).endpoint.patients
    crp = cd.demo_cohort().baseline("crp_mg_per_l").reindex(frame["patient_id"]).to_numpy() > 10
    wanted = cd.max_combo(frame["time_months"], frame["event"], crp)
    assert found.max_combo.p_value == pytest.approx(wanted.p_value)
    assert cd.analyses.survival(cd.demo_cohort(), cd.Settings(survival_group="location")).comparison.max_combo is None
