"""The surface, the stability of the best cut-off, and two cut-offs: each against the single models or a sum by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cutoffs.cutoff_scan import cutoff_scan
from cdanalysis.statistics.cutoffs.cutoff_stability import cutoff_stability
from cdanalysis.statistics.cutoffs.cutoff_surface import cutoff_surface
from cdanalysis.statistics.cutoffs.maxstat import logrank_scores, maxstat
from cdanalysis.statistics.cutoffs.two_cutoffs import two_cutoffs
from cdanalysis.statistics.time_axis import observed


def cohort(n: int, seed: int, effect: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(seed)
    marker = np.exp(rng.normal(2, 0.8, n)).round(1)
    time = np.ceil(rng.exponential(40 * np.exp(-effect * (marker > 8)), n))
    event = rng.random(n) < 0.5
    return time, event, marker, rng


def test_a_cell_of_the_surface_is_the_cox_model_of_its_two_cutoffs() -> None:
    time, event, one, rng = cohort(120, 1, 0.8)
    two, sex = rng.normal(235, 60, 120), rng.integers(0, 2, 120).astype(float)
    two[:5] = np.nan
    cuts = np.array([4.0, 8.0, 60.0]), np.array([150.0, 235.0])
    found = cutoff_surface(
        observed(time, event), (one[:, None] > cuts[0]) * 1.0,
        np.where(np.isnan(two)[:, None], np.nan, two[:, None] >= cuts[1]), cuts, sex[:, None],
    )  # fmt: skip
    assert isinstance(found.n_dropped, int)
    assert (found.n_patients, found.n_dropped) == (115, 5)
    for i, j in ((0, 0), (1, 1), (0, 1)):
        columns = {"one": one > cuts[0][i], "two": two >= cuts[1][j], "sex": sex}
        model = cox(time[5:], event[5:], pd.DataFrame(columns, dtype=float)[5:])
        for marker in (0, 1):
            assert found.coef[marker, i, j] == pytest.approx(model.terms[marker].coef, abs=1e-9)
            assert found.p_value[marker, i, j] == pytest.approx(model.terms[marker].p_value, rel=1e-7)
        assert found.log_likelihood[i, j] == pytest.approx(model.log_likelihood, rel=1e-12)
        high = (one > cuts[0][i])[5:] & (two >= cuts[1][j])[5:]
        assert (found.n[1, 1, i, j], found.n_events[1, 1, i, j]) == (high.sum(), event[5:][high].sum())
    assert (found.n.sum((0, 1)) == 115).all()
    assert np.isnan(found.log_likelihood[2]).all()
    assert found.n_blank == 2


def test_every_resample_finds_the_best_cutoff_of_its_own_scan() -> None:
    time, event, marker, _ = cohort(60, 2, 0.7)
    scan = cutoff_scan(time, event, marker)
    data = observed(time, event)
    found = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=12, repeats=3, seed=5)
    rng = np.random.default_rng(5)
    for best in found.best_cutoffs:
        drawn = rng.integers(0, 60, 60)
        assert best == cutoff_scan(time[drawn], event[drawn], marker[drawn]).best.cutoff
    model = cox(time, event, pd.DataFrame({"above": (marker > scan.best.cutoff) * 1.0})).terms[0]
    factor = max(0, 1 - (model.standard_error / model.coef) ** 2)
    assert found.shrinkage == pytest.approx(factor, abs=1e-9)
    assert found.shrunken == pytest.approx(np.exp(factor * model.coef), rel=1e-9)
    again = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=12, repeats=3, seed=5)
    np.testing.assert_array_equal(again.best_cutoffs, found.best_cutoffs)
    assert again.cross_fitted == found.cross_fitted


def test_where_there_is_no_effect_the_cross_fitted_ratio_says_so() -> None:
    naive, fitted = [], []
    for seed in range(25):
        time, event, marker, _ = cohort(80, 100 + seed)
        scan = cutoff_scan(time, event, marker)
        found = cutoff_stability(observed(time, event), marker, scan, min_fraction=0.1, resamples=1, repeats=3)
        if isinstance(found.cross_fitted, Estimate) and isinstance(scan.best.hazard_ratio, Estimate):
            naive.append(abs(np.log(scan.best.hazard_ratio.value)))
            fitted.append(np.log(found.cross_fitted.value))
    assert len(fitted) > 20
    assert np.mean(naive) > 0.4
    assert abs(np.mean(fitted)) < 0.25


def test_two_cutoffs_by_hand_and_one_cutoff_as_maxstat() -> None:
    time, event = np.array([1.0, 2, 3, 4, 5, 6]), np.array([1, 1, 0, 1, 1, 0])
    marker = np.array([6.0, 5, 4, 3, 2, 1])
    found = two_cutoffs(observed(time, event), marker, permutations=200)
    scores = logrank_scores(time, event.astype(float))
    np.testing.assert_allclose(scores[:2], [1 - 1 / 6, 1 - 1 / 6 - 1 / 5], rtol=1e-12)
    for lower, upper, size, q in zip(found.lower, found.upper, found.sizes, found.statistic, strict=True):
        groups = [marker <= lower, (marker > lower) & (marker <= upper), marker > upper]
        assert [group.sum() for group in groups] == size.tolist()
        between = sum(group.sum() * (scores[group].mean() - scores.mean()) ** 2 for group in groups)
        assert q == pytest.approx(5 * between / ((scores - scores.mean()) ** 2).sum(), rel=1e-10)
    assert len(found.lower) == 10
    assert 0 < found.p_corrected <= 1


def test_the_corrected_p_of_two_cutoffs_is_right_where_nothing_is_there() -> None:
    found = [two_cutoffs(observed(time, event), marker, permutations=200, seed=seed) for seed in range(60)
             for time, event, marker, _ in [cohort(60, 300 + seed)]]  # fmt: skip
    corrected = np.array([one.p_corrected for one in found])
    alone = np.array([one.p_value[one.best] for one in found])
    assert (corrected < 0.1).mean() < 0.25
    assert 0.3 < corrected.mean() < 0.7
    assert (alone < 0.05).mean() > 0.3


@pytest.mark.parametrize("event", [np.zeros(12), np.ones(12)])
def test_what_cannot_be_searched_is_said(event: np.ndarray) -> None:
    same, time = np.full(12, 3.0), np.arange(1.0, 13)
    assert isinstance(two_cutoffs(observed(time, event), same), NotEstimable)
    assert maxstat(time, event, same) is None
    flat = cutoff_surface(
        observed(time, event), np.zeros((12, 0)), np.zeros((12, 1)), (same[:0], same[:1]), np.zeros((12, 0))
    )
    assert isinstance(flat, NotEstimable)
