"""Cumulative incidence, Gray's test and restricted means against R: real data, ties, several groups, a group that ends early."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_competing.json").read_text())


def pbc(name: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """The data as tests/golden/competing.R makes it."""
    frame = pd.read_csv(GOLDEN / "datasets" / "pbc.csv").dropna(subset=["stage"]).copy()
    days = {"days": 1.0, "years": 365.25, "half_years_early_end": 182.625}[name]
    frame["t"] = frame["time_days"] if name == "days" else np.ceil(frame["time_days"] / days)
    if name == "half_years_early_end":
        late = (frame["stage"] == 1) & (frame["t"] > 8)
        frame.loc[late, "status"], frame.loc[late, "t"] = 0, 8
        second = frame["stage"] == 2
        frame.loc[second & (frame["t"] == frame.loc[second, "t"].max()), "status"] = 2
    return frame["t"], frame["status"], frame["stage"]


@pytest.mark.parametrize("name", R)
def test_incidence_and_its_error(name: str) -> None:
    time, status, _ = pbc(name)
    found = cd.aalen_johansen(time, status, at=R[name]["at"])
    for column, curve in enumerate(found.curves):
        place = np.searchsorted(curve.time, R[name]["at"], "right") - 1
        wanted = np.array(R[name]["incidence"])[:, column]
        assert curve.incidence[place] == pytest.approx(wanted, abs=1e-10)
        assert curve.standard_error[place] == pytest.approx(np.array(R[name]["se"])[:, column], abs=1e-9)
        assert [one.incidence.value for one in found.at if one.event_type == curve.event_type] == pytest.approx(
            wanted, abs=1e-10
        )
        assert ((curve.lower <= curve.incidence) & (curve.incidence <= curve.upper)).all()


@pytest.mark.parametrize("name", R)
def test_gray(name: str) -> None:
    found = cd.gray_test(*pbc(name))
    assert [one.statistic for one in found] == pytest.approx(R[name]["statistic"], rel=1e-9)
    assert [one.p_value for one in found] == pytest.approx(R[name]["p"], rel=1e-8)
    assert [one.df for one in found] == R[name]["df"]


def test_incidences_add_up_to_any_event() -> None:
    time, status, stage = pbc("years")
    found = cd.aalen_johansen(time, status, stage)
    free = cd.kaplan_meier(time, status > 0, stage)
    for curve in free.curves:
        both = sum(one.incidence for one in found.curves if one.group == curve.group)
        assert both == pytest.approx(1 - curve.survival, abs=1e-12)


def test_competing_risks_at_the_edges() -> None:
    for censored in (cd.aalen_johansen([1, 2, 3], [0, 0, 0]), *cd.gray_test([1, 2, 3], [0, 0, 0], ["a", "b", "b"])):
        assert isinstance(censored, NotEstimable)
        assert "everybody was censored" in censored.reason
    unplaced = cd.aalen_johansen([1, 2, 3], [0, 1, 0], ["a", None, "b"])  # the only event is nobody's
    assert isinstance(unplaced, NotEstimable)
    (alone,) = cd.gray_test([1, 2, 3], [1, 0, 1], ["a", "a", "a"])
    assert isinstance(alone, NotEstimable)
    (one,) = cd.aalen_johansen([5], [2]).curves
    assert (one.event_type, one.incidence.tolist()) == (2, [1.0])
    (apart,) = cd.gray_test([1, 2, 5, 6], [1, 0, 0, 0], ["a", "a", "b", "b"])
    assert apart is not None
    with pytest.raises(ValueError, match="event_type holds"):
        cd.aalen_johansen([1, 2], [0, -1])


def test_restricted_means_as_survrm2() -> None:
    # survRM2::rmst2(time_days, event, arm = 1 for female, tau = 600) and rmst2(time_weeks, event, arm = 1 for 6-MP, tau = 22)
    lung = pd.read_csv(GOLDEN / "datasets" / "lung.csv")
    found = cd.rmst(lung["time_days"], lung["event"], (lung["sex"] == "female").astype(int), horizon=600)
    assert [one.rmst.value for one in found.groups] == pytest.approx([297.267480575811, 397.414735527222], rel=1e-12)
    assert [one.standard_error for one in found.groups] == pytest.approx(
        [16.9122475619312, 21.4293640273467], rel=1e-12
    )
    gap, ratio = found.difference, found.ratio
    assert (gap.value, gap.lower, gap.upper) == pytest.approx(
        (100.147254951411, 46.641969854345, 153.652540048476), rel=1e-10
    )
    assert (ratio.value, ratio.lower, ratio.upper) == pytest.approx(
        (1.33689273632428, 1.1465013229736, 1.55890111299748), rel=1e-10
    )
    assert (found.p_value, found.ratio_p_value) == pytest.approx((0.000243962101002039, 0.000212145696157369), rel=1e-9)
    weeks = pd.read_csv(GOLDEN / "datasets" / "leukemia6mp.csv")
    two = cd.rmst(weeks["time_weeks"], weeks["event"], (weeks["treat"] == "6-MP").astype(int), horizon=22)
    assert [one.rmst.value for one in two.groups] == pytest.approx([8.61904761904762, 17.3714285714286], rel=1e-12)
    assert [one.standard_error for one in two.groups] == pytest.approx([1.35438515219327, 1.45995876163397], rel=1e-12)


def test_a_curve_that_ends_before_the_horizon_has_no_restricted_mean() -> None:
    found = cd.rmst([1, 2, 3, 9], [1, 0, 0, 1], ["a", "a", "a", "b"], horizon=5)
    assert isinstance(found.groups[0].rmst, NotEstimable)
    assert "a was observed to 3.0, not to 5" in found.groups[0].rmst.reason
    assert isinstance(found.difference, NotEstimable)
    assert isnan(found.p_value)
    ended = cd.rmst([1, 2], [1, 1], horizon=5)  # everybody had the event: the curve is 0 from then on
    assert ended.groups[0].rmst.value == pytest.approx(1.5)
    assert ended.difference is None
    with pytest.raises(ValueError, match="horizon is 0"):
        cd.rmst([1, 2], [1, 1], horizon=0)


@pytest.mark.parametrize("n", [3, 7, 10, 22, 49])
def test_when_everybody_had_the_event_there_is_nothing_left_to_be_unsure_of(n: int) -> None:
    curve = cd.aalen_johansen(np.arange(1, n + 1), np.ones(n)).curves[0]  # the sum of n times 1/n may be 1 - 1e-16
    assert (curve.incidence[-1], curve.lower[-1], curve.upper[-1]) == pytest.approx((1, 1, 1))
    assert (curve.lower <= curve.incidence + 1e-12).all()
