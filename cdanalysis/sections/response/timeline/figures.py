"""The timeline of a patient: therapy, observation and follow-up as bars with a mark for each entry, the measurements below."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import JOINED, POINTS, trace
from cdanalysis.sections.response.timeline.analysis import (
    LAST_SEEN,
    OUTCOME,
    OUTCOME_ENDS,
    THERAPY_ENDS,
    VISIT,
    Measured,
    Timeline,
)
from cdanalysis.units import DAYS_PER_MONTH
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import months_since
from cdanalysis.writing.nouns import capitalized

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
    known = {trace["name"] for trace in _bars(found)}
    rows = [
        row for row in (MARKS, OBSERVED, THERAPY, FOLLOW_UP) if row in known or (row == MARKS and _has_marks(found))
    ]
    share = BARS_PX / height
    upper = {"domain": [1 - share + (GAP if found.measured else 0), 1], "range": [-0.5, len(rows) - 0.5]}
    y = axis(type="category", categoryorder="array", categoryarray=rows[::-1], **upper)
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
    return [_bar(row, start, stop) for row, start, stop in ends if stop >= start]


def _bar(row: str, start: float, stop: float) -> dict[str, Any]:
    place = {"y": [row], "base": [_month(start)], "x": [_month(stop - start)], "width": 0.5}
    hover = f"{row}: month {_month(start):.1f} to {_month(stop):.1f}<extra></extra>"
    look = {"marker": {"color": theme.GROUP_COLOURS[0]}, "showlegend": False, "hovertemplate": hover}
    return {"type": "bar", "orientation": "h", "name": row, **place, **look}


def _has_marks(found: Timeline) -> bool:
    return any(entry.what not in (*IN_BARS, OUTCOME) for entry in found.entries)


def _marks(found: Timeline) -> list[dict[str, Any]]:
    """A mark for each entry but the visits, a symbol a kind; the outcome is filled, on its own bar."""
    kinds = dict.fromkeys(entry.what for entry in found.entries if entry.what not in IN_BARS)
    others = [kind for kind in kinds if kind != OUTCOME]
    traces = []
    for kind in kinds:
        own = [entry for entry in found.entries if entry.what == kind]
        symbol = "circle" if kind == OUTCOME else SYMBOLS[others.index(kind) % len(SYMBOLS)]
        name = capitalized(found.noun) if kind == OUTCOME else kind
        text = [": ".join(filter(None, (name, entry.told))) for entry in own]
        x, y = [_month(entry.day) for entry in own], [OBSERVED if kind == OUTCOME else MARKS] * len(own)
        shown = [theme.escape_figure_text(one) for one in text]
        marked = symbols(name, x, y, symbol, 9)
        traces.append({**marked, "text": shown, "hovertemplate": "%{text}<br>month %{x:.1f}<extra></extra>"})
    return traces


def symbols(name: str, x: list[float], y: list[Any], symbol: str, size: int) -> dict[str, Any]:
    """A symbol at each place, under a name in the legend; plain."""
    marker = {"symbol": symbol, "size": size, "color": theme.INK, "line": {"width": 1, "color": theme.INK}}
    return trace(POINTS, x, y, name=theme.escape_figure_text(shorten(name, LABEL_CHARACTERS)), marker=marker)


def _course(one: Measured, place: int) -> dict[str, Any]:
    colour = theme.GROUP_COLOURS[0]
    look = {"line": {"color": colour, "width": 1.5}, "marker": {"size": 6, "color": colour}, "showlegend": False}
    named = {"name": theme.escape_figure_text(one.label), "hovertemplate": "%{y}<br>month %{x:.1f}<extra></extra>"}
    return trace(JOINED, [_month(day) for day in one.days], list(one.values), yaxis=f"y{place + 2}", **named, **look)


def _month(days: float) -> float:
    return days / DAYS_PER_MONTH
