"""Cumulative incidence of an outcome where another event competes, and 1 - Kaplan-Meier beside it, number at risk below."""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure, turned
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.sections.survival.competing.analysis import Competing
from cdanalysis.sections.survival.competing.words import gray_note
from cdanalysis.sections.survival.figures import LABEL_CHARACTERS
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.figure_text import months_since
from cdanalysis.writing.numbers import EVERYONE


def competing_figure(found: Competing, title: str, *, show_interval: bool, footer: str, beside: str) -> dict[str, Any]:
    """Three lines a group: the incidence with its interval, 1 - Kaplan-Meier (dotted), the competing event (thin).

    With several groups the competing event's lines are off until chosen in the legend. `title`, `footer`: plotly text.
    beside: what stands after the P of the test; plain.
    """
    x_title = months_since(found.endpoint.origin)
    names = [label or EVERYONE for label in found.labels]
    look = {"rising": True, "show_interval": show_interval, "footer": footer}
    sizes = {"n_groups": len(names), "n_further": 1 + bool(found.n_competing)}
    figure = survival_figure(title, "Cumulative incidence", x_title, found.risk_times, **sizes, **look)
    labels = [shorten_group(name, LABEL_CHARACTERS) for name in names]
    fill_groups(figure, list(map(turned, found.steps)), labels, found.risk_times, found.endpoint.noun)
    figure["data"] += [one for g in range(len(names)) for one in _beside(found, g, len(names))]
    note_result(figure, gray_note(found), beside)
    return figure


def _beside(found: Competing, g: int, n_groups: int) -> list[dict[str, Any]]:
    """1 - Kaplan-Meier and the competing event's incidence of one group; one entry of the legend for all groups."""
    once = {"showlegend": g == 0}
    turned_curve = _line(g, *found.one_minus_km[g], "1 − Kaplan-Meier", dash=theme.FINE_DASHES[g], width=1.6)
    traces = [{**turned_curve, "legendgroup": "1 - KM", **once}]
    other = found.competing[g]
    if found.n_competing and other is not None:
        dash = theme.LONG_DASHES[g]
        line = _line(g, other.time.tolist(), other.incidence.tolist(), "Competing event", dash=dash, width=1)
        shown = {} if n_groups == 1 else {"visible": "legendonly"}
        traces.append({**line, "legendgroup": "competing", **once, **shown})
    return traces


def _line(g: int, time: Sequence[float], values: Sequence[float], name: str, **line: Any) -> dict[str, Any]:
    look = {"shape": "hv", "color": theme.GROUP_COLOURS[g], **line}
    hover = "%{y:.1%} at %{x:.1f} months<extra></extra>"
    return trace(LINE, [0.0, *time], [0.0, *values], name=name, line=look, hovertemplate=hover)
