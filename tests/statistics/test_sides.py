"""The side of a cut-off is one rule, however it is counted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cdanalysis.outcomes.groups import above
from cdanalysis.results import SIDES, is_above
from cdanalysis.statistics.cutoffs.sides import n_below, n_passed

NUMBERS = st.lists(st.integers(0, 6), min_size=1, max_size=20)


def test_the_cut_off_itself_is_above_where_the_side_says_so() -> None:
    assert is_above(np.array([9, 10, 11, np.nan]), 10, ">").tolist() == [False, False, True, False]
    assert is_above(np.array([9, 10, 11, np.nan]), 10, ">=").tolist() == [False, True, True, False]
    assert above([10.0, np.nan], 10, ">=").tolist()[0] == 1.0
    assert np.isnan(above([10.0, np.nan], 10, ">=")[1])


@hypothesis_settings(deadline=None)
@given(NUMBERS, NUMBERS, st.sampled_from(SIDES))
def test_counting_over_sorted_values_is_the_same_rule(values: list[int], cutoffs: list[int], side: str) -> None:
    ordered, cuts = np.sort(values), np.unique(cutoffs)
    assert n_below(ordered, cuts, side).tolist() == [int((~is_above(ordered, cut, side)).sum()) for cut in cuts]
    assert n_passed(cuts, ordered, side).tolist() == [int(is_above(value, cuts, side).sum()) for value in ordered]
