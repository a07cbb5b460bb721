"""Log-rank tests and curves of the fewest patients that show each of their edges, counted by hand."""

from __future__ import annotations

from math import exp, inf, log, sqrt

import numpy as np
import pytest
from scipy import stats

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.curves.curve_steps import counts_by, curve_steps, visible_steps
from cdanalysis.statistics.curves.fixed_time import at_fixed_time
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.curves.logrank import logrank, logrank_columns
from cdanalysis.statistics.curves.survival_band import falls_to, survival_band
from cdanalysis.statistics.curves.turnbull import innermost, turnbull
from cdanalysis.statistics.time_axis import observed

NAN = float("nan")
REACH = 1.959964 + 0.841621


# --- The log-rank test -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weighting", ["logrank", "tarone-ware", "breslow", "peto", ("fleming-harrington", 0, 0)])
def test_two_patients_have_one_time_that_tells(weighting: object) -> None:
    # At 1 one of two at risk, expected 1/2, variance 1/4; at 2 one patient is left. Any weight cancels.
    found = logrank([1, 2], [1, 1], ["a", "b"], weighting=weighting)  # type: ignore[arg-type]
    assert not isinstance(found, NotEstimable)
    assert (found.statistic, found.df) == (pytest.approx(1.0), 1)
    assert found.p_value == pytest.approx(stats.chi2.sf(1, 1))


def test_the_weights_of_the_tests() -> None:
    # Three at risk at 1 (a), two at 2 (b), one at 3 (b): observed less expected 1 - 1/3, -1/... of group a.
    time, event, groups = [1, 2, 3], [1, 1, 1], ["a", "a", "b"]
    shares, variances = np.array([2 / 3, 1 / 2]), np.array([2 / 9, 1 / 4])
    for weighting, weight in (
        ("logrank", [1, 1]),
        ("breslow", [3, 2]),
        ("tarone-ware", [sqrt(3), sqrt(2)]),
        ("peto", [3 / 4, 3 / 4 * 2 / 3]),
        (("fleming-harrington", 1, 0), [1, 2 / 3]),
        (("fleming-harrington", 0, 1), [0, 1 / 3]),
    ):
        found = logrank(time, event, groups, weighting=weighting)
        assert not isinstance(found, NotEstimable)
        gap = (np.array(weight) * (1 - shares)).sum()
        assert found.statistic == pytest.approx(gap**2 / (np.array(weight) ** 2 * variances).sum()), weighting


def test_what_the_log_rank_test_says_where_there_is_none() -> None:
    def reason(*given: list[object], **chosen: object) -> str:
        found = logrank(*given, **chosen)  # type: ignore[arg-type]
        assert isinstance(found, NotEstimable)
        return found.reason

    assert reason([1, 2], [1, 1], ["a", "a"]) == "all patients are in one group"
    assert reason([1, 2], [1, 1], [None, None]) == "no patient is in a group"
    assert reason([1, 2], [0, 0], ["a", "b"]) == "no event was observed"
    assert reason([1, 2, 3], [0, 0, 1], ["a", "b", None]) == "no event was observed"
    assert reason([1, 2], [0, 1], ["a", "b"]) == "at no event were patients of two groups at risk together"
    with pytest.raises(ValueError, match="expected"):
        logrank([1, 2], [1, 1], ["a", "b"], weighting=("fleming-harrington", -1, 0))
    with pytest.raises(ValueError, match="expected"):
        logrank([1, 2], [1, 1], ["a", "b"], weighting=("other", 1.0, 0.0))


def test_a_patient_without_a_stratum_is_left_out_and_strata_are_compared_within() -> None:
    alone = logrank([1, 2], [1, 1], ["a", "b"])
    both = logrank([1, 2, 5, 6, 0.5], [1, 1, 1, 1, 1], ["a", "b", "a", "b", "b"], strata=["x", "x", "y", "y", None])
    assert not isinstance(alone, NotEstimable)
    assert not isinstance(both, NotEstimable)
    assert both.statistic == pytest.approx(2 * alone.statistic)
    assert both.observed == (2, 2)


def test_a_trend_over_three_groups() -> None:
    # Scores 0, 1, 2; one event at 1 of three at risk: score 0 less the mean 1, variance 2/3; then of 1 and 2: 1 - 1.5, 1/4.
    found = logrank([1, 2, 3], [1, 1, 1], ["a", "b", "c"], trend=True)
    assert not isinstance(found, NotEstimable)
    assert (found.statistic, found.df) == (pytest.approx(1.5**2 / (2 / 3 + 1 / 4)), 1)


def test_many_log_rank_tests_at_once() -> None:
    data = observed([1, 2, 3, 4], [1, 1, 0, 1])
    marked = np.array([[1, 1, NAN, 0], [0, 1, 1, NAN], [1, 1, 0, 0], [0, 1, 0, 1]], float)
    found = logrank_columns(data, marked)
    for column, p in zip(marked.T, found, strict=True):
        known = ~np.isnan(column)
        one = logrank(data.time[known], data.event[known], column[known])
        if isinstance(one, NotEstimable):
            assert np.isnan(p)
        else:
            assert p == pytest.approx(one.p_value)
    assert np.isnan(logrank_columns(observed([1, 2], [0, 0]), marked[:2])).all()
    assert logrank_columns(observed([1, 2], [1, 1]), np.array([[1.0], [0.0]]))[0] == pytest.approx(stats.chi2.sf(1, 1))


# --- Curves ------------------------------------------------------------------------------------------------------------


def test_a_band_of_three_patients() -> None:
    survival, lower, upper = survival_band(np.array([3, 2, 1, 0]), np.array([0, 1, 1, 0]), "plain", 2.0)
    assert survival.tolist() == [1, 0.5, 0, 0]
    half = 2 * 0.5 * sqrt(1 / (2 * 1))
    assert (lower[1], upper[1]) == (pytest.approx(max(0, 0.5 - half)), pytest.approx(min(1, 0.5 + half)))
    assert (lower[0], upper[0], lower[2], upper[2]) == (1, 1, 0, 0)
    _, lower, upper = survival_band(np.array([4]), np.array([1]), "log", 2.0)
    root = sqrt(1 / 12)
    assert (lower[0], upper[0]) == (pytest.approx(0.75 * exp(-2 * root)), 1)
    _, lower, upper = survival_band(np.array([4]), np.array([1]), "log-log", 2.0)
    assert lower[0] == pytest.approx(0.75 ** exp(2 * root / -log(0.75)))
    assert upper[0] == pytest.approx(0.75 ** exp(-2 * root / -log(0.75)))


def test_the_time_at_which_a_curve_falls_to_a_level() -> None:
    time = np.array([1.0, 2, 3, 4])

    def at(survival: list[float], level: float = 0.5) -> float:
        values = np.array(survival)
        return falls_to(time[: len(values)], values, values, values, level).value

    assert at([0.8, 0.5, 0.5, 0.2]) == 3.0  # the middle of 2 and of 4, where it falls below
    assert at([0.8, 0.5, 0.5]) == 2.0
    assert at([0.8, 0.4]) == 2.0
    assert np.isnan(at([0.8, 0.6]))
    assert at([0.4]) == 1.0
    ended = falls_to(time[:2], np.array([0.8, 0.0]), np.array([0.6, 0.0]), np.array([0.9, 0.0]), 0.5)
    assert ended.value == 2.0
    assert np.isnan(ended.lower)
    assert np.isnan(ended.upper)


def test_the_steps_of_a_drawn_curve() -> None:
    band = np.array([0.5, 0.25]), np.array([0.4, 0.2]), np.array([0.6, 0.3])
    steps = curve_steps(
        np.array([2.0, 5.0]), band, np.array([2, 5, 3, 7.0]), np.array([True, True, False, False]), [0, 2, 2.5, 7, 8]
    )
    assert steps.time == (0, 2, 5, 7)
    assert steps.survival == (1, 0.5, 0.25, 0.25)
    assert steps.lower == (1, 0.4, 0.2, 0.2)
    assert (steps.censored_time, steps.censored_survival) == ((3, 7), (0.5, 0.25))
    assert steps.n_at_risk == (4, 4, 3, 1, 0)
    assert (steps.n, steps.n_events) == (4, 2)
    empty = np.empty(0)
    none = curve_steps(
        empty, (empty, empty, empty), np.array([3.0, 4]), np.array([False, False]), [3], np.array([-np.inf, 3.0])
    )
    assert (none.time, none.survival, none.n_at_risk) == ((0, 4), (1, 1), (1,))
    nobody = curve_steps(empty, (empty, empty, empty), empty, np.empty(0, bool), [])
    assert nobody.time == (0, 0)


def test_the_visible_steps_of_a_long_curve() -> None:
    survival = np.linspace(1, 0, 1001)
    kept = visible_steps(survival, survival, survival, most=106)
    assert len(kept) <= 106
    assert {0, 250, 500, 750, 1000} <= set(kept.tolist())
    assert np.diff(survival[kept]).min() >= -0.0111
    assert visible_steps(survival[:100], survival[:100], survival[:100], most=100).tolist() == list(range(100))
    flat = np.ones(20)
    assert visible_steps(flat, flat, flat, most=10).tolist() == [0, 19]


def test_who_had_the_event_or_was_censored_by_a_time() -> None:
    curve = kaplan_meier([1, 2, 2, 3], [1, 1, 0, 0]).curves[0]
    assert counts_by(curve, [0, 1, 2, 2.5, 3, 4]) == ([4, 4, 3, 1, 1, 0], [0, 1, 2, 2, 2, 2], [0, 0, 1, 1, 2, 2])


def test_groups_at_a_fixed_time() -> None:
    groups = ["a"] * 4 + ["b"] * 4
    curves = kaplan_meier([1, 5, 6, 7, 1, 2, 6, 7], [1, 0, 0, 1, 1, 1, 0, 0], groups).curves
    found = at_fixed_time(curves, 3.0)
    one, other = log(-log(0.75)), log(-log(0.5))
    v1, v2 = 1 / 12 / log(0.75) ** 2, (1 / 12 + 1 / 6) / log(0.5) ** 2
    assert found.statistic == pytest.approx((one - other) ** 2 / (v1 + v2))
    assert found.df == 1
    (gap,) = found.differences
    assert gap.statistic == pytest.approx(found.statistic)
    assert isinstance(gap.difference, Estimate)
    assert gap.difference.value == pytest.approx(-0.25)
    a, b = curves[0], curves[1]
    limits = (0.5 - b.lower[1], a.upper[0] - 0.75, b.upper[1] - 0.5, 0.75 - a.lower[0])
    assert gap.difference.lower == pytest.approx(-0.25 - sqrt(limits[0] ** 2 + limits[1] ** 2))
    assert gap.difference.upper == pytest.approx(-0.25 + sqrt(limits[2] ** 2 + limits[3] ** 2))


def test_why_groups_cannot_be_compared_at_a_time() -> None:
    groups = ["a"] * 3 + ["b"] * 3
    curves = kaplan_meier([1, 5, 6, 2, 3, 4], [1, 0, 0, 1, 1, 1], groups).curves

    def reason(time: float) -> str:
        found = at_fixed_time(curves, time).p_value
        return found.reason if isinstance(found, NotEstimable) else ""

    assert reason(0.5) == "no event in a by then; no event in b by then"
    assert reason(1.0) == "no event in b by then"
    assert reason(2.0) == ""
    assert reason(4.0) == "everybody in b had the event by then"
    assert reason(6.0) == "everybody in b had the event by then"
    assert reason(6.1) == "a was followed to 6.0 only; everybody in b had the event by then"


def test_intervals_of_an_event_that_nobody_saw() -> None:
    start, opened, end = innermost(np.array([0.0, 2, 5]), np.array([5.0, 2, 7]))
    assert (start.tolist(), opened.tolist(), end.tolist()) == ([2, 5], [False, True], [2, 7])
    found = turnbull([0, 2, 5], [5, 2, 7])
    assert not isinstance(found, NotEstimable)
    assert found.mass == pytest.approx([2 / 3, 1 / 3])
    assert found.survival_at(1.9) == (1, 1)
    assert found.survival_at(2) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.survival_at(5) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.survival_at(6) == (pytest.approx(0), pytest.approx(1 / 3))
    assert found.survival_at(7) == (pytest.approx(0), pytest.approx(0))
    assert found.median == (2, 2)
    assert found.worst_gain == pytest.approx(0, abs=1e-6)
    half = turnbull([0, 3], [2, inf])
    assert not isinstance(half, NotEstimable)
    assert half.median == (0, 2)
    most = turnbull([0, 3, 3], [2, inf, inf])
    assert not isinstance(most, NotEstimable)
    assert np.isnan(most.median).all()


def test_what_is_no_interval() -> None:
    assert turnbull([], []) == NotEstimable("there is no patient")
    assert turnbull([1, 2], [inf, inf]) == NotEstimable("no event was observed")
    for lower, upper in (([2], [1]), ([-1], [1]), ([1], [NAN]), ([1], [1, 2])):
        with pytest.raises(ValueError, match="upper holds"):
            turnbull(lower, upper)
    assert not isinstance(turnbull([0], [0]), NotEstimable)
