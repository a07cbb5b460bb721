"""The forest plot as a table with the plot inside it: a line a factor, its numbers in the same line.

Where there is no room for the columns assets/compose.js takes `narrow`, the stacked figure of drawing/forest.py.
"""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.forest import MODELS, Which, arrows, points, stacked_forest
from cdanalysis.drawing.forest_columns import TEXT_PX, Column, axis_of, columns, head, heads, holder, margins
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.drawing.ratio_axis import Line, axis_range, drawn_of, forest_axis
from cdanalysis.results import NotEstimable, PredictorRow
from cdanalysis.writing.escapes import one_line

ROW_PX, ROW_OF_TWO_LINES_PX, TOP_PX, AXIS_PX, EDGE_PX = 21, 31, 78, 60, 12
RULES = ((1, TOP_PX - 38, 1.2), (1, 0, 0.8), (0, 8 - AXIS_PX, 1.2))  # edge of the plot, pixels above it, width
ROOM = 0.25  # of a line, under the head and over the axis
APART = 0.17  # of a line: how far the two models' whiskers stand from its middle


def forest(
    rows: Sequence[PredictorRow],
    *,
    which: Which = "multivariable",
    title: str = "Hazard ratios for relapse",
    footer: str = "",
    conf_level: float = 0.95,
) -> dict[str, Any] | NotEstimable:
    """The rows from top to bottom, alone, together or both; `title` and `footer` are plotly text, already escaped."""
    narrow = stacked_forest(rows, which=which, title=title, footer=footer, conf_level=conf_level)
    if isinstance(narrow, NotEstimable):
        return narrow
    models = list(MODELS) if which == "both" else [which]
    shown = [row for row in rows if any(getattr(row, model) is not None for model in models)]
    drawn = drawn_of([line for model in models for line in _lines(shown, model, len(models) > 1)])
    axis, beside = axis_range([line.estimate for line in drawn]), columns(shown, models, conf_level)
    data = [_reference(len(shown)), *points(drawn, axis), *arrows(drawn, axis), *map(holder, beside)]
    figure = theme.figure([{**one, "showlegend": False} for one in data], _layout(title, footer, axis, beside))
    return {**figure, "narrow": narrow}


def _lines(rows: Sequence[PredictorRow], model: str, both: bool) -> list[Line]:
    """Every estimate of a model at its line, counted from the top; of two models the first a little above."""
    apart = {"univariable": -APART, "multivariable": APART}[model] if both else 0.0
    return [
        Line(place + 0.5 + apart, model, one_line(row.label), getattr(row, model), getattr(row, f"{model}_p"))
        for place, row in enumerate(rows)
        if getattr(row, model) is not None
    ]


def _reference(n_rows: int) -> dict[str, Any]:
    # A trace, because plotly places shapes on a log axis by other rules than annotations.
    line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
    return trace(LINE, [1, 1], [-ROOM, n_rows + ROOM], name="reference", hoverinfo="skip", line=line)


def _layout(title: str, footer: str, axis: tuple[float, float], beside: list[Column]) -> dict[str, Any]:
    n_rows, footer_px = len(beside[0].texts), theme.footer_px(footer)
    left, right = (width + EDGE_PX for width in margins(beside))
    y_axis = {"range": [n_rows + ROOM, -ROOM], "fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""}
    row_px = ROW_OF_TWO_LINES_PX if any("<br>" in text for text in beside[0].texts) else ROW_PX
    height = TOP_PX + round(row_px * (n_rows + 2 * ROOM)) + AXIS_PX + footer_px
    below = {**theme.footer_annotation(footer, below_px=AXIS_PX - 4), "xshift": EDGE_PX - left}
    named = head("<b>Hazard ratio</b>", {"x": 0.5, "xanchor": "center"}, 2)
    return {
        **theme.base_layout(title, height=height),
        "margin": {"l": left, "r": right, "t": TOP_PX, "b": AXIS_PX + footer_px},
        "xaxis": forest_axis(axis, color=theme.INK, tickfont={"size": TEXT_PX}),
        "yaxis": {**y_axis, "visible": False},
        **{f"yaxis{one.axis}": {**y_axis, **axis_of(one)} for one in beside},
        "shapes": [shape for rule in RULES for shape in _rule(*rule, left, right)],
        "annotations": [named, *(text for one in beside for text in heads(one)), *_directions(), below],
        "meta": {"footer_px": footer_px},
        "hovermode": "closest",
    }


def _directions() -> list[dict[str, Any]]:
    """Which way from 1 the risk is lower and higher."""
    at = {"xref": "x", "x": 0, "y": 0, "yanchor": "top", "yshift": -26}
    lower, higher = (
        theme.note(text, 0, 0, size=TEXT_PX, colour=theme.MUTED) for text in ("← lower risk", "higher risk →")
    )
    return [{**lower, **at, "xanchor": "right", "xshift": -6}, {**higher, **at, "xanchor": "left", "xshift": 6}]


def _rule(edge: int, above_px: float, width: float, left: float, right: float) -> list[dict[str, Any]]:
    """A line over the whole figure, at a distance from the plot's upper edge (1) or lower one (0).

    It has the plot's own width, and fixed lengths over the columns beside it.
    """
    height = {"yref": "paper", "ysizemode": "pixel", "yanchor": edge, "y0": above_px, "y1": above_px}
    line = {"type": "line", "xref": "paper", "line": {"color": theme.INK, "width": width}, **height}
    return [
        {**line, "x0": 0, "x1": 1},
        {**line, "xsizemode": "pixel", "xanchor": 0, "x0": EDGE_PX - left, "x1": 0},
        {**line, "xsizemode": "pixel", "xanchor": 1, "x0": 0, "x1": right - EDGE_PX},
    ]
