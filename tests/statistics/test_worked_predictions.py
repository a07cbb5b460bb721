"""Predicted risks, restricted means, shares, rates and what would overturn a result: few patients, by hand."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.functional_form import functional_form
from cdanalysis.statistics.checks.influence import bca_levels, influence
from cdanalysis.statistics.checks.robustness import e_value, tipping_point
from cdanalysis.statistics.checks.time_split import split, time_split
from cdanalysis.statistics.cox.cox_result import concordance, reason_of, refusal_of, wald_term
from cdanalysis.statistics.curves.rmst import rmst
from cdanalysis.statistics.cutoffs.two_cutoffs import _cutoffs, _pairs, _quadratic, two_cutoffs
from cdanalysis.statistics.describe.proportions import exact_interval, rate, rate_by_patient, wilson
from cdanalysis.statistics.prediction.scores import calibration, net_benefit, scores_at
from cdanalysis.statistics.prediction.validation import validated
from cdanalysis.statistics.recurrent.mean_cumulative import mean_cumulative
from cdanalysis.statistics.time_axis import observed

Z = 1.959964


# --- Risks ------------------------------------------------------------------------------------------------------------


def test_the_scores_of_risks_without_a_censoring() -> None:
    data = observed([1, 2, 3, 4], [1, 1, 0, 0])
    found = scores_at(data, np.array([0.9, 0.4, 0.5, 0.1]), 2.0)
    assert not isinstance(found, NotEstimable)
    assert found.auc == pytest.approx(3 / 4)  # of four pairs one is the wrong way round
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.25 + 0.01) / 4)
    tied = scores_at(data, np.array([0.9, 0.5, 0.5, 0.1]), 2.0)
    assert not isinstance(tied, NotEstimable)
    assert tied.auc == pytest.approx(3.5 / 4)
    assert isinstance(scores_at(data, np.zeros(4), 4.0), NotEstimable)
    assert isinstance(scores_at(data, np.zeros(4), 0.5), NotEstimable)
    assert not isinstance(scores_at(data, np.zeros(4), 1.0), NotEstimable)


def test_the_weights_of_those_censored_go_to_who_is_left() -> None:
    # One of three at risk is censored at 2: those after it weigh 3/2.
    data = observed([1, 2, 3, 4], [1, 0, 1, 0])
    found = scores_at(data, np.array([1.0, 0, 0, 0]), 3.0)
    assert not isinstance(found, NotEstimable)
    assert found.brier == pytest.approx(1.5 / 4)
    assert found.auc == pytest.approx((1 * 1.5 + 1.5 * 1.5 * 0.5) / ((1 + 1.5) * 1.5))


def test_calibration_in_groups_of_equal_size() -> None:
    n = 40
    data = observed(np.arange(1.0, n + 1), np.r_[np.ones(20), np.zeros(20)])
    risk = np.linspace(0.9, 0.1, n)
    found = calibration(data, risk, 20.0, 2)
    assert [one.n for one in found] == [20, 20]
    low, high = found
    assert low.predicted == pytest.approx(risk[20:].mean())
    assert (low.observed.value, high.observed.value) == (0, 1)
    (whole,) = calibration(data, risk, 20.0, 1)
    assert whole.observed.value == pytest.approx(0.5)
    assert whole.observed.lower < 0.5 < whole.observed.upper < 0.7
    assert whole.observed.lower > 0.3
    # Greenwood without censoring by then is the binomial error: sqrt(0.5 * 0.5 / 40), 1.6449 of them for 90 %.
    (narrow,) = calibration(data, risk, 20.0, 1, interval="plain", conf_level=0.9)
    assert narrow.observed.upper - narrow.observed.lower == pytest.approx(2 * 1.6449 * np.sqrt(0.25 / n), rel=1e-4)


def test_the_net_benefit_of_treating_some_and_everybody() -> None:
    data = observed([1, 2, 3, 4], [1, 0, 0, 0])
    treated, everybody = net_benefit(data, np.array([0.5, 0.5, 0.2, 0.1]), 1.0, [0.2, 0.5, 0.6])
    assert everybody == pytest.approx([1 / 4 - 3 / 4 / 4, 1 / 4 - 3 / 4, 1 / 4 - 3 / 4 * 1.5])
    assert treated == pytest.approx([3 / 4 * (1 / 3 - 2 / 3 / 4), 1 / 2 * (1 / 2 - 1 / 2), 0])


def test_a_model_in_other_patients() -> None:
    data = observed([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 0])
    same = validated(data, np.zeros(6), 0.5, 3.0)
    assert not isinstance(same, NotEstimable)
    assert (same.predicted, same.observed.value) == (0.5, pytest.approx(0.5))
    assert same.ratio.value == pytest.approx(1.0)
    assert isinstance(same.slope, NotEstimable)
    hazard, variance = 1 / 6 + 1 / 5 + 1 / 4, 1 / 36 + 1 / 25 + 1 / 16
    assert isinstance(same.intercept, Estimate)
    gap, reach = log(hazard) - log(log(2)), Z * sqrt(variance) / hazard
    assert (same.intercept.value, same.intercept.upper) == (pytest.approx(gap), pytest.approx(gap + reach))
    assert same.intercept.lower == pytest.approx(gap - reach)
    assert isinstance(validated(data[:0], np.zeros(0), 0.5, 3.0), NotEstimable)
    assert isinstance(validated(observed([1, 2], [0, 0]), np.zeros(2), 0.5, 1.0), NotEstimable)
    assert isinstance(validated(observed([2, 3], [1, 0], [1, 0]), np.zeros(2), 0.5, 2.0), NotEstimable)
    early = validated(data, np.zeros(6), 0.5, 0.5)
    assert not isinstance(early, NotEstimable)
    assert isinstance(early.intercept, NotEstimable)


# --- Restricted means -------------------------------------------------------------------------------------------------


def test_a_restricted_mean_by_its_rectangles() -> None:
    found = rmst([1, 2, 3, 4], [1, 0, 1, 0], horizon=4.0)
    (mean,) = found.groups
    # 1 to 1, 3/4 to 3, 3/8 to 4; the areas to the right of the two falls: 1.875 and 0.375.
    assert isinstance(mean.rmst, Estimate)
    assert mean.rmst.value == pytest.approx(1 + 1.5 + 0.375)
    error = sqrt(1.875**2 / 12 + 0.375**2 / 2)
    assert mean.standard_error == pytest.approx(error)
    assert mean.rmst.upper - mean.rmst.value == pytest.approx(Z * error)
    assert mean.rmst.value - mean.rmst.lower == pytest.approx(Z * error)
    beyond = rmst([1, 2, 3, 4], [1, 0, 1, 0], horizon=4.1).groups[0].rmst
    assert beyond == NotEstimable("the patients were observed to 4.0, not to 4.1")
    ended = rmst([1, 2], [1, 1], horizon=5.0).groups[0].rmst
    assert isinstance(ended, Estimate)
    assert ended.value == pytest.approx(1.5)
    for horizon in (0.0, float("inf")):
        with pytest.raises(ValueError, match="horizon"):
            rmst([1, 2], [1, 1], horizon=horizon)


def test_two_restricted_means() -> None:
    found = rmst([1, 2, 3, 4, 2, 4, 5, 6], [1, 1, 1, 1, 1, 1, 1, 1], ["a"] * 4 + ["b"] * 4, horizon=4.0)
    one, other = (mean.rmst.value for mean in found.groups if isinstance(mean.rmst, Estimate))
    assert (one, other) == (pytest.approx(2.5), pytest.approx(3.5))
    (gap,) = found.contrasts
    se = sqrt(sum(mean.standard_error**2 for mean in found.groups))
    assert isinstance(gap.difference, Estimate)
    assert gap.difference.value == pytest.approx(1.0)
    assert gap.difference.upper == pytest.approx(1 + Z * se)
    assert isinstance(gap.ratio, Estimate)
    assert gap.ratio.value == pytest.approx(1.4)
    relative = sqrt(
        sum((mean.standard_error / value) ** 2 for mean, value in zip(found.groups, (2.5, 3.5), strict=True))
    )
    assert gap.ratio.lower == pytest.approx(exp(log(1.4) - Z * relative))


# --- Shares and rates -------------------------------------------------------------------------------------------------


def test_shares_with_their_intervals() -> None:
    none, all_of_them = wilson(0, 10), wilson(10, 10)
    assert (none.value, none.lower, all_of_them.upper) == (0, 0, 1)
    assert none.upper == pytest.approx(Z**2 / (10 + Z**2))
    assert all_of_them.lower == pytest.approx(10 / (10 + Z**2))
    half = wilson(5, 10)
    assert half.upper - 0.5 == pytest.approx(sqrt(Z**2 * (0.25 / 10 + Z**2 / 400)) / (1 + Z**2 / 10))
    assert 0.5 - half.lower == pytest.approx(half.upper - 0.5)
    exact = exact_interval(0, 10)
    assert (exact.lower, exact.upper) == (0, pytest.approx(1 - 0.025 ** (1 / 10)))
    assert exact_interval(10, 10).lower == pytest.approx(0.025 ** (1 / 10))
    assert exact_interval(1, 2).lower == pytest.approx(1 - sqrt(0.975))
    for empty in (wilson(0, 0), exact_interval(0, 0)):
        assert np.isnan([empty.value, empty.lower, empty.upper]).all()
    for k in (-1, 11):
        with pytest.raises(ValueError, match="expected 0 to 10"):
            wilson(k, 10)


def test_rates_with_their_intervals() -> None:
    found = rate(0, 50.0, per=100)
    assert (found.value, found.lower, found.upper) == (0, 0, pytest.approx(2 * -log(0.025)))
    one = rate(1, 50.0, per=100)
    assert one.lower == pytest.approx(2 * -log(0.975))
    assert one.upper == pytest.approx(2 * stats.chi2.ppf(0.975, 4) / 2)
    assert np.isnan(rate(1, 0.0).value)
    each = rate_by_patient([2, 0, 1], [1.0, 1.0, 1.0])
    error = sqrt(3 / 2 * 2) / 3
    assert (each.value, each.upper) == (1, pytest.approx(exp(Z * error)))
    assert each.lower == pytest.approx(exp(-Z * error))
    assert np.isnan(rate_by_patient([2], [1.0]).lower)
    assert rate_by_patient([2], [1.0]).value == 2
    assert np.isnan(rate_by_patient([0, 0], [1.0, 1.0]).upper)
    assert np.isnan(rate_by_patient([1], [0.0]).value)


def test_the_mean_number_of_events_of_a_group() -> None:
    found = mean_cumulative(list("AAB"), [1.0, 3.0, 2.0], end={"A": 4.0, "B": 2.0, "C": 3.0})
    assert not isinstance(found, NotEstimable)
    (curve,) = found.curves
    assert curve.time.tolist() == [1, 2, 3]
    assert curve.n_at_risk.tolist() == [3, 3, 2]
    assert curve.mean == pytest.approx([1 / 3, 2 / 3, 2 / 3 + 1 / 2])
    assert curve.standard_error[0] == pytest.approx(sqrt((2 / 3) ** 2 + 2 / 9) / 3)
    assert curve.upper[0] == pytest.approx(1 / 3 * exp(Z * curve.standard_error[0] * 3))
    assert curve.lower[0] == pytest.approx(1 / 3 / exp(Z * curve.standard_error[0] * 3))


# --- What would overturn a result -------------------------------------------------------------------------------------


def test_the_e_value_of_a_ratio() -> None:
    rare = e_value(Estimate(2.0, 1.5, 3.0), common_outcome=False)
    assert (rare.estimate, rare.limit) == (pytest.approx(2 + sqrt(2)), pytest.approx(1.5 + sqrt(0.75)))
    below = e_value(Estimate(0.5, 1 / 3, 2 / 3), common_outcome=False)
    assert (below.estimate, below.limit) == (pytest.approx(2 + sqrt(2)), pytest.approx(1.5 + sqrt(0.75)))
    assert e_value(Estimate(2.0, 1.0, 3.0), common_outcome=False).limit == 1.0
    assert e_value(Estimate(0.5, 0.2, 1.0), common_outcome=False).limit == 1.0
    assert e_value(Estimate(1.0, 0.5, 2.0), common_outcome=False).estimate == 1.0
    risk = (1 - 0.5 ** sqrt(2)) / (1 - 0.5 ** sqrt(0.5))
    assert e_value(Estimate(2.0, 1.5, 3.0), common_outcome=True).estimate == pytest.approx(
        risk + sqrt(risk * (risk - 1))
    )


def test_how_many_censored_would_change_the_answer() -> None:
    time = np.arange(1.0, 13)
    event = np.array([1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0])
    x = np.array([1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0.0])[:, None]
    data, inside = observed(time, event), x[:, 0] == 0
    whole = tipping_point(data, x, 0, inside, all_of_them=True)
    assert not isinstance(whole, NotEstimable)
    assert whole.n_censored == 5
    assert len(whole.p_values) == 6
    first = whole.p_values[0] < 0.05
    crossing = next((k for k, p in enumerate(whole.p_values) if (p < 0.05) != first), None)
    assert whole.needed == crossing
    assert whole.extreme == (pytest.approx(whole.ratios[-1]), pytest.approx(whole.p_values[-1]))
    nobody = tipping_point(observed(time, np.ones(12)), x, 0, inside)
    assert not isinstance(nobody, NotEstimable)
    assert (nobody.n_censored, nobody.needed, nobody.extreme) == (0, None, None)


def test_bounds_of_a_bootstrap_that_is_not_biased() -> None:
    drawn = np.linspace(-1, 1, 1001)
    without = np.array([-1.0, 1, -1, 1])
    assert bca_levels(drawn, 0.0, without, (0.025, 0.975)) == pytest.approx((0.025, 0.975), abs=1e-6)
    shifted = bca_levels(drawn, 0.5, without, (0.025, 0.975))
    assert not isinstance(shifted, NotEstimable)
    z0 = stats.norm.ppf(0.75)
    assert shifted[0] == pytest.approx(stats.norm.cdf(2 * z0 - Z), abs=2e-3)
    skewed = bca_levels(drawn, 0.0, np.array([0.0, 0, 0, 4]), (0.025, 0.975))
    a = (3 * 1 - 27) / (6 * 12**1.5)
    assert not isinstance(skewed, NotEstimable)
    assert skewed[1] == pytest.approx(stats.norm.cdf(Z / (1 - a * Z)), abs=2e-3)
    assert isinstance(bca_levels(drawn, 2.0, without, (0.025, 0.975)), NotEstimable)
    assert isinstance(bca_levels(drawn, 0.0, np.ones(4), (0.025, 0.975)), NotEstimable)
    assert isinstance(bca_levels(drawn, 0.0, np.array([1, np.nan]), (0.025, 0.975)), NotEstimable)


def test_a_patient_left_out() -> None:
    time, event = [1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 0]
    x = np.array([1.0, 0, 1, 0, 0, 1])[:, None]
    found = influence(observed(time, event), x)
    assert not isinstance(found, NotEstimable)
    assert found.left_out.shape == (6, 1)
    for k in (0, 3):
        keep = np.arange(6) != k
        fewer = influence(observed(np.array(time)[keep], np.array(event)[keep]), x[keep])
        assert not isinstance(fewer, NotEstimable)
        assert found.left_out[k, 0] == pytest.approx(fewer.coef[0], abs=1e-6)


# --- Splits -----------------------------------------------------------------------------------------------------------


def test_episodes_before_and_after_a_time() -> None:
    data = observed([1, 2, 3], [1, 1, 0], [0, 0.5, 0])
    episodes, patient, late = split(data, 2.0)
    assert patient.tolist() == [0, 1, 2, 2]
    assert episodes.time.tolist() == [1, 2, 2, 3]
    assert episodes.event.tolist() == [True, True, False, False]
    assert late.tolist() == [False, False, False, True]
    assert episodes.entry is not None
    assert episodes.entry.tolist() == [-np.inf, 0.5, -np.inf, 2]
    entered_late = split(observed([3, 4], [1, 1], [2, 1]), 2.0)
    assert entered_late[1].tolist() == [1, 0, 1]


def test_a_hazard_ratio_before_and_after() -> None:
    x = pd.DataFrame({"a": [1.0, 0, 1, 0, 0, 1, 0, 1]})
    found = time_split(np.arange(1, 9), [1, 1, 1, 1, 1, 1, 1, 1], x, 0, 4.0)
    assert not isinstance(found, NotEstimable)
    assert found.n_events == (4, 4)
    assert found.change.coef == pytest.approx(found.after.coef - found.before.coef)
    assert time_split([1, 2, 3], [1, 1, 0], x[:3], 0, 2.0) == NotEstimable("no event after 2")
    assert time_split([1, 2, 3], [0, 0, 1], x[:3], 0, 2.0) == NotEstimable("no event up to 2")


def test_pairs_of_cut_offs() -> None:
    cuts, below = _cutoffs(np.array([1.0, 2, 2, 3, 4, 5]), ">", 1)
    assert (cuts.tolist(), below.tolist()) == ([1, 2, 3, 4], [1, 3, 4, 5])
    assert _cutoffs(np.array([1.0, 2, 2, 3, 4, 5]), ">", 2)[0].tolist() == [2, 3]
    assert _pairs(below, 6, 0.34).tolist() == [[0, 1], [0, 2], [0, 3], [1, 3]]
    assert _pairs(below, 6, 0.0).tolist() == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
    centred = np.array([1.0, 0, -2, 1])
    assert _quadratic(centred, np.array([1]), np.array([3])) == pytest.approx([1 + 4 / 2 + 1])
    data = observed(np.arange(1.0, 7), [1] * 6)
    found = two_cutoffs(data, np.arange(1.0, 7), min_fraction=0.2, permutations=9)
    assert not isinstance(found, NotEstimable)
    assert found.sizes.sum(axis=1).tolist() == [6] * len(found.sizes)
    assert 0.1 <= found.p_corrected <= 1
    assert isinstance(two_cutoffs(observed([1, 2], [0, 0]), np.array([1.0, 2])), NotEstimable)
    assert isinstance(two_cutoffs(observed([1, 2], [1, 1]), np.array([1.0, 2])), NotEstimable)


# --- What a model says ------------------------------------------------------------------------------------------------


def test_pairs_that_agree() -> None:
    assert concordance(observed([1, 2, 3], [1, 1, 0]), np.array([3.0, 2, 1])) == 1
    assert concordance(observed([1, 2, 3], [1, 1, 0]), np.array([3.0, 1, 1])) == pytest.approx(2.5 / 3)
    assert concordance(observed([1, 1, 2], [1, 0, 0]), np.array([2.0, 1, 3])) == pytest.approx(1 / 2)
    assert concordance(observed([1, 1], [1, 1]), np.array([2.0, 1])) != concordance(
        observed([1, 1], [1, 0]), np.array([2.0, 1])
    )
    assert concordance(observed([1, 3, 4], [1, 1, 0], [0, 2, 0]), np.array([2.0, 3, 1])) == 1
    strata = np.array([0, 1, 0])
    assert concordance(observed([1, 2, 3], [1, 1, 0]), np.array([1.0, 5, 2]), strata) == 0


def test_why_a_term_has_no_estimate() -> None:
    data = observed([1, 2, 3], [1, 1, 0])
    assert reason_of(data, np.ones(3), "x", False) == "x is the same in every patient"
    assert "follows from" in reason_of(data, np.array([0, 1, 2.0]), "x", True)
    assert reason_of(data, np.array([1.0, 1, 0]), "x", False) == "no event among patients without x"
    assert reason_of(data, np.array([0.0, 0, 1]), "x", False) == "no event among patients with x"
    assert reason_of(data, np.array([0.0, 1, 2]), "x", False, ["y"]).startswith("x, alone or with y, separates")
    assert refusal_of(data, 0) == NotEstimable("no covariate was given")
    assert refusal_of(data[:0], 1) == NotEstimable("no patient has every covariate measured")
    assert refusal_of(observed([1], [0]), 1) == NotEstimable("no event was observed")
    assert refusal_of(data, 1) is None
    term = wald_term("x", 1.0, 0.5, Z)
    assert (term.z, term.p_value) == (2, pytest.approx(2 * stats.norm.sf(2)))
    assert isinstance(wald_term("x", 1.0, 0.0, Z).hazard_ratio, NotEstimable)


def test_the_forms_of_a_marker_by_their_information_criterion() -> None:
    rng = np.random.default_rng(1)
    values, time = rng.normal(size=40), rng.exponential(size=40)
    found = functional_form(observed(time, np.ones(40)), values, (values > 0).astype(float))
    assert not isinstance(found, NotEstimable)
    for name, n_terms in (("cut", 1), ("line", 1)):
        form = found.forms[name]
        assert not isinstance(form, NotEstimable)
        assert form.aic == pytest.approx(2 * n_terms - 2 * form.model.log_likelihood)
    assert functional_form(observed([1], [0]), values[:1], values[:1]) == NotEstimable("no event was observed")
    assert functional_form(observed([], []), values[:0], values[:0]) == NotEstimable(
        "no patient has the marker measured"
    )
