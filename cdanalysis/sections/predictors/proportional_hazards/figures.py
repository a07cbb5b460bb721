"""Does a hazard ratio change over time: scaled Schoenfeld residuals with their smooth, and log-log curves by group."""

from collections.abc import Sequence
from math import exp, log
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import JOINED, LINE, POINTS, band, level, trace
from cdanalysis.drawing.ratio_axis import ticks
from cdanalysis.results import NotEstimable, z_value
from cdanalysis.sections.predictors.proportional_hazards.analysis import Proportionality
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.numbers import confidence, ratio

N_TICKS = 6
HEIGHT_PX = 440
LABEL_CHARACTERS = 38
FARTHEST_LOG = 30.0  # of a log hazard ratio on an axis; exp of more is no number to read


def residuals_figure(found: Proportionality, place: int, footer: str) -> dict[str, Any]:
    """One term: a point an event, the smooth with its interval, the model's one ratio; `footer` is plotly text."""
    test, smooth = found.test, found.smooths[place]
    points = [_limited(value) for value in test.scaled_residuals[:, place].tolist()]
    marker = {"size": 5, "color": theme.MUTED, "symbol": "circle-open"}
    texts = [f"{month:.1f} months" for month in test.event_time.tolist()]
    hover = {"hoverinfo": "text", "text": texts, "showlegend": False}
    data = [trace(POINTS, test.transformed_time.tolist(), points, name="events", marker=marker, **hover)]
    if not isinstance(smooth, NotEstimable):
        data = [*_band(smooth, z_value(found.conf_level)), *data]
    name = theme.escape_figure_text(shorten_group(test.columns[place], LABEL_CHARACTERS))
    shown = [value for one in data for value in one["y"]]
    places, months = _month_ticks(test.transformed_time.tolist(), test.event_time.tolist())
    x = axis("Months", tickvals=places, ticktext=months)
    y = axis(f"Hazard ratio ({confidence(found.conf_level)})", **_ratio_ticks(min(shown), max(shown)))
    layout = cartesian(f"{name}: hazard ratio over time", x, y, footer, height=HEIGHT_PX, showlegend=False)
    layout["shapes"] = [level(0.0), level(float(test.coef[place]), colour=theme.GROUP_COLOURS[1], dash="dash")]
    return theme.figure(data, layout)


def log_log_figure(curves: Sequence[KaplanMeierCurve], title: str, footer: str) -> dict[str, Any]:
    """log(-log S) against log time, one line per group; `title` and `footer` are plotly text."""
    data = [_log_log(curve, g % len(theme.GROUP_COLOURS)) for g, curve in enumerate(curves)]
    months = [month for one in data for month in one["x"]]
    x = axis("Months (log scale)", type="log", tickvals=ticks((min(months), max(months))) if months else [1, 10])
    y = axis("log(−log(event-free))")
    layout = cartesian(title, x, y, footer, height=HEIGHT_PX)
    layout["margin"]["t"] = 58 + 19 * len(data)
    return theme.figure(data, layout)


def _log_log(curve: KaplanMeierCurve, g: int) -> dict[str, Any]:
    steps = [
        (t, log(-log(s)))
        for t, s, events in zip(curve.time.tolist(), curve.survival.tolist(), curve.n_events.tolist(), strict=True)
        if 0 < s < 1 and t > 0 and events
    ]
    name = theme.escape_figure_text(shorten_group(curve.group, LABEL_CHARACTERS))
    line = {"shape": "hv", "color": theme.GROUP_COLOURS[g], "dash": theme.GROUP_DASHES[g], "width": 2}
    return trace(JOINED, [t for t, _ in steps], [y for _, y in steps], name=name, marker={"size": 4}, line=line)


def _band(smooth: Any, z: float) -> list[dict[str, Any]]:
    x = smooth.x.tolist()
    lower, values, upper = (
        [_limited(value) for value in (smooth.value + side * z * smooth.standard_error).tolist()] for side in (-1, 0, 1)
    )
    hover = {"hoverinfo": "text", "text": [f"HR {ratio(exp(value))}" for value in values], "showlegend": False}
    line = {"color": theme.GROUP_COLOURS[0], "width": 2}
    edges = band(x, lower, upper, theme.GROUP_BANDS[0], showlegend=False)
    return [*edges, trace(LINE, x, values, name="smooth", line=line, **hover)]


def _limited(value: float) -> float:
    return min(max(value, -FARTHEST_LOG), FARTHEST_LOG)


def _ratio_ticks(lowest: float, highest: float) -> dict[str, Any]:
    """Ratios at the places of their logarithms; a narrow axis is parted evenly."""
    places = ticks((exp(lowest), exp(highest)))
    if len(places) < 3:
        places = [exp(lowest + (highest - lowest) * k / 4) for k in range(5)]
    return {"tickvals": [log(place) for place in places], "ticktext": [f"{place:.3g}" for place in places]}


def _month_ticks(places: list[float], months: list[float]) -> tuple[list[float], list[str]]:
    """Events about evenly apart on the axis, marked with their months."""
    first, last = min(places), max(places)
    wanted = [first + (last - first) * k / (N_TICKS - 1) for k in range(N_TICKS)]
    nearest = dict.fromkeys(min(range(len(places)), key=lambda i: abs(places[i] - at)) for at in wanted)
    return [places[i] for i in nearest], [
        f"{months[i]:.0f}" if months[i] >= 10 else f"{months[i]:.1f}" for i in nearest
    ]
