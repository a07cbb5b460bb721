"""Groups compared against R: survival at a time, corrected pairs, strata, trend; three groups by two cut-offs; the edges."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.curves.fixed_time import at_fixed_time
from cdanalysis.statistics.describe.comparisons import corrected

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_groups.json").read_text())


def curves(name: str) -> tuple:
    """The curves that R compared at a time."""
    frame = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")
    if name == "lung":
        sex = pd.Categorical(frame["sex"], categories=["male", "female"])
        return cd.kaplan_meier(frame["time_days"], frame["event"], sex).curves
    frame = frame[frame["stage"] > 1]
    return cd.kaplan_meier(frame["time_days"], frame["status"] == 2, frame["stage"]).curves


@pytest.mark.parametrize("name", ["lung", "pbc"])
def test_survival_at_a_time_as_by_rs_survfit(name: str) -> None:
    wanted = R["fixed"][name]
    found = at_fixed_time(curves(name), wanted["at"][0])
    assert found.df == len(found.differences)
    assert found.statistic == pytest.approx(wanted["statistic"][0], rel=1e-9)
    last = found.differences[-1]
    assert (last.difference.value, last.difference.lower, last.difference.upper) == pytest.approx(
        wanted["last_less_first"], rel=1e-9
    )
    assert last.statistic == pytest.approx(wanted["last_against_first"][0], rel=1e-9)


def test_what_has_no_difference_says_why() -> None:
    time, event = [1, 2, 3, 4, 5, 6], [1, 1, 0, 0, 0, 1]
    one, other = cd.kaplan_meier(time, event, ["a", "a", "a", "b", "b", "b"]).curves
    assert "no event in b by then" in at_fixed_time((one, other), 2).p_value.reason
    assert "a was followed to 3.0 only" in at_fixed_time((one, other), 4).p_value.reason
    assert "everybody in b had the event" in at_fixed_time((other, other), 6).p_value.reason
    assert isinstance(at_fixed_time((one, other), 0.5).differences[0].difference, NotEstimable)


def test_corrected_p_values_as_p_adjust() -> None:
    for name in ("holm", "bh"):
        assert corrected(R["adjusted"]["p"], name) == pytest.approx(R["adjusted"][name])
    assert corrected([0.5, float("nan"), 0.9], "holm")[0] == pytest.approx(1)
    assert isnan(corrected([0.5, float("nan")], "bh")[1])
    assert corrected([0.3, 0.1], "none") == (0.3, 0.1)
    assert corrected([], "bh") == ()
    with pytest.raises(ValueError, match="correction"):
        corrected([0.1], "bonferroni")


@pytest.mark.parametrize("correction", ["none", "holm", "bh"])
def test_every_pair_as_pairwise_survdiff(correction: str) -> None:
    pbc = pd.read_csv(GOLDEN / "datasets" / "pbc.csv").dropna(subset=["stage"]).reset_index(drop=True)
    died = (pbc["status"] == 2).astype(int)
    rows = "\n".join(
        f"P{i},{time / 30},{event},stage {stage:g}"
        for i, (time, event, stage) in enumerate(zip(pbc["time_days"], died, pbc["stage"], strict=True))
    )
    cohort = cd.read_cohort(f"patient_id,relapse_months,relapse_event,Stage\n{rows}\n".encode())
    settings = cd.Settings(survival_group="Stage", pair_correction=correction)
    found = cd.analyses.survival(cohort, settings).comparison
    by_pair = {(pair.first[-1], pair.second[-1]): pair.corrected_p for pair in found.pairs}
    # R's matrix by columns: 2-1, 3-1, 4-1, 3-2, 4-2, 4-3.
    order = [("1", "2"), ("1", "3"), ("1", "4"), ("2", "3"), ("2", "4"), ("3", "4")]
    assert [by_pair[pair] for pair in order] == pytest.approx(R["pairs"][correction], rel=1e-6)
    assert len(found.means.contrasts) == 3
    two = cd.rmst(
        pbc["time_days"] / 30,
        died,
        np.where(pbc["stage"].isin([1, 4]), pbc["stage"], np.nan),
        horizon=found.means.horizon,
    )
    assert found.means.contrasts[-1].difference == two.difference
    assert found.means.contrasts[-1].ratio_p_value == two.ratio_p_value
    assert found.means.difference is None


def test_strata_and_trend_as_r() -> None:
    settings = cd.Settings(survival_group="crp", survival_stratum="location")
    found = cd.analyses.survival(cd.demo_cohort(), settings).comparison.stratified
    assert (found.label, found.n) == ("Location", 98)
    assert found.test.statistic == pytest.approx(R["stratified"]["statistic"][0], rel=1e-9)
    assert found.test.p_value == pytest.approx(R["stratified"]["p"][0], rel=1e-9)
    lung = pd.read_csv(GOLDEN / "datasets" / "lung.csv").query("ph_ecog < 3")
    trend = cd.logrank(lung["time_days"], lung["event"], lung["ph_ecog"], trend=True)
    assert trend.p_value == pytest.approx(R["trend"]["p"][0], rel=1e-6)


def test_a_variable_stratified_by_itself_is_said_to_be_no_test() -> None:
    settings = cd.Settings(survival_group="crp", survival_stratum="crp")
    assert isinstance(cd.analyses.survival(cd.demo_cohort(), settings).comparison.stratified.test, NotEstimable)
    unknown = cd.Settings(survival_group="crp", survival_stratum="nobody's column")
    assert isinstance(cd.analyses.survival(cd.demo_cohort(), unknown).comparison.stratified, NotEstimable)


ROWS = "patient_id,crp_mg_per_l,relapse_months,relapse_event\n" + "\n".join(
    f"P{crp},{crp},{20 - crp / 2},1" for crp in (4, 5, 6, 10, 19, 20, 21)
)


@pytest.mark.parametrize("cutoffs", [(5, 20), (20, 5)])
@pytest.mark.parametrize(("side", "sizes"), [(">", (2, 4, 1)), (">=", (1, 4, 2))])
def test_two_cut_offs_make_three_groups(cutoffs: tuple[float, float], side: str, sizes: tuple) -> None:
    cohort = cd.read_cohort(ROWS.encode())
    settings = cd.Settings(survival_group="crp", cutoffs=f"crp{side}{cutoffs[0]}", second_cutoffs=f"crp={cutoffs[1]}")
    found = cd.analyses.survival(cohort, settings)
    assert tuple(curve.n for curve in found.kaplan_meier.curves) == sizes
    assert found.comparison.trend.p_value < found.comparison.tests[0][1].p_value
    baseline = cd.analyses.baseline(
        cohort, cd.Settings(baseline_group="crp", cutoffs=f"crp{side}5", second_cutoffs="crp=20")
    )
    assert tuple(baseline.sizes) == sizes


def test_a_second_cut_off_that_cuts_nobody_off_leaves_the_others() -> None:
    cohort = cd.read_cohort(ROWS.encode())
    for second in (10.0, 50.0):  # the same as the first, and above everybody
        settings = cd.Settings(survival_group="crp", cutoffs="crp>10", second_cutoffs=f"crp={second}")
        found = cd.analyses.survival(cohort, settings)
        assert [curve.n for curve in found.kaplan_meier.curves] == [4, 3]
        assert found.comparison.trend is None


def test_the_interval_of_a_difference_is_that_of_its_test_whatever_the_figure_shows() -> None:
    found = [
        cd.analyses.survival(cd.demo_cohort(), cd.Settings(survival_group="crp", km_interval=interval)).comparison
        for interval in ("log-log", "plain")
    ]
    assert found[0].at == found[1].at
    first = found[0].at[0].differences[0]
    assert first.p_value > 0.05
    assert first.difference.lower < 0 < first.difference.upper
