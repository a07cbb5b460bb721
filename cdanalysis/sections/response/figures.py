"""Response and remission as figures: shares by week, the cumulative curves, and disease activity over the visits."""

from collections.abc import Sequence
from math import isnan
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import LINE, band, boxes, trace, whiskers
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.response.analysis import Activity, AtWeek, TimeTo
from cdanalysis.writing.numbers import p_phrase, percent

STATES = ("response", "remission")


def shares_by_week(weeks: Sequence[AtWeek], footer: str) -> dict[str, Any]:
    """Bars of response and remission at each week with their intervals."""
    layout = cartesian(
        "Response and remission by week",
        axis("Week of combination therapy", type="category"),
        axis("Patients", range=[0, 1], tickformat=".0%"),
        footer,
        barmode="group",
        bargap=0.35,
    )
    return theme.figure([_bars(weeks, state, place) for place, state in enumerate(STATES)], layout)


def _bars(weeks: Sequence[AtWeek], state: str, place: int) -> dict[str, Any]:
    shares = [getattr(one, state) for one in weeks]
    known = [0.0 if isnan(share.value) else share.value for share in shares]
    texts = [percent(getattr(one, f"n_{state}"), one.n) for one in weeks]
    lower, upper = ([0.0 if isnan(end) else end for end in ends] for ends in zip(*map(_limits, shares), strict=True))
    colour = theme.GROUP_COLOURS[place]
    pattern = {"shape": "" if place == 0 else "/", "fgcolor": colour, "size": 6, "solidity": 0.35}
    return {
        "type": "bar",
        "name": state.capitalize(),
        "x": [f"{one.week}" for one in weeks],
        "y": known,
        "error_y": whiskers(known, lower, upper, thickness=1.2, width=5, color=theme.INK),
        "customdata": texts,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": colour, "pattern": pattern, "line": {"color": colour, "width": 1}},
    }


def _limits(share: Estimate) -> tuple[float, float]:
    return share.lower, share.upper


def cumulative_curves(times: Sequence[TimeTo], last_week: int, footer: str) -> dict[str, Any]:
    """Cumulative incidence of the first response and the first remission, as far as everybody was scheduled."""
    data = [trace for place, one in enumerate(times) for trace in _curve(one, place, last_week)]
    layout = cartesian(
        "First response and first remission",
        axis("Weeks of combination therapy", range=[0, last_week], dtick=4),
        axis("Patients who reached it", range=[0, 1.02], tickformat=".0%"),
        footer,
    )
    return theme.figure(data, layout)


def _curve(one: TimeTo, place: int, last_week: int) -> list[dict[str, Any]]:
    curve, colour = one.curve, theme.GROUP_COLOURS[place]
    kept = [index for index, n in enumerate(curve.n_events) if n and curve.time[index] <= last_week]
    x = [0.0, *(float(curve.time[index]) for index in kept), float(last_week)]

    def risen(values: Any) -> list[float]:
        found = [0.0, *(1 - float(values[index]) for index in kept)]
        return [*found, found[-1]]

    lower, upper = risen(curve.upper), risen(curve.lower)
    name = f"{'Response' if place == 0 else 'Remission'} (n = {curve.n})"
    line = {"shape": "hv", "color": colour, "width": 2.2, "dash": theme.GROUP_DASHES[place]}
    hover = "%{y:.1%} by week %{x:.1f}<extra></extra>"
    return [
        *band(x, lower, upper, theme.GROUP_BANDS[place], stepped=True, showlegend=False),
        trace(LINE, x, risen(curve.survival), name=name, line=line, hovertemplate=hover),
    ]


def activity_boxes(one: Activity, footer: str) -> dict[str, Any]:
    """A measurement at baseline and at each week, each patient a point, with the paired t-test's P above."""
    names = ["Baseline", *(f"Week {week}" for week in one.weeks)]
    data = [
        _box(name, values, int(place > 0))
        for place, (name, values) in enumerate(zip(names, (one.baseline, *one.values), strict=True))
    ]
    unit = f" ({one.unit})" if one.unit else ""
    layout = cartesian(
        f"{one.label} over the visits",
        axis(type="category"),
        axis(f"{one.label}{unit}", rangemode="tozero"),
        footer,
        showlegend=False,
    )
    for name, test in zip(names[1:], one.tests, strict=True):
        if not isinstance(test, NotEstimable):
            layout["annotations"].append(theme.above(theme.escape_figure_text(p_phrase(test.t_p)), name, size=11))
    return theme.figure(data, layout)


def _box(name: str, values: Any, colour: int) -> dict[str, Any]:
    known = [float(value) for value in values if not isnan(value)]
    points = {"boxpoints": "all", "jitter": 0.5, "pointpos": 0, "hovertemplate": "%{y:.1f}<extra></extra>"}
    marker = {"size": 3, "color": theme.GROUP_COLOURS[colour], "opacity": 0.5}
    return boxes(known, colour, 1.4, name=name, width=0.55, marker=marker, **points)
