"""A hazard ratio without each of its patients in turn, and drawn again."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.nouns import participle
from cdanalysis.writing.numbers import ratio

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.robustness.analysis import LeftOut, Robustness

HEIGHT_PX = 380
LABEL_CHARACTERS = 38
GROUPS = ((True, 1, "circle"), (False, 0, "circle-open"))


def left_out_figure(found: Robustness, footer: str) -> dict[str, Any]:
    """One point per patient in order of the ratio without, events apart from the censored; `footer` is plotly text."""
    lines = () if isinstance(found.left_out, NotEstimable) else found.left_out
    shown = axis_range([found.estimate, *(Estimate(one.ratio, one.ratio, one.ratio) for one in lines)])
    names = {True: participle(found.noun), False: "censored"}
    data = [
        _points(names[event], colour, symbol, [(x, one) for x, one in enumerate(lines, 1) if one.event is event])
        for event, colour, symbol in GROUPS
    ]
    title = theme.escape_figure_text(f"{shorten(found.term.name, LABEL_CHARACTERS)}: without each patient in turn")
    x = axis("Patients, in order")
    y = axis("Hazard ratio", type="log", tickvals=ticks(shown), range=[log10(shown[0]), log10(shown[1])])
    layout = cartesian(title, x, y, footer, height=HEIGHT_PX)
    layout["shapes"] = [
        _across(1.0, theme.MUTED, "dot"),
        _across(found.estimate.value, theme.GROUP_COLOURS[0], "solid"),
        _across(found.estimate.lower, theme.GROUP_COLOURS[0], "dash"),
        _across(found.estimate.upper, theme.GROUP_COLOURS[0], "dash"),
    ]
    return theme.figure(data, layout)


def _points(name: str, colour: int, symbol: str, points: list[tuple[int, LeftOut]]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "name": name, "x": [x for x, _ in points],
            "y": [one.ratio for _, one in points], "hoverinfo": "text",
            "text": [f"HR {ratio(one.ratio)} without a patient who {_ended(one, name)}" for _, one in points],
            "marker": {"size": 6, "color": theme.GROUP_COLOURS[colour], "symbol": symbol}}  # fmt: skip


def _ended(one: LeftOut, became: str) -> str:
    return f"{became if one.event else 'was censored'} at {one.months:.1f} months"


def _across(y: float, colour: str, dash: str) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y,
            "line": {"color": colour, "width": 1, "dash": dash}}  # fmt: skip
