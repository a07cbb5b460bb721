"""A marker's form, and what a hazard ratio leans on, are R's (tests/golden/diagnostics.R) and scipy's."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap as scipy_bootstrap
from statistics_data import data

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.functional_form import functional_form
from cdanalysis.statistics.checks.influence import RUNAWAY, bootstrap, influence, refit
from cdanalysis.statistics.checks.robustness import e_value, tipping_point
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.residuals import dfbeta, null_martingale
from cdanalysis.statistics.time_axis import Observed, observed

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_diagnostics.json").read_text())
MARKERS = {"bili": ("pbc", 1.0), "albumin": ("pbc", 3.5), "age": ("lung", 65.0)}
CELLS = ("adeno", "large", "smallcell")


def marker(name: str) -> tuple[Observed, np.ndarray]:
    """Time axis and values of a golden marker."""
    frame, time, event = data(MARKERS[name][0])
    values = np.log2(frame[name]) if name == "bili" else frame[name]
    known = values.notna().to_numpy()
    return observed(time[known], event[known]), values.to_numpy(float)[known]


def leukemia() -> tuple[Observed, np.ndarray]:
    """The data with tied events, and its one column."""
    frame, time, event = data("leukemia6mp")
    return observed(time, event), (frame["treat"] == "6-MP").to_numpy(float)[:, None]


def veteran() -> tuple[Observed, np.ndarray]:
    """The golden script's model of five terms."""
    frame, time, event = data("veteran")
    cells = [frame["celltype"] == cell for cell in CELLS]
    return observed(time, event), np.column_stack([frame["trt"] == "test", *cells, frame["karno"]]).astype(float)


@pytest.mark.parametrize("name", MARKERS)
def test_cut_line_and_spline_as_r_on_the_same_basis(name: str) -> None:
    axis, values = marker(name)
    wanted = R["forms"][name]
    found = functional_form(axis, values, (values > wanted["cut"]).astype(float), at=np.array(wanted["at"]))
    assert found.curve.knots == pytest.approx(wanted["knots"], rel=1e-12, abs=1e-12)
    assert found.curve.reference == pytest.approx(wanted["reference"])
    assert found.curve.log_ratio == pytest.approx(wanted["log_hr"], rel=1e-7, abs=1e-9)
    assert found.curve.standard_error == pytest.approx(wanted["se"], rel=1e-7)
    assert found.curve.nonlinear.p_value == pytest.approx(wanted["nonlinear_p"], rel=1e-6)
    assert [form.aic for form in found.forms.values()] == pytest.approx(wanted["aic"], rel=1e-10)
    # royston() fits its scores to R's default tolerance.
    assert [form.r2_d for form in found.forms.values()] == pytest.approx(wanted["r2_d"], rel=1e-5)
    assert list(found.forms) == ["cut", "line", "spline"]


def test_martingale_residuals_and_their_smooth_as_r() -> None:
    axis, values = marker("age")
    found = functional_form(axis, values, values > 65)
    assert found.martingale == pytest.approx(R["martingale"]["lung"]["residuals"], abs=1e-10)
    assert found.smooth.value == pytest.approx(R["martingale"]["lung"]["y"], abs=1e-8)
    assert found.smooth.standard_error == pytest.approx(R["martingale"]["lung"]["se"], rel=1e-7)
    assert null_martingale(leukemia()[0], "efron") == pytest.approx(R["martingale"]["mp"]["residuals"], abs=1e-10)


def test_a_form_that_cannot_be_fitted_says_why_and_the_others_stand() -> None:
    axis, values = marker("age")
    found = functional_form(axis, values, np.zeros(len(values)))
    assert "same in every patient" in found.forms["cut"].reason
    assert found.forms["line"].aic == pytest.approx(R["forms"]["age"]["aic"][1])
    few = functional_form(axis, (values > 65).astype(float), values > 65)
    assert "too few distinct values" in few.forms["spline"].reason
    assert isinstance(few.curve, NotEstimable)
    assert isinstance(few.smooth, NotEstimable)
    assert isinstance(functional_form(observed([1, 2], [0, 0]), np.arange(2.0), np.arange(2.0)), NotEstimable)
    assert isinstance(functional_form(observed([], []), np.zeros(0), np.zeros(0)), NotEstimable)


@pytest.mark.parametrize(
    ("key", "ties"), [("leukemia6mp", "efron"), ("leukemia6mp_breslow", "breslow"), ("veteran", "efron")]
)
def test_dfbeta_as_r(key: str, ties: str) -> None:
    axis, x = veteran() if key == "veteran" else leukemia()
    found = influence(axis, x, ties=ties)
    assert found.dfbeta == pytest.approx(np.array(R["dfbeta"][key]).reshape(x.shape), abs=1e-9)
    # To first order, a patient's dfbeta is what leaving the patient out takes away.
    assert np.corrcoef(found.dfbeta[:, 0], found.coef[0] - found.left_out[:, 0])[0, 1] > 0.99


def test_every_patient_left_out_as_r_refits_it() -> None:
    axis, x = leukemia()
    assert influence(axis, x).left_out[:, 0] == pytest.approx(R["leave_one_out"]["leukemia6mp"], rel=1e-8)


def test_of_many_patients_the_largest_pulls_are_refitted(monkeypatch: pytest.MonkeyPatch) -> None:
    axis, x = veteran()
    exact = influence(axis, x)
    monkeypatch.setattr("cdanalysis.statistics.checks.influence.MOST_REFITTED", 100)
    monkeypatch.setattr("cdanalysis.statistics.checks.influence.REFITTED_OF_MANY", 30)
    found = influence(axis, x)
    refitted = np.isclose(found.left_out, exact.left_out, rtol=1e-9, atol=0).all(axis=1)
    assert (found.n_refitted, exact.n_refitted) == (30, len(axis))
    assert refitted.sum() == 30
    error = np.abs(found.left_out - exact.left_out)[~refitted]
    assert error.max() < 0.1 * np.abs(exact.dfbeta).max()


def test_dfbeta_keeps_late_entry() -> None:
    axis, x = veteran()
    late = observed(axis.time, axis.event, np.where(axis.time > 60, 30.0, 0.0))
    found = influence(late, x)
    # Residuals of the score sum to zero at the estimate.
    assert found.dfbeta.sum(axis=0) == pytest.approx(np.zeros(5), abs=1e-9)
    assert not np.allclose(found.dfbeta, dfbeta(axis, x, found.coef, np.eye(5), "efron"))


def test_drawn_patients_weigh_as_in_r() -> None:
    axis, x = leukemia()
    found = refit(axis, x, np.array(R["weighted"]["counts"], float), "efron")
    assert found[:, 0] == pytest.approx(R["weighted"]["coef"], rel=1e-8)


def test_bootstrap_limits_are_scipys_on_the_same_draws_and_seeded() -> None:
    axis, x = leukemia()
    seen: list[tuple[int, int]] = []
    found = bootstrap(axis, x, 0, resamples=500, seed=4, progress=lambda *done: seen.append(done))
    assert (found.log_ratio == bootstrap(axis, x, 0, resamples=500, seed=4).log_ratio).all()
    assert seen == [(200, 500), (400, 500), (500, 500)]

    def statistic(places: np.ndarray, axis: int) -> np.ndarray:
        return np.apply_along_axis(coefficient, axis, places)

    def coefficient(places: np.ndarray) -> float:
        row = places.astype(int)
        return refit(axis[row], x[row], np.ones((1, len(row))), "efron")[0, 0]

    ours = SimpleNamespace(bootstrap_distribution=found.log_ratio)
    for method, limits in (("percentile", found.percentile), ("BCa", found.bca)):
        theirs = scipy_bootstrap(
            (np.arange(len(axis)),), statistic, method=method, n_resamples=0, bootstrap_result=ours
        )
        assert [np.log(limits.lower), np.log(limits.upper)] == pytest.approx(list(theirs.confidence_interval), rel=1e-9)


def test_a_group_with_one_event_has_an_open_limit_never_an_infinite_one() -> None:
    time = np.arange(1.0, 31)
    x = (np.arange(30) % 2).astype(float)[:, None]
    event = (x[:, 0] == 0) | (np.arange(30) == 15)
    found = bootstrap(observed(time, event), x, 0, resamples=400, seed=1)
    assert np.isnan(found.percentile.lower)
    assert 0 < found.percentile.value < found.percentile.upper < 1
    assert np.isneginf(found.log_ratio).mean() == pytest.approx(1 / np.e, abs=0.08)
    assert "without one of the patients" in found.bca.reason
    none = observed(time, event & (x[:, 0] == 0))
    assert isinstance(bootstrap(none, x, 0), NotEstimable)
    assert isinstance(influence(none, x), NotEstimable)
    assert abs(refit(none, x, np.ones((1, 30)), "efron")[0, 0]) == RUNAWAY


def test_tipping_point_as_r_refits_it() -> None:
    axis, x = leukemia()
    found = tipping_point(axis, x, 0, x[:, 0] == 1)
    assert list(found.p_values[1:]) == pytest.approx(R["tipping"]["p"], rel=1e-7)
    assert (found.needed, found.n_censored, found.was_significant) == (None, 12, True)
    assert found.extreme == (found.ratios[-1], found.p_values[-1])  # the last step has changed all of them


def test_both_ends_of_a_tipping_point_are_models_of_their_own() -> None:
    axis, x = leukemia()
    found = tipping_point(axis, x, 0, x[:, 0] == 1, level=1e-9)
    changed = cox(axis.time, axis.event | (x[:, 0] == 1), pd.DataFrame(x, columns=range(x.shape[1])))
    observed_, every = cox(axis.time, axis.event, pd.DataFrame(x, columns=range(x.shape[1]))).terms[0], changed.terms[0]
    assert (found.ratios[0], found.p_values[0]) == pytest.approx((np.exp(observed_.coef), observed_.p_value), rel=1e-9)
    assert found.extreme == pytest.approx((np.exp(every.coef), every.p_value), rel=1e-9)
    assert tipping_point(axis, x, 0, x[:, 0] == 0).extreme is None  # nobody of that group was censored


def test_a_tipping_point_is_the_first_crossing() -> None:
    frame, time, event = data("veteran")
    axis, x = observed(time, event), (frame["karno"] > 50).to_numpy(float)[:, None]
    level = tipping_point(axis, x, 0, x[:, 0] == 1).p_values[0]
    found = tipping_point(axis, x, 0, x[:, 0] == 1, level=level * 1.2, all_of_them=True)
    assert found.needed is not None
    assert found.p_values[found.needed] >= found.level
    assert all(p < found.level for p in found.p_values[: found.needed])
    assert len(found.p_values) == found.n_censored + 1
    separated = tipping_point(
        observed([1, 2, 3, 4], [1, 1, 0, 0]), np.array([[0.0], [0], [1], [1]]), 0, np.ones(4) == 1
    )
    assert isinstance(separated, NotEstimable)


def test_e_values_as_published_and_as_r_computes_them() -> None:
    # VanderWeele and Ding 2017: a risk ratio of 3.9 (1.8-8.7) has E-values 7.26 and 3.0.
    published = e_value(Estimate(3.9, 1.8, 8.7), common_outcome=False)
    assert (round(published.estimate, 2), round(published.limit, 1)) == (7.26, 3.0)
    for common, key in ((False, "rare"), (True, "common")):
        low = e_value(Estimate(0.56, 0.46, 0.69), common_outcome=common)
        high = e_value(Estimate(3.9, 1.8, 8.7), common_outcome=common)
        assert [low.estimate, low.limit, high.estimate, high.limit] == pytest.approx(R["e_value"][key], rel=1e-12)
    assert e_value(Estimate(1.5, 0.9, 2.5), common_outcome=True).limit == 1
    assert e_value(Estimate(0.5, 0.2, np.nan), common_outcome=False).limit == 1
