"""Hazard ratio and log-rank P at every admissible cut-off, over the marker's distribution."""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import TOP_PX, axis, cartesian
from cdanalysis.drawing.marker_axis import is_log, marker_axis, on_axis
from cdanalysis.drawing.marks import JOINED, LINE, band, level, trace, upright
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import Estimate
from cdanalysis.sections.cutoffs.analysis import Cutoffs
from cdanalysis.statistics.cutoffs.cutoff_scan import ScannedCutoff
from cdanalysis.writing.numbers import confidence, hazard_ratio, p_phrase

PANELS = {"yaxis": [0.5, 1.0], "yaxis2": [0.17, 0.44], "yaxis3": [0.0, 0.11]}
ALPHA = 0.05
N_BARS = 60
MARK_AT = 0  # place of the line of the cut-off among the shapes
P_TICKS = [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.05, 0.2, 1]


def cutoff_scan_figure(found: Cutoffs, conf_level: float, footer: str, scale: str) -> dict[str, Any]:
    """Three panels over one axis of cut-offs; the cut-off in use and the published ones are marked. scale: of the axis."""
    rows = found.scan.rows
    known = [(row, row.hazard_ratio) for row in rows if isinstance(row.hazard_ratio, Estimate)]
    log_scale = on_log_scale(found, scale)
    ends = _ends(found, log_scale)
    data = [*_ratio(known), _p(rows), _distribution(found.values, ends, log_scale)]
    title = theme.escape_figure_text(f"{found.marker.label}: HR and P at each of {len(rows)} cut-offs")
    x_title = theme.escape_figure_text(found.marker.titled("cut-off"))
    x = marker_axis(x_title, ends, log_scale=log_scale, anchor="y3")
    places = ticks(axis_range([ratio for _, ratio in known]))
    y = axis(f"HR ({confidence(conf_level)})", type="log", domain=PANELS["yaxis"], tickvals=places)
    layout = cartesian(title, x, y, footer, height=640, showlegend=False, top_px=TOP_PX)
    layout["yaxis2"] = axis("Log-rank P", type="log", domain=PANELS["yaxis2"], anchor="x", tickvals=P_TICKS)
    layout["yaxis3"] = axis("n", domain=PANELS["yaxis3"], anchor="x", nticks=3)
    layout["shapes"] = [upright(found.cutoff, color=theme.INK, width=1.5), level(1.0), level(ALPHA, "y2")]
    layout["dragmode"] = False  # a drag moves the cut-off
    inside = [one.value for one in found.marker.literature if ends[0] <= one.value <= ends[1]]
    layout["annotations"] += [_tick(value, index, log_scale) for index, value in enumerate(inside)]
    return theme.figure(data, layout)


def on_log_scale(found: Cutoffs, scale: str) -> bool:
    """Whether the axis of cut-offs is logarithmic: as the marker's values are; not where the cut-off in use is 0 or less."""
    return found.cutoff > 0 and is_log(found.values, scale)


def _ends(found: Cutoffs, log_scale: bool) -> tuple[float, float]:
    """The cut-offs with some room on both sides."""
    cuts = [row.cutoff for row in found.scan.rows] + [found.cutoff]
    if log_scale:
        room = (max(cuts) / min(cuts)) ** 0.04 if max(cuts) > min(cuts) else 2.0
        return min(cuts) / room, max(cuts) * room
    room = 0.04 * ((max(cuts) - min(cuts)) or 1.0)
    return min(cuts) - room, max(cuts) + room


def _ratio(known: list[tuple[ScannedCutoff, Estimate]]) -> list[dict[str, Any]]:
    x, ratios = [row.cutoff for row, _ in known], [ratio for _, ratio in known]
    lower, upper = [ratio.lower for ratio in ratios], [ratio.upper for ratio in ratios]
    texts = [
        f"{row.cutoff:g}: HR {hazard_ratio(ratio)}; {row.n_below} below, {row.n_above} above" for row, ratio in known
    ]
    own = _steps(x, [ratio.value for ratio in ratios], texts, 0)
    return [*band(x, lower, upper, theme.GROUP_BANDS[0], stepped=True), own]


def _p(rows: tuple[ScannedCutoff, ...]) -> dict[str, Any]:
    known = [row for row in rows if row.logrank_p == row.logrank_p]
    texts = [f"{row.cutoff:g}: log-rank {p_phrase(row.logrank_p)}" for row in known]
    y = [max(row.logrank_p, 1e-12) for row in known]
    return {**_steps([row.cutoff for row in known], y, texts, 1), "yaxis": "y2"}


def _steps(x: list[float], y: list[float], texts: list[str], colour: int) -> dict[str, Any]:
    """A line of steps that says on hover what is plain in texts."""
    line = {"shape": "hv", "color": theme.GROUP_COLOURS[colour], "width": 2}
    shown = [theme.escape_figure_text(text) for text in texts]
    return trace(JOINED, x, y, line=line, marker={"size": 4}, text=shown, hoverinfo="text")


def _distribution(values: Sequence[float], ends: tuple[float, float], log_scale: bool) -> dict[str, Any]:
    """How many patients lie in each of the bars between the ends; on a logarithmic axis these are of one ratio."""
    lowest, highest = (on_axis(end, log_scale=log_scale) for end in ends)
    width = (highest - lowest) / N_BARS
    counts = [0] * N_BARS
    for value in values:
        at = int((on_axis(value, log_scale=log_scale) - lowest) // width)
        if 0 <= at < N_BARS:
            counts[at] += 1
    edges = [lowest + width * index for index in range(N_BARS + 1)]
    x = [10.0**edge for edge in edges] if log_scale else edges
    filled = {"fill": "tozeroy", "fillcolor": theme.MUTED, "hoverinfo": "y"}
    line = {"shape": "hv", "width": 0.5, "color": theme.MUTED}
    return trace(LINE, x, [*counts, 0], yaxis="y3", line=line, **filled)


def _tick(value: float, index: int, log_scale: bool) -> dict[str, Any]:
    """A published cut-off, above the upper panel; neighbours stand on different heights."""
    at = on_axis(value, log_scale=log_scale)
    return {**theme.above(f"{value:g} ▾", at), "yshift": 11 * (index % 3)}
