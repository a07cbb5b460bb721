"""The layout shared by figures with two plain axes: title, legend above, footer below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdanalysis.drawing import theme

FOOTER_BELOW_PX, LEFT_PX = 58, 70


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """One axis; `title` is plotly text, already escaped."""
    plain = {"ticks": "outside", "showline": True, "linecolor": theme.INK, "zeroline": False, "gridcolor": theme.GRID,
             "color": theme.INK, "title": {"text": title, "standoff": 6}}  # fmt: skip
    return {**plain, **more}


def cartesian(
    title: str,
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    footer: str,
    *,
    height: int = 460,
    below_px: int = FOOTER_BELOW_PX,
    **more: Any,
) -> dict[str, Any]:
    """A layout of two axes (`axis`); `title` and `footer` are plotly text, already escaped."""
    bottom = below_px + theme.footer_px(footer) + 8
    base = theme.base_layout(title, height=height)
    layout = {
        **base,
        "title": {**base["title"], "y": 1, "yanchor": "top", "pad": {"t": 8, "l": 10}},
        "margin": {"l": LEFT_PX, "r": 20, "t": 88, "b": bottom},
        "xaxis": dict(x),
        "yaxis": dict(y),
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.01,
            "yanchor": "bottom",
            "bgcolor": "rgba(0,0,0,0)",
            "traceorder": "normal",
        },
        "hovermode": "closest",
        "meta": {"footer_px": theme.footer_px(footer)},
        "annotations": [{**theme.footer_annotation(footer, below_px=below_px), "xshift": 10 - LEFT_PX}],
    }
    return {**layout, **more}
