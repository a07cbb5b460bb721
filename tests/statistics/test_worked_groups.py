"""Two groups described, pairs, events that a ratio needs, and weights: small numbers by hand."""

from __future__ import annotations

from math import inf, log, sqrt

import numpy as np
import pytest
from scipy import stats

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.describe.comparisons import compare_counts, compare_numbers, describe, is_normal, smd_numbers
from cdanalysis.statistics.describe.paired import hodges_lehmann, mean_with_interval, paired, signed_rank_p
from cdanalysis.statistics.planning.schoenfeld import detectable_ratio, events_needed, explained_by_others, power_of
from cdanalysis.statistics.weighting.propensity import propensity, standardised_differences

NAN = float("nan")
REACH = 1.959964 + 0.841621


# --- Two groups described ----------------------------------------------------------------------------------------------


def test_a_number_in_two_groups() -> None:
    assert compare_numbers([np.array([1.0, 2]), np.array([NAN])]) == NotEstimable("a group has no measurement")
    assert compare_numbers([np.array([1.0, 2])]) == NotEstimable("a group has no measurement")
    assert compare_numbers([np.array([2.0]), np.array([2.0])]) == NotEstimable("every patient has the same value")
    two = compare_numbers([np.array([1.0, 2]), np.array([3.0, 4])])
    assert not isinstance(two, NotEstimable)
    assert (two.test, two.p_value) == ("Mann-Whitney (exact)", pytest.approx(2 / 6))
    tied = compare_numbers([np.array([1.0, 2]), np.array([2.0, 4])])
    assert not isinstance(tied, NotEstimable)
    assert tied.test == "Mann-Whitney"
    spss = compare_numbers([np.array([1.0, 2]), np.array([3.0, 4])], "spss")
    assert not isinstance(spss, NotEstimable)
    assert (spss.test, spss.p_value) == ("Mann-Whitney", pytest.approx(2 * stats.norm.sf(2 / sqrt(2 * 2 * 5 / 12))))
    for n, test in ((49, "Mann-Whitney (exact)"), (50, "Mann-Whitney")):
        many = compare_numbers([np.arange(float(n)) ** 5, np.array([0.5, 1.5])])
        assert not isinstance(many, NotEstimable)
        assert many.test == test
    three = compare_numbers([np.array([1.0, 2, 4]), np.array([2.0, 3, 5]), np.array([3.0, 4, 6])])
    assert not isinstance(three, NotEstimable)
    assert three.test == "ANOVA"
    assert not is_normal([np.array([1.0, 2, 2])])
    assert is_normal([np.array([1.0, 2, 4])])


def test_counts_in_groups() -> None:
    assert compare_counts(np.array([[1, 0], [2, 0]])) == NotEstimable("a group has no patient")
    assert compare_counts(np.array([[1], [2]])) == NotEstimable("a group has no patient")
    assert compare_counts(np.array([[1, 2], [0, 0]])) == NotEstimable("every patient is in the same category")
    five = compare_counts(np.array([[5, 5], [5, 5]]))
    less = compare_counts(np.array([[4, 5], [5, 5]]))
    assert not isinstance(five, NotEstimable)
    assert not isinstance(less, NotEstimable)
    assert (five.test, less.test) == ("chi-square", "Fisher exact")
    # One of five rows by two columns: 2 of 10 expected counts below 5, a fifth; then 2 of 8, more.
    fifth = compare_counts(np.array([[2, 2], *[[9, 9]] * 4]))
    more = compare_counts(np.array([[2, 2], *[[9, 9]] * 3]))
    assert not isinstance(fifth, NotEstimable)
    assert not isinstance(more, NotEstimable)
    assert fifth.test == "chi-square"
    assert more.test.startswith("Fisher-Freeman-Halton")
    printed = compare_counts(np.array([[5, 5], [5, 5]]), "spss")
    assert not isinstance(printed, NotEstimable)
    assert [name for name, _ in printed.printed] == ["Pearson", "continuity corrected", "Fisher exact"]


def test_a_description_of_few() -> None:
    one = describe(np.array([3.0, NAN]))
    assert (one.n, one.n_missing, one.mean, one.median) == (1, 1, 3, 3)
    assert np.isnan(one.sd)
    assert np.isnan(describe(np.array([NAN])).mean)
    two = describe(np.array([1.0, 3.0]))
    assert (two.sd, two.lower_quartile) == (pytest.approx(sqrt(2)), 1.5)
    assert describe(np.array([1.0, 3.0]), "spss").lower_quartile == 1.0
    assert smd_numbers(np.array([1.0, 3]), np.array([4.0, 6])) == pytest.approx(3 / sqrt(2))
    assert np.isnan(smd_numbers(np.array([1.0]), np.array([4.0, 6])))
    assert np.isnan(smd_numbers(np.array([1.0, 1]), np.array([2.0, 2])))
    assert smd_numbers(np.array([1.0, 3]), np.array([2.0, 2])) == 0


def test_before_and_after() -> None:
    assert isinstance(paired(np.array([1.0, NAN]), np.array([2.0, 3])), NotEstimable)
    found = paired(np.array([1.0, 2, NAN, 4]), np.array([2.0, 4, 5, NAN]))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_missing, found.mean_before, found.mean_after) == (2, 2, 1.5, 3)
    assert found.wilcoxon_p == 0.5
    assert found.t_p == pytest.approx(2 * stats.t.sf(3, 1))
    same = paired(np.array([1.0, 2]), np.array([1.0, 2]))
    assert not isinstance(same, NotEstimable)
    assert np.isnan(same.t_p)
    assert same.wilcoxon_p == 1.0
    none = mean_with_interval(np.array([NAN]))
    assert np.isnan([none.value, none.lower, none.upper]).all()
    one = mean_with_interval(np.array([2.0]))
    assert one.value == 2
    assert np.isnan([one.lower, one.upper]).all()
    two = mean_with_interval(np.array([1.0, 3.0]))
    assert two.upper - 2 == pytest.approx(12.7062, abs=1e-3)  # t of 1 degree of freedom, standard error 1
    assert 2 - two.lower == pytest.approx(12.7062, abs=1e-3)


def test_signed_ranks_of_few_pairs() -> None:
    assert signed_rank_p(np.array([1.0, 2, 3, 4, 5])) == pytest.approx(2 / 32)
    assert signed_rank_p(np.array([-1.0, 2, 3, 4, 5])) == pytest.approx(4 / 32)
    assert signed_rank_p(np.array([0.0, -1, 2, 3, 4, 5])) == pytest.approx(4 / 32)
    assert signed_rank_p(np.array([1.0, -1])) == 1.0
    # Ranks 1.5, 1.5, 3: sums 0 1.5 1.5 3 3 4.5 4.5 6 of eight sign patterns.
    assert signed_rank_p(np.array([-1.0, 1, 3])) == pytest.approx(2 * 3 / 8)
    z = 15 / 2 / sqrt(55 / 4)
    assert signed_rank_p(np.array([1.0, 2, 3, 4, 5]), exact=False) == pytest.approx(2 * stats.norm.sf(z))


def test_the_shift_between_pairs() -> None:
    six = np.array([1.0, 2, 3, 4, 5, 6])
    found = hodges_lehmann(six)
    assert (found.value, found.lower, found.upper) == (3.5, 1, 6)  # 2 / 64 < 0.05: the whole range holds
    five = hodges_lehmann(six[:5])
    assert five.value == 3
    assert np.isnan(five.lower)
    assert np.isnan(five.upper)
    assert hodges_lehmann(six[:5], conf_level=0.9).lower == 1


# --- Events that a ratio needs -----------------------------------------------------------------------------------------


def test_schoenfeld_s_events() -> None:
    assert events_needed(2.0, 0.25) == pytest.approx(REACH**2 / (0.25 * log(2) ** 2), rel=1e-5)
    assert events_needed(0.5, 0.25) == pytest.approx(events_needed(2.0, 0.25))
    assert events_needed(2.0, 0.25, explained=0.5) == pytest.approx(2 * events_needed(2.0, 0.25))
    assert [events_needed(*one) for one in ((1.0, 0.25), (2.0, 0.0), (0.0, 0.25), (inf, 0.25))] == [inf] * 4
    assert detectable_ratio(events_needed(2.0, 0.25), 0.25) == pytest.approx(2.0)
    assert [detectable_ratio(*one) for one in ((0, 0.25), (10, 0.0))] == [inf] * 2
    assert detectable_ratio(10, 0.25, explained=1.0) == inf
    assert detectable_ratio(1e-9, 0.25) == pytest.approx(1e300)
    assert power_of(2.0, events_needed(2.0, 0.25), 0.25) == pytest.approx(0.8, abs=1e-4)
    assert power_of(0.5, 10, 0.25, explained=0.2) == pytest.approx(power_of(2.0, 8, 0.25))
    assert power_of(1.0, 10, 0.25) == pytest.approx(0.05)
    x = np.array([0.0, 1, 2, 3])
    assert explained_by_others(x[:, None]).tolist() == [0]
    assert explained_by_others(np.column_stack([x, 2 * x + 1])) == pytest.approx([1, 1])
    assert explained_by_others(np.column_stack([x, [1, 1, 1, 1]])).tolist() == pytest.approx([0, 1])
    corner = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1], [1, 1]])
    assert explained_by_others(corner) == pytest.approx([1 / 36, 1 / 36])


# --- Weights -----------------------------------------------------------------------------------------------------------


def test_the_propensity_of_a_two_by_two_table() -> None:
    # Of 4 without x one is marked, of 4 with x three: the scores are 1/4 and 3/4.
    marked, x = np.array([1, 0, 0, 0, 1, 1, 1, 0]), np.array([0, 0, 0, 0, 1, 1, 1, 1.0])[:, None]
    found = propensity(marked, x)
    assert not isinstance(found, NotEstimable)
    assert found.scores == pytest.approx([0.25] * 4 + [0.75] * 4)
    assert found.coef == pytest.approx([-log(3), 2 * log(3)])
    # Inverse probabilities 4, 4/3 x 3, 4/3 x 3, 4: of each group they sum to 8, and are scaled to its 4 patients.
    assert found.weights == pytest.approx([2, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 2])
    assert found.effective == (pytest.approx(16 / (4 + 3 * 4 / 9)),) * 2
    assert standardised_differences(marked, x, found.weights) == pytest.approx([0], abs=1e-12)
    assert standardised_differences(marked, x) == pytest.approx([0.5 / sqrt(3 / 16)])
    same = propensity(marked, np.column_stack([x, np.ones(8)]))
    assert not isinstance(same, NotEstimable)
    assert same.coef == pytest.approx([-log(3), 2 * log(3), 0])
    assert propensity(np.ones(4), x[:4]) == NotEstimable("all patients are in one group")
    assert propensity(np.zeros(4), x[:4]) == NotEstimable("all patients are in one group")
    apart = propensity(np.array([0, 0, 1, 1]), np.array([[0.0], [1], [2], [3]]))
    assert isinstance(apart, NotEstimable)
    assert "separates" in apart.reason


def test_standardised_differences_of_numbers_and_of_shares() -> None:
    marked = np.array([1, 1, 0, 0])
    number = np.array([1.0, 3, 4, 8])
    assert standardised_differences(marked, number[:, None]) == pytest.approx([-4 / sqrt((2 + 8) / 2)])
    assert np.isnan(standardised_differences(marked, np.ones((4, 1)))).all()
    weighted = standardised_differences(marked, number[:, None], np.array([3.0, 1, 1, 3]))
    assert weighted == pytest.approx([(1.5 - 7) / sqrt(5)])
