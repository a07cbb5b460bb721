"""The forest plot, by its numbers."""

from __future__ import annotations

from math import isclose, log10, nan

import plotly.graph_objects as go
import pytest

from cdanalysis.drawing.forest import COLOURS, LEFT_PX, NUMBER_CHARACTER_PX
from cdanalysis.drawing.forest import stacked_forest as forest
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import Estimate, NotEstimable, PredictorRow


def row(
    label: str, multivariable: Estimate | NotEstimable | None, univariable: Estimate | NotEstimable | None = None
) -> PredictorRow:
    alone = univariable or Estimate(2.0, 1.0, 4.0)
    return PredictorRow(label, label, "low", 20, 9, 78, 13, 0.01, alone, 0.04, multivariable, 0.027)


CRP = row("CRP", Estimate(4.72, 1.19, 18.75))
TGN = row("6-TGN", Estimate(5.32, 1.4, 20.14))
OUT = row("Sex", None)
UNKNOWN = row("Smoking", NotEstimable("no event <b>here</b>"))


def trace(figure: dict, name: str) -> dict:
    return next(one for one in figure["data"] if one["name"] == name)


def texts(figure: dict) -> list[str]:
    return [annotation["text"] for annotation in figure["layout"]["annotations"]]


def height_of(figure: dict, part: str) -> float:
    return next(one["y"] for one in figure["layout"]["annotations"] if part in one["text"])


def test_points_and_whiskers_are_the_estimates() -> None:
    shown = trace(forest([CRP, TGN]), "Multivariable")
    assert shown["x"] == [4.72, 5.32]
    assert shown["error_x"]["array"] == pytest.approx([18.75 - 4.72, 20.14 - 5.32])
    assert shown["error_x"]["arrayminus"] == pytest.approx([4.72 - 1.19, 5.32 - 1.4])
    assert shown["showlegend"] is False


def test_rows_run_from_top_to_bottom_with_label_whisker_and_numbers_in_line() -> None:
    figure = forest([CRP, OUT, UNKNOWN, TGN])
    bottom, top = figure["layout"]["yaxis"]["range"]
    assert bottom > top == 0
    heights = [height_of(figure, f"{label} vs low") for label in ("CRP", "Smoking", "6-TGN")]
    assert heights == sorted(heights)
    assert not any("Sex" in text for text in texts(figure))
    points = trace(figure, "Multivariable")["y"]
    assert points == [height_of(figure, "4.72 (1.19-18.75), P = 0.027"), height_of(figure, "5.32 (1.40-20.14)")]
    assert heights[0] < points[0] < heights[1] < height_of(figure, "not estimable") < heights[2] < points[1] < bottom


def test_both_models_share_a_row_and_have_a_legend() -> None:
    figure = forest([CRP, OUT], which="both")
    alone, together = trace(figure, "Univariable"), trace(figure, "Multivariable")
    assert alone["x"] == [2.0, 2.0]
    assert together["x"] == [4.72]
    assert together["y"][0] == alone["y"][0] + 1
    assert alone["showlegend"]
    assert together["showlegend"]
    assert alone["marker"]["symbol"] != together["marker"]["symbol"]
    assert forest([CRP, OUT], which="univariable")["data"][1]["x"] == [2.0, 2.0]


def test_the_axis_is_logarithmic_and_holds_every_interval_and_one() -> None:
    axis = forest([CRP, TGN])["layout"]["xaxis"]
    assert axis["type"] == "log"
    lowest, highest = (10**end for end in axis["range"])
    assert lowest <= 1 <= 20.14 <= highest < 30
    assert axis["tickvals"] == [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    assert axis["ticktext"] == ["0.5", "1", "2", "5", "10", "20"]
    assert axis["title"]["text"] == "Hazard ratio (95% CI)"


@pytest.mark.parametrize(
    ("estimates", "lowest", "highest"),
    [
        ([], 1 / 1.15, 2.0),
        ([Estimate(2, 1.5, 3)], 0.5, 3 * 1.15),
        ([Estimate(2, 0.2, 3)], 0.2 / 1.15, 3 * 1.15),
        ([Estimate(2, 1e-9, 1e9)], 0.01 / 1.15, 100 * 1.15),
        ([Estimate(5000, 1e-9, 1e9)], 0.01 / 1.15, 5000 * 1.15),
        ([Estimate(2, nan, nan)], 0.5, 2 * 1.15),
    ],
)
def test_how_far_the_axis_reaches(estimates: list[Estimate], lowest: float, highest: float) -> None:
    expected = (min(lowest, 0.5), max(highest, 2.0))
    assert axis_range(estimates) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("axis", "places"),
    [
        ((0.5, 2.0), [0.5, 1.0, 2.0]),
        ((0.2, 12.0), [0.2, 0.5, 1.0, 2.0, 5.0, 10.0]),
        ((0.0087, 115.0), [0.01, 0.1, 1.0, 10.0, 100.0]),
        ((1e-6, 1e6), [1e-6, 1e-4, 1e-2, 1.0, 1e2, 1e4, 1e6]),
    ],
)
def test_ticks(axis: tuple[float, float], places: list[float]) -> None:
    assert ticks(axis) == places


def test_a_clipped_whisker_ends_in_an_arrow_and_says_so() -> None:
    figure = forest([CRP, row("Age", Estimate(3.9, 0.006, 940.0)), row("ESR", Estimate(1.5, 0.5, 1e5))])
    lowest, highest = (10**end for end in figure["layout"]["xaxis"]["range"])
    heads = trace(figure, "clipped")
    assert heads["marker"]["symbol"] == ["triangle-left", "triangle-right", "triangle-right"]
    assert heads["x"] == pytest.approx([lowest, highest, highest])
    points = trace(figure, "Multivariable")
    assert heads["y"] == [points["y"][1], points["y"][1], points["y"][2]]
    assert points["x"][1] - points["error_x"]["arrayminus"][1] == pytest.approx(lowest)
    assert points["x"][1] + points["error_x"]["array"][1] == pytest.approx(highest)
    assert any("goes on beyond the axis" in text for text in texts(figure))
    assert "3.90 (0.006-940.00), P = 0.027" in texts(figure)


def test_nothing_is_called_clipped_that_is_not() -> None:
    figure = forest([CRP, TGN])
    assert [one["name"] for one in figure["data"]] == ["reference", "Multivariable"]
    assert not any("beyond the axis" in text for text in texts(figure))


def test_a_limit_that_is_not_defined_has_no_whisker() -> None:
    shown = trace(forest([row("A", Estimate(2.0, nan, nan))]), "Multivariable")
    assert shown["error_x"]["array"] == [0.0]
    assert shown["error_x"]["arrayminus"] == [0.0]


def test_what_is_not_estimable_is_said_in_its_place_and_escaped() -> None:
    figure = forest([UNKNOWN])
    assert [one["name"] for one in figure["data"]] == ["reference"]
    assert "<i>not estimable: no event &lt;b&gt;here&lt;/b&gt;</i>" in texts(figure)
    assert figure["layout"]["xaxis"]["range"][0] < 0 < figure["layout"]["xaxis"]["range"][1]


def test_the_line_of_no_effect_runs_beside_the_whiskers_only() -> None:
    line = trace(forest([CRP, UNKNOWN, TGN]), "reference")
    assert {x for x in line["x"] if x is not None} == {1}
    assert len([y for y in line["y"] if y is not None]) == 4


@pytest.mark.parametrize(
    ("rows", "which", "reason"),
    [
        ([], "both", "there is no predictor to show"),
        ([], "multivariable", "there is no predictor to show"),
        ([OUT], "multivariable", "no candidate is in the multivariable model"),
    ],
)
def test_nothing_to_show(rows: list[PredictorRow], which: str, reason: str) -> None:
    assert forest(rows, which=which) == NotEstimable(reason)


def test_the_height_grows_with_the_rows_and_the_footer() -> None:
    heights = [forest([CRP] * n)["layout"]["height"] for n in (1, 2, 10)]
    steps = [heights[1] - heights[0], (heights[2] - heights[1]) / 8]
    assert isclose(steps[0], steps[1], abs_tol=1)
    assert steps[0] > 30
    assert forest([CRP], footer="a<br>b")["layout"]["height"] == heights[0] + 12


@pytest.mark.parametrize("width_mm", [85, 114, 174])
def test_the_numbers_have_room_at_every_journal_width(width_mm: int) -> None:
    layout = forest([CRP, TGN], which="both")["layout"]
    longest = len("5.32 (1.40-20.14), P = 0.027")
    assert layout["margin"]["r"] >= NUMBER_CHARACTER_PX * longest
    width_px = width_mm / 25.4 * 96
    assert width_px - layout["margin"]["r"] - LEFT_PX >= 120  # what is left for the whiskers


def test_labels_never_grow_longer_than_a_narrow_column() -> None:
    figure = forest(
        [PredictorRow("x", "A" * 300, "B" * 300, 1, 1, 1, 1, 0.1, Estimate(2, 1, 3), 0.1, None, nan)],
        which="univariable",
    )
    first, second = next(text for text in texts(figure) if "AAA" in text).split("<br>")
    assert len(first) == len(second) == 48
    assert second.startswith("vs BBB")
    short = forest([row("6-TGN ≥ 235 pmol/8×10⁸ RBC", Estimate(2, 1, 3))])
    assert "6-TGN ≥ 235 pmol/8×10⁸ RBC vs low" in texts(short)


def test_a_hostile_label_is_escaped_everywhere() -> None:
    figure = forest([row('<span style="background:url(http://x)">', Estimate(2, 1, 3))])
    shown = texts(figure) + trace(figure, "Multivariable")["text"]
    assert not any("<span" in text for text in shown)
    assert any("&lt;span" in text for text in shown)


def test_plotly_accepts_the_whole_figure() -> None:
    figure = forest([CRP, TGN, OUT, UNKNOWN, row("A", Estimate(2, 1e-9, 1e9))], which="both", footer="a · b")
    assert len(go.Figure(figure).data) == 4


def test_colours_tell_the_models_apart_on_the_axis_scale() -> None:
    assert len(set(COLOURS.values())) == 2
    assert forest([CRP])["layout"]["xaxis"]["range"][1] == pytest.approx(log10(18.75 * 1.15))
