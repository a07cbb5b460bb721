"""The model as a prediction: Harrell's optimism, AUC, Brier score and net benefit as R's; Riley's size; refusal and calculator."""

from __future__ import annotations

import json
from math import exp, inf, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Notice, Table
from cdanalysis.sections.prognosis.section import section
from cdanalysis.sections.prognosis.tables import calibration_table, score_table, size_table
from cdanalysis.sections.prognosis.words import (
    formula,
    optimism_sentence,
    score_sentence,
    size_sentence,
)
from cdanalysis.statistics.prediction.optimism import optimism, optimism_of
from cdanalysis.statistics.prediction.sample_size import sample_size
from cdanalysis.statistics.prediction.scores import calibration, net_benefit, scores_at
from cdanalysis.statistics.time_axis import Observed, observed

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_prediction.json").read_text())
SETS = ("lung", "pbc")


def of(name: str) -> tuple[Observed, np.ndarray, np.ndarray]:
    rows = pd.DataFrame(R[name]["rows"])
    return observed(rows["t"], rows["e"]), rows[["x1", "x2", "x3"]].to_numpy(float), np.array(R[name]["risk"])


@pytest.mark.parametrize("name", SETS)
def test_the_optimism_of_given_resamples_is_that_of_refits_in_r(name: str) -> None:
    data, x, _ = of(name)
    found = optimism_of(data, x, np.array(R[name]["draws"], float), "breslow")
    assert found.apparent == pytest.approx(R[name]["apparent"], abs=1e-9)
    assert found.optimism == pytest.approx(np.mean(R[name]["gaps"]), abs=1e-9)
    assert found.slope == pytest.approx(np.mean(R[name]["slopes"]), abs=1e-8)
    assert found.corrected == found.apparent - found.optimism


@pytest.mark.parametrize("name", SETS)
def test_auc_and_brier_score_are_risk_regressions(name: str) -> None:
    data, _, risk = of(name)
    for place, time in enumerate(R[name]["at"]):
        found = scores_at(data, risk[:, place], time)
        assert found.auc == pytest.approx(R[name]["auc"][place], abs=1e-9)
        assert found.brier == pytest.approx(R[name]["brier"][place], abs=1e-9)
        assert found.brier_null == pytest.approx(R[name]["brier_null"][place], abs=1e-9)
        ratio = R[name]["brier"][place] / R[name]["brier_null"][place]
        assert found.explained == pytest.approx(1 - ratio, abs=1e-8)


@pytest.mark.parametrize("name", SETS)
def test_net_benefit_is_that_of_kaplan_meier_in_r(name: str) -> None:
    data, _, risk = of(name)
    found = net_benefit(data, risk[:, 1], R[name]["at"][1], R[name]["thresholds"])
    assert found[0] == pytest.approx(np.array(R[name]["benefit"]), abs=1e-9)


def test_a_risk_that_is_known_is_perfect_and_a_guess_is_none() -> None:
    data = observed([1.0, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0])
    known = np.array([1.0, 1, 1, 0, 0, 0])
    assert (scores_at(data, known, 3.5).auc, scores_at(data, known, 3.5).brier) == (1.0, 0.0)
    guess = scores_at(data, np.full(6, 0.5), 3.5)
    assert (guess.auc, guess.brier, guess.explained) == (0.5, 0.25, 0.0)
    assert "nobody is left" in scores_at(data, known, 6).reason
    assert [group.n for group in calibration(data, known, 3.5, 3)] == [6]  # too few for groups


def test_rileys_criteria_by_hand() -> None:
    found = sample_size(7, 22, 207.4, 98, 4)
    largest = 1 - exp(2 * 22 * (log(22 / 207.4) - 1) / 98)
    assert (found.largest_r_squared, found.r_squared) == pytest.approx((largest, 0.15 * largest))
    assert found.patients[0] == np.ceil(7 / (-0.1 * log(1 - 0.15 * largest / 0.9)))
    second = 0.15 / (0.15 + 0.05)
    assert found.patients[1] == np.ceil(7 / ((second - 1) * log(1 - 0.15 * largest / second)))
    rate = 22 / 207.4
    upper = 1 - exp(-4 * (rate + 1.96 * np.sqrt(rate / (207.4 / 98 * found.patients[2]))))
    assert upper - (1 - exp(-4 * rate)) == pytest.approx(0.05, abs=1e-3)
    assert found.needed == 512
    assert sample_size(3, 50, 1.0, 60, 1).patients[0] == inf  # a rate at which the formula has no largest R squared


def test_of_columns_without_a_meaning_the_corrected_c_is_near_a_half() -> None:
    dice = np.random.default_rng(3)
    data = observed(dice.exponential(1, 150), dice.random(150) < 0.5)
    found = optimism(data, dice.standard_normal((150, 8)), resamples=100)
    assert found.apparent > 0.58
    assert found.corrected == pytest.approx(0.5, abs=0.07)
    assert found.slope < 0.7


CUT = cd.Settings(prognostic_form="cut")


def test_the_bundled_cohort_is_too_small_and_says_so() -> None:
    found = cd.analyses.prognostic_model(cd.demo_cohort(), CUT)
    said = size_sentence(found)
    assert said.startswith(
        "Too small for a prediction model: 98 patients with 22 relapses for 7 terms; needed are 512 patients"
    )
    assert size_table(found)["Met"].tolist() == ["no"] * 3
    assert cd.analyses.to_use(cd.demo_cohort(), CUT, found) == NotEstimable(
        "the cohort is too small for a model that others could use"
    )
    blocks = list(section(cd.demo_cohort(), CUT))
    assert any(isinstance(block, Notice) and block.text == said for block in blocks)
    assert not {"points", "prognostic-terms"} & {block.id for block in blocks if isinstance(block, Table)}
    assert "decision-curve" not in [block.id for block in blocks if isinstance(block, Figure)]
    assert "C was 0.82 (95% CI 0.73-0.90); at 48 months an AUC of 0.85" in score_sentence(found, CUT)
    drawn = cd.analyses.in_other_patients(cd.demo_cohort(), CUT)
    (shown,) = (block.shown for block in blocks if isinstance(block, Table) and block.id == "optimism")
    assert shown["Model"].tolist() == [
        f"{one:.3f}" for one in (drawn.apparent, drawn.optimism, drawn.corrected, drawn.slope)
    ]
    assert "C is to be expected at 0.76 instead of 0.82" in optimism_sentence(drawn)


def test_numbers_as_splines_are_more_terms_and_need_more_patients() -> None:
    found = cd.analyses.prognostic_model(cd.demo_cohort(), cd.Settings())
    assert (found.n_terms, found.size.needed) == (11, 805)
    three, four, line = (
        cd.analyses.prognostic_model(
            cd.demo_cohort(), cd.Settings(prognostic_candidates="crp,age,sex", prognostic_form=form)
        )
        for form in ("spline-3", "spline-4", "line")
    )
    assert [len(one.names) for one in (three, four, line)] == [5, 7, 3]
    assert (three.design.selected, found.design.selected) == (False, True)


def large() -> tuple[cd.reading.Cohort, cd.Settings]:
    """Of 1,500 patients, two covariates that matter."""
    dice = np.random.default_rng(8)
    n = 1_500
    a, b = dice.integers(0, 2, n), dice.integers(0, 2, n)
    time, end = dice.exponential(60 / np.exp(0.9 * a + 0.6 * b)), dice.uniform(20, 90, n)
    rows = [
        f"P{i},{min(time[i], end[i]):.4f},{int(time[i] <= end[i])},{a[i]},{b[i]},{dice.random():.3f}" for i in range(n)
    ]
    text = "patient_id,relapse_months,relapse_event,perianal,gi_surgery,crp\n" + "\n".join(rows)
    return cd.read_cohort(text.encode()), cd.Settings(prognostic_candidates="perianal,gi_surgery", at_months="12,24,36")


def test_a_large_cohort_has_its_decision_curve_and_a_formula_that_gives_the_observed_risk() -> None:
    cohort, settings = large()
    found = cd.analyses.prognostic_model(cohort, settings)
    assert found.large_enough
    coef = [one.coef[0] for one in found.model.terms]
    assert [round(one, 1) for one in coef] == pytest.approx([0.9, 0.6], abs=0.11)
    assert found.model.baseline ** exp(-found.model.centre) == pytest.approx(exp(-36 / 60), abs=0.04)
    assert formula(found).startswith(f"Risk of relapse by 36 months = 1 − {found.model.baseline:.4f}^exp(S − ")
    assert all(abs(one.predicted - one.observed.value) < 0.06 for one in found.calibration)
    ids = [block.id for block in section(cohort, settings) if isinstance(block, Figure | Table)]
    assert {"points", "prognostic-terms", "decision-curve", "calibration"} <= set(ids)


@pytest.mark.parametrize(
    "choices",
    [{"clock": "late-entry"}, {"horizon_months": 0.1}, {"cutoffs": "crp>599"}, {"at_months": ""}, {"at_months": "0,600"},
     {"outcome": "abscess"}, {"screening_p": 0.01}, {"outcome": "adverse_event"},
     {"prognostic_form": "spline-4"}, {"prognostic_candidates": "nudt15"},
     {"prognostic_form": "cut", "cutoffs": "crp>599"}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object]) -> None:
    found = cd.analyses.prognostic_model(cd.demo_cohort(), cd.Settings(**choices))
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert size_sentence(found)
        assert "nan" not in score_table(found).to_string() + calibration_table(found.calibration, 0.95).to_string()
