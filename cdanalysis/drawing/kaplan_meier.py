"""Kaplan-Meier curves with interval, censor marks and an aligned number-at-risk table, as one plotly figure.

Each group is five traces that follow each other - lower, upper, curve, censored, at risk - so that a moving cut-off
can exchange their numbers and nothing else (`drawing/live.py`, assets/compose.js). The table gives each group a line for its
label in full and a line for its numbers, so that figures beside each other align whatever their groups are called.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import AXIS_TITLE_PX, LEGEND_AT
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.writing.numbers import count

TRACES_PER_GROUP = 5
LEFT_PX, RIGHT_PX, CURVES_PX = 62, 14, 290
TITLE_PX, LEGEND_LINE_PX = 36, 19
# Under the curves: the axis's labels and title, the table's heading, its lines.
AXIS_PX, HEADING_PX, LINE_PX = 44, 20, 16
NOTE_AT, LABELS_AT = 0, 3  # places among the annotations: the test's result, the first group's label


def survival_figure(
    title: str,
    y_title: str,
    x_title: str,
    risk_times: Sequence[float],
    *,
    n_groups: int = 2,
    n_further: int = 0,
    rising: bool = False,
    show_interval: bool = True,
    footer: str = "",
) -> dict[str, Any]:
    """The figure without its numbers: traces of every group in order, axes, legend, the place of the test's result.

    n_further: lines of the legend beside the groups' own. rising: the curves begin at 0, so the test's result stands above
    them. Titles and footer are plotly text.
    """
    data = [trace for g in range(n_groups) for trace in _group_traces(g, show_interval)]
    axes = _axes(y_title, x_title, risk_times, n_groups)
    return {"data": data, "layout": {**_layout(title, n_groups, n_groups + n_further, footer, rising), **axes}}


def fill_group(
    figure: dict[str, Any], g: int, steps: CurveSteps, label: str, risk_times: Sequence[float], event_name: str
) -> None:
    """Put one group's numbers into the figure, as assets/compose.js does for a moving cut-off."""
    lower, upper, curve, censored, risk = figure["data"][TRACES_PER_GROUP * g : TRACES_PER_GROUP * (g + 1)]
    lower.update(x=list(steps.time), y=list(steps.lower))
    upper.update(x=list(steps.time), y=list(steps.upper))
    curve.update(x=list(steps.time), y=list(steps.survival), name=f"{label} ({counts(steps, event_name)})")
    censored.update(x=list(steps.censored_time), y=list(steps.censored_survival))
    risk.update(x=list(risk_times), y=[-2 * g - 1] * len(risk_times), text=[str(n) for n in steps.n_at_risk])
    figure["layout"]["annotations"][LABELS_AT + g]["text"] = label
    reach(figure, steps.time[-1])


def fill_groups(
    figure: dict[str, Any],
    steps: Sequence[CurveSteps],
    labels: Sequence[str],
    risk_times: Sequence[float],
    event_name: str,
) -> None:
    """Put every group's numbers into the figure; labels are plain."""
    for place, (one, label) in enumerate(zip(steps, labels, strict=True)):
        fill_group(figure, place, one, theme.escape_figure_text(label), risk_times, event_name)


def note_result(figure: dict[str, Any], *told: str) -> None:
    """Write into the curves what was found by a test, the parts that are not empty; plain."""
    text = theme.escape_figure_text("; ".join(filter(None, told)))
    figure["layout"]["annotations"][NOTE_AT]["text"] = text


def thin_line(steps: CurveSteps, g: int, name: str) -> dict[str, Any]:
    """A group's curve drawn thin behind its other one; name: what it is, on hover."""
    line = {"shape": "hv", "color": theme.GROUP_COLOURS[g], "width": 1, "dash": theme.FINE_DASHES[g]}
    hover = f"{name} %{{y:.1%}} at %{{x:.1f}} months<extra></extra>"
    return trace(LINE, list(steps.time), list(steps.survival), line=line, showlegend=False, hovertemplate=hover)


def reach(figure: dict[str, Any], end: float) -> None:
    """Lengthen the axis to a curve's end, which is later than the last time of the table."""
    shown = figure["layout"]["xaxis"]["range"]
    shown[1] = max(shown[1], 1.015 * end)


def counts(steps: CurveSteps, event_name: str) -> str:
    """How many patients and events a curve stands on, for its legend."""
    return f"n = {steps.n}, {count(steps.n_events, event_name)}"


def turned(steps: CurveSteps) -> CurveSteps:
    """Cumulative incidence instead of survival; the limits change places."""
    fallen = {name: tuple(1 - value for value in getattr(steps, name)) for name in ("survival", "censored_survival")}
    limits = {"lower": tuple(1 - value for value in steps.upper), "upper": tuple(1 - value for value in steps.lower)}
    return replace(steps, **fallen, **limits)


def _group_traces(g: int, show_interval: bool) -> list[dict[str, Any]]:
    colour, group = theme.GROUP_COLOURS[g], {"legendgroup": f"group {g}", "type": "scatter"}
    band = {**group, "mode": "lines", "line": {"width": 0, "shape": "hv"}, "showlegend": False, "hoverinfo": "skip",
            "visible": show_interval}  # fmt: skip
    return [
        dict(band),
        {**band, "fill": "tonexty", "fillcolor": theme.GROUP_BANDS[g]},
        {**group, "mode": "lines", "line": {"shape": "hv", "color": colour, "width": 2, "dash": theme.GROUP_DASHES[g]},
         "hovertemplate": "%{y:.1%} at %{x:.1f} months<extra></extra>"},
        {**group, "mode": "markers", "showlegend": False, "hoverinfo": "skip",
         "marker": {"symbol": "line-ns-open", "size": 6, "color": colour, "line": {"width": 1}}},
        {**group, "mode": "text", "showlegend": False, "hoverinfo": "skip", "yaxis": "y2", "cliponaxis": False,
         "textfont": {"color": colour, "size": 12}},
    ]  # fmt: skip


def _layout(title: str, n_groups: int, n_legend: int, footer: str, rising: bool) -> dict[str, Any]:
    """Everything but the axes; `meta` has the pixels by which assets/compose.js fits the figure to another height."""
    legend_px, (rows_px, table_px) = LEGEND_LINE_PX * n_legend + 5, _table_px(n_groups)
    top, bottom = TITLE_PX + legend_px, 10 + theme.footer_px(footer)
    return {
        **theme.base_layout(title, height=top + CURVES_PX + table_px + bottom),
        "margin": {"l": LEFT_PX, "r": RIGHT_PX, "t": top, "b": bottom},
        "legend": {**LEGEND_AT, "font": {"size": 12}},
        "hovermode": "closest",
        "annotations": [
            {**_text("", x=0.015, y=0.985 if rising else 0.015, xanchor="left", yanchor="top" if rising else "bottom",
                     align="left"), "yref": "y domain", "name": theme.RESULT},
            {**_text("Number at risk", x=0, y=1, xanchor="left", yanchor="bottom"), "yref": "y2 domain"},
            {**_text(footer, x=0, y=0, xanchor="left", yanchor="top", align="left", yshift=-8, xshift=10 - LEFT_PX,
                     size=theme.FOOTER_SIZE_PX, colour=theme.MUTED), "name": theme.FOOTER},
            *(_label(g) for g in range(n_groups)),
        ],
        "meta": {"legend_px": legend_px, "table_px": table_px, "rows_px": rows_px, "footer_px": theme.footer_px(footer)},
    }  # fmt: skip


def _axes(y_title: str, x_title: str, risk_times: Sequence[float], n_groups: int) -> dict[str, Any]:
    axis = {"color": theme.INK, "gridcolor": theme.GRID, "zeroline": False, "ticks": "outside", "automargin": False}
    last = (risk_times[-1] or 1.0) if risk_times else 1.0
    below, beside = ({"text": text, "font": {"size": AXIS_TITLE_PX}} for text in (x_title, y_title))
    rows_px, table_px = _table_px(n_groups)
    return {
        "xaxis": {**axis, "title": {**below, "standoff": 6}, "tickvals": list(risk_times), "anchor": "y",
                  "range": [-0.02 * last, 1.04 * last], "showgrid": False, "showline": True, "linecolor": theme.INK},
        "yaxis": {**axis, "title": beside, "range": [0, 1.03], "tickformat": ".0%", "showline": True,
                  "domain": [table_px / (CURVES_PX + table_px), 1], "linecolor": theme.INK},
        "yaxis2": {"domain": [0, rows_px / (CURVES_PX + table_px)], "range": [0.5 - 2 * n_groups, 0.5], "fixedrange": True,
                   "showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "anchor": "x"},
    }  # fmt: skip


def _table_px(n_groups: int) -> tuple[int, int]:
    """The height of the table's lines, and of all that stands under the curves."""
    rows_px = 2 * LINE_PX * n_groups
    return rows_px, AXIS_PX + HEADING_PX + rows_px


def _label(g: int) -> dict[str, Any]:
    """The place of a group's label, on the line above its numbers at risk."""
    place = _text("", x=0, y=-2 * g, xanchor="left", yanchor="middle", align="left")
    return {**place, "yref": "y2", "font": {"size": 12, "color": theme.GROUP_COLOURS[g]}}


def _text(text: str, *, size: int = 12, colour: str = theme.INK, **place: Any) -> dict[str, Any]:
    font = {"size": size, "color": colour}
    return {"text": text, "showarrow": False, "xref": "paper", "yref": "paper", "font": font, **place}
