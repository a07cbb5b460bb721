"""Small numbers by hand where a formula has an edge: the printed digits of a check, equal times, the ends of a list."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.lifelines_check import check_cox, check_curves
from cdanalysis.statistics.checks.robustness import e_value
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.describe.printed import CONSISTENT, INCONSISTENT, check_median, check_percentage, check_ratio
from cdanalysis.statistics.imputation.predictive_matching import canonical_scores
from cdanalysis.statistics.time_axis import _without_rounding, counts, merged, observed


def test_the_arithmetic_of_a_printed_ratio_is_told_in_its_numbers() -> None:
    # ln(4 / 1) / 3.92 = 0.3536; ln 2 / 0.3536 = 1.960, that is P = 0.05.
    fits = check_ratio("2.00", "1.00", "4.00", "0.050")
    assert fits.verdict == CONSISTENT
    assert "√(1 × 4) = 2.00 (1.99-2.01 with rounding), as printed" in fits.sentences[0]
    assert fits.sentences[1].startswith("SE = ln(4 / 1) / 3.92 = 0.354, so z = ln(2) / SE = 1.960 and P = 0.0500 (0.04")
    assert fits.sentences[1].endswith("with rounding); printed: 0.050.")
    # P = 0.2 is z = 1.2816, SE = ln 2 / 1.2816 = 0.5409: exp(0.693 -+ 1.96 x 0.5409).
    odd = check_ratio("2.00", "1.00", "4.00", "0.2").sentences
    assert "The ratio and the P alone would have the interval 0.69-5.77." in odd
    assert not any("odd one out" in one for one in odd)
    # 1.5 is not the middle of 1-4, whose own P is 0.05.
    other = check_ratio("1.5", "1.00", "4.00", "0.05").sentences
    assert any("with a ratio of 2.00: the ratio would be the odd one out" in one for one in other)
    at_90 = check_ratio("2.00", "1.00", "4.00", "0.1", conf_level=0.9)
    assert "/ 3.29 = 0.421" in at_90.sentences[1]


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "outside"),
    [
        ("1.3", "1.0", "1.2", False),
        ("1.31", "1.0", "1.2", True),
        ("0.9", "1.0", "1.2", False),
        ("0.89", "1.0", "1.2", True),
    ],
)
def test_a_ratio_lies_outside_its_interval_beyond_the_rounding_of_both(
    ratio: str, lower: str, upper: str, outside: bool
) -> None:
    assert ("lies outside" in check_ratio(ratio, lower, upper).sentences[0]) is outside


def test_an_interval_must_run_upwards_from_a_positive_number() -> None:
    assert "does not run" in check_ratio("1", "1.0", "1.0").sentences[0]
    assert "does not run" in check_ratio("1", "-0.1", "1.0").sentences[0]
    assert "rounds to 0" in check_ratio("0.4", "0", "1.0").sentences[0]
    assert "rounds to 0" in check_ratio("0.0", "0.1", "1.0").sentences[0]


def test_which_counts_round_to_a_percentage() -> None:
    assert check_percentage("", "98", "22.4").sentences[0] == "22.4% of 98 is 21.95; 22 of 98 rounds to it."
    assert check_percentage("", "1000", "22").sentences[0] == (
        "22% of 1000 is 220.00; 215, 216, 217, 218, 219, 220, 221, 222 of 1000 round to it."
    )
    assert check_percentage("", "7", "22.4").sentences[0].endswith("no whole number of 7 rounds to it.")
    assert check_percentage("22", "98", "22.4").sentences[0] == "22/98 = 22.449%."
    assert [check_percentage(k, "10", p).verdict for k, p in (("0", "0"), ("10", "100"), ("1", "10"))] == [
        CONSISTENT
    ] * 3
    assert check_percentage("1", "8", "12.5").verdict == CONSISTENT
    assert check_percentage("1", "8", "13").verdict == CONSISTENT  # 12.5 itself is the edge of 13
    assert check_percentage("11", "10", "110").verdict == INCONSISTENT


def test_a_median_and_how_its_interval_was_made() -> None:
    # (109.9 - 39.6) / 2 = 35.15 to either side of 74.75: printed 74.7, within the rounding of all three.
    told = check_median("74.7", "39.6", "109.9").sentences[0]
    assert "(half-width 35.15)" in told
    assert "SE = 17.93" in told  # 35.15 / 1.96
    inverted = check_median("13.1", "10.3", "24.8").sentences[0]
    assert "(2.80 below, 11.70 above)" in inverted
    assert "symmetric about" in check_median("10", "5", "17").sentences[0]  # a gap of 2, as much as the rounding allows
    assert "not symmetric about" in check_median("10", "5", "18").sentences[0]
    assert "does not lie" in check_median("9.9", "11", "18").sentences[0]
    assert "does not lie" not in check_median("10", "11", "18").sentences[0]  # both may be 10.5
    assert check_median("5", "-3", "24").verdict == INCONSISTENT
    assert check_median("5", "0", "24").verdict == CONSISTENT


def test_times_that_differ_by_rounding_are_the_first_of_them() -> None:
    times = np.array([1.0, 1 + 1e-9, 2.0, -np.inf, 2 + 1e-9, 3.0])
    assert _without_rounding(times).tolist() == [1.0, 1.0, 2.0, -np.inf, 2.0, 3.0]
    apart = np.array([1.0, 1 + 1e-6, 2.0])
    assert _without_rounding(apart).tolist() == apart.tolist()
    two = observed([1.0, 2.0], [1, 1], [0.0, 1 + 1e-9])
    assert two.entry is not None
    assert two.entry.tolist() == [-np.inf, 1.0]


def test_a_time_asked_for_is_that_of_the_axis_next_to_it() -> None:
    axis = np.array([1.0, 2.0, 3.0])
    assert merged(axis, [1 + 1e-9, 2 - 1e-9, 2.5, 3 + 1e-9, 9.0, 0.5]).tolist() == [1.0, 2.0, 2.5, 3.0, 9.0, 0.5]
    assert merged(np.array([]), [1.0]).tolist() == [1.0]


def test_who_is_at_risk_at_a_time_has_entered_before_it() -> None:
    data = observed([1, 2, 2, 3], [1, 1, 0, 1], [0, 0, 1, 2])
    n, d = counts(data, np.array([1.0, 2.0, 3.0]))
    assert n.tolist() == [2, 2, 1]
    assert d.tolist() == [1, 1, 1]


def test_an_axis_refuses_what_is_no_time() -> None:
    with pytest.raises(ValueError, match="time holds -1"):
        observed([-1.0, 2], [1, 0])
    with pytest.raises(ValueError, match="event holds 2"):
        observed([1.0, 2], [2, 0])
    with pytest.raises(ValueError, match="entry holds 2 for a patient whose time is 2"):
        observed([1.0, 2], [1, 0], [0, 2])
    assert observed([0.0, 2], [1, 0], [0, 1]).time.tolist() == [0, 2]


def test_e_values_by_hand() -> None:
    # 2 + sqrt(2 x 1) = 3.414; its limit 1.5 + sqrt(1.5 x 0.5) = 2.366; below 1 the inverse.
    found = e_value(Estimate(2.0, 1.5, 3.0), common_outcome=False)
    assert (found.estimate, found.limit) == (pytest.approx(3.41421, abs=1e-5), pytest.approx(2.36603, abs=1e-5))
    below = e_value(Estimate(0.5, 1 / 3, 1 / 1.5), common_outcome=False)
    assert (below.estimate, below.limit) == (pytest.approx(3.41421, abs=1e-5), pytest.approx(2.36603, abs=1e-5))
    # (1 - 0.5 ** 1.41421) / (1 - 0.5 ** 0.70711) = 0.62479 / 0.38745 = 1.61257
    common = e_value(Estimate(2.0, 0.9, 3.0), common_outcome=True)
    assert (common.estimate, common.limit) == (pytest.approx(2.6065, abs=2e-3), 1.0)
    assert e_value(Estimate(2.0, 1.0, 3.0), common_outcome=False).limit == 1.0
    assert e_value(Estimate(0.5, 0.2, 1.0), common_outcome=False).limit == 1.0
    assert e_value(Estimate(1.0, 0.9, 1.1), common_outcome=False).estimate == 1.0


def test_a_category_that_nothing_tells_apart_has_scores_of_zero() -> None:
    x = np.array([[1.0], [2.0], [3.0], [4.0]])
    assert canonical_scores(x, np.array([5, 5, 5, 5])).tolist() == [0, 0, 0, 0]
    assert canonical_scores(np.ones((4, 2)), np.array([1, 2, 1, 2])).tolist() == [0, 0, 0, 0]
    found = canonical_scores(x, np.array([1, 1, 2, 2]))
    assert np.abs(found).tolist() == pytest.approx([1, 1, 1, 1])
    assert found[0] == found[1] == -found[2]


def test_a_curve_is_known_while_somebody_is_at_risk_or_when_everybody_has_had_it() -> None:
    curve = kaplan_meier([1, 2, 3], [1, 0, 0], at=[3.0, 3.5])
    assert [point.observed for point in curve.at] == [True, False]
    ended = kaplan_meier([1, 2, 3], [1, 1, 1], at=[3.0, 3.5])
    assert [point.observed for point in ended.at] == [True, True]


def test_lifelines_agrees_where_some_enter_late_and_a_break_of_the_model_is_seen() -> None:
    rng = np.random.default_rng(4)
    n = 40
    entry = np.where(rng.random(n) < 0.5, 0.0, rng.uniform(0.2, 0.8, n))
    x = rng.normal(size=(n, 2))
    data = observed(entry + rng.exponential(2, n) + 0.01, rng.random(n) < 0.7, entry)
    fit = cox(data.time, data.event, pd.DataFrame(x, columns=["a", "b"]), entry=entry)
    assert not isinstance(fit, NotEstimable)
    told = check_cox(data, x, fit, "model")
    assert told.n_compared == 4
    assert told.largest_difference < 1e-6
    other = cox(data.time, data.event, pd.DataFrame(x + 0.5 * x**2, columns=["a", "b"]), entry=entry)
    assert not isinstance(other, NotEstimable)
    assert check_cox(data, x, other, "model").largest_difference > 1e-3
    breslow = cox(data.time, data.event, pd.DataFrame(x, columns=["a", "b"]), entry=entry, ties="breslow")
    assert not isinstance(breslow, NotEstimable)
    assert check_cox(data, x, breslow, "model").n_compared == 0


def test_lifelines_compares_survival_and_where_it_can_the_interval() -> None:
    time, event = np.array([1.0, 2, 3, 4, 5, 6]), np.array([1, 0, 1, 1, 0, 1], bool)
    groups = ["a", "b"] * 3
    told = check_curves(time, event, groups, kaplan_meier(time, event, groups), "x")
    assert (told.n_compared, told.note) == (18, "")  # three times in each of two groups: a value and two limits
    assert told.largest_difference < 1e-9
    assert check_curves(time, event, groups, kaplan_meier(time, event, groups, interval="log"), "x").n_compared == 6
