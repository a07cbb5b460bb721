"""Weighted curves over the plain ones, and the Love plot of balance."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.kaplan_meier import NOTE_AT, fill_group, survival_figure
from cdanalysis.sections.predictors.weighted.words import ALIKE
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.numbers import p_phrase

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.weighted.analysis import WeightedGroups
    from cdanalysis.statistics.curves.curve_steps import CurveSteps

LINE_PX, AROUND_PX, LABEL_PX = 22, 190, 190
LABEL_CHARACTERS = 30
MARKS = (("before", "Before weighting", "circle-open", 1), ("after", "After weighting", "circle", 0))


def weighted_figure(found: WeightedGroups, *, show_interval: bool, footer: str, beside: str = "") -> dict[str, Any]:
    """Two weighted curves with robust bands, the plain ones thin behind; `footer` is plotly text, beside plain."""
    title = theme.escape_figure_text(f"Weighted {found.noun}-free survival by {found.marker.label}")
    figure = survival_figure(title, curves_axis(outcome=found.noun), months_since(found.origin), found.risk_times,
                             show_interval=show_interval, footer=footer)  # fmt: skip
    for place, (steps, label) in enumerate(zip(found.steps, found.labels, strict=True)):
        fill_group(figure, place, steps, theme.escape_figure_text(label), found.risk_times, found.noun)
    figure["data"] += [_plain(steps, place) for place, steps in enumerate(found.plain_steps)]
    said = "; ".join(filter(None, (f"Weighted log-rank {p_phrase(found.weighted_p)}", beside, "thin: unweighted")))
    figure["layout"]["annotations"][NOTE_AT]["text"] = theme.escape_figure_text(said)
    return figure


def _plain(steps: CurveSteps, place: int) -> dict[str, Any]:
    line = {"shape": "hv", "color": theme.GROUP_COLOURS[place], "width": 1, "dash": theme.FINE_DASHES[place]}
    return {"type": "scatter", "mode": "lines", "x": list(steps.time), "y": list(steps.survival), "line": line,
            "showlegend": False, "hovertemplate": "Unweighted %{y:.1%} at %{x:.1f} months<extra></extra>"}  # fmt: skip


def love_plot(found: WeightedGroups, footer: str) -> dict[str, Any]:
    """One line per covariate: the size of its standardised difference before and after; `footer` is plotly text."""
    shown = [one for one in found.balance if not isnan(one.before)]
    names = [theme.escape_figure_text(shorten(one.label, LABEL_CHARACTERS)) for one in shown]
    places = list(range(len(shown)))
    data = [
        {"type": "scatter", "mode": "markers", "name": label, "x": [abs(getattr(one, name)) for one in shown], "y": places,
         "text": names, "hovertemplate": "%{text}: %{x:.2f}<extra></extra>",
         "marker": {"size": 9, "symbol": symbol, "color": theme.GROUP_COLOURS[colour]}}
        for name, label, symbol, colour in MARKS
    ]  # fmt: skip
    largest = max([abs(value) for one in shown for value in (one.before, one.after)], default=ALIKE)
    x = axis("Standardised difference, either way", range=[0, 1.08 * max(largest, 2 * ALIKE)])
    y = axis("", tickvals=places, ticktext=names, range=[len(shown) - 0.5, -0.5], showgrid=True)
    layout = cartesian(theme.escape_figure_text(f"Balance of the groups by {found.marker.label}"), x, y, footer,
                       height=AROUND_PX + LINE_PX * len(shown))  # fmt: skip
    layout["margin"]["l"] = LABEL_PX
    layout["annotations"][0]["xshift"] = 10 - LABEL_PX
    layout["shapes"] = [{"type": "line", "xref": "x", "yref": "paper", "x0": ALIKE, "x1": ALIKE, "y0": 0, "y1": 1,
                         "line": {"color": theme.MUTED, "width": 1, "dash": "dot"}}]  # fmt: skip
    return theme.figure(data, layout)
