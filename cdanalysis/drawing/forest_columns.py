"""The columns beside a forest plot: their texts, and the axes whose tick labels they are.

An axis can stand at a fixed distance from the plot, so that a column keeps its place at every width of the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

from cdanalysis.drawing import theme
from cdanalysis.drawing.forest import COLOURS, MODELS
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.writing.escapes import one_line, shorten_group
from cdanalysis.writing.numbers import confidence, hazard_ratio, p_value

TEXT_PX, LETTER_PX, DIGIT_PX, GAP_PX = 11, 5.3, 5.1, 14
SIZES_PX, P_PX = 58, 45
LABEL_CHARACTERS = 36
FIGURE_SPACE = "\u2007"  # as wide as a digit: "0.006" stands under the digits of "<0.001"
MARKS = {"univariable": "○", "multivariable": "■"}


@dataclass(frozen=True)
class Column:
    """A column on one side of the plot; `texts` and heads are plotly text, one text per row.

    axis: number of the axis it belongs to. outer: pixels from the plot to the column's outer edge. flush: at which of its
    edges its texts stand.
    """

    axis: int
    side: Literal["left", "right"]
    head: str
    under: str
    texts: tuple[str, ...]
    width: int
    outer: int
    colour: str
    flush: Literal["outer", "inner"] = "outer"

    @property
    def edge(self) -> int:
        """Pixels from the plot to where the texts stand; negative to its left."""
        away = self.outer if self.flush == "outer" else self.outer - self.width + GAP_PX
        return -away if self.side == "left" else away


def columns(rows: Sequence[PredictorRow], models: Sequence[str], conf_level: float) -> list[Column]:
    """Factor and sizes on the left, the numbers of each model on the right."""
    labels, under = _label_px(rows), f"HR ({confidence(conf_level)}), P"
    names = tuple(map(_label, rows))
    sizes = tuple(f"{row.n_events}/{row.n}" for row in rows)
    made = [
        Column(2, "left", "Factor", "", names, labels, labels + SIZES_PX, theme.INK),
        Column(3, "left", "Events/n", "", sizes, SIZES_PX, SIZES_PX, theme.INK, "inner"),
    ]
    outer = 0
    for model in models:
        width, head = _numbers_px(rows, model), f"{MARKS[model]} {MODELS[model]}"
        outer += width
        numbers = tuple(_numbers(row, model) for row in rows)
        made.append(Column(len(made) + 2, "right", head, under, numbers, width, outer, COLOURS[model]))
    return made


def margins(beside: Sequence[Column]) -> tuple[int, int]:
    """What the columns take on the left and on the right."""
    left, right = (max(one.outer for one in beside if one.side == side) for side in ("left", "right"))
    return left, right


def axis_of(column: Column) -> dict[str, Any]:
    """The axis whose tick labels are the column's texts."""
    return {
        "overlaying": "y",
        "side": column.side,
        "anchor": "free",
        "position": 0 if column.side == "left" else 1,
        "shift": column.edge,
        "tickvals": [place + 0.5 for place in range(len(column.texts))],
        "ticktext": list(column.texts),
        "ticklabelposition": "inside" if column.flush == "outer" else "outside",
        "ticklabeloverflow": "allow",  # the margins hold them; to look for ones that do not takes a third of the drawing
        "tickfont": {"size": TEXT_PX, "color": column.colour},
        "showline": False,
    }


def holder(column: Column) -> dict[str, Any]:
    """A trace that shows nothing: plotly draws no axis without one."""
    return {"type": "scatter", "x": [None], "y": [None], "yaxis": f"y{column.axis}", "hoverinfo": "skip", "name": ""}


def heads(column: Column) -> list[dict[str, Any]]:
    """The column's name, and under it what its numbers are, over where its texts stand."""
    left = column.side == "left"
    inwards = 3 if left == (column.flush == "outer") else -3
    place = {
        "x": 0 if left else 1,
        "xanchor": "left" if left and column.flush == "outer" else "right",
        "xshift": column.edge + inwards,
    }
    named = head(f"<b>{column.head}</b>", place, 17 if column.under else 2, column.colour)
    return [named, head(column.under, place, 2, theme.MUTED)] if column.under else [named]


def head(text: str, place: dict[str, Any], above_px: float, colour: str = theme.INK) -> dict[str, Any]:
    """A text over the plot's upper edge."""
    return {**theme.note(text, 0, 1, size=TEXT_PX, colour=colour), "yanchor": "bottom", "yshift": above_px, **place}


def _label(row: PredictorRow) -> str:
    """The factor, and its reference where it is not merely the other side of a cut-off."""
    own, reference = "<br>".join(map(theme.escape_figure_text, _lines(row))), _shown_reference(row)
    behind = f' <span style="color:{theme.MUTED}">({theme.escape_figure_text(reference)})</span>' if reference else ""
    return f"{own}{behind}"


def _lines(row: PredictorRow) -> list[str]:
    """The factor in one line, or in two where it is long; what is longer than these is shortened within the second."""
    label = one_line(row.label) or "(no name)"
    first = wrap(label, LABEL_CHARACTERS, break_on_hyphens=False)[0]
    further = label[len(first) :].strip()
    return [first, shorten_group(further, LABEL_CHARACTERS)] if further else [first]


def _shown_reference(row: PredictorRow) -> str:
    label, reference = one_line(row.label), one_line(row.reference)
    fits = len(label) + len(reference) + 3 <= LABEL_CHARACTERS
    return reference if fits and reference.partition(" ")[0] != label.partition(" ")[0] else ""


def _label_px(rows: Sequence[PredictorRow]) -> int:
    whole = [
        f"{one_line(row.label)} ({reference})" if (reference := _shown_reference(row)) else max(_lines(row), key=len)
        for row in rows
    ]
    return round(LETTER_PX * max(map(len, whole), default=0)) + GAP_PX


def _numbers(row: PredictorRow, model: str) -> str:
    estimate, p = getattr(row, model), getattr(row, f"{model}_p")
    if estimate is None:
        return ""
    if isinstance(estimate, NotEstimable):
        return "<i>not estimable</i>"
    said = p_value(p)
    padded = said if said[0] in "<>" else f"{FIGURE_SPACE}{said}"
    return theme.escape_figure_text(f"{hazard_ratio(estimate)}{2 * FIGURE_SPACE}{padded}")


def _numbers_px(rows: Sequence[PredictorRow], model: str) -> int:
    texts = [hazard_ratio(one) for row in rows if isinstance(one := getattr(row, model), Estimate)]
    return round(DIGIT_PX * max(map(len, texts), default=10)) + P_PX + GAP_PX
