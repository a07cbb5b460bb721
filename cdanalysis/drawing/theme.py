"""How every figure looks: the colours of paper and of a dark page, fonts, margins, the footer.

Blue below and vermillion above, as Okabe and Ito (Nature Methods 2011;8:441) have them, in tones a grey print still tells apart;
from the third group on a line style tells them too. Figures are composed in the colours of paper; a dark page exchanges each by
`DARK`, and back for a white PNG. What a reader chooses - dashes, a journal's look - is put on by drawing/dress.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cdanalysis.writing.escapes import escape_figure_text as escape_figure_text  # offered under its own name

FONT = "Arial, Helvetica, sans-serif"
INK = "#1f2328"
MUTED = "#57606a"
GRID = "#e3e6ea"
GROUND = "rgba(0,0,0,0)"  # transparent: the page or the PNG's own ground shows through
FOOTER_SIZE_PX, FOOTER_LINE_PX = 10, 13  # 6 pt in a column of 85 mm (assets/png.js)
RESULT = "result"  # the name of the annotation with a test's result, which a saved figure may leave out
FOOTER = "footer"  # the name of the annotation that is saved with a figure and not shown in it

# Below the cut-off (the reference) is the dark tone, above it the light one; four more for factors of more levels.
GROUP_COLOURS = ["#00589C", "#DD6B20", "#00664A", "#CC6FA6", "#5B3B8C", "#A8801A"]
DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"]
LEAST_STEP = 20.0  # of CIE L*, 0 black to 100 white: greys of neighbouring lines that a reader takes for two


def lightness(colour: str) -> float:
    """CIE L* of #rrggbb."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    luminance = sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def dashes_of(colours: Sequence[str]) -> list[str]:
    """A line style for each colour: solid as long as its grey is told from those of the same style, else the next one."""
    chosen: list[str] = []
    for colour in colours:
        taken = {
            dash
            for dash, other in zip(chosen, colours, strict=False)
            if abs(lightness(colour) - lightness(other)) < LEAST_STEP
        }
        chosen.append(next(dash for dash in DASHES if dash not in taken))
    return chosen


GROUP_DASHES = dashes_of(GROUP_COLOURS)
# The same groups' thin lines beside: dots ever wider apart, and strokes.
FINE_DASHES = ["1px,2px", "1px,5px", "1px,9px", "3px,2px,1px,2px", "3px,5px", "5px,2px,1px,2px,1px,2px"]
LONG_DASHES = ["10px,3px", "10px,8px", "16px,3px", "16px,3px,3px,3px", "16px,8px", "16px,3px,3px,3px,3px,3px"]
_DARK_GROUP_COLOURS = ["#93CFF7", "#DE7434", "#7FE0BE", "#D977B0", "#CDB8F2", "#AA8322"]


def band_of(colour: str) -> str:
    """The colour of the interval around a curve."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.1)"


GROUP_BANDS = [band_of(colour) for colour in GROUP_COLOURS]

DARK = {
    INK: "#e6edf3",
    MUTED: "#a9b4c0",
    GRID: "#353c45",
    **dict(zip(GROUP_COLOURS, _DARK_GROUP_COLOURS, strict=True)),
    **dict(zip(GROUP_BANDS, map(band_of, _DARK_GROUP_COLOURS), strict=True)),
}


TITLE_AT = {"x": 0, "xanchor": "left", "xref": "container", "y": 1, "yanchor": "top"}


def base_layout(title: str, *, height: int) -> dict[str, Any]:
    """What every figure's layout begins with; `title` is plotly text, already escaped."""
    return {
        "title": {"text": title, "font": {"size": 15}, "pad": {"t": 8, "l": 10}, **TITLE_AT},
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


def above(text: str, x: float | str, *, size: int = 10, colour: str = MUTED) -> dict[str, Any]:
    """A text on the plot's upper edge, over a place of its horizontal axis; `text` is plotly text, already escaped."""
    return {**note(text, 0, 1, size=size, colour=colour), "xref": "x", "x": x, "yanchor": "bottom"}


def footer_px(text: str) -> int:
    """The height of a footer; a figure's `meta` has it, because a figure on the screen has its footer below."""
    return FOOTER_LINE_PX * (1 + text.count("<br>"))


def footer_annotation(text: str, *, below_px: int) -> dict[str, Any]:
    """The footer, `below_px` under the lower edge of the axes."""
    place = {"xanchor": "left", "yanchor": "top", "align": "left", "yshift": -below_px}
    return {**note(text, 0, 0, size=FOOTER_SIZE_PX, colour=MUTED), **place, "name": FOOTER}
