"""The swimmer plot: one lane per patient, thick while observed for the outcome, thin after, a mark for what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import months_since

if TYPE_CHECKING:
    from cdanalysis.sections.survival.each_patient.analysis import EachPatient, Lane

LANE_PX, LEAST_PX, MOST_PX, AROUND_PX = 8, 120, 1100, 190
SYMBOLS = ("diamond-open", "square-open", "triangle-up-open", "x", "circle-open", "star-open", "cross", "hexagon-open")
MOST_KINDS = len(SYMBOLS)
DASHES = ("solid", "2px,2px", "8px,3px", "12px,3px,3px,3px", "16px,4px")  # groups are told apart in a grey print too
LABEL_CHARACTERS = 40


def swimmer(found: EachPatient, footer: str) -> dict[str, Any]:
    """Lanes from the top by group, shortest first; `footer` is plotly text."""
    data = [_whole(found), _after(found), *(_lanes(found, group, place) for place, group in enumerate(found.groups))]
    data.append(
        _points(
            "End of therapy",
            [(lane, lane.therapy_end) for lane in found.lanes if lane.therapy_end >= 0],
            "line-ns-open",
        )
    )
    for symbol, kind in zip(SYMBOLS, found.kinds, strict=False):
        at = [(lane, month) for lane in found.lanes for own, month in lane.marks if own == kind]
        data.append(_points(kind.capitalize(), at, symbol))
    data.append(_outcomes(found))
    title = f"Each patient's time to {found.noun}" + (f" by {found.group_label}" if found.group_label else "")
    x = axis(months_since(found.origin), rangemode="tozero")
    y = axis("Patients", showticklabels=False, ticks="", showgrid=False, range=[len(found.lanes) + 0.5, 0.5])
    height = AROUND_PX + min(max(LANE_PX * len(found.lanes), LEAST_PX), MOST_PX)
    return theme.figure(
        [trace for trace in data if trace["x"]], cartesian(theme.escape_figure_text(title), x, y, footer, height=height)
    )


def _whole(found: EachPatient) -> dict[str, Any]:
    """Unseen bars over the whole of each lane, so that a lane can be pointed at anywhere."""
    text = [f"Patient {lane.number}: observed for {lane.months - lane.entry:.1f} months" for lane in found.lanes]
    numbers = [lane.number for lane in found.lanes]
    return {"type": "bar", "orientation": "h", "x": [lane.followed for lane in found.lanes], "y": numbers, "width": 0.9,
            "opacity": 0, "showlegend": False, "customdata": numbers, "text": text, "textposition": "none",
            "hoverinfo": "text"}  # fmt: skip


def _lanes(found: EachPatient, group: str, place: int) -> dict[str, Any]:
    own = [lane for lane in found.lanes if lane.group == group]
    name = theme.escape_figure_text(shorten(group or "Observed for the outcome", LABEL_CHARACTERS))
    colour = theme.GROUP_COLOURS[place % len(theme.GROUP_COLOURS)]
    return {
        **_segments(own, lambda lane: (lane.entry, lane.months)),
        "name": name,
        "line": {"color": colour, "width": 4, "dash": DASHES[place % len(DASHES)]},
    }


def _after(found: EachPatient) -> dict[str, Any]:
    """Followed after the outcome or the end of its observation."""
    later = [lane for lane in found.lanes if lane.followed > lane.months]
    return {
        **_segments(later, lambda lane: (lane.months, lane.followed)),
        "name": "Followed after",
        "line": {"color": theme.MUTED, "width": 1, "dash": "dot"},
    }


def _segments(lanes: list[Lane], ends: Any) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for lane in lanes:
        start, stop = ends(lane)
        x += [start, stop, None]
        y += [lane.number, lane.number, None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip"}


def _outcomes(found: EachPatient) -> dict[str, Any]:
    at = [(lane, lane.months) for lane in found.lanes if lane.event]
    trace = _points(found.noun.capitalize(), at, "circle")
    trace["marker"] |= {"color": theme.INK, "size": 7}
    return trace


def _points(name: str, at: list[tuple[Lane, float]], symbol: str) -> dict[str, Any]:
    text = [
        f"Patient {lane.number}: {theme.escape_figure_text(name.lower())} at {month:.1f} months" for lane, month in at
    ]
    return {"type": "scatter", "mode": "markers", "name": theme.escape_figure_text(shorten(name, LABEL_CHARACTERS)),
            "x": [month for _, month in at], "y": [lane.number for lane, _ in at], "text": text, "hoverinfo": "text",
            "customdata": [lane.number for lane, _ in at],
            "marker": {"symbol": symbol, "size": 6, "color": theme.INK, "line": {"width": 1, "color": theme.INK}}}  # fmt: skip
