"""The swimmer plot: one lane per patient, thick while observed for the outcome, thin after, a mark for what happened."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.sections.response.timeline.figures import LABEL_CHARACTERS, SYMBOLS, symbols
from cdanalysis.sections.survival.each_patient.analysis import EachPatient, Lane
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.figure_text import months_since
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.within import within

LANE_PX, LEAST_PX, MOST_PX, AROUND_PX = 8, 120, 1100, 190
DASHES = ("solid", "2px,2px", "8px,3px", "12px,3px,3px,3px", "16px,4px")  # groups are told apart in a grey print too


def swimmer(found: EachPatient, footer: str) -> dict[str, Any]:
    """Lanes from the top by group, shortest first; `footer` is plotly text."""
    data = [_whole(found), _after(found), *(_lanes(found, group, place) for place, group in enumerate(found.groups))]
    ends = [(lane, lane.therapy_end) for lane in found.lanes if lane.therapy_end >= 0]
    data.append(_points("End of therapy", ends, "line-ns-open"))
    for symbol, kind in zip(SYMBOLS, found.kinds, strict=False):
        at = [(lane, month) for lane in found.lanes for own, month in lane.marks if own == kind]
        data.append(_points(capitalized(kind), at, symbol))
    data.append(_outcomes(found))
    title = f"Each patient's time to {found.noun}" + (f" by {within(found.group_label)}" if found.group_label else "")
    x = axis(months_since(found.origin), rangemode="tozero")
    y = axis("Patients", showticklabels=False, ticks="", showgrid=False, range=[len(found.lanes) + 0.5, 0.5])
    height = AROUND_PX + min(max(LANE_PX * len(found.lanes), LEAST_PX), MOST_PX)
    layout = cartesian(theme.escape_figure_text(title), x, y, footer, height=height)
    return theme.figure([one for one in data if one["x"]], layout)


def _whole(found: EachPatient) -> dict[str, Any]:
    """Unseen bars over the whole of each lane, so that a lane can be pointed at anywhere."""
    text = [f"Patient {lane.number}: observed for {lane.months - lane.entry:.1f} months" for lane in found.lanes]
    numbers = [lane.number for lane in found.lanes]
    place = {"x": [lane.followed for lane in found.lanes], "y": numbers, "width": 0.9, "customdata": numbers}
    look = {"opacity": 0, "showlegend": False, "text": text, "textposition": "none", "hoverinfo": "text"}
    return {"type": "bar", "orientation": "h", **place, **look}


def _lanes(found: EachPatient, group: str, place: int) -> dict[str, Any]:
    own = [lane for lane in found.lanes if lane.group == group]
    name = theme.escape_figure_text(shorten_group(group or "Observed for the outcome", LABEL_CHARACTERS))
    colour = theme.GROUP_COLOURS[place % len(theme.GROUP_COLOURS)]
    line = {"color": colour, "width": 4, "dash": DASHES[place % len(DASHES)]}
    return {**_segments(own, lambda lane: (lane.entry, lane.months)), "name": name, "line": line}


def _after(found: EachPatient) -> dict[str, Any]:
    """Followed after the outcome or the end of its observation."""
    later = [lane for lane in found.lanes if lane.followed > lane.months]
    line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
    return {**_segments(later, lambda lane: (lane.months, lane.followed)), "name": "Followed after", "line": line}


def _segments(lanes: list[Lane], ends: Any) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for lane in lanes:
        start, stop = ends(lane)
        x += [start, stop, None]
        y += [lane.number, lane.number, None]
    return trace(LINE, x, y, hoverinfo="skip")


def _outcomes(found: EachPatient) -> dict[str, Any]:
    at = [(lane, lane.months) for lane in found.lanes if lane.event]
    outcomes = _points(capitalized(found.noun), at, "circle")
    outcomes["marker"] |= {"size": 7}
    return outcomes


def _points(name: str, at: list[tuple[Lane, float]], symbol: str) -> dict[str, Any]:
    text = [
        f"Patient {lane.number}: {theme.escape_figure_text(name.lower())} at {month:.1f} months" for lane, month in at
    ]
    numbers = [lane.number for lane, _ in at]
    marked = symbols(name, [month for _, month in at], numbers, symbol, 6)
    return {**marked, "text": text, "hoverinfo": "text", "customdata": numbers}
