"""Two groups from counts alone are `cox` on the patients: ties, late entry, many tied events, and what is not finite."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch, cox_of_columns
from cdanalysis.statistics.cox.cox_split import _discrete_gauss, cox_split
from cdanalysis.statistics.cutoffs.cutoff_grid import cutoff_grid
from cdanalysis.statistics.time_axis import observed


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("n_times", [12, 80])
@pytest.mark.parametrize("late", [False, True])
def test_every_cutoff_is_one_cox_model(ties: str, n_times: int, late: bool) -> None:
    rng = np.random.default_rng(3)
    n = 900
    marker = rng.normal(size=n).round(1)
    time = np.minimum(np.ceil(rng.exponential(n_times / 2 * np.exp(-0.4 * marker))), n_times)
    event = rng.random(n) < 0.6
    entry = np.where(rng.random(n) < 0.3, np.floor(time * 0.5), 0.0) if late else None
    cuts = np.unique(marker)[2:-2:5]
    found = cutoff_grid(time, event, marker, cuts, ties=ties, entry=entry)
    for k, cut in enumerate(cuts):
        wanted = cox(time, event, pd.DataFrame({"above": marker > cut}, dtype=float), ties=ties, entry=entry).terms[0]
        assert np.log(found.hazard_ratio[k]) == pytest.approx(wanted.coef, abs=1e-9)
        assert found.lower[k] == pytest.approx(wanted.hazard_ratio.lower, rel=1e-8)
        assert found.p_value[k] == pytest.approx(wanted.p_value, rel=1e-7)


def test_a_rule_of_eight_nodes_sums_what_four_hundred_tied_events_do() -> None:
    d, share = 400, 0.25
    nodes, weights = (part[0] for part in _discrete_gauss(np.array([d])))
    every = np.arange(d) / d
    assert weights.sum() == pytest.approx(d, rel=1e-14)
    for summed in (lambda f: 1 / (1 - f * share), lambda f: (1 - f * share) ** -2, np.square):
        assert weights @ summed(nodes) == pytest.approx(summed(every).sum(), rel=1e-13)


def test_a_ratio_is_finite_exactly_where_cox_says_so() -> None:
    rng = np.random.default_rng(4)
    refused = 0
    for _ in range(200):
        n = int(rng.integers(4, 14))
        time, event, marker = rng.integers(1, 8, n), rng.random(n) < 0.4, rng.integers(0, 5, n).astype(float)
        cuts = np.unique(marker)[:-1]
        if not event.any() or not len(cuts):
            continue
        found = cutoff_grid(time, event, marker, cuts)
        for k, cut in enumerate(cuts):
            wanted = cox(time, event, pd.DataFrame({"above": (marker > cut).astype(float)}))
            assert np.isnan(found.hazard_ratio[k]) == isinstance(wanted, NotEstimable)
            refused += isinstance(wanted, NotEstimable)
    assert refused > 50


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("n", [60, 700])
def test_models_of_shared_columns_are_the_models_of_their_designs(ties: str, n: int) -> None:
    rng = np.random.default_rng(5)
    time, event = np.ceil(rng.exponential(20, n)), rng.random(n) < 0.3
    columns = np.column_stack([(rng.random((n, 6)) < 0.2).astype(float), rng.normal(size=(n, 3)), event * 1.0])
    columns[:, 5] = columns[:, 4]  # aliased where both are chosen
    chosen = np.array([rng.permutation(columns.shape[1])[:4] for _ in range(80)] + [[4, 5, 6, 0], [9, 0, 1, 6]])
    found = cox_of_columns(observed(time, event), columns, chosen, ties=ties)
    wanted = cox_batch(time, event, columns[:, chosen].transpose(1, 0, 2), ties=ties)
    np.testing.assert_array_equal(found.estimable, wanted.estimable)
    assert not found.estimable[-1, 0]
    assert found.estimable[-1, 1:].all()
    np.testing.assert_allclose(found.coef, wanted.coef, atol=1e-9)
    np.testing.assert_allclose(found.standard_error, wanted.standard_error, rtol=1e-7)
    np.testing.assert_allclose(found.log_likelihood, wanted.log_likelihood, rtol=1e-12)


def test_the_last_step_of_a_fit_is_taken() -> None:
    """What is left before it is up to a hundred millionth of a standard error, behind it nothing."""
    dice, n_times = np.random.default_rng(2), 25
    above_events = dice.integers(0, 2, (400, n_times))
    below_events = 1 - above_events
    leaves = np.arange(n_times, 0, -1)
    at_risk = [leaves + dice.integers(0, 30, (400, 1)) for _ in range(2)]
    counts = (at_risk[0], below_events, at_risk[1], above_events)
    # Each alone: of several at once all go on until the last one is there.
    found = [cox_split(*(part[k : k + 1] for part in counts), "breslow").coef[0] for k in range(400)]

    def score(b: float, k: int) -> float:
        share = at_risk[1][k] * np.exp(b)
        return float((above_events[k] - share / (at_risk[0][k] + share)).sum())

    roots = [brentq(score, -9, 9, args=(k,), xtol=1e-14, rtol=1e-14) for k in range(400)]
    assert np.abs(np.array(found) - roots).max() < 2e-13
