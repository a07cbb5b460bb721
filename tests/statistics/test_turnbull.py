"""Turnbull's estimate: R's survfit, the conditions of a maximum, Kaplan-Meier as its special case, by hand."""

from __future__ import annotations

import json
from math import inf, isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.curves.turnbull import turnbull

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_groups.json").read_text())["turnbull"]


def test_as_survfit() -> None:
    small = turnbull([0, 1, 2, 3, 3, 5, 4, 6, 0], [2, 3, 5, 3, inf, 7, 4, inf, 4])
    assert 1 - small.mass.cumsum() == pytest.approx(R["small"], abs=2e-3)
    assert (small.start.tolist(), small.end.tolist()) == ([1, 3, 4, 6], [2, 3, 4, 7])
    rows = pd.read_csv(GOLDEN / "datasets" / "demo_relapse.csv")
    found = turnbull(rows["free_months"], np.where(rows["relapse"] == 1, rows["relapse_months"], inf))
    limits = np.array([found.survival_at(t) for t in R["at"]])
    assert limits[:, 0] == pytest.approx(limits[:, 1])
    assert limits[:, 0] == pytest.approx(R["survival"], abs=2e-4)


def test_exact_times_give_kaplan_meier() -> None:
    lung = pd.read_csv(GOLDEN / "datasets" / "lung.csv")
    found = turnbull(lung["time_days"], np.where(lung["event"] == 1, lung["time_days"], inf))
    curve = cd.kaplan_meier(lung["time_days"], lung["event"], at=(100, 310, 700)).at
    for at in curve:
        assert found.survival_at(at.time) == pytest.approx((at.survival.value,) * 2, abs=1e-6)
    assert found.median == (310, 310)


def test_by_hand() -> None:
    # Two in (0, 2], one in (1, 3], one free at 3: (1, 2] holds three quarters, the rest lies beyond 3.
    found = turnbull([0, 0, 1, 3], [2, 2, 3, inf])
    assert found.mass == pytest.approx([0.75, 0.25])
    assert found.survival_at(1) == (1, 1)
    assert found.survival_at(1.5) == pytest.approx((0.25, 1))
    assert found.survival_at(2) == pytest.approx((0.25, 0.25))
    assert found.median == (1, 2)
    assert isnan(turnbull([0, 3, 3], [2, inf, inf]).median[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4), st.booleans()), min_size=2, max_size=12))
def test_no_direction_makes_the_data_more_likely(rows: list[tuple[int, int, bool]]) -> None:
    lower = [float(start) for start, *_ in rows]
    found = turnbull(lower, [inf if censored else start + width for start, width, censored in rows])
    if isinstance(found, NotEstimable):
        assert all(censored for *_, censored in rows)
        return
    assert found.mass.sum() == pytest.approx(1)
    assert found.worst_gain < 1e-3
    limits = [found.survival_at(t) for t in np.arange(0, 14, 0.5)]
    assert all(0 <= least <= most + 1e-12 for least, most in limits)
    assert all(after[1] <= before[1] + 1e-12 for before, after in zip(limits, limits[1:], strict=False))


def test_what_it_refuses() -> None:
    assert turnbull([1, 2], [inf, inf]) == NotEstimable("no event was observed")
    assert turnbull([], []) == NotEstimable("there is no patient")
    with pytest.raises(ValueError, match="before lower"):
        turnbull([3], [2])
