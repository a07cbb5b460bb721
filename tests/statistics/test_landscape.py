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
from cdanalysis.statistics.cutoffs.maxstat import admissible_sizes, logrank_scores, maxstat
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
        observed(time, event),
        (one[:, None] > cuts[0]) * 1.0,
        np.where(np.isnan(two)[:, None], np.nan, two[:, None] >= cuts[1]),
        cuts,
        sex[:, None],
    )
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
    found = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=11, seed=5)
    rng, aside = np.random.default_rng(5), []
    for best in found.best_cutoffs:
        drawn = rng.integers(0, 60, 60)
        own = cutoff_scan(time[drawn], event[drawn], marker[drawn])
        assert best == own.best.cutoff
        left = np.setdiff1d(np.arange(60), drawn)
        term = cox(time[left], event[left], pd.DataFrame({"above": (marker[left] > best) * 1.0}))
        group = event[drawn][marker[drawn] > best], event[drawn][marker[drawn] <= best]
        worse = own.best.hazard_ratio.value > 1 if isinstance(own.best.hazard_ratio, Estimate) else bool(group[0].any())
        if isinstance(term, NotEstimable):
            above = event[left][marker[left] > best].any()
            aside.append(np.inf if bool(above) == worse else -np.inf)
        else:
            aside.append(term.terms[0].coef if worse else -term.terms[0].coef)
    middle = np.sort(aside)[len(aside) // 2]
    naive = scan.best.hazard_ratio.value
    assert found.out_of_bag == pytest.approx(np.exp(middle if naive > 1 else -middle), rel=1e-9)
    again = cutoff_stability(data, marker, scan, min_fraction=0.1, resamples=11, seed=5)
    np.testing.assert_array_equal(again.best_cutoffs, found.best_cutoffs)
    assert again.out_of_bag == found.out_of_bag


def test_the_interval_after_a_search_holds_and_the_ratio_out_of_bag_is_near_what_is_true() -> None:
    """Cohorts in which the marker means nothing; benchmarks/search.py has more of them, and effects."""
    naive, out_of_bag, held, corrected = [], [], [], []
    for seed in range(60):
        time, event, marker, _ = cohort(80, 100 + seed)
        scan = cutoff_scan(time, event, marker, permutations=200, seed=seed)
        found = cutoff_stability(observed(time, event), marker, scan, min_fraction=0.1, resamples=20, seed=seed)
        if isinstance(found.corrected, NotEstimable) or isinstance(found.out_of_bag, NotEstimable):
            continue
        side = 1 if found.naive.value > 1 else -1
        naive.append(side * np.log(found.naive.value))
        out_of_bag.append(side * np.log(found.out_of_bag))
        held.append(found.naive.lower <= 1 <= found.naive.upper)
        corrected.append(found.corrected.lower <= 1 <= found.corrected.upper)
        assert found.corrected.value == pytest.approx(found.naive.value)
    assert len(naive) > 50
    assert np.mean(held) < 0.75
    assert np.mean(corrected) > 0.9
    assert abs(np.mean(out_of_bag)) < 0.25 * np.mean(naive)


def test_the_corrected_interval_is_as_many_standard_errors_as_a_shuffled_marker_reaches() -> None:
    time, event, marker, _ = cohort(70, 4, 0.6)
    for level in (0.9, 0.95):
        scan = cutoff_scan(time, event, marker, permutations=999, seed=2, conf_level=level)
        order = np.argsort(marker, kind="stable")
        scores, sizes = logrank_scores(time, event.astype(float))[order], admissible_sizes(marker[order], 0.1)
        rng = np.random.default_rng(2)
        largest = []
        for _ in range(999):
            shuffled = rng.permuted(scores)
            total = shuffled.sum()
            spread = sizes * (70 - sizes) / (70**2 * 69) * (70 * (shuffled**2).sum() - total**2)
            largest.append(np.abs((shuffled.cumsum()[sizes - 1] - sizes / 70 * total) / np.sqrt(spread)).max())
        assert scan.maxstat.critical == pytest.approx(np.quantile(largest, level), abs=0.05)
        model = cox(time, event, pd.DataFrame({"above": (marker > scan.best.cutoff) * 1.0})).terms[0]
        wanted = np.exp(model.coef + np.array([-1, 1]) * scan.maxstat.critical * model.standard_error)
        assert (scan.corrected.lower, scan.corrected.upper) == pytest.approx(wanted, rel=1e-9)
    assert isinstance(cutoff_scan(time, event, marker).corrected, NotEstimable)


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
    found = [
        two_cutoffs(observed(time, event), marker, permutations=200, seed=seed)
        for seed in range(60)
        for time, event, marker, _ in [cohort(60, 300 + seed)]
    ]
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
