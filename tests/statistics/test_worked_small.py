"""Small functions of the statistics at the value where they turn, by hand."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.penalised import _next
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.curves.survival_band import limits
from cdanalysis.statistics.cutoffs.cutoff_scan import cutoff_scan
from cdanalysis.statistics.cutoffs.cutoff_stability import cutoff_stability
from cdanalysis.statistics.cutoffs.specification_curve import share_between
from cdanalysis.statistics.cutoffs.two_cutoffs import MOST_CUTOFFS, _cutoffs
from cdanalysis.statistics.describe.comparisons import compare_numbers
from cdanalysis.statistics.prediction.sample_size import sample_size
from cdanalysis.statistics.recurrent.recurrent_cox import spells
from cdanalysis.statistics.time_axis import labels_in_order, observed

NAN = float("nan")


def test_the_groups_of_texts_and_of_anything_else() -> None:
    labels, places = labels_in_order("g", np.array(["b", None, "a", "b"], dtype=object), 4)
    assert (labels, places.tolist()) == (["a", "b"], [1, -1, 0, 1])
    labels, places = labels_in_order("g", np.array([2, 10, 2], dtype=object), 3)
    assert (labels, places.tolist()) == ([2, 10], [0, 1, 0])
    labels, places = labels_in_order("g", np.array([None, None, None], dtype=object), 3)
    assert (labels, places.tolist()) == ([], [-1, -1, -1])


def test_a_step_stays_between_what_is_inside_and_what_is_outside() -> None:
    assert _next(3.0, 1.0, 4.0, 1.0) == 3.0
    assert _next(5.0, 1.0, 4.0, 1.0) == 2.5
    assert _next(4.0, 1.0, 4.0, 1.0) == 2.5  # the outside itself is none
    assert _next(1.0, 1.0, 4.0, 1.0) == 2.5
    assert _next(-2.0, -1.0, -4.0, -1.0) == -2.0
    assert _next(2.0, 1.0, NAN, 1.0) == 2.0
    assert _next(9.0, 1.0, NAN, 1.0) == 3.0
    assert _next(3.0, 1.0, NAN, 1.0) == 3.0
    assert _next(NAN, 1.0, 4.0, 1.0) == 2.5


def test_the_share_of_the_squares_between_groups() -> None:
    assert share_between(np.array([1.0, 1.0, 3.0, 3.0]), ["a", "a", "b", "b"]) == 1.0
    assert share_between(np.array([1.0, 3.0, 1.0, 3.0]), ["a", "a", "b", "b"]) == 0.0
    assert share_between(np.array([0.0, 0.2, 0.4, 0.6]), list("aabb")) == pytest.approx(0.8)  # 0.16 of 0.20
    assert share_between(np.array([2.0, 2.0, 2.0]), list("abc")) == 0.0


def test_numbers_of_two_values_are_compared_and_of_one_are_not() -> None:
    two = compare_numbers([np.array([1.0, 1, 1, 2]), np.array([2.0, 2, 2, 1])])
    assert not isinstance(two, NotEstimable)
    assert 0 < two.p_value < 1
    assert compare_numbers([np.array([1.0, 1]), np.array([1.0, 1])]) == NotEstimable("every patient has the same value")
    assert compare_numbers([np.array([1.0]), np.array([NAN])]) == NotEstimable("a group has no measurement")


def test_cut_offs_leave_so_many_on_each_side_and_are_thinned_only_beyond_the_most() -> None:
    values = np.arange(1.0, 11)
    cuts, below = _cutoffs(values, ">", 3)
    assert cuts.tolist() == [3, 4, 5, 6, 7]
    assert below.tolist() == [3, 4, 5, 6, 7]
    many = np.arange(1.0, MOST_CUTOFFS + 2)
    assert len(_cutoffs(many, ">", 1)[0]) == MOST_CUTOFFS
    more = np.arange(1.0, 2 * MOST_CUTOFFS)
    thinned, _ = _cutoffs(more, ">", 1)
    assert len(thinned) == MOST_CUTOFFS
    assert (thinned[0], thinned[-1]) == (1, 2 * MOST_CUTOFFS - 2)


def test_the_size_of_a_sample_by_hand() -> None:
    found = sample_size(5, 50, 400.0, 200, 2.0)
    rate = 50 / 400
    largest = 1 - np.exp(2 * 50 * (log(rate) - 1) / 200)
    assert found.largest_r_squared == pytest.approx(largest)
    r = 0.15 * largest
    assert found.patients[0] == np.ceil(5 / ((0.9 - 1) * log(1 - r / 0.9)))
    assert found.events == pytest.approx(max(found.patients) * rate * 2.0)
    often = sample_size(5, 500, 100.0, 200, 2.0)  # a rate of 5: log(5) > 1, and no R2 is known
    assert often.largest_r_squared == 0.0
    assert often.events == inf


def test_the_interval_of_the_best_cut_off_holds_the_share_that_is_asked_for() -> None:
    rng = np.random.default_rng(4)
    marker = rng.normal(size=60).round(1)
    data = observed(rng.exponential(np.where(marker > 0.3, 5, 15)), np.ones(60, bool))
    scan = cutoff_scan(data.time, data.event, marker)
    assert not isinstance(scan, NotEstimable)
    wide = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=60, conf_level=0.95)
    narrow = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=60, conf_level=0.5)
    ordered = np.sort(wide.best_cutoffs)
    assert (wide.interval.lower, wide.interval.upper) == (ordered[1], ordered[58])  # of 60, 1.5 are 2.5 %
    assert (narrow.interval.lower, narrow.interval.upper) == (ordered[14], ordered[44])


def test_a_test_of_one_group_and_of_none() -> None:
    assert logrank([1, 2, 3], [1, 1, 0], ["a", "a", "a"]) == NotEstimable("all patients are in one group")
    assert logrank([1, 2, 3], [1, 1, 0], [None, None, None]) == NotEstimable("no patient is in a group")
    assert logrank([1, 2, 3], [0, 0, 0], ["a", "b", "a"]) == NotEstimable("no event was observed")


@pytest.mark.parametrize("interval", ["plain", "log", "log-log"])
def test_the_limits_of_a_probability_stay_between_0_and_1(interval: str) -> None:
    incidence, error = np.array([0.02, 0.97, 0.4, 1.0, 0.0]), np.array([25.0, 0.5, 0.25, 0.2, 0.0])
    lower, upper = limits(incidence, error, interval, 2.0)
    assert (lower >= 0).all()
    assert (upper <= 1).all()
    assert (lower[3], upper[3], lower[4], upper[4]) == (1.0, 1.0, 0.0, 0.0)
    wanted = {
        "plain": (0.2, 0.6),
        "log": (0.4 * np.exp(-0.5), 0.4 * np.exp(0.5)),
        "log-log": (0.4 ** np.exp(0.2 / (0.4 * -log(0.4))), 0.4 ** np.exp(-0.2 / (0.4 * -log(0.4)))),
    }
    assert (lower[2], upper[2]) == pytest.approx(wanted[interval])


def test_an_event_at_time_zero_lies_half_way_to_the_first_time_of_all() -> None:
    found = spells(["a", "a", "b"], [0.0, 0.5, 0.3], {"a": 0.9, "b": 0.8})
    assert sorted(found.time[found.event == 1].tolist()) == [0.15, 0.3, 0.5]  # half of 0.3
    assert sorted(found.time[found.event == 0].tolist()) == [0.8, 0.9]
    late = spells(["a", "b"], [0.0, 0.9], {"a": 0.4, "b": 0.8})  # an event after the end is left out
    assert sorted(late.time[late.event == 1].tolist()) == [0.2]
