"""The cumulative sums of a large cohort are the matrix of a small one: ties, strata and late entry alike."""

from __future__ import annotations

import numpy as np
import pytest

from cdanalysis.statistics.checks.adjusted_curves import _marginal
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cox.kernel import risk_sets
from cdanalysis.statistics.time_axis import observed


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("stratified", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_both_give_the_same_sums(ties: str, stratified: bool, late: bool) -> None:
    rng = np.random.default_rng(7)
    n = 200
    time, event = rng.integers(1, 30, n).astype(float), rng.random(n) < 0.6
    entry = np.where(rng.random(n) < 0.5, np.minimum(rng.integers(0, 12, n), time - 1), 0.0) if late else None
    strata = rng.integers(0, 4, n) if stratified else None
    data = observed(time, event, entry)
    matrix = risk_sets.matrix_risk_sets(data, ties, strata)
    by_sums = risk_sets.sorted_risk_sets(data, ties, strata)
    w, u = rng.random((3, 2, n)), rng.random((3, int(event.sum())))
    # the sums list the events by slot
    place = np.searchsorted(np.flatnonzero(event), by_sums.by_time[by_sums.dead])
    sums_w, matrix_w = by_sums.arranged(w), matrix.arranged(w)
    # Which of the tied events is the l-th is a choice of order, so tied events are compared as a set.
    for found, wanted in (
        (by_sums.at_risk(sums_w), matrix.at_risk(matrix_w)),
        (by_sums.tied_sum(sums_w), matrix.tied_sum(matrix_w)),
    ):
        wanted = wanted[..., place]
        for j in np.unique(by_sums.slot):
            one = by_sums.slot == j
            np.testing.assert_allclose(np.sort(found[..., one]), np.sort(wanted[..., one]), rtol=1e-12, atol=1e-12)
    of_slot = u[:, : by_sums.slot.max() + 1][:, by_sums.slot]
    back = np.empty_like(of_slot)
    back[:, place] = of_slot
    spread = by_sums.spread(of_slot)
    assert (spread[..., n:] == 0).all()
    wanted = np.zeros((3, n))
    wanted[:, matrix.seen] = matrix.spread(back)
    np.testing.assert_allclose(spread[..., :n], wanted[..., by_sums.by_time], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_large_cohort_gives_the_same_model(ties: str, weighted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    n = 400
    x = rng.normal(size=(2, n, 3))
    time, event = np.ceil(rng.exponential(40, n)), rng.random(n) < 0.7
    everything = {"weights": rng.integers(1, 4, n), "strata": rng.integers(0, 3, n), "entry": time * 0.4}
    given = {"ties": ties, **(everything if weighted else {})}
    small = cox_batch(time, event, x, **given)
    monkeypatch.setattr(risk_sets, "LARGEST_MATRIX", 0)
    large = cox_batch(time, event, x, **given)
    np.testing.assert_allclose(large.coef, small.coef, atol=1e-10)
    np.testing.assert_allclose(large.standard_error, small.standard_error, atol=1e-10)
    np.testing.assert_allclose(large.log_likelihood, small.log_likelihood, rtol=1e-12)


def test_a_hundred_thousand_patients() -> None:
    rng = np.random.default_rng(9)
    n = 100_000
    x = rng.normal(size=(1, n, 2))
    time = rng.exponential(np.exp(-0.3 * x[0, :, 0]))
    found = cox_batch(time, rng.random(n) < 0.5, x)
    assert found.coef[0] == pytest.approx([0.3, 0.0], abs=0.02)


@pytest.mark.parametrize("largest", [0, 100_000])
@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_a_weight_of_0_leaves_a_patient_out_of_a_tie(ties: str, largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resamples of a cohort with tied events: the absent share no tie, as in a model of those who are left."""
    monkeypatch.setattr(risk_sets, "LARGEST_MATRIX", largest)
    rng = np.random.default_rng(10)
    n = 60
    time, event, x = np.ceil(rng.exponential(6, n)), rng.random(n) < 0.6, rng.normal(size=(n, 2))
    weights = rng.multinomial(n, np.full(n, 1 / n), size=5).astype(float)
    strata, entry = rng.integers(0, 2, n), np.where(rng.random(n) < 0.3, time * 0.5, 0.0)
    together = cox_batch(time, event, np.repeat(x[None], 5, 0), ties=ties, weights=weights, strata=strata, entry=entry)
    for k, drawn in enumerate(weights):
        left = drawn > 0
        alone = cox_batch(
            time[left],
            event[left],
            x[None, left],
            ties=ties,
            weights=drawn[left],
            strata=strata[left],
            entry=entry[left],
        )
        np.testing.assert_allclose(together.coef[k], alone.coef[0], atol=1e-10)
        np.testing.assert_allclose(together.standard_error[k], alone.standard_error[0], atol=1e-10)
        np.testing.assert_allclose(together.log_likelihood[k], alone.log_likelihood[0], rtol=1e-12)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_an_adjusted_curve_s_resample_is_the_curve_of_those_drawn(ties: str) -> None:
    rng = np.random.default_rng(11)
    n = 80
    time, event = np.ceil(rng.exponential(6, n)), rng.random(n) < 0.7
    x = np.column_stack([(rng.random(n) < 0.5), rng.normal(size=n)]).astype(float)
    data, drawn = observed(time, event), rng.multinomial(n, np.full(n, 1 / n)).astype(float)
    times, (whole, resample) = _marginal(data, x, np.array([np.ones(n), drawn]), ties)
    left = drawn > 0
    own_times, (own,) = _marginal(data[left], x[left], drawn[None, left], ties)
    np.testing.assert_allclose(resample[:, np.searchsorted(times, own_times)], own, atol=1e-12)
    assert np.abs(whole - resample).max() > 0.01
