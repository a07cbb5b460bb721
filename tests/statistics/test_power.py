"""Schoenfeld's events and ratios: R's arithmetic, by drawing trials, on the page beside what was not found, at the edges."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.power.tables import next_table, power_table
from cdanalysis.sections.predictors.power.words import next_sentence, null_note, power_sentence
from cdanalysis.statistics.planning.schoenfeld import detectable_ratio, events_needed, explained_by_others, power_of

DATASETS = Path(__file__).parents[1] / "golden" / "datasets"


def test_twenty_two_events_at_thirty_to_seventy_find_a_ratio_of_3_68() -> None:
    assert detectable_ratio(22, 0.3 * 0.7) == pytest.approx(
        3.6818502265
    )  # exp(sqrt((qnorm(.975) + qnorm(.8))^2 / (22 * .21)))
    assert events_needed(2, 0.21) == pytest.approx(77.7924514987)
    assert events_needed(1.5, 0.24, power=0.9, explained=0.3) == pytest.approx(380.4345593737)
    assert events_needed(1 / 1.5, 0.24) == pytest.approx(events_needed(1.5, 0.24))
    assert power_of(detectable_ratio(40, 0.2, explained=0.5), 40, 0.2, explained=0.5) == pytest.approx(0.8, abs=1e-4)


def test_where_nothing_can_be_found_it_is_infinite() -> None:
    assert (detectable_ratio(0, 0.2), detectable_ratio(20, 0.0), events_needed(1, 0.2)) == (inf, inf, inf)
    assert detectable_ratio(20, 0.2, explained=1.0) == inf


@pytest.mark.parametrize(
    ("name", "columns", "wanted"),
    [
        ("pbc", ["age", "bili", "albumin"], (0.038933396301, 0.112725989084, 0.145282494591)),
        ("veteran", ["karno", "age", "diagtime_months"], (0.0439878049274, 0.0117005008513, None)),
    ],
)
def test_what_the_others_explain_is_rs_summary_lm(
    name: str, columns: list[str], wanted: tuple[float | None, ...]
) -> None:
    found = explained_by_others(pd.read_csv(DATASETS / f"{name}.csv")[columns].dropna().to_numpy(float))
    for one, value in zip(found, wanted, strict=True):
        assert value is None or one == pytest.approx(value, abs=1e-9)
    assert explained_by_others(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).tolist() == pytest.approx([1.0, 1.0])


def test_trials_drawn_with_the_ratio_find_it_as_often_as_the_formula_says() -> None:
    dice, found = np.random.default_rng(4), []
    has = np.repeat([1.0, 0.0], 60)
    for _ in range(400):
        time = dice.exponential(1 / np.where(has == 1, 1.9, 1.0))
        found.append(cd.logrank(time, np.ones(120), has).p_value < 0.05)
    assert np.mean(found) == pytest.approx(power_of(1.9, 120, 0.25), abs=0.05)


def test_beside_each_null_result_stands_what_could_have_been_found() -> None:
    predictors = cd.analyses.predictors(cd.demo_cohort(), cd.Settings())
    note = null_note(predictors.rows)
    assert "ESR > 20 mm/h 3.32" in note
    assert "CRP" not in note  # found
    found = cd.analyses.power(predictors, cd.Settings())
    shown = power_table(found, 0.95).set_index("Factor")
    assert shown.loc["ESR > 20 mm/h", "Least HR found (80% power)"] == "3.32"
    assert shown.loc["Location L2", "Least HR found (80% power)"] == "7.04"  # against L1 alone, as its ratio
    assert "location L2 7.04" in note
    assert shown.loc["ESR > 20 mm/h", "Least HR found, in the model"] == "3.60"
    assert "3.30 (previous GI surgery, in 50 of 98)" in power_sentence(found)
    assert "CRP > 10 mg/L, 68 relapses (152 patients)" in next_sentence(found)
    assert list(next_table(found)["HR"])[:5] == ["1.50", "2.00", "3.00", "5.49", "1.62"]


@pytest.mark.parametrize(
    "choices",
    [{"horizon_months": 0.1}, {"cutoffs": "crp>599,tgn>=2000"}, {"outcome": "abscess"}, {"clock": "late-entry"}, {"at_months": ""},
     {"candidates": "cdai", "handles": "tgn"}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object]) -> None:
    settings = cd.Settings(**choices)
    found = cd.analyses.power(cd.analyses.predictors(cd.demo_cohort(), settings), settings)
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert "nan" not in power_table(found, 0.95).to_string() + next_table(found).to_string()
        assert power_sentence(found)
