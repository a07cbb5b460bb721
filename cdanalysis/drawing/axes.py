"""The layout shared by figures with two plain axes: title, legend above, footer below."""

from collections.abc import Mapping
from typing import Any

from cdanalysis.drawing import theme

AXIS_TITLE_PX = 13  # of an axis
FOOTER_BELOW_PX, UNTITLED_PX, LEFT_PX = 58, 36, 70
TOP_PX, WITHOUT_LEGEND_PX = 88, 62
LEGEND_AT = {"x": 0, "y": 1.01, "yanchor": "bottom", "bgcolor": theme.GROUND, "traceorder": "normal"}

PLAIN_AXIS = {
    **{"ticks": "outside", "showline": True, "linecolor": theme.INK, "zeroline": False, "gridcolor": theme.GRID},
    **{"color": theme.INK, "exponentformat": "none", "separatethousands": True},
}


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """One axis, its numbers in full (0.0001 and not plotly's 100μ); `title` is plotly text, already escaped."""
    return {**PLAIN_AXIS, "title": {"text": title, "standoff": 6, "font": {"size": AXIS_TITLE_PX}}, **more}


def cartesian(
    title: str,
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    footer: str,
    *,
    height: int = 460,
    below_px: int = 0,
    top_px: int = 0,
    **more: Any,
) -> dict[str, Any]:
    """A layout of two axes (`axis`); `title` and `footer` are plotly text, already escaped.

    below_px: from the lower edge to the footer, 0 for what the axis there needs. top_px: over the plot, 0 for title and legend.
    """
    below_px = below_px or (FOOTER_BELOW_PX if x["title"]["text"] else UNTITLED_PX)
    top = top_px or (TOP_PX if more.get("showlegend", True) else WITHOUT_LEGEND_PX)
    bottom = below_px + theme.footer_px(footer) + 8
    layout = {
        **theme.base_layout(title, height=height),
        "margin": {"l": LEFT_PX, "r": 20, "t": top, "b": bottom},
        "xaxis": dict(x),
        "yaxis": dict(y),
        "legend": {"orientation": "h", **LEGEND_AT},
        "hovermode": "closest",
        "meta": {"footer_px": theme.footer_px(footer)},
        "annotations": [{**theme.footer_annotation(footer, below_px=below_px), "xshift": 10 - LEFT_PX}],
    }
    return {**layout, **more}
