"""What is read off a fitted model, and the search for a cut-off, at their edges on a few patients."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.adjusted_curves import AdjustedCurves, adjusted_curves
from cdanalysis.statistics.checks.proportional_hazards import _ranks, _transformed, proportional_hazards
from cdanalysis.statistics.checks.subgroups import subgroups_by_place
from cdanalysis.statistics.cox.frailty import frailty_cox
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.cutoffs.cutoff_scan import admissible, cutoff_scan
from cdanalysis.statistics.cutoffs.maxstat import (
    LARGEST_EXACT,
    MaxStat,
    admissible_sizes,
    hothorn_lausen,
    lausen_schumacher_92,
    lausen_schumacher_94,
    logrank_scores,
    maxstat,
)
from cdanalysis.statistics.time_axis import observed

NAN = float("nan")
REACH = 1.959964 + 0.841621


# --- Adjusted curves, proportional hazards, subgroups, frailty ---------------------------------------------------------


def test_adjusted_curves_before_at_and_after_an_event() -> None:
    survival = np.array([[0.8, 0.5], [0.6, 0.2]])
    draws = np.stack([survival + shift for shift in np.linspace(-0.1, 0.1, 201)])
    found = AdjustedCurves(np.array([1.0, 2.0]), survival, draws, 9, 2, 0, 0.9, np.ones(9, bool))
    assert found.at(0.9) == (Estimate(1, 1, 1), Estimate(1, 1, 1), Estimate(0, 0, 0))
    below, above, gap = found.at(1.0)
    assert (below.value, above.value, gap.value) == (0.8, 0.6, pytest.approx(-0.2))
    assert (below.lower, below.upper) == (pytest.approx(0.71), pytest.approx(0.89))
    assert (gap.lower, gap.upper) == (pytest.approx(-0.2), pytest.approx(-0.2))
    assert found.at(2.0)[0].value == found.at(9.0)[0].value == 0.5
    assert found.band[0, 1, 1] == pytest.approx(0.11)
    bare = AdjustedCurves(found.time, survival, draws[:0], 9, 2, 0, 0.9, found.kept)
    assert np.isnan(bare.band).all()


def test_adjusted_curves_without_a_covariate_that_says_something() -> None:
    # Breslow, one binary covariate: hazard steps 1 / sum of the risks; the curve of each side is exp(-H0 exp(b m)).
    time, event, marked = [1, 2, 3, 4, 5, 6], [1, 0, 1, 1, 0, 1], [1, 0, 0, 1, 1, 0]
    found = adjusted_curves(time, event, marked, np.empty((6, 0)), ties="breslow")
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_dropped, found.draws.shape) == (6, 4, 0, (0, 2, 4))
    gap = np.log(np.log(found.survival[1]) / np.log(found.survival[0]))
    risk = np.exp(gap[0] * np.array(marked))
    steps = np.cumsum([1 / risk[np.array(time) >= t].sum() for t in (1, 3, 4, 6)])
    assert np.log(found.survival[0]) == pytest.approx(-steps)
    missing = adjusted_curves(time, event, [1, 0, 0, 1, NAN, 0], np.empty((6, 0)), ties="breslow")
    assert not isinstance(missing, NotEstimable)
    assert (missing.n, missing.n_dropped, missing.kept.tolist()) == (5, 1, [True] * 4 + [False, True])
    assert isinstance(adjusted_curves(time, event, [1] * 6, np.empty((6, 0))), NotEstimable)


def test_the_scales_of_time_of_the_proportional_hazards_test() -> None:
    data = observed([0, 1, 4, 4, 9], [1, 1, 1, 0, 1])
    times = np.array([0.0, 1, 4, 9])
    assert _transformed(data, times, "identity").tolist() == [0, 1, 4, 9]
    assert _transformed(data, times, "log") == pytest.approx([log(0.5), 0, log(4), log(9)])
    assert _transformed(data, times, "rank").tolist() == [1, 2, 3.5, 5]
    assert _transformed(data, times, "km") == pytest.approx([0, 1 / 5, 2 / 5, 3 / 5])
    assert [one.tolist() for one in _ranks(data.time)] == [[0, 1, 4, 9], [1, 2, 3.5, 5]]
    later = observed([0, 3, 6], [1, 1, 1])
    assert _transformed(later, later.time, "log") == pytest.approx([log(1.5), log(3), log(6)])


def test_proportional_hazards_needs_two_times_that_bear_on_a_covariate() -> None:
    x = pd.DataFrame({"x": [1.0, 0, 1, 0]})
    assert proportional_hazards([1, 1, 2, 2], [1, 1, 0, 0], x) == NotEstimable("all events are at one time")
    early = pd.DataFrame({"x": [1.0, 1, 0, 0, 0]})
    found = proportional_hazards([2, 2, 2, 3, 4], [1, 0, 1, 1, 1], early)
    assert found == NotEstimable("the events that bear on a covariate are at one time")


def test_subgroups_are_compared_among_the_patients_known() -> None:
    time, event = [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 1, 1, 1, 1, 1, 1, 1]
    marked = np.array([1, 0, 0, 1, 0, 1, 1, 0, NAN])
    places = np.array([0, 0, 0, 0, 1, 1, 1, -1, 1])
    found = subgroups_by_place(observed(time, event), marked, ["a", "b", "c"], places, "efron", 0.95, "x")
    assert [(one.n, one.n_events) for one in found.subgroups] == [(4, 4), (3, 3), (0, 0)]
    assert found.n_missing == 2
    assert found.subgroups[2].hazard_ratio == NotEstimable("no patient is in this subgroup")
    one = subgroups_by_place(observed(time, event), marked, ["a"], np.zeros(9, int), "efron", 0.95, "x")
    assert one.interaction == NotEstimable("fewer than two subgroups have an event")


def test_centres_that_do_not_differ_have_no_frailty() -> None:
    time, x = [1, 2, 3, 4, 5, 6, 7, 8], pd.DataFrame({"x": [1.0, 0, 0, 1, 1, 0, 1, 0]})
    same = frailty_cox(time, [1] * 8, x, list("ABBABAAB"))
    assert not isinstance(same, NotEstimable)
    assert (same.theta, same.p_value, same.factor.tolist()) == (0.0, 1.0, [1, 1])
    assert frailty_cox(time, [1] * 8, x, ["A"] * 8) == NotEstimable("the patients are of one centre")
    missing = frailty_cox([*time, 9], [1] * 9, pd.DataFrame({"x": [*x["x"], NAN]}), list("ABBABAABA"))
    assert not isinstance(missing, NotEstimable)
    assert (missing.n, missing.n_dropped) == (8, 1)


# --- A search for a cut-off --------------------------------------------------------------------------------------------


def test_log_rank_scores_of_three_patients() -> None:
    assert logrank_scores(np.array([1.0, 2, 3]), np.ones(3)) == pytest.approx([1 - 1 / 3, 1 - 5 / 6, 1 - 11 / 6])
    assert logrank_scores(np.array([1.0, 1, 3]), np.array([1.0, 0, 1])) == pytest.approx([1 - 1 / 2, -1 / 2, 1 - 3 / 2])


def test_which_splits_are_admissible() -> None:
    values = np.array([1.0, 1, 2, 3, 4, 5, 5, 6, 7, 8])
    assert admissible_sizes(values, 0.0).tolist() == [2, 3, 4, 5, 7, 8, 9]
    assert admissible_sizes(values, 0.3).tolist() == [3, 4, 5, 7]
    assert admissible_sizes(values, 0.31).tolist() == [3, 4, 5]
    assert admissible_sizes(np.ones(4), 0.1).tolist() == []


def test_cut_offs_leave_patients_and_events_on_both_sides() -> None:
    marker = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    event = np.array([1, 0, 0, 0, 0, 1, 1, 0, 0, 1], bool)
    data = observed(np.arange(1.0, 11), event)
    assert admissible(data, marker, ">", 0.2, 0).tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert admissible(data, marker, ">=", 0.2, 0).tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert admissible(data, marker, ">", 0.2, 2).tolist() == [6]
    assert admissible(data, marker, ">", 0.0, 1).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert admissible(data, marker, ">", 0.0, 3).tolist() == []


def test_why_there_is_no_scan() -> None:
    def reason(time: list[float], event: list[int], values: list[float], **chosen: float) -> str:
        found = cutoff_scan(time, event, values, **chosen)  # type: ignore[arg-type]
        return found.reason if isinstance(found, NotEstimable) else ""

    assert reason([1, 2], [1, 1], [NAN, NAN]) == "the marker was not measured in any of these patients"
    assert reason([1, 2], [0, 0], [1, 2]) == "no event was observed"
    assert reason([1, 2], [1, 1], [2, 2]) == "every patient has the same value"
    assert (
        reason([1, 2], [1, 1], [1, 2], min_events=2)
        == "no cut-off leaves 10% of the patients and 2 events on both sides"
    )
    assert reason([1, 2], [0, 1], [1, 2]) == "at no cut-off were both groups at risk at an event"
    assert reason([1, 2, 3], [1, 1, 1], [1, 2, 3]) == ""
    for share in (-0.1, 0.5):
        with pytest.raises(ValueError, match="min_fraction"):
            cutoff_scan([1, 2], [1, 1], [1, 2], min_fraction=share)


def test_a_scan_of_four_patients() -> None:
    found = cutoff_scan([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], [4, 1, 3, 2, NAN], min_fraction=0.25, permutations=40, seed=1)
    assert not isinstance(found, NotEstimable)
    assert [(row.cutoff, row.n_below, row.n_above) for row in found.rows] == [(1, 1, 3), (2, 2, 2), (3, 3, 1)]
    assert (found.n, found.n_events, found.n_dropped) == (4, 4, 1)
    for row in found.rows:
        by_hand = logrank([1, 2, 3, 4], [1] * 4, np.array([4, 1, 3, 2]) > row.cutoff)
        assert not isinstance(by_hand, NotEstimable)
        assert row.logrank_p == pytest.approx(by_hand.p_value)
    assert found.best.logrank_p == min(row.logrank_p for row in found.rows)
    assert found.splitting_as([4, 1, 3, 2], 2.5) == found.rows[1]
    assert found.splitting_as([4, 1, 3, 2], 9) is None
    assert found.n_significant(1.0) == 3
    assert found.n_significant(found.best.logrank_p) == 0


def test_the_interval_after_a_search_reaches_as_far_as_shuffled_markers_do() -> None:
    found = cutoff_scan([1, 2, 3, 4, 5, 6, 7, 8], [1] * 8, [4, 8, 1, 3, 7, 2, 6, 5], permutations=99, seed=1)
    assert not isinstance(found, NotEstimable)
    ratio, after, told = found.best.hazard_ratio, found.corrected, found.maxstat
    assert isinstance(ratio, Estimate)
    assert isinstance(after, Estimate)
    assert told is not None
    assert told.critical is not None
    error = log(ratio.upper / ratio.value) / 1.959964
    assert after.value == pytest.approx(ratio.value)
    assert log(after.upper / after.value) == pytest.approx(max(told.critical, 1.959964) * error)
    assert log(after.value / after.lower) == pytest.approx(max(told.critical, 1.959964) * error)


def test_the_p_of_a_search_counts_the_search_that_was_seen() -> None:
    told = MaxStat(2.0, 1.0, 1, 1, None, None, None, {3: 2.0, 4: 0.5}, np.array([1.0, 1.5, 2.0, 2.5]))
    assert told.p_of(3) == pytest.approx(3 / 5)  # 2.0 and 2.5 reach it, and itself
    assert told.p_of(4) == 1.0
    assert told.p_of(5) is None
    assert MaxStat(2.0, 1.0, 1, 1, None, None, None, {3: 2.0}).p_of(3) is None


def test_the_bounds_of_a_search() -> None:
    assert lausen_schumacher_92(0.99, 0.1) == 1.0
    density = stats.norm.pdf(3.0)
    assert lausen_schumacher_92(3.0, 0.1) == pytest.approx(4 * density / 3 + density * (3 - 1 / 3) * log(0.81 / 0.01))
    assert lausen_schumacher_92(3.0, 0.0) == 1.0
    assert lausen_schumacher_92(1.0, 0.1) == pytest.approx(4 * stats.norm.pdf(1.0))
    t = sqrt(1 - 1 * 2 / (3 * 2))
    d = exp(-4.5) / np.pi * (t - (9 / 4 - 1) * t**3 / 6)
    assert lausen_schumacher_94(3.0, 4, np.array([1, 2])) == pytest.approx(2 * stats.norm.cdf(-3) + d)
    assert lausen_schumacher_94(3.0, 4, np.array([2])) == pytest.approx(2 * stats.norm.cdf(-3))
    assert lausen_schumacher_94(0.0, 4, np.array([1, 2, 3])) == 1.0
    assert hothorn_lausen(np.zeros(4), np.array([1, 2])) == 1.0
    assert hothorn_lausen(np.array([0.0, 1, 2]), np.array([1])) is None
    tenths = np.array([1, -1, 6, 1, -5, 4, 13, 9, -7, -13, -6, 0]) / 10
    # Of no unit: scores within a range below 1 are rounded to twelfths of it, as those of a larger one.
    p = hothorn_lausen(tenths, np.arange(3, 10))
    assert p == hothorn_lausen(tenths / 8, np.arange(3, 10))
    assert p is not None
    assert 0 < p < 1
    many = np.tile([0.0, 1.0], LARGEST_EXACT)
    assert hothorn_lausen(many[: LARGEST_EXACT + 1], np.array([50, 80])) is None
    assert hothorn_lausen(many[:LARGEST_EXACT], np.array([50, 80])) is not None
    assert maxstat(np.array([1.0, 2]), np.ones(2), np.ones(2)) is None
