"""Every cut-off at once: each row is one model and one test; the corrected P values are those of R's maxstat."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statistics_data import data

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cutoffs.maxstat import logrank_scores

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_cutoff_scan.json").read_text())
SCANS = [(name, key) for name in R for key in R[name]]


def marker(name: str, key: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Time, event and the marker of a golden entry."""
    frame, time, event = data(name)
    column = {"weight": "weight_kg"}.get(key.removeprefix("cutpoint_"), key.removeprefix("cutpoint_"))
    return time, event, frame[column].to_numpy(float)


@pytest.mark.parametrize(("name", "key"), SCANS)
def test_as_maxstat(name: str, key: str) -> None:
    wanted = R[name][key]["value"]
    found = cd.cutoff_scan(*marker(name, key), permutations=2000, seed=1)
    best = found.maxstat
    assert (best.statistic, best.cutoff) == pytest.approx((wanted["statistic_M"], wanted["cutpoint"]), rel=1e-10)
    by_method = wanted["p_by_method"]
    assert best.p_lausen_schumacher_92 == pytest.approx(by_method["Lau92"], rel=1e-9, abs=1e-15)
    assert best.p_lausen_schumacher_94 == pytest.approx(min(by_method["Lau94"], 1), rel=1e-9, abs=1e-15)
    if by_method["HL"] is not None:
        assert best.p_hothorn_lausen == pytest.approx(by_method["HL"], abs=1e-9)
    assert best.p_permutation == pytest.approx(by_method["condMC"], abs=0.04)
    at = wanted["at_maxstat_cutpoint"]
    row = next(one for one in found.rows if one.cutoff == wanted["cutpoint"])
    assert (row.n_below, row.n_above, row.events_below, row.events_above) == (
        at["n_low"],
        at["n_high"],
        at["events_low"],
        at["events_high"],
    )
    ratio = row.hazard_ratio
    assert (ratio.value, ratio.lower, ratio.upper) == pytest.approx(
        (at["hr_high_vs_low"], at["hr_lower"], at["hr_upper"]), rel=1e-6
    )
    assert row.logrank_p == pytest.approx(at["logrank_p_unadjusted"], rel=1e-8)
    assert found.best.cutoff == pytest.approx(wanted["naive_scan_survdiff"]["cutpoint"])


@pytest.mark.parametrize("side", [">", ">="])
def test_each_row_is_one_model_and_one_test(side: str) -> None:
    time, event, values = marker("cgd_first", "cutpoint_weight")
    frame = data("cgd_first")[0]
    found = cd.cutoff_scan(time, event, values, side=side)
    adjusted = cd.cutoff_scan(time, event, values, side=side, adjust=frame[["age"]])
    for row, beside in list(zip(found.rows, adjusted.rows, strict=True))[::9]:
        above = (values >= row.cutoff if side == ">=" else values > row.cutoff).astype(float)
        (term,) = cd.cox(time, event, pd.DataFrame({"above": above})).terms
        assert row.hazard_ratio.value == pytest.approx(term.hazard_ratio.value, rel=1e-9)
        assert row.p_value == pytest.approx(term.p_value, rel=1e-8)
        assert row.logrank_p == pytest.approx(cd.logrank(time, event, above).p_value, rel=1e-9)
        together = cd.cox(time, event, pd.DataFrame({"above": above, "age": frame["age"]})).terms[0]
        assert beside.hazard_ratio.value == pytest.approx(together.hazard_ratio.value, rel=1e-8)


def test_each_cut_off_s_p_corrected_is_how_often_a_shuffled_marker_s_largest_statistic_reaches_its_own() -> None:
    frame, time, event = data("lung")
    known = frame["age"].notna().to_numpy()
    values = frame["age"].to_numpy(float)[known]
    scan = cd.cutoff_scan(time[known], event[known], values, permutations=300, seed=4)
    found, scores = scan.maxstat, logrank_scores(time[known], event[known].astype(float))
    assert found.p_of(found_below(values, found.cutoff)) == found.p_permutation
    for row in scan.rows[:: len(scan.rows) // 4]:
        low = values <= row.cutoff
        n, k = len(low), low.sum()
        mean, spread = scores.sum() * k / n, np.sqrt(k * (n - k) / n * scores.var(ddof=1))
        own = abs(scores[low].sum() - mean) / spread
        assert found.p_of(row.n_below) == (1 + (found.largest >= own - 1e-9).sum()) / 301
        assert found.p_of(row.n_below) >= found.p_permutation
    assert found.p_of(0) is None
    assert cd.cutoff_scan(time[known], event[known], values).maxstat.p_of(row.n_below) is None


def found_below(values: np.ndarray, cutoff: float) -> int:
    return int((values <= cutoff).sum())


def test_permutations_are_seeded_and_report_progress() -> None:
    seen: list[tuple[int, int]] = []
    given = marker("cgd_first", "cutpoint_age")
    once = cd.cutoff_scan(*given, permutations=1200, seed=3, progress=lambda *done: seen.append(done))
    again = cd.cutoff_scan(*given, permutations=1200, seed=3)
    assert once.maxstat == again.maxstat
    assert seen == [(500, 1200), (1000, 1200), (1200, 1200)]


def test_what_cannot_be_scanned_says_why() -> None:
    time, event = np.arange(1.0, 21), np.arange(20) % 2
    assert isinstance(cd.cutoff_scan(time, event * 0, time), NotEstimable)
    assert isinstance(cd.cutoff_scan(time, event, time * 0), NotEstimable)
    assert isinstance(cd.cutoff_scan(time, event, time * np.nan), NotEstimable)
    assert isinstance(cd.cutoff_scan(time, event, np.append(0.0, np.ones(19))), NotEstimable)
    assert isinstance(cd.cutoff_scan(time, event, time, min_events=9), NotEstimable)
    separated = cd.cutoff_scan(time, time > 10, time, min_fraction=0.1)
    assert all(
        isinstance(row.hazard_ratio, NotEstimable) or np.isfinite(row.hazard_ratio.value) for row in separated.rows
    )
    missing = np.where(time == 3, np.nan, time)
    assert cd.cutoff_scan(time, event, missing).n_dropped == 1
    with pytest.raises(ValueError, match="min_fraction is 0.5"):
        cd.cutoff_scan(time, event, time, min_fraction=0.5)
    with pytest.raises(ValueError, match="side is '<'"):
        cd.cutoff_scan(time, event, time, side="<")
