"""The timeline of a patient: therapy, observation and follow-up as bars with a mark for each entry, the measurements below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.sections.response.timeline.analysis import LAST_SEEN, OUTCOME, OUTCOME_ENDS, THERAPY_ENDS, VISIT
from cdanalysis.units import DAYS_PER_MONTH
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import months_since

if TYPE_CHECKING:
    from cdanalysis.sections.response.timeline.analysis import Measured, Timeline

BARS_PX, PANEL_PX, AROUND_PX = 110, 110, 150
GAP = 0.04  # between panels, of the height
FOLLOW_UP, THERAPY, OBSERVED, MARKS = "Follow-up", "Therapy", "Observed", "Events"
SYMBOLS = ("diamond-open", "square-open", "triangle-up-open", "x", "circle-open", "star-open", "cross", "hexagon-open")
IN_BARS = (VISIT, OUTCOME_ENDS, THERAPY_ENDS, LAST_SEEN)  # seen from the panels and the ends of the bars
LABEL_CHARACTERS = 40


def drawn(found: Timeline, name: str, footer: str) -> dict[str, Any]:
    """The figure of the patient called `name`; `footer` is plotly text."""
    height = BARS_PX + PANEL_PX * len(found.measured)
    lowest = f"y{len(found.measured) + 1}" if found.measured else "y"
    x = axis(months_since(found.origin), rangemode="tozero", anchor=lowest)
    rows = [row for row in (MARKS, OBSERVED, THERAPY, FOLLOW_UP) if row != OBSERVED or found.observed]
    share = BARS_PX / height
    y = axis(categoryorder="array", categoryarray=rows[::-1], domain=[1 - share + (GAP if found.measured else 0), 1],
             type="category", range=[-0.5, len(rows) - 0.5])  # fmt: skip
    layout = cartesian(f"{name}: timeline", x, y, footer, height=AROUND_PX + height)
    for place, one in enumerate(found.measured):
        layout[f"yaxis{place + 2}"] = _panel_axis(one, place, height)
    data = [*_bars(found), *_marks(found)]
    data += [_course(one, place) for place, one in enumerate(found.measured)]
    return theme.figure(data, layout)


def _panel_axis(one: Measured, place: int, height: int) -> dict[str, Any]:
    top = 1 - (BARS_PX + PANEL_PX * place) / height
    unit = f"<br>{theme.escape_figure_text(one.unit)}" if one.unit else ""
    title = f"{theme.escape_figure_text(shorten(one.label, LABEL_CHARACTERS // 2))}{unit}"
    found = axis(title, rangemode="tozero", domain=[top - PANEL_PX / height + GAP, top], anchor="x", nticks=4)
    return {**found, "title": {"text": title, "font": {"size": 10}, "standoff": 4}}


def _bars(found: Timeline) -> list[dict[str, Any]]:
    """All in one colour: each has a row of its own with its name."""
    ends = [(FOLLOW_UP, 0.0, found.follow_up_end), (THERAPY, 0.0, found.therapy_end)]
    if found.observed:
        ends.append((OBSERVED, found.observed.start, found.observed.stop))
    return [
        {"type": "bar", "orientation": "h", "name": row, "y": [row], "base": [_month(start)], "x": [_month(stop - start)],
         "width": 0.5, "marker": {"color": theme.GROUP_COLOURS[0]}, "showlegend": False,
         "hovertemplate": f"{row}: month {_month(start):.1f} to {_month(stop):.1f}<extra></extra>"}
        for row, start, stop in ends if stop >= start
    ]  # fmt: skip


def _marks(found: Timeline) -> list[dict[str, Any]]:
    """A mark for each entry but the visits, a symbol a kind; the outcome is filled, on its own bar."""
    kinds = dict.fromkeys(entry.what for entry in found.entries if entry.what not in IN_BARS)
    others = [kind for kind in kinds if kind != OUTCOME]
    traces = []
    for kind in kinds:
        own = [entry for entry in found.entries if entry.what == kind]
        symbol = "circle" if kind == OUTCOME else SYMBOLS[others.index(kind) % len(SYMBOLS)]
        name = found.noun.capitalize() if kind == OUTCOME else kind
        text = [": ".join(filter(None, (name, entry.told))) for entry in own]
        traces.append({
            "type": "scatter", "mode": "markers", "name": theme.escape_figure_text(shorten(name, LABEL_CHARACTERS)),
            "x": [_month(entry.day) for entry in own], "y": [OBSERVED if kind == OUTCOME else MARKS] * len(own),
            "text": [theme.escape_figure_text(one) for one in text], "hovertemplate": "%{text}<br>month %{x:.1f}<extra></extra>",
            "marker": {"symbol": symbol, "size": 9, "color": theme.INK, "line": {"width": 1, "color": theme.INK}},
        })  # fmt: skip
    return traces


def _course(one: Measured, place: int) -> dict[str, Any]:
    colour = theme.GROUP_COLOURS[0]
    return {"type": "scatter", "mode": "lines+markers", "yaxis": f"y{place + 2}", "showlegend": False,
            "name": theme.escape_figure_text(one.label), "x": [_month(day) for day in one.days], "y": list(one.values),
            "hovertemplate": "%{y}<br>month %{x:.1f}<extra></extra>",
            "line": {"color": colour, "width": 1.5}, "marker": {"size": 6, "color": colour}}  # fmt: skip


def _month(days: float) -> float:
    return days / DAYS_PER_MONTH
