"""How every figure looks: the colours of paper and of a dark page, fonts, margins, the footer.

Okabe and Ito's colours (Nature Methods 2011;8:441) with a line style each, so that a grey print still tells the groups
apart. Figures are composed in the colours of paper; a dark page exchanges each by `DARK`, and back for a white PNG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdanalysis.writing.escapes import escape_figure_text

__all__ = ["DARK", "FINE_DASHES", "FONT", "FOOTER", "FOOTER_LINE_PX", "FOOTER_SIZE_PX", "GRID", "GROUND", "GROUP_BANDS",
           "GROUP_COLOURS", "GROUP_DASHES", "INK", "LONG_DASHES", "MUTED", "base_layout", "escape_figure_text", "figure",
           "footer_annotation", "footer_px", "note"]  # fmt: skip

FONT = "Arial, Helvetica, sans-serif"
INK = "#1f2328"
MUTED = "#57606a"
GRID = "#e3e6ea"
GROUND = "rgba(0,0,0,0)"  # transparent: the page or the PNG's own ground shows through
FOOTER_SIZE_PX, FOOTER_LINE_PX = 9, 12
FOOTER = "footer"  # the name of the annotation that is saved with a figure and not shown in it

# Below the cut-off (the reference) is blue, above it vermillion; four more for factors of more levels.
GROUP_COLOURS = ["#0072B2", "#D55E00", "#00805C", "#B3508A", "#6A4C93", "#7A5C00"]
GROUP_DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"]
# The same groups' thin lines beside: dots ever wider apart, and strokes.
FINE_DASHES = ["1px,2px", "1px,5px", "1px,9px", "3px,2px,1px,2px", "3px,5px", "5px,2px,1px,2px,1px,2px"]
LONG_DASHES = ["10px,3px", "10px,8px", "16px,3px", "16px,3px,3px,3px", "16px,8px", "16px,3px,3px,3px,3px,3px"]
_DARK_GROUP_COLOURS = ["#56B4E9", "#FF9A57", "#2FC79A", "#E78FC2", "#B79CE6", "#E2C04D"]


def _band(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.15)"


GROUP_BANDS = [_band(colour) for colour in GROUP_COLOURS]

DARK = {
    INK: "#e6edf3",
    MUTED: "#a9b4c0",
    GRID: "#353c45",
    **dict(zip(GROUP_COLOURS, _DARK_GROUP_COLOURS, strict=True)),
    **dict(zip(GROUP_BANDS, map(_band, _DARK_GROUP_COLOURS), strict=True)),
}


def base_layout(title: str, *, height: int) -> dict[str, Any]:
    """What every figure's layout begins with; `title` is plotly text, already escaped."""
    return {
        "title": {
            "text": title,
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "pad": {"l": 10},
            "font": {"size": 15},
        },
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": GROUND,
        "plot_bgcolor": GROUND,
        "colorway": list(GROUP_COLOURS),
        "height": height,
        "autosize": True,
        "hoverlabel": {"font": {"family": FONT}},
    }


def figure(data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as the plain dict that `ui/live.py` sends: a fifth of the cost of a validated one."""
    return {"data": [dict(trace) for trace in data], "layout": dict(layout)}


def note(text: str, x: float, y: float, *, size: int = 12, colour: str = INK) -> dict[str, Any]:
    """A text in the figure at a place in paper units; `text` is plotly text, already escaped."""
    font = {"size": size, "color": colour}
    return {"text": text, "showarrow": False, "xref": "paper", "yref": "paper", "x": x, "y": y, "font": font}


def footer_px(text: str) -> int:
    """The height of a footer; a figure's `meta` has it, because a figure on the screen has its footer below."""
    return FOOTER_LINE_PX * (1 + text.count("<br>"))


def footer_annotation(text: str, *, below_px: int) -> dict[str, Any]:
    """The footer, `below_px` under the lower edge of the axes."""
    place = {"xanchor": "left", "yanchor": "top", "align": "left", "yshift": -below_px}
    return {**note(text, 0, 0, size=FOOTER_SIZE_PX, colour=MUTED), **place, "name": FOOTER}
