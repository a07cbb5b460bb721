"""What a reviewer tries by hand: ties, S on 0.5, nobody left, separation; and the detection of infinite hazard ratios."""

from __future__ import annotations

from functools import cache
from math import isnan

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.curves.logrank import logrank, logrank_columns
from cdanalysis.statistics.cutoffs.cutoff_grid import cutoff_grid
from cdanalysis.statistics.time_axis import observed


def test_at_risk_counts_those_censored_at_that_very_time() -> None:
    result = kaplan_meier([6, 6, 12, 12, 12, 24], [1, 0, 1, 0, 0, 1], at=[6, 12, 24])
    assert [one.n_at_risk for one in result.at] == [6, 4, 1]
    assert [one.survival.value for one in result.at] == pytest.approx([5 / 6, 0.625, 0])


@pytest.mark.parametrize(
    ("time", "event", "median"),
    [
        ([1, 2, 3, 4], [1, 1, 1, 1], 2.5),
        ([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], 3),
        ([1, 2, 3], [1, 0, 0], float("nan")),
        (list(range(1, 61)), [1] * 60, 30.5),
    ],
)
def test_the_median_is_the_middle_of_a_flat_half_and_nan_where_not_reached(
    time: list[int], event: list[int], median: float
) -> None:
    found = kaplan_meier(time, event).curves[0].median.value
    assert isnan(found) if isnan(median) else found == median


def test_before_any_event_the_interval_is_one_and_all_censored_stays_one() -> None:
    for interval in ("log-log", "log", "plain"):
        curve = kaplan_meier([1, 2, 3], [0, 0, 0], interval=interval).curves[0]
        assert (curve.survival == 1).all()
        assert (curve.lower == 1).all()
        assert (curve.upper == 1).all()
        assert isnan(curve.median.value)


def test_a_missing_group_is_nobodys_group() -> None:
    result = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1], ["a", "b", None, "a"])
    assert [(curve.group, curve.n) for curve in result.curves] == [("a", 2), ("b", 1)]


@pytest.mark.parametrize(
    ("time", "event", "groups", "reason"),
    [
        ([1, 2], [1, 1], ["a", "a"], "one group"),
        ([1, 2], [0, 0], ["a", "b"], "no event"),
        ([1, 2], [1, 0], ["a", "b"], None),
    ],
)
def test_a_test_that_cannot_be_done_says_why(
    time: list[int], event: list[int], groups: list[str], reason: str | None
) -> None:
    test = logrank(time, event, groups)
    assert isinstance(test, NotEstimable) is (reason is not None)
    assert reason is None or reason in test.reason


@pytest.mark.parametrize("bad", [{"time": [-1, 2]}, {"time": [np.nan, 2]}, {"event": [0, 2]}, {"event": [1]}])
def test_nonsense_is_refused_by_name(bad: dict[str, list[float]]) -> None:
    arguments = {"time": [1, 2], "event": [0, 1], **bad}
    with pytest.raises(ValueError, match=next(iter(bad))):
        kaplan_meier(**arguments)


def test_a_group_without_events_is_not_estimable_and_the_other_terms_stand() -> None:
    time, event = [3, 5, 7, 9, 11, 13, 4, 6, 8, 10, 12, 14], [1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    group = np.repeat([0.0, 1.0], 6)
    alone = cox(time, event, pd.DataFrame({"treated": group}))
    assert isinstance(alone, NotEstimable)
    assert alone.reason == "no event among patients with treated"
    other = np.array([1, 5, 2, 4, 3, 6, 2, 5, 1, 3, 4, 6.0])
    both = cox(time, event, pd.DataFrame({"treated": group, "score": other}))
    assert isinstance(both.terms[0].hazard_ratio, NotEstimable)
    assert isnan(both.terms[0].coef)
    inside = group == 0
    limit = cox(np.array(time)[inside], np.array(event)[inside], pd.DataFrame({"score": other[inside]}))
    assert both.terms[1].coef == pytest.approx(limit.terms[0].coef, abs=1e-6)
    assert "treated" in both.cautions[0]


def test_constant_and_collinear_columns_are_named() -> None:
    rng = np.random.default_rng(3)
    time, event, x = rng.exponential(10, 60), rng.random(60) < 0.6, rng.normal(size=60)
    model = cox(time, event, pd.DataFrame({"x": x, "twice": 2 * x + 1, "same": np.ones(60)}))
    assert [isinstance(term.hazard_ratio, NotEstimable) for term in model.terms] == [False, True, True]
    assert model.terms[0].coef == pytest.approx(cox(time, event, pd.DataFrame({"x": x})).terms[0].coef, abs=1e-9)


@pytest.mark.parametrize("apart", [1e-6, 3e-7, 1e-8])
def test_beside_a_column_that_differs_by_rounding_the_other_is_as_alone(apart: float) -> None:
    # As R, whose coxph leaves the second out too; 1e-6 apart, it once came back at the next step and carried x to -57,847.
    rng = np.random.default_rng(3)
    time, event, x = rng.exponential(10, 60), rng.random(60) < 0.6, rng.normal(size=60)
    both = cox(time, event, pd.DataFrame({"x": x, "nearly x": x + apart * rng.normal(size=60)}))
    assert "follows from the other covariates" in both.terms[1].hazard_ratio.reason
    alone = cox(time, event, pd.DataFrame({"x": x}))
    assert both.terms[0].coef == pytest.approx(alone.terms[0].coef, abs=1e-9)
    assert both.terms[0].standard_error == pytest.approx(alone.terms[0].standard_error, abs=1e-9)


@pytest.mark.parametrize(
    ("event", "columns", "reason"),
    [
        ([0, 0, 0], {"x": [1.0, 2, 3]}, "no event"),
        ([1, 0, 1], {}, "no covariate"),
        ([1, 0, 1], {"x": [np.nan] * 3}, "no patient"),
    ],
)
def test_no_model_says_why(event: list[int], columns: dict[str, list[float]], reason: str) -> None:
    found = cox([1, 2, 3], event, pd.DataFrame(columns, index=range(3)))
    assert isinstance(found, NotEstimable)
    assert reason in found.reason


def unbounded(time: np.ndarray, event: np.ndarray, x: np.ndarray) -> bool:
    """Whether the likelihood rises for ever along some direction d: (x_i - x_j) d >= 0 whenever i has an event and j is
    at risk, and more than that for some pair; exactly, by linear programming."""
    pairs = np.array([x[i] - x[j] for i in np.flatnonzero(event) for j in np.flatnonzero(time >= time[i])])
    found = linprog(-pairs.sum(0), A_ub=-pairs, b_ub=np.zeros(len(pairs)), bounds=[(-1, 1)] * x.shape[1])
    return -found.fun > 1e-7


@cache
def drawn() -> list[tuple[np.ndarray, np.ndarray, np.ndarray, bool]]:
    """Small cohorts with an event: times, events, columns, and whether the likelihood is unbounded."""
    rng, cohorts = np.random.default_rng(11), []
    for _ in range(400):
        n, p = rng.integers(8, 36), rng.integers(1, 5)
        time, event = rng.integers(1, 15, n).astype(float), rng.random(n) < rng.uniform(0.15, 0.7)
        x = np.where(rng.random(p) < 0.6, rng.random((n, p)) < rng.uniform(0.1, 0.5), rng.normal(size=(n, p))).astype(
            float
        )
        if not event.any():
            continue
        informative = [j for j in range(p) if np.ptp(x[:, j]) > 0]
        cohorts.append((time, event, x, bool(informative) and unbounded(time, event, x)))
    return cohorts


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_infinite_hazard_ratios_are_found_exactly(ties: str) -> None:
    for time, event, x, wanted in drawn():
        model = cox_batch(time, event, x[None], ties=ties)
        finite = model.coef[0][model.estimable[0]]
        assert np.isnan(model.coef[0][~model.estimable[0]]).all()
        assert (np.abs(finite) < 60).all()
        if wanted:
            assert not model.estimable[0].all()
        elif _full_information(time, event, x):
            assert model.estimable[0].all()
            assert model.converged[0]
    assert sum(wanted for *_, wanted in drawn()) > 60


def test_beside_an_infinite_hazard_ratio_the_other_terms_are_those_without_the_group() -> None:
    # In the limit nobody of the group is at risk. The interaction's ridge runs through the group's own column too.
    rng = np.random.default_rng(5)
    n = 60
    for _ in range(25):
        time, group, other = rng.integers(1, 30, n).astype(float), rng.random(n) < 0.4, rng.random(n) < 0.4
        age, both = rng.normal(size=n), group & other
        event = (rng.random(n) < 0.5) & ~both
        fitted = cox_batch(time, event, np.column_stack([age, group, other, both])[None])
        rest = cox_batch(time[~both], event[~both], np.column_stack([age, group, other])[None, ~both])
        assert rest.estimable.all()
        assert fitted.estimable[0].tolist() == [True, True, True, False]
        assert fitted.converged.all()
        assert fitted.coef[0, :3] == pytest.approx(rest.coef[0], abs=1e-6)
        assert fitted.log_likelihood[0] == pytest.approx(rest.log_likelihood[0], abs=1e-6)


def _full_information(time: np.ndarray, event: np.ndarray, x: np.ndarray) -> bool:
    """Whether no combination of columns is constant within every risk set."""
    rows = np.concatenate([x[time >= t] - x[time >= t].mean(0) for t in time[event]])
    return np.linalg.matrix_rank(rows, tol=1e-8) == x.shape[1]


@pytest.mark.parametrize("side", [">", ">="])
@pytest.mark.parametrize("late", [False, True])
def test_every_cut_off_at_once_equals_one_at_a_time(side: str, late: bool) -> None:
    rng = np.random.default_rng(5)
    n = 70
    values = np.where(rng.random(n) < 0.05, np.nan, np.round(rng.lognormal(2, 0.8, n)))
    time, event = np.round(rng.exponential(20, n), 0) + 3, rng.random(n) < 0.4
    entry = np.full(n, 2.0) if late else None
    cutoffs = np.arange(1.0, 40.0)
    grid = cutoff_grid(time, event, values, cutoffs, side=side, entry=entry)
    known = ~np.isnan(values)
    late_entry = None if entry is None else entry[known]
    for k, cutoff in enumerate(cutoffs):
        above = (values[known] > cutoff) if side == ">" else (values[known] >= cutoff)
        test = logrank(time[known], event[known], above, entry=late_entry)
        assert (
            np.isnan(grid.logrank_p[k])
            if isinstance(test, NotEstimable)
            else grid.logrank_p[k] == pytest.approx(test.p_value, abs=1e-9)
        )
        model = cox(time[known], event[known], pd.DataFrame({"above": above.astype(float)}), entry=late_entry)
        if isinstance(model, NotEstimable):
            assert np.isnan(grid.hazard_ratio[k])
            assert grid.reasons[k]
        else:
            ratio = model.terms[0].hazard_ratio
            assert (grid.hazard_ratio[k], grid.lower[k], grid.upper[k]) == pytest.approx(
                (ratio.value, ratio.lower, ratio.upper), rel=1e-7
            )
        for group, inside in ((grid.above, above), (grid.below, ~above)):
            if inside.any():
                entered = None if late_entry is None else late_entry[inside]
                curve = kaplan_meier(time[known][inside], event[known][inside], at=grid.event_times, entry=entered)
                assert group.survival[k] == pytest.approx([one.survival.value for one in curve.at], abs=1e-9)
                assert group.lower[k] == pytest.approx([one.survival.lower for one in curve.at], abs=1e-9)
                assert list(group.n_at_risk[k]) == [one.n_at_risk for one in curve.at]


def test_reordering_scaling_and_flipping_do_what_they_must() -> None:
    rng = np.random.default_rng(8)
    time, event, x = rng.exponential(10, 50), rng.random(50) < 0.7, (rng.random(50) < 0.5).astype(float)
    order = rng.permutation(50)
    one, other = (
        cox(time, event, pd.DataFrame({"x": x})),
        cox(3 * time[order], event[order], pd.DataFrame({"x": 1 - x[order]})),
    )
    assert one.terms[0].coef == pytest.approx(-other.terms[0].coef, abs=1e-9)
    assert (np.diff(kaplan_meier(time, event).curves[0].survival) <= 0).all()
    medians = [kaplan_meier(scale * time[order], event[order]).curves[0].median.value for scale in (1, 3)]
    assert medians[1] == pytest.approx(3 * medians[0])


@pytest.mark.parametrize("late", [False, True])
def test_many_tests_at_once_equal_one_at_a_time(late: bool) -> None:
    rng = np.random.default_rng(13)
    time, event = np.round(rng.exponential(20, 80)) + 3, rng.random(80) < 0.5
    marked = np.where(rng.random((80, 6)) < 0.1, np.nan, rng.random((80, 6)) < 0.4)
    marked[:, 5] = 1.0
    entry = np.full(80, 2.0) if late else None
    found = logrank_columns(observed(time, event, entry), marked)
    for column, p in zip(marked.T, found, strict=True):
        known = ~np.isnan(column)
        test = logrank(time[known], event[known], column[known], entry=None if entry is None else entry[known])
        assert np.isnan(p) if isinstance(test, NotEstimable) else p == pytest.approx(test.p_value, abs=1e-12)
    assert np.isnan(found[5])
