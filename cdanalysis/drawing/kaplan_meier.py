"""Kaplan-Meier curves with interval, censor marks and an aligned number-at-risk table, as one plotly figure.

Each group is five traces that follow each other - lower, upper, curve, censored, at risk - so that a moving cut-off
can exchange their numbers and nothing else (`figures/live.py`, assets/handle.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import FOOTER_LINE_PX
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.writing.numbers import count

TRACES_PER_GROUP = 5
HEIGHT_PX = 520
RISK_TABLE_SHARE = 0.31  # of the drawing's height, below the curves: axis labels, then the number at risk
ROW_SHARE = 0.05
NOTE_AT = 0  # place of the test's result among the annotations


def survival_figure(
    title: str,
    y_title: str,
    x_title: str,
    risk_times: Sequence[float],
    *,
    n_groups: int = 2,
    show_interval: bool = True,
    footer: str = "",
) -> dict[str, Any]:
    """The figure without its numbers: traces of every group in order, axes, legend, the place of the test's result."""
    data = [trace for g in range(n_groups) for trace in _group_traces(g, show_interval)]
    return {"data": data, "layout": _layout(title, y_title, x_title, risk_times, n_groups, footer)}


def fill_group(
    figure: dict[str, Any],
    g: int,
    steps: CurveSteps,
    label: str,
    short_label: str,
    risk_times: Sequence[float],
    event_name: str = "relapse",
) -> None:
    """Put one group's numbers into the figure, as assets/handle.js does for a moving cut-off."""
    lower, upper, curve, censored, risk = figure["data"][TRACES_PER_GROUP * g : TRACES_PER_GROUP * (g + 1)]
    lower.update(x=list(steps.time), y=list(steps.lower))
    upper.update(x=list(steps.time), y=list(steps.upper))
    curve.update(x=list(steps.time), y=list(steps.survival), name=f"{label} ({counts(steps, event_name)})")
    censored.update(x=list(steps.censored_time), y=list(steps.censored_survival))
    risk.update(x=list(risk_times), y=[-g] * len(risk_times), text=[str(n) for n in steps.n_at_risk])
    figure["layout"]["yaxis2"]["ticktext"][g] = coloured(short_label, g)


def counts(steps: CurveSteps, event_name: str = "relapse") -> str:
    """How many patients and events a curve stands on, for its legend."""
    return f"n = {steps.n}, {count(steps.n_events, event_name)}"


def turned(steps: CurveSteps) -> CurveSteps:
    """Cumulative incidence instead of survival; the limits change places."""
    fallen = {name: tuple(1 - value for value in getattr(steps, name)) for name in ("survival", "censored_survival")}
    limits = {"lower": tuple(1 - value for value in steps.upper), "upper": tuple(1 - value for value in steps.lower)}
    return replace(steps, **fallen, **limits)


def coloured(text: str, g: int) -> str:
    """A tick label in its group's colour; the text is ours, never a file's."""
    return f'<span style="color:{theme.GROUP_COLOURS[g]}">{text}</span>'


def _group_traces(g: int, show_interval: bool) -> list[dict[str, Any]]:
    colour, group = theme.GROUP_COLOURS[g], {"legendgroup": f"group {g}", "type": "scatter"}
    band = {**group, "mode": "lines", "line": {"width": 0, "shape": "hv"}, "showlegend": False, "hoverinfo": "skip",
            "visible": show_interval}  # fmt: skip
    return [
        dict(band),
        {**band, "fill": "tonexty", "fillcolor": theme.GROUP_BANDS[g]},
        {**group, "mode": "lines", "line": {"shape": "hv", "color": colour, "width": 2.2, "dash": theme.GROUP_DASHES[g]},
         "hovertemplate": "%{y:.1%} at %{x:.1f} months<extra></extra>"},
        {**group, "mode": "markers", "showlegend": False, "hoverinfo": "skip",
         "marker": {"symbol": "line-ns-open", "size": 8, "color": colour, "line": {"width": 1.2}}},
        {**group, "mode": "text", "showlegend": False, "hoverinfo": "skip", "yaxis": "y2", "cliponaxis": False,
         "textfont": {"color": colour, "size": 12}},
    ]  # fmt: skip


def _layout(
    title: str, y_title: str, x_title: str, risk_times: Sequence[float], n_groups: int, footer: str
) -> dict[str, Any]:
    axis = {"color": theme.INK, "gridcolor": theme.GRID, "zeroline": False, "ticks": "outside", "automargin": False}
    more = FOOTER_LINE_PX * max(0, footer.count("<br>") - 1)  # the margin has room for two lines
    last = (risk_times[-1] or 1.0) if risk_times else 1.0
    return {
        **theme.base_layout(title, height=HEIGHT_PX + more),
        "title": {**theme.base_layout(title, height=HEIGHT_PX)["title"], "y": 1, "yanchor": "top", "pad": {"t": 8, "l": 10}},
        "margin": {"l": 84, "r": 20, "t": 76, "b": 40 + more},
        "xaxis": {**axis, "title": {"text": x_title, "standoff": 6}, "tickvals": list(risk_times), "anchor": "y",
                  "range": [-0.02 * last, 1.04 * last], "showgrid": False, "showline": True, "linecolor": theme.INK},
        "yaxis": {**axis, "title": {"text": y_title}, "range": [0, 1.03], "tickformat": ".0%", "domain": [RISK_TABLE_SHARE, 1],
                  "showline": True, "linecolor": theme.INK},
        "yaxis2": {"domain": [0, ROW_SHARE * n_groups], "range": [-n_groups + 0.5, 0.5], "fixedrange": True,
                   "showgrid": False, "zeroline": False, "tickvals": [-g for g in range(n_groups)],
                   "ticktext": [""] * n_groups, "ticklabelstandoff": 14, "anchor": "x"},
        "legend": {"x": 0, "y": 1.01, "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)", "traceorder": "normal",
                   "font": {"size": 12}},
        "hovermode": "closest",
        "annotations": [
            _text("", x=0.015, y=RISK_TABLE_SHARE + 0.015, xanchor="left", yanchor="bottom", align="left"),
            _text("Number at risk", x=0, y=ROW_SHARE * n_groups, xanchor="left", yanchor="bottom", xshift=-70),
            _text(footer, x=1, y=0, xanchor="right", yanchor="top", yshift=-12, size=9),
        ],
    }  # fmt: skip


def _text(text: str, *, size: int = 12, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "xref": "paper", "yref": "paper", "font": {"size": size}, **place}
