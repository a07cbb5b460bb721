"""The forest plot as a table: every number in its line, half as tall as the stacked one, its narrow form beside."""

from __future__ import annotations

from math import nan

import plotly.graph_objects as go
import pytest

from cdanalysis.drawing.forest import stacked_forest
from cdanalysis.drawing.forest_table import forest
from cdanalysis.results import Estimate, NotEstimable, PredictorRow


def row(label: str, reference: str, multivariable: Estimate | NotEstimable | None, p: float = 0.027) -> PredictorRow:
    return PredictorRow(label, label, reference, 20, 9, 78, 13, 0.01, Estimate(2.0, 1.0, 4.0), 0.04, multivariable, p)


CRP = row("CRP > 10 mg/L", "CRP ≤ 10 mg/L", Estimate(4.72, 1.19, 18.75))
SEX = row("Male sex", "female", None)
SMOKING = row("Smoking", "never", NotEstimable("no event here"))
TINY = row("ESR", "low", Estimate(0.5, 0.2, 0.9), 0.0001)
ROWS = [CRP, SEX, SMOKING, TINY]


def columns(figure: dict) -> dict[str, list[str]]:
    """The texts of each column by what its axis says of its place: left to right."""
    axes = [axis for name, axis in figure["layout"].items() if name.startswith("yaxis") and "ticktext" in axis]
    return {f"{axis['side']} {place}": axis["ticktext"] for place, axis in enumerate(axes)}


def test_every_factor_has_its_label_sizes_and_numbers_in_its_line() -> None:
    figure = forest(ROWS, which="both")
    labels, sizes, univariable, multivariable = columns(figure).values()
    assert labels[0] == "CRP &gt; 10 mg/L"  # its reference is the other side of the cut-off
    assert labels[1].endswith("(female)</span>")
    assert sizes == ["9/20"] * 4
    assert univariable[1].replace("\u2007", " ") == "2.00 (1.00-4.00)   0.040"
    assert [text.replace("\u2007", " ") for text in multivariable] == [
        "4.72 (1.19-18.75)   0.027",
        "",
        "<i>not estimable</i>",
        "0.50 (0.20-0.90)  &lt;0.001",
    ]
    places = {
        tuple(axis["tickvals"]) for axis in figure["layout"].values() if isinstance(axis, dict) and "ticktext" in axis
    }
    assert (0.5, 1.5, 2.5, 3.5) in places


def test_points_stand_in_the_line_of_their_row_the_two_models_a_little_apart() -> None:
    figure = forest(ROWS, which="both")
    alone, together = (
        next(one for one in figure["data"] if one["name"] == name) for name in ("Univariable", "Multivariable")
    )
    assert together["x"] == [4.72, 0.5]
    assert [round(y, 2) for y in together["y"]] == [0.67, 3.67]
    assert [round(y, 2) for y in alone["y"]] == [0.33, 1.33, 2.33, 3.33]
    assert [round(y, 2) for y in next(one for one in forest([CRP])["data"] if one["name"] == "Multivariable")["y"]] == [
        0.5
    ]


def test_it_is_half_as_tall_as_the_stacked_one_which_it_has_for_a_narrow_column() -> None:
    rows = [CRP] * 15
    figure = forest(rows, which="both", footer="a")
    assert figure["layout"]["height"] < 0.5 * figure["narrow"]["layout"]["height"]
    assert figure["narrow"] == stacked_forest(rows, which="both", footer="a")


@pytest.mark.parametrize("which", ["univariable", "multivariable", "both"])
def test_plotly_draws_every_column(which: str) -> None:
    figure = forest(ROWS, which=which)
    go.Figure({"data": figure["data"], "layout": figure["layout"]})
    used = {trace.get("yaxis", "y") for trace in figure["data"]}
    named = {name.replace("yaxis", "y") for name in figure["layout"] if name.startswith("yaxis")}
    assert used == named  # an axis without a trace is not drawn
    assert len(named) == (5 if which == "both" else 4)


def test_columns_do_not_overlap_and_the_margins_hold_them() -> None:
    layout = forest(ROWS, which="both")["layout"]
    right = sorted(axis["shift"] for axis in layout.values() if isinstance(axis, dict) and axis.get("side") == "right")
    assert right[1] - right[0] > 5.0 * len("4.72 (1.19-18.75)") + 45
    assert layout["margin"]["r"] >= right[1]
    left = [axis["shift"] for axis in layout.values() if isinstance(axis, dict) and axis.get("side") == "left"]
    assert layout["margin"]["l"] >= -min(left)


def test_a_hostile_label_is_shown_letter_by_letter() -> None:
    figure = forest([row("<script>A</script>", "<b>low</b>", Estimate(2, 1, 3))])
    texts = [text for column in columns(figure).values() for text in column]
    assert not any("<script" in text or "<b>" in text for text in texts)


@pytest.mark.parametrize("rows", [[], [SEX]])
def test_nothing_to_show_is_said(rows: list[PredictorRow]) -> None:
    assert isinstance(forest(rows), NotEstimable)


def test_a_ratio_without_a_p_has_one_in_words() -> None:
    figure = forest([row("A", "b", Estimate(2, 1, 3), nan)])
    assert columns(figure)["right 2"][0].replace("\u2007", " ").endswith("not defined")


def test_a_long_factor_goes_on_in_a_second_line_and_every_row_makes_room_for_it() -> None:
    long = row("Steroids given for more than three months before inclusion", "no", None)
    cut = row("Time from diagnosis of the disease to the first biologic treatment ≥ 4.5 years", "x", None)
    short, tall = forest(ROWS, which="both"), forest([*ROWS[:2], long, cut], which="both")
    labels = next(iter(columns(tall).values()))
    assert labels[0] == columns(short)["left 0"][0]
    assert labels[2] == "Steroids given for more than three<br>months before inclusion"
    assert labels[3] == "Time from diagnosis of the disease<br>to the first biologic t… ≥ 4.5 years"
    assert tall["layout"]["height"] - short["layout"]["height"] == round(31 * 4.5) - round(21 * 4.5)
    assert all(len(line) <= 36 for label in labels[2:] for line in label.split("<br>"))
