"""Subgroups and adjusted curves are R's; what a subgroup cannot say is a sentence (tests/golden/subgroups.R)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statistics_data import GOLDEN, column, data

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.checks.adjusted_curves import adjusted_curves
from cdanalysis.statistics.checks.subgroups import subgroups
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier

R = json.loads((GOLDEN / "reference_subgroups.json").read_text())
MARKED = {"lung": ("age", np.greater, 65), "veteran": ("karno", np.greater_equal, 60), "pbc": ("bili", np.greater, 2)}
ADJUSTED = {
    "lung": ("sexmale", "ph_ecog", "wt_loss"),
    "veteran": ("trttest", "celltypelarge", "celltypesmallcell", "celltypesquamous", "age"),
    "pbc": ("sexmale", "stage", "edema", "age"),
}
CASES = [(name, ties) for name in MARKED for ties in ("efron", "breslow")]


def marked_of(name: str, frame: pd.DataFrame) -> np.ndarray:
    values, compare, cutoff = MARKED[name]
    return compare(frame[values].to_numpy(float), cutoff).astype(float)


def texts(values: pd.Series) -> np.ndarray:
    return np.array([None if pd.isna(v) else v if isinstance(v, str) else f"{v:g}" for v in values], object)


@pytest.mark.parametrize(("name", "ties"), CASES)
def test_hazard_ratios_within_levels_and_the_interaction(name: str, ties: str) -> None:
    frame, time, event = data(name)
    for factor, wanted in R[name][ties]["within"].items():
        found = subgroups(time, event, marked_of(name, frame), texts(frame[factor]), ties=ties)
        assert [one.level for one in found.subgroups] == [level["level"] for level in wanted["levels"]]
        for one, level in zip(found.subgroups, wanted["levels"], strict=True):
            sizes = one.n, one.n_events, one.n_marked, one.n_events_marked
            assert sizes == tuple(level[key] for key in ("n", "n_events", "n_marked", "n_events_marked"))
            if 0 < level.get("se", 0) < 100:  # R prints 0 or a huge one where its estimate runs away
                limits = np.exp(level["coef"] + np.array([0, -1, 1]) * 1.959963984540054 * level["se"])
                ratio = one.hazard_ratio
                assert (ratio.value, ratio.lower, ratio.upper) == pytest.approx(tuple(limits), rel=1e-7)
            else:
                assert isinstance(one.hazard_ratio, NotEstimable)
        assert (found.interaction.statistic, found.interaction.df) == pytest.approx(
            (wanted["statistic"], wanted["df"]), rel=1e-7
        )
        assert found.interaction.p_value == pytest.approx(wanted["p"], rel=1e-6)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("name", "ties"), CASES)
def test_adjusted_curves_are_the_mean_of_survfit_over_the_cohort(name: str, ties: str, late: bool) -> None:
    frame, time, event = data(name)
    wanted = R[name][ties]["adjusted"]
    covariates = np.column_stack([column(frame, term) for term in ADJUSTED[name]])
    entry = np.where(frame["id"] % 2 == 0, 0.3 * time, 0) if late else None
    found = adjusted_curves(time, event, marked_of(name, frame), covariates, ties=ties, entry=entry)
    assert found.n == wanted["n"]
    for side, key in enumerate(("below", "above")):
        values = [found.at(t)[side].value for t in wanted["at"]]
        assert values == pytest.approx(wanted[f"late_{key}" if late else key], abs=1e-8)


def test_without_covariates_the_bands_hold_the_curves_and_a_seed_is_a_seed() -> None:
    frame, time, event = data("veteran")
    marked = marked_of("veteran", frame)
    first, again = (adjusted_curves(time, event, marked, np.empty((len(time), 0)), resamples=200, seed=1) for _ in "12")
    np.testing.assert_array_equal(first.draws, again.draws)
    assert len(first.draws) == 200
    lower, upper = first.band
    assert (lower <= first.survival).mean() > 0.98
    assert (upper >= first.survival).mean() > 0.98
    assert (np.diff(first.survival) <= 0).all()
    # A resampled difference spreads as Greenwood says a difference of two curves does.
    curves = kaplan_meier(time, event, marked, at=[90], interval="plain").at
    error = np.hypot(*((one.survival.upper - one.survival.value) / 1.959964 for one in curves))
    gap = first.at(90)[2]
    assert (gap.upper - gap.lower) / (2 * 1.959964) == pytest.approx(error, rel=0.25)


SUBGROUP_FAULTS = [
    (
        [1, 1, 1, 1, 0, 0],
        [0, 1, 0, 1, 0, 1],
        "aaaabb",
        "no event was observed",
        "fewer than two subgroups have an event",
    ),
    ([1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 1, 1], "aaaabb", "the marker is the same in every patient", "both sides"),
    ([1, 1, 0, 1, 1, 0], [0, 1, 0, 0, 1, 0], "aaabbb", "", ""),
    ([1, 0, 1, 0, 1, 1], [0, 1, 0, 1, 1, 0], "aaaabb", "no event among patients with the marker", "finite"),
]


@pytest.mark.parametrize(("event", "marked", "levels", "reason", "interaction"), SUBGROUP_FAULTS)
def test_what_a_subgroup_cannot_say_is_a_sentence(
    event: list[int], marked: list[int], levels: str, reason: str, interaction: str
) -> None:
    found = subgroups(np.arange(1.0, 7), np.array(event), np.array(marked, float), np.array(list(levels), object))
    reasons = [one.hazard_ratio.reason for one in found.subgroups if isinstance(one.hazard_ratio, NotEstimable)]
    assert any(reason in one for one in reasons) if reason else reasons == []
    if interaction:
        assert interaction in found.interaction.reason
    else:
        assert found.interaction.df == 1
        assert 0 <= found.interaction.p_value <= 1


def test_a_level_without_a_level_or_marker_is_counted_and_an_infinite_marker_has_no_curve() -> None:
    time, event = np.arange(1.0, 9), np.array([1, 0, 1, 0, 1, 0, 1, 0])
    levels = np.array(["a", "a", None, "b", "b", "a", "b", "a"], object)
    assert subgroups(time, event, np.array([0, 1, 0, 1, np.nan, 0, 1, 0]), levels).n_missing == 2
    refused = adjusted_curves(time, event, 1.0 - event, np.zeros((8, 1)))
    assert isinstance(refused, NotEstimable)


def test_a_resample_without_the_last_patients_is_still_a_fit() -> None:
    rng = np.random.default_rng(0)
    x, weights = rng.normal(size=(1, 20, 1)), np.ones((1, 20))
    weights[0, -2:] = 0
    time, event = np.arange(1.0, 21), np.ones(20)
    for ties in ("efron", "breslow"):
        whole = cox_batch(time, event, x, weights=weights, ties=ties)
        fewer = cox(time[:-2], event[:-2], pd.DataFrame({"x": x[0, :-2, 0]}), ties=ties)
        assert whole.coef[0, 0] == pytest.approx(fewer.terms[0].coef, abs=1e-9)


def test_golden_versions_are_kept() -> None:
    found: dict[str, Any] = R["versions"]
    assert found["R"].startswith("R version")
    assert found["survival"]
