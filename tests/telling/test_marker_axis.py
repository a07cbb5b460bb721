"""A marker's axis is logarithmic for positive values with a long upper tail, and where the reader says so; no number moves."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis.analyses import cutoffs
from cdanalysis.demo import demo_cohort
from cdanalysis.drawing.marker_axis import is_log, log_ticks
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.cutoffs.figures import N_BARS, cutoff_scan_figure
from cdanalysis.sections.predictors.handle.section import handle_curves
from cdanalysis.settings import Settings
from cdanalysis.units import round_numbers

DICE = np.random.default_rng(5)
LONG = np.exp(DICE.normal(2, 1.2, 400)).tolist()


@pytest.mark.parametrize(
    ("values", "auto"),
    [
        (LONG, True),
        ([0.0, *LONG], False),  # no logarithm of 0
        ([-1.0, *LONG], False),
        (DICE.normal(40, 4, 400).tolist(), False),  # no long tail
        ((16 + np.exp(DICE.normal(2, 0.9, 400))).tolist(), False),  # a tail, and hardly a decade: ages
        ((200 - np.array(LONG)[np.array(LONG) < 190]).tolist(), False),  # the tail is below
        ([5.0] * 60 + np.exp(DICE.normal(3.5, 0.8, 60)).tolist(), True),  # half of them at a detection limit
        ([3.0] * 9, False),
        ([3.0], False),
    ],
)
def test_the_rule_by_its_cases(values: list[float], auto: bool) -> None:
    assert is_log(values, "auto") is auto
    assert is_log(values, "linear") is False
    assert is_log(values, "log") is (len(set(values)) > 1 and min(values) > 0)
    assert is_log([7.5 * value for value in values], "auto") is auto  # in another unit
    assert is_log(sorted(values), "auto") is auto


def test_marks_are_readable_and_few() -> None:
    assert log_ticks(1.0, 50.0) == [1, 2, 5, 10, 20, 50]
    assert log_ticks(0.03, 0.7) == [0.05, 0.1, 0.2, 0.5]
    assert log_ticks(1.0, 30_000.0) == [1, 10, 100, 1_000, 10_000]
    assert round_numbers(0.3, 7.9) == [2, 4, 6]
    assert round_numbers(0, 326) == [0, 50, 100, 150, 200, 250, 300]
    assert round_numbers(5, 5) == [5]
    assert round_numbers(0.1, 0.8) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]


def test_a_linear_way_without_published_cutoffs_has_its_numbers() -> None:
    cohort, settings = demo_cohort(), replace(Settings(), marker_axis="linear")
    of = handle_curves(cohort, settings, "age", cd.analyses.relapse(cohort, settings)).of
    assert of["published"] == []
    assert [one["value"] for one in of["scale"]] == round_numbers(of["cutoffs"][0], of["cutoffs"][-1])
    assert len(of["scale"]) > 2


def test_the_handle_and_its_strip_follow_the_axis_and_no_number_does() -> None:
    cohort, settings = demo_cohort(), Settings()
    endpoint = cd.analyses.relapse(cohort, settings)
    drawn = {
        one: handle_curves(cohort, replace(settings, marker_axis=one), "crp", endpoint).of
        for one in ("auto", "log", "linear")
    }
    assert drawn["auto"] == drawn["log"]
    assert drawn["log"]["log_from"] == 1.0
    assert [one["text"] for one in drawn["log"]["scale"]] == ["1", "2", "5", "10", "20", "50"]
    assert (drawn["linear"]["log_from"], drawn["linear"]["scale"]) == (0.0, [])
    differing = {key for key in drawn["log"] if drawn["log"][key] != drawn["linear"][key]}
    assert differing == {"log_from", "scale", "bars", "bars_title"}
    assert drawn["log"]["bars_title"].endswith(" patients, log scale")
    values = cohort.baseline("crp_mg_per_l")[list(endpoint.patient_ids)].to_numpy()
    assert sum(drawn["log"]["bars"]) == sum(drawn["linear"]["bars"]) == len(values)
    first = np.count_nonzero(values < 10 ** (log10(50) / len(drawn["log"]["bars"])))
    assert drawn["log"]["bars"][0] == first
    tgn = handle_curves(cohort, settings, "tgn", endpoint).of
    assert tgn["log_from"] == 0.0


def test_the_scan_stands_on_the_axis_that_was_chosen() -> None:
    found = cutoffs(demo_cohort(), Settings())
    by = {one: cutoff_scan_figure(found, 0.95, "", one) for one in ("auto", "linear", "log")}
    assert by["auto"] == by["log"] != by["linear"]
    layout, bars = by["log"]["layout"], by["log"]["data"][-1]
    assert layout["xaxis"]["title"]["text"] == "CRP cut-off (mg/L), log scale"
    assert layout["xaxis"]["range"][0] < log10(found.scan.rows[0].cutoff) < layout["xaxis"]["range"][1]
    assert layout["shapes"][0]["x0"] == found.cutoff  # a shape is placed by the value, an annotation by its logarithm
    assert [one["x"] for one in layout["annotations"] if "▾" in one["text"]] == pytest.approx(
        [log10(5), log10(8), log10(10)]
    )
    assert [one["x"] for one in by["linear"]["layout"]["annotations"] if "▾" in one["text"]] == [5.0, 8.0, 10.0]
    inside = [value for value in found.values if bars["x"][0] <= value < bars["x"][-1]]
    assert sum(bars["y"]) == len(inside)
    assert len(bars["x"]) == N_BARS + 1
    assert np.diff(np.log10(bars["x"])) == pytest.approx(np.diff(np.log10(bars["x"]))[0])
    for one, other in zip(by["log"]["data"][:-1], by["linear"]["data"][:-1], strict=True):
        assert one == other


def test_a_section_draws_by_the_setting() -> None:
    figures = {
        one: next(
            block
            for side in cd.sections.cutoffs(demo_cohort(), Settings(marker_axis=one))
            for column in getattr(side, "columns", ())
            for block in column
            if isinstance(block, Figure)
        )
        for one in ("auto", "linear")
    }
    assert figures["auto"].spec["layout"]["xaxis"].get("type") == "log"
    assert figures["linear"].spec["layout"]["xaxis"].get("type") is None
