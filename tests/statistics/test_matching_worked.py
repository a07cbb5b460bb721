"""Donors of a missing value, where the others say it exactly: the five nearest, or all where there are fewer."""

from __future__ import annotations

import numpy as np
import pytest

from cdanalysis.statistics.imputation.predictive_matching import matched


@pytest.mark.parametrize(
    ("n", "wanted", "donors"),
    [(11, 5.1, {3, 4, 5, 6, 7}), (11, -9.0, {0, 1, 2, 3, 4}), (11, 30.0, {6, 7, 8, 9, 10}), (4, 1.0, {0, 1, 2, 3})],
)
def test_a_donor_is_one_of_the_five_whose_prediction_is_nearest(n: int, wanted: float, donors: set[int]) -> None:
    x = np.arange(n, dtype=float)
    known = np.column_stack([x, np.full(n, 7.0)])  # a column that tells nothing
    asked = np.tile([wanted, 7.0], (200, 1))
    turned = np.arange(n)[::-1]
    for order in (np.arange(n), turned):  # the places are those of the rows as they are given
        found = matched(known[order], 2 * x[order] + 1, asked, np.random.default_rng(1))
        assert set(x[order][found].astype(int)) == donors


def test_a_slope_of_another_sign_has_the_same_donors_by_its_predictions() -> None:
    x = np.arange(11, dtype=float)[:, None]
    found = matched(x, -3 * x[:, 0], np.full((200, 1), 2.1), np.random.default_rng(1))
    assert set(found) == {0, 1, 2, 3, 4}
