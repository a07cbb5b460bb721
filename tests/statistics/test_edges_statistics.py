"""Small functions of the statistics where they turn, each answer by hand."""

from __future__ import annotations

from importlib import import_module
from math import exp, inf, log, nan, sqrt
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import chi2, norm

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.proportional_hazards import _scaled
from cdanalysis.statistics.checks.spline import knots_of
from cdanalysis.statistics.cox.cox_result import cautions_of
from cdanalysis.statistics.cox.penalised import _next
from cdanalysis.statistics.curves.kaplan_meier import curves_by_place, kaplan_meier
from cdanalysis.statistics.curves.rmst import _contrast
from cdanalysis.statistics.curves.spss_quantile import spss_quantile
from cdanalysis.statistics.cutoffs.maxstat import lausen_schumacher_92
from cdanalysis.statistics.describe.proportions import rate_by_patient
from cdanalysis.statistics.prediction.sample_size import _shrunk
from cdanalysis.statistics.prediction.scores import _censoring_weights, _uncensored, predicted_risk
from cdanalysis.statistics.recurrent.mean_cumulative import _test, mean_cumulative
from cdanalysis.statistics.time_axis import merged, observed

Z = norm.ppf(0.975)


def limits(value: Estimate | NotEstimable) -> tuple[float, float, float]:
    assert isinstance(value, Estimate)
    return value.value, value.lower, value.upper


def test_a_time_asked_for_is_that_of_the_axis_where_it_differs_by_rounding_only() -> None:
    axis = np.array([1000.0, 3000.0])  # rounding is 1.5e-8 of their mean, 3e-5
    assert merged(axis, [1000 + 2e-5, 1000 + 4e-5]).tolist() == [1000.0, 1000 + 4e-5]
    assert merged(axis, [3000 - 2e-5, 3000 + 2e-5, 2000.0]).tolist() == [3000.0, 3000.0, 2000.0]
    assert merged(axis, [500.0, 9000.0]).tolist() == [500.0, 9000.0]
    assert merged(axis, []).tolist() == []
    assert merged(np.array([]), [5.0]).tolist() == [5.0]


def test_the_information_about_slopes_as_a_share() -> None:
    found = _scaled(np.array([[4.0, 2.0], [2.0, 9.0]]), np.diag([16.0, 81.0]))
    assert found == pytest.approx(np.array([[1 / 4, 1 / 18], [1 / 18, 1 / 9]]))
    assert np.isfinite(_scaled(np.zeros((1, 1)), np.zeros((1, 1)))).all()


def test_the_rate_of_two_patients_by_patient_and_of_one() -> None:
    two = rate_by_patient([1, 2], [1.0, 1.0])
    assert limits(two) == pytest.approx((1.5, 1.5 * exp(-Z / 3), 1.5 * exp(Z / 3)))
    assert limits(rate_by_patient([2], [4.0], per=100.0)) == pytest.approx((50, nan, nan), nan_ok=True)
    assert limits(rate_by_patient([0, 0], [1.0, 1.0])) == pytest.approx((0, nan, nan), nan_ok=True)
    assert limits(rate_by_patient([0, 0], [0.0, 0.0])) == pytest.approx((nan, nan, nan), nan_ok=True)


def test_a_predicted_risk() -> None:
    assert predicted_risk(0.5, np.array([0.0, log(2), 1e9, -1e9])) == pytest.approx([0.5, 0.75, 1, 0])


def test_who_is_not_censored_up_to_each_time() -> None:
    data = observed([1, 2, 3, 4], [True, False, True, False])
    assert _uncensored(data, np.array([1.0, 2, 3, 4])) == pytest.approx([1, 2 / 3, 2 / 3, 0])
    together = observed([1, 1, 2], [True, False, False])  # who had the event at 1 is not at risk of a censoring then
    assert _uncensored(together, np.array([1.0, 2])) == pytest.approx([1 / 2, 0])
    weights = _censoring_weights(data, 3.0)
    assert weights == pytest.approx([1, 0, 3 / 2, 3 / 2])
    assert isinstance(_censoring_weights(observed([1, 2, 3], [True, False, True]), 2.0), np.ndarray)
    assert isinstance(_censoring_weights(observed([1, 2, 3], [True, False, False]), 3.0), np.ndarray)


def test_a_group_of_nobody_has_no_curve_beside_another() -> None:
    data = observed([1, 2], [True, False])
    both = curves_by_place(data, ["a", "b"], np.array([0, 0]), "log-log", 0.95)
    assert [curve.group for curve in both.curves] == ["a"]
    alone = curves_by_place(data, ["all"], np.array([-1, -1]), "log-log", 0.95)
    assert len(alone.curves) == 1


def test_the_median_of_spss_and_its_interval() -> None:
    curve = kaplan_meier(np.arange(1.0, 11), np.ones(10, bool)).curves[0]
    # S falls by 0.1 a month: 0.5 at 5; 0.6 at 4 and 0.4 at 6 give a slope of 0.1; SE(S) = sqrt(0.25 / 10).
    error = sqrt(0.25 / 10) / 0.1
    assert limits(spss_quantile(curve)) == pytest.approx((5, 5 - 1.96 * error, 5 + 1.96 * error))
    quarter = limits(spss_quantile(curve, 0.75))  # 0.7 at 3; 0.8 at 2 and 0.7 at 3
    error = sqrt(0.7 * 0.3 / 10) / 0.1
    assert quarter == pytest.approx((3, 3 - 1.96 * error, 3 + 1.96 * error))
    last = limits(spss_quantile(kaplan_meier([1.0, 2], [True, True]).curves[0], 0.2))
    assert last == pytest.approx((2, nan, nan), nan_ok=True)  # at 0 there is no SE
    none = limits(spss_quantile(kaplan_meier([1.0, 2, 3], [True, False, False]).curves[0]))
    assert none == pytest.approx((nan, nan, nan), nan_ok=True)


def test_ten_events_per_covariate_are_not_few() -> None:
    terms = [SimpleNamespace(name=name, hazard_ratio=Estimate(1.0, 0.5, 2.0), coef=0.0) for name in "ab"]

    def said(n_events: int, *, converged: bool = True) -> list[str]:
        data = observed(np.arange(1.0, 31), np.arange(30) < n_events)
        return list(map(str, cautions_of(data, terms, converged)))  # type: ignore[arg-type]

    assert said(20) == []
    assert said(19) == ["9.5 events per covariate, fewer than 10"]
    assert said(20, converged=False) == ["the fit did not converge"]


def test_the_bound_for_a_marker_without_ties() -> None:
    assert lausen_schumacher_92(0.99, 0.1) == 1.0
    assert lausen_schumacher_92(1.0, 0.1) == pytest.approx(4 * norm.pdf(1.0))
    two = 4 * norm.pdf(2.0) / 2 + norm.pdf(2.0) * 1.5 * log(81)
    assert lausen_schumacher_92(2.0, 0.1) == pytest.approx(two)
    assert lausen_schumacher_92(3.0, 0.0) == 1.0


def test_two_restricted_means() -> None:
    one = SimpleNamespace(rmst=Estimate(0.5, 0.3, 0.7), standard_error=0.1)
    other = SimpleNamespace(rmst=Estimate(0.8, 0.7, 0.9), standard_error=0.1)
    difference, ratio, p, p_ratio = _contrast((one, other), Z)  # type: ignore[arg-type]
    se, se_log = sqrt(0.02), sqrt(0.04 + 0.015625)
    assert limits(difference) == pytest.approx((0.3, 0.3 - Z * se, 0.3 + Z * se))
    assert limits(ratio) == pytest.approx((1.6, 1.6 * exp(-Z * se_log), 1.6 * exp(Z * se_log)))
    assert (p, p_ratio) == pytest.approx((2 * norm.sf(0.3 / se), 2 * norm.sf(log(1.6) / se_log)))
    none = SimpleNamespace(rmst=Estimate(0.0, 0.0, 0.0), standard_error=0.0)
    assert isinstance(_contrast((none, other), Z)[1], NotEstimable)  # type: ignore[arg-type]
    reason = NotEstimable("too short")
    assert _contrast((SimpleNamespace(rmst=reason, standard_error=nan), other), Z)[:2] == (reason, reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "n_knots", "knots"),
    [
        ([0, 1, 0, 1], 3, None),  # quantiles 0, 0.5 and 1, and two values
        ([0, 1, 2, 0, 1, 2], 3, (0, 1, 2)), ([0, 0, 1, 2, 3, 3], 4, (0, 0.75, 2.25, 3)), ([0, 0, 0, 0, 0, 1, 2], 3, None),
        ([0, 1, 2], 4, None), ([], 3, None),
    ],
)  # fmt: skip
def test_a_curve_needs_as_many_values_as_knots(
    values: list[float], n_knots: int, knots: tuple[float, ...] | None
) -> None:
    found = knots_of(np.array(values, float), n_knots)
    assert isinstance(found, NotEstimable) if knots is None else found == pytest.approx(knots)


def test_the_patients_for_a_shrinkage() -> None:
    assert _shrunk(10, 0.2, 0.9) == 398  # 10 / (0.1 * 0.25131)
    assert _shrunk(10, 0.2, 1.0) == inf
    assert _shrunk(10, 0.9, 0.9) == inf
    assert _shrunk(10, 0.0, 0.9) == inf


def test_an_event_at_time_0_counts_and_one_before_it_does_not() -> None:
    found = mean_cumulative(["A", "A", "B"], [0.0, -1.0, 3.0], end={"A": 5.0, "B": 5.0, "C": 2.0})
    assert not isinstance(found, NotEstimable)
    (curve,) = found.curves
    assert curve.mean == pytest.approx([1 / 3, 1 / 3 + 1 / 2])


def test_a_step_of_less_than_one() -> None:
    assert _next(1.2, 1.0, 2.0, 1.0) == 1.2
    assert _next(1.2, 1.0, nan, 0.5) == 1.2


def test_groups_are_compared_on_one_degree_of_freedom_less() -> None:
    stop = np.array([5.0, 6, 7, 8, 9, 10])
    who, when = np.array([0, 0, 1, 3, 4, 5]), np.array([1.0, 2, 3, 4, 5, 6])
    for groups in ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]):
        found = _test(stop, np.array(groups), who, when, n := max(groups) + 1)
        assert not isinstance(found, NotEstimable)
        assert found.df == n - 1
        assert found.p_value == pytest.approx(chi2.sf(found.statistic, n - 1))


@pytest.mark.parametrize(
    ("section", "drawn"),
    [
        ("cutoffs.analysis", {"PERMUTATIONS": 2000, "SEED": 20201106}),
        ("cutoffs.landscape.analysis", {"RESAMPLES": 1000}),
        ("multiverse.analysis", {"PERMUTATIONS": 200, "SEED": 20201106}),
        ("predictors.robustness.analysis", {"RESAMPLES": 2000, "SEED": 20201106}),
        ("predictors.subgroups.adjusted", {"RESAMPLES": 1000, "SEED": 0}),
        ("prognosis.analysis", {"RESAMPLES": 200, "SEED": 0}),
    ],
)
def test_what_is_drawn_is_the_same_whenever_a_page_is_opened(section: str, drawn: dict[str, int]) -> None:
    """Another seed or number of draws is another number on screen for the same file: then RESULTS_VERSION rises."""
    module = import_module(f"cdanalysis.sections.{section}")
    assert {name: getattr(module, name) for name in drawn} == drawn
