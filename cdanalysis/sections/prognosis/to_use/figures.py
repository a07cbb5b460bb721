"""Decision curve, curves of the risk groups, and the nomogram: a line for each covariate, total points, the risk under them."""

from collections.abc import Iterator, Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.kaplan_meier import fill_groups, survival_figure
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.sections.prognosis.to_use.analysis import THRESHOLDS, ToUse
from cdanalysis.sections.prognosis.to_use.marks import LEVEL_CHARACTERS, Tick, risk_ticks, scale_ticks, with_room
from cdanalysis.sections.prognosis.to_use.scales import WIDEST
from cdanalysis.sections.prognosis.to_use.words import group_labels
from cdanalysis.units import round_numbers
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import curves_axis, months_since

HEIGHT_PX, LINE_PX = 420, 62
LABEL_CHARACTERS = 44
TICK_Y, LABEL_Y, NAME_Y = 0.0, (-0.2, -0.42), 0.3  # within a line of height 1


def decision_curve(found: ToUse, footer: str) -> dict[str, Any]:
    """Net benefit by threshold, of the model, of everybody, of nobody; `footer`: plotly text."""
    model, everybody = found.benefit.tolist()
    lines = (
        ("Model", model, 0, "solid"),
        ("Everybody", everybody, 1, "dash"),
        ("Nobody", [0.0] * len(THRESHOLDS), 2, "dot"),
    )
    looks = (({"color": theme.GROUP_COLOURS[colour], "dash": dash}, name, y) for name, y, colour, dash in lines)
    hover = "%{y:.3f} at %{x:.0%}<extra></extra>"
    data = [trace(LINE, list(THRESHOLDS), y, name=name, line=line, hovertemplate=hover) for line, name, y in looks]
    title = theme.escape_figure_text(f"Decision curve at {found.month:g} months")
    highest = max([*model, *everybody, 0.01])
    across = axis("Threshold risk", tickformat=".0%")
    up = axis("Net benefit", range=[-0.2 * highest, 1.1 * highest])
    return theme.figure(data, cartesian(title, across, up, footer, height=HEIGHT_PX))


def risk_group_curves(found: ToUse, *, show_interval: bool, footer: str) -> dict[str, Any]:
    """Kaplan-Meier curves of the groups of predicted risk; `footer`: plotly text."""
    title = theme.escape_figure_text(f"Groups by predicted risk of {found.noun}")
    titles = title, curves_axis(outcome=found.noun), months_since(found.origin)
    look = {"n_groups": len(found.groups), "show_interval": show_interval, "footer": footer}
    figure = survival_figure(*titles, found.risk_times, **look)
    fill_groups(figure, [one.steps for one in found.groups], group_labels(found), found.risk_times, found.noun)
    return figure


def nomogram(found: ToUse, footer: str) -> dict[str, Any]:
    """Points of every value over the total and its risk; `footer`: plotly text."""
    points, most = found.points, found.points.most
    rulers = [("Points", [Tick(at, f"{at:g}", f"{at:g} points") for at in range(0, 101, 10)])]
    rulers += [(one.named, scale_ticks(points, one)) for one in points.scales]
    total = [Tick(WIDEST * at / most, f"{at:g}", f"{at:g} points in all") for at in round_numbers(0, most)]
    rulers += [("Total points", total), (f"Risk by {found.month:g} months", risk_ticks(found.model, points))]
    data = [one for place, (_, ticks) in enumerate(rulers) for one in _line(-float(place), ticks)]
    title = theme.escape_figure_text(f"Nomogram: risk of {found.noun} by {found.month:g} months")
    across = axis(range=[-5, 105], visible=False, fixedrange=True)
    up = axis(range=[0.6 - len(rulers), 0.6], visible=False, fixedrange=True)
    layout = cartesian(title, across, up, footer, height=110 + LINE_PX * len(rulers), top_px=48, showlegend=False)
    layout["margin"]["l"] = 20
    layout["annotations"][0]["xshift"] = -10
    layout["annotations"] += [_name(-float(place), name) for place, (name, _) in enumerate(rulers)]
    return theme.figure(data, layout)


def _line(y: float, ticks: Sequence[Tick]) -> Iterator[dict[str, Any]]:
    """A line from its first to its last mark, the marks, and their texts on two levels as far as they have room."""
    ends = [min(one.at for one in ticks), max(one.at for one in ticks)]
    ink = {"color": theme.INK, "width": 1}
    yield trace(LINE, ends, [y, y], line=ink, hoverinfo="skip", showlegend=False)
    mark = {"symbol": "line-ns", "size": 9, "line": ink}
    yield trace("markers", [one.at for one in ticks], [y + TICK_Y] * len(ticks), marker=mark, showlegend=False,
                text=[theme.escape_figure_text(one.said) for one in ticks],
                hovertemplate="%{text}<extra></extra>")  # fmt: skip
    placed = with_room(ticks)
    yield trace("text", [tick.at for tick, _ in placed], [y + LABEL_Y[level] for _, level in placed], showlegend=False,
                text=[theme.escape_figure_text(shorten(tick.text, LEVEL_CHARACTERS)) for tick, _ in placed],
                textfont={"size": 11, "color": theme.INK}, hoverinfo="skip", cliponaxis=False)  # fmt: skip


def _name(y: float, text: str) -> dict[str, Any]:
    name = theme.escape_figure_text(shorten(text, LABEL_CHARACTERS))
    place = {"xref": "x", "yref": "y", "x": 0, "y": y + NAME_Y, "xanchor": "left", "yanchor": "middle"}
    return {**theme.note(f"<b>{name}</b>", 0, 0, size=12), **place}
