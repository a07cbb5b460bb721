"""Fine-Gray, the mean cumulative function, MaxCombo and interval-censored Cox: R, a second way, worked examples."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox import interval_cox as module

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_further_models.json").read_text())
CASES = [(unit, case) for unit, cases in R["fine_gray"].items() for case in cases]


def pbc() -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = pd.read_csv(GOLDEN / "datasets" / "pbc.csv")
    female = (frame["sex"] == "female").astype(float)
    covariates = pd.DataFrame(
        {"age": frame["age"], "log_bili": np.log(frame["bili"]), "albumin": frame["albumin"], "female": female}
    )
    return frame, covariates


@pytest.mark.parametrize(("unit", "case"), CASES)
def test_fine_gray_is_rs_finegray_with_the_robust_error(unit: str, case: str) -> None:
    frame, covariates = pbc()
    time = frame["time_days"] if unit == "days" else np.ceil(frame["time_days"] / 182.625)
    cause, ties = case.split()
    found, wanted = (
        cd.fine_gray(time, frame["status"], covariates, cause=int(cause), ties=ties),
        R["fine_gray"][unit][case],
    )
    assert [term.coef for term in found.terms] == pytest.approx(wanted["coef"], abs=1e-9)
    assert [term.standard_error for term in found.terms] == pytest.approx(wanted["se"], abs=1e-8)
    assert found.log_likelihood == pytest.approx(wanted["log_likelihood"][0], abs=1e-8)
    assert found.wald.statistic == pytest.approx(wanted["wald"][0], abs=1e-6)


def test_without_a_competing_event_fine_gray_is_cox() -> None:
    frame, covariates = pbc()
    event = (frame["status"] == 1).astype(int)
    found = cd.fine_gray(frame["time_days"], event, covariates[["age"]])
    cox = cd.cox(frame["time_days"], event, covariates[["age"]])
    assert found.terms[0].coef == pytest.approx(cox.terms[0].coef)
    assert found.likelihood_ratio.statistic == pytest.approx(cox.likelihood_ratio.statistic)
    assert (found.score.statistic, found.score.df) == pytest.approx((cox.score.statistic, 1))


def test_fine_gray_counts_who_lacks_a_covariate_and_says_when_there_is_no_event() -> None:
    frame, covariates = pbc()
    covariates.loc[:4, "age"] = np.nan
    assert cd.fine_gray(frame["time_days"], frame["status"], covariates).n_dropped == 5
    nobody = cd.fine_gray([1, 2], [2, 0], pd.DataFrame({"x": [0.0, 1.0]}))
    assert nobody == NotEstimable("no event was observed")


@pytest.mark.parametrize("name", R["mean_cumulative"])
def test_mean_cumulative_is_rs_survfit_with_id(name: str) -> None:
    wanted = R["mean_cumulative"][name]
    rows = pd.DataFrame(wanted["rows"])
    events, by_patient = rows[rows["status"] == 1], rows.groupby("id")
    found = cd.mean_cumulative(
        list(events["id"]),
        events["tstop"],
        end=by_patient["tstop"].max().to_dict(),
        groups=by_patient[wanted["by"][0]].first().to_dict(),
    )
    whole = cd.mean_cumulative(list(events["id"]), events["tstop"], end=by_patient["tstop"].max().to_dict()).curves[0]
    assert whole.time == pytest.approx(np.array(wanted["time"]))
    assert whole.mean == pytest.approx(np.array(wanted["mean"]), abs=1e-12)
    assert whole.standard_error == pytest.approx(np.array(wanted["se"]), abs=1e-12)
    assert found.test.statistic == pytest.approx(wanted["statistic"][0][0], abs=1e-9)


def test_patients_without_an_event_count_in_the_mean() -> None:
    found = cd.mean_cumulative(["a", "a", "b"], [1, 2, 3], end={"a": 2, "b": 1.5, "c": 4})
    assert found.curves[0].mean.tolist() == [1 / 3, 1 / 3 + 1 / 2]
    assert (found.n_after_end, found.curves[0].n) == (1, 3)
    with pytest.raises(ValueError, match="'z'"):
        cd.mean_cumulative(["z"], [1], end={"a": 2})


@pytest.mark.parametrize(("name", "group"), [("veteran", "trt"), ("lung", "sex")])
def test_the_tests_of_max_combo_are_rs_and_its_p_is_the_share_of_as_large_ones(name: str, group: str) -> None:
    frame = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")
    found = cd.max_combo(frame["time_days"], frame["event"], frame[group])
    even, early = (R["weights"][name][one][0] for one in ("even", "early"))
    assert [test.z**2 for test in found.tests[:2]] == pytest.approx([even, early], abs=1e-9)
    assert found.p_value == pytest.approx({"veteran": 0.58775, "lung": 0.000984}[name], rel=2e-3)  # 4 million draws


def test_max_combo_of_one_time_is_the_log_rank_test() -> None:
    found = cd.max_combo([1, 2, 3], [1, 0, 0], [0, 1, 1])
    assert found.p_value == pytest.approx(cd.logrank([1, 2, 3], [1, 0, 0], [0, 1, 1]).p_value)
    assert isinstance(cd.max_combo([1, 2], [1, 1], ["a", "a"]), NotEstimable)


def visits(seed: int, n: int = 120) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Exponential times seen at up to eight visits; log hazard ratios 0.5 per unit of a and -0.7 with b."""
    rng = np.random.default_rng(seed)
    a, b = rng.standard_normal(n), rng.integers(0, 2, n)
    time = rng.exponential(20 / np.exp(0.5 * a - 0.7 * b))
    seen = np.cumsum(rng.uniform(2, 6, (n, 8)), axis=1).round(1)
    after = (seen < time[:, None]).sum(axis=1)
    padded = np.column_stack([np.zeros(n), seen, np.full(n, np.inf)])
    return padded[np.arange(n), after], padded[np.arange(n), after + 1], pd.DataFrame({"a": a, "b": b.astype(float)})


def test_interval_cox_is_the_maximum_that_another_search_finds() -> None:
    left, right, covariates = visits(1)
    found = cd.interval_cox(left, right, covariates)
    x = covariates.to_numpy(float)
    told = module._censored(left, right, x)

    def loss(values: np.ndarray) -> float:
        return -module._log_likelihood(told, values)

    start = np.concatenate([[0.0, 0.0], np.full(told.inside.shape[1], -3.0)])
    other = minimize(loss, start, method="BFGS", options={"gtol": 1e-6})
    assert [term.coef for term in found.terms] == pytest.approx(other.x[:2], abs=1e-4)
    assert found.log_likelihood == pytest.approx(-other.fun, abs=1e-4)


def test_interval_cox_without_an_effect_is_turnbulls_curve() -> None:
    left, right, covariates = visits(2)
    told = module._censored(left, right, covariates.to_numpy(float))
    null = module._maximum(told, np.zeros(2, bool))
    curve = cd.turnbull(left, right)
    assert -np.expm1(-np.exp(null.log_jumps).sum()) == pytest.approx(curve.mass[np.isfinite(curve.end)].sum(), abs=1e-4)


def test_interval_cox_of_exact_times_is_near_cox() -> None:
    frame, covariates = pbc()
    event = frame["status"] == 1
    right = np.where(event, frame["time_days"], np.inf)
    found = cd.interval_cox(frame["time_days"], right, covariates[["log_bili"]])
    exact = cd.cox(frame["time_days"], event, covariates[["log_bili"]])
    assert found.terms[0].coef == pytest.approx(exact.terms[0].coef, rel=0.02)
    assert found.terms[0].standard_error == pytest.approx(exact.terms[0].standard_error, rel=0.05)


def test_interval_cox_says_why_a_term_has_no_estimate() -> None:
    left, right, covariates = visits(3)
    constant = cd.interval_cox(left, right, covariates.assign(c=1.0))
    assert constant.terms[2].hazard_ratio == NotEstimable("c is the same in every patient")
    separated = cd.interval_cox([1, 1, 5, 5], [2, 3, np.inf, np.inf], pd.DataFrame({"x": [1.0, 1.0, 0.0, 0.0]}))
    assert separated == NotEstimable("no event among patients without x")
    with pytest.raises(ValueError, match="before left"):
        cd.interval_cox([2], [1], pd.DataFrame({"x": [1.0]}))
