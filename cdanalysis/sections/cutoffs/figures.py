"""Hazard ratio and log-rank P at every admissible cut-off, over the marker's distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import TOP_PX, axis, cartesian
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import Estimate
from cdanalysis.writing.numbers import confidence, hazard_ratio, p_phrase

if TYPE_CHECKING:
    from cdanalysis.sections.cutoffs.analysis import Cutoffs
    from cdanalysis.statistics.cutoffs.cutoff_scan import ScannedCutoff

PANELS = {"yaxis": [0.5, 1.0], "yaxis2": [0.17, 0.44], "yaxis3": [0.0, 0.11]}
ALPHA = 0.05
MARK_AT = 0  # place of the line of the cut-off among the shapes
P_TICKS = [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.05, 0.2, 1]


def cutoff_scan_figure(found: Cutoffs, conf_level: float, footer: str) -> dict[str, Any]:
    """Three panels over one axis of cut-offs; the cut-off in use and the published ones are marked."""
    rows = found.scan.rows
    known = [(row, row.hazard_ratio) for row in rows if isinstance(row.hazard_ratio, Estimate)]
    x_range = _x_range(found)
    data = [*_ratio(known), *_p(rows), _bars(found)]
    title = theme.escape_figure_text(f"{found.marker.label}: hazard ratio and P at each of {len(rows)} cut-offs")
    x = axis(theme.escape_figure_text(found.marker.titled("cut-off")), range=x_range, anchor="y3")
    y = axis(f"HR ({confidence(conf_level)})", type="log", domain=PANELS["yaxis"], tickvals=_ratio_ticks(known))
    layout = cartesian(title, x, y, footer, height=640, showlegend=False, top_px=TOP_PX)
    layout["yaxis2"] = axis("Log-rank P", type="log", domain=PANELS["yaxis2"], anchor="x", tickvals=P_TICKS)
    layout["yaxis3"] = axis("n", domain=PANELS["yaxis3"], anchor="x", nticks=3)
    layout["shapes"] = [_mark(found.cutoff), _level("y", 1.0), _level("y2", ALPHA)]
    layout["dragmode"] = False  # a drag moves the cut-off
    inside = [one.value for one in found.marker.literature if x_range[0] <= one.value <= x_range[1]]
    layout["annotations"] += [_tick(value, place) for place, value in enumerate(inside)]
    return theme.figure(data, layout)


def _ratio_ticks(known: list[tuple[ScannedCutoff, Estimate]]) -> list[float]:
    return ticks(axis_range([ratio for _, ratio in known]))


def _x_range(found: Cutoffs) -> list[float]:
    cuts = [row.cutoff for row in found.scan.rows] + [found.cutoff]
    room = 0.04 * ((max(cuts) - min(cuts)) or 1.0)
    return [min(cuts) - room, max(cuts) + room]


def _ratio(known: list[tuple[ScannedCutoff, Estimate]]) -> list[dict[str, Any]]:
    x = [row.cutoff for row, _ in known]
    band = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    texts = [
        f"{row.cutoff:g}: HR {hazard_ratio(ratio)}; {row.n_below} below, {row.n_above} above" for row, ratio in known
    ]
    return [
        {**band, "y": [ratio.lower for _, ratio in known]},
        {**band, "y": [ratio.upper for _, ratio in known], "fill": "tonexty", "fillcolor": theme.GROUP_BANDS[0]},
        {"type": "scatter", "mode": "lines+markers", "x": x, "y": [ratio.value for _, ratio in known],
         "line": {"shape": "hv", "color": theme.GROUP_COLOURS[0], "width": 2}, "marker": {"size": 4},
         "text": [theme.escape_figure_text(text) for text in texts], "hoverinfo": "text"},
    ]  # fmt: skip


def _p(rows: tuple[ScannedCutoff, ...]) -> list[dict[str, Any]]:
    known = [row for row in rows if row.logrank_p == row.logrank_p]
    texts = [f"{row.cutoff:g}: log-rank {p_phrase(row.logrank_p)}" for row in known]
    return [{"type": "scatter", "mode": "lines+markers", "x": [row.cutoff for row in known], "yaxis": "y2",
             "y": [max(row.logrank_p, 1e-12) for row in known], "hoverinfo": "text",
             "text": [theme.escape_figure_text(text) for text in texts], "marker": {"size": 4},
             "line": {"shape": "hv", "color": theme.GROUP_COLOURS[1], "width": 2}}]  # fmt: skip


def _bars(found: Cutoffs) -> dict[str, Any]:
    return {"type": "histogram", "x": list(found.values), "yaxis": "y3", "nbinsx": 60, "hoverinfo": "y",
            "marker": {"color": theme.MUTED}}  # fmt: skip


def _level(yref: str, y: float) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": yref, "y0": y, "y1": y,
            "line": {"color": theme.MUTED, "width": 1, "dash": "dot"}}  # fmt: skip


def _mark(cutoff: float) -> dict[str, Any]:
    return {"type": "line", "xref": "x", "x0": cutoff, "x1": cutoff, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": theme.INK, "width": 1.5}}  # fmt: skip


def _tick(value: float, place: int) -> dict[str, Any]:
    """A published cut-off, above the upper panel; neighbours stand on different heights."""
    return {"text": f"{value:g} ▾", "x": value, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom",
            "yshift": 11 * (place % 3), "showarrow": False, "font": {"size": 10, "color": theme.MUTED}}  # fmt: skip
