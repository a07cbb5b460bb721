"""The marks that figures are made of: traces, the band of an interval, whiskers, straight lines through the whole plot.

Texts are plotly text, escaped by the caller. `more` and `line` are plotly's own words, put on as they are.
"""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme

LINE, POINTS, JOINED = "lines", "markers", "lines+markers"


def trace(mode: str, x: Sequence[Any], y: Sequence[Any], **more: Any) -> dict[str, Any]:
    """Points (x, y), drawn as LINE, POINTS or JOINED."""
    return {"type": "scatter", "mode": mode, "x": x, "y": y, **more}


def band(
    x: Sequence[float], lower: Sequence[float], upper: Sequence[float], fill: str, *, stepped: bool = False, **more: Any
) -> list[dict[str, Any]]:
    """The area between two lines without an outline, as the two traces that plotly makes it of; nothing answers hover."""
    line = {"width": 0, "shape": "hv"} if stepped else {"width": 0}
    edge = trace(LINE, x, lower, line=line, hoverinfo="skip", **more)
    return [edge, {**edge, "y": upper, "fill": "tonexty", "fillcolor": fill}]


def whiskers(values: Sequence[float], lower: Sequence[float], upper: Sequence[float], **look: Any) -> dict[str, Any]:
    """The limits of each value, as plotly's error_x and error_y have them: how far away they are."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [end - value for end, value in zip(upper, values, strict=True)],
        "arrayminus": [value - end for end, value in zip(lower, values, strict=True)],
        **look,
    }


def boxes(y: Sequence[float], colour: int, width_px: float, **more: Any) -> dict[str, Any]:
    """The box plot of values, in a group's colour."""
    line = {"color": theme.GROUP_COLOURS[colour], "width": width_px}
    return {"type": "box", "y": y, "fillcolor": theme.GROUP_BANDS[colour], "line": line, **more}


def level(y: float, axis: str = "y", *, colour: str = theme.MUTED, dash: str = "dot") -> dict[str, Any]:
    """A line through the plot from left to right, at a value of the axis."""
    line = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": axis, "y0": y, "y1": y, "line": line}


def upright(x: float, **line: Any) -> dict[str, Any]:
    """A line through the plot from below to above, at a value of the axis."""
    return {"type": "line", "xref": "x", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}
