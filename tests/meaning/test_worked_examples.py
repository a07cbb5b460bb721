"""Small numbers by hand, at the places where a slip of one sign or one step went unnoticed (benchmarks/mutants.py)."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from cdanalysis.demo import demo_cohort
from cdanalysis.dictionary.markers import CRP
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.moving_curves import candidate_cutoffs, risk_table_times
from cdanalysis.sections.reproduction.analysis import as_printed, rounded
from cdanalysis.sections.survival.grouping import grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.robustness import MOST_CHANGED, tipping_point
from cdanalysis.statistics.cox.residuals import null_martingale
from cdanalysis.statistics.cutoffs.maxstat import admissible_sizes, lausen_schumacher_92, logrank_scores
from cdanalysis.statistics.cutoffs.specification_curve import _marked, _summary
from cdanalysis.statistics.describe.proportions import rate
from cdanalysis.statistics.time_axis import observed

NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "side", "filled", "marked"),
    [
        ([1, 2, 2, 3, NAN], ">", False, [0, 0, 0, 1, NAN]),
        ([1, 2, 2, 3, NAN], ">=", False, [0, 1, 1, 1, NAN]),
        ([1, 2, 2, 3, NAN], ">", True, [0, 0, 0, 1, 0]),
        ([1, 2, 2, 3, NAN], ">=", True, [0, 1, 1, 1, 1]),
        ([1, 3, NAN], ">", True, [0, 1, 1]),  # as many above as below: the group whose name sorts first
        ([1, 3, NAN], ">=", True, [0, 1, 0]),
    ],
)
def test_a_specification_splits_as_every_other_page(
    values: list[float], side: str, filled: bool, marked: list[float]
) -> None:
    found = _marked(SimpleNamespace(filled=filled), np.array([values], float), np.array([2.0]), side)
    np.testing.assert_array_equal(found[0, 0], marked)


def test_a_curve_s_summary_counts_small_p_on_the_side_of_its_median() -> None:
    coef, p = np.array([0.2, 0.4, -0.9, NAN, 0.6]), np.array([0.01, 0.04, 0.001, 0.01, 0.05])
    middle, count = _summary(coef, p, np.array([1.0, 2.0, 1.0, 5.0, 1.0]))
    assert middle == pytest.approx(0.4)  # of -0.9, 0.2, 0.4, 0.4, 0.6
    assert count == 3  # 0.2 once and 0.4 twice; 0.6 has P = 0.05 itself
    assert np.isnan(_summary(np.array([NAN]), np.array([NAN]), np.ones(1))).all()


def test_a_slider_s_places_are_its_steps_and_the_cut_off_in_use() -> None:
    steps = candidate_cutoffs(CRP, 10.0)
    assert (steps[:3].tolist(), steps[-1], len(steps)) == ([1.0, 1.5, 2.0], 50.0, 99)
    between = candidate_cutoffs(CRP, 10.25)
    assert between[18:21].tolist() == [10.0, 10.25, 10.5]
    assert len(between) == 100


@pytest.mark.parametrize(
    ("last", "times"),
    [(8.5, tuple(range(9))), (9.0, tuple(range(10))), (9.5, (0, 3, 6, 9)), (74.7, (0, 12, 24, 36, 48, 60, 72))],
)
def test_a_table_below_a_figure_has_round_months(last: float, times: tuple[float, ...]) -> None:
    assert risk_table_times(last) == times


@pytest.mark.parametrize(
    ("printed", "values", "shown"),
    [
        ("85.1", (85.05,), "85.1"), ("85.1", (85.0499,), "85.0"), ("22", (21.5,), "22"),
        ("4.72 (1.19-18.75)", (4.715, 1.194, 18.754), "4.72 (1.19-18.75)"), ("13.40 ± 4.92", (13.4, 4.9249), "13.40 ± 4.92"),
        ("P=0.039", (0.0385,), "P=0.039"), ("P=0.039", (0.0009,), "P<0.001"), ("P<0.001", (0.00099,), "P<0.001"),
        ("P<0.001", (0.001,), "P=0.001"), ("5.1", (NAN,), "–"), ("5.1 (1.2-3.4)", (NAN, 1.2, 3.4), "not reached (1.2-3.4)"),
    ],
)  # fmt: skip
def test_a_study_s_result_has_the_printed_digits(printed: str, values: tuple[float, ...], shown: str) -> None:
    assert as_printed(printed, values) == shown


def test_what_no_curve_reaches_is_said_so() -> None:
    assert rounded(1e6 + 1, "74.7") == "not reached"
    assert rounded(1e6, "74") == "1000000"
    assert rounded(-0.05, "1.1") == "-0.1"


def test_log_rank_scores_by_hand() -> None:
    # Times 1+, 2, 2, 3: at 2 three are at risk and two have it, at 3 one is at risk.
    scores = logrank_scores(np.array([1.0, 2, 2, 3]), np.array([0.0, 1, 1, 1]))
    assert scores == pytest.approx([0, 0, 0, -1])  # tied events step by 1 / (4 - 3 + 1) each: 1 - 2/2; then 1 - (1 + 1)


def test_admissible_sizes_leave_the_fraction_on_both_sides() -> None:
    assert admissible_sizes(np.arange(10.0), 0.1).tolist() == list(range(1, 10))
    assert admissible_sizes(np.arange(10.0), 0.3).tolist() == [3, 4, 5, 6, 7]
    assert admissible_sizes(np.array([1.0, 1, 1, 2, 2, 3, 3, 3, 3, 3]), 0.1).tolist() == [3, 5]
    assert lausen_schumacher_92(0.99, 0.1) == 1.0


def test_martingale_residuals_without_covariates_are_event_less_cumulative_hazard() -> None:
    # 1, 2, 3+ : hazards 1/3, then 1/2.
    found = null_martingale(observed([1, 2, 3], [1, 1, 0]), "breslow")
    assert found == pytest.approx([1 - 1 / 3, 1 - 5 / 6, -5 / 6])
    tied = null_martingale(observed([1, 1, 3], [1, 1, 0]), "efron")
    assert tied.sum() == pytest.approx(0)
    assert tied == pytest.approx([1 - 1 / 3 - 1 / 4, 1 - 1 / 3 - 1 / 4, -(1 / 3 + 1 / 2)])


def test_a_rate_is_events_by_time_times_what_it_is_per() -> None:
    found = rate(3, 60.0, per=100.0)
    assert (found.value, round(found.lower, 3), round(found.upper, 3)) == (5.0, 1.031, 14.612)  # R: poisson.test(3, 60)
    assert np.isnan(rate(0, 0.0, per=100.0).value)


def test_a_tipping_point_tries_the_first_300_and_all_of_them() -> None:
    rng = np.random.default_rng(8)
    time, event = rng.exponential(10, 800), rng.random(800) < 0.2
    group = rng.random(800) < 0.9
    found = tipping_point(observed(time, event), group.astype(float)[:, None], 0, group, level=1e-300)
    assert not isinstance(found, NotEstimable)
    assert len(found.p_values) == MOST_CHANGED + 1 < found.n_censored
    assert found.extreme is not None
    assert replace(found, needed=1).was_significant is False


@pytest.mark.parametrize(("second", "n_groups"), [("crp=10", 2), ("crp=20", 3)])
def test_a_second_cut_off_that_is_the_first_makes_no_third_group(second: str, n_groups: int) -> None:
    cohort, settings = demo_cohort(), Settings(survival_group="crp", second_cutoffs=second)
    ids = tuple(cohort.patients["patient_id"])
    assert len(grouping(cohort, ids, "crp", settings).labels) == n_groups
