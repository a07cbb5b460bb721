"""A marker kept continuous: the spline of its hazard ratio with the cut-off drawn on it, and its martingale residuals."""

from __future__ import annotations

from math import exp, log10
from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.writing.numbers import confidence, hazard_ratio, plural

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.continuous.analysis import MarkerForm

HEIGHT_PX = 440
FARTHEST_LOG = 30.0


def spline_figure(found: MarkerForm, footer: str) -> dict[str, Any] | NotEstimable:
    """Hazard ratio against the median with its pointwise interval, the patients below; `footer` is plotly text."""
    curve = found.form.curve
    if isinstance(curve, NotEstimable):
        return curve
    z, x = z_value(found.conf_level), found.curve_values.tolist()
    estimates = [
        Estimate(
            *(exp(min(max(end, -FARTHEST_LOG), FARTHEST_LOG)) for end in (value, value - z * error, value + z * error))
        )
        for value, error in zip(curve.log_ratio.tolist(), curve.standard_error.tolist(), strict=True)
    ]
    shown = axis_range(estimates)
    band = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    texts = [
        f"{found.marker.amount(f'{at:.3g}')}: HR {hazard_ratio(one)}" for at, one in zip(x, estimates, strict=True)
    ]
    data = [
        {**band, "y": [min(max(one.lower, shown[0]), shown[1]) for one in estimates]},
        {**band, "y": [max(min(one.upper, shown[1]), shown[0]) for one in estimates], "fill": "tonexty",
         "fillcolor": theme.GROUP_BANDS[0]},
        {"type": "scatter", "mode": "lines", "x": x, "y": [one.value for one in estimates], "hoverinfo": "text",
         "text": [theme.escape_figure_text(text) for text in texts], "line": {"color": theme.GROUP_COLOURS[0], "width": 2}},
        _rug(found, shown[0]),
    ]  # fmt: skip
    title = theme.escape_figure_text(
        f"{found.marker.label}: hazard ratio against {found.marker.amount(f'{found.reference:.3g}')}"
    )
    y = axis(
        f"Hazard ratio ({confidence(found.conf_level)})",
        type="log",
        tickvals=ticks(shown),
        range=[log10(shown[0]), log10(shown[1])],
    )
    layout = cartesian(title, _marker_axis(found), y, footer, height=HEIGHT_PX, showlegend=False)
    layout["shapes"] = [_across(1.0), _cutoff(found)]
    layout["annotations"] += [_cutoff_text(found)]
    return theme.figure(data, layout)


def martingale_figure(found: MarkerForm, footer: str) -> dict[str, Any]:
    """Events observed less expected without any covariate, patient by patient, with a smooth."""
    form, smooth = found.form, found.form.smooth
    data = [{"type": "scatter", "mode": "markers", "x": found.values.tolist(), "y": form.martingale.tolist(),
             "marker": {"size": 5, "color": theme.MUTED, "symbol": "circle-open"}, "hoverinfo": "skip"}]  # fmt: skip
    if not isinstance(smooth, NotEstimable):
        z, x = z_value(found.conf_level), found.smooth_values.tolist()
        pairs = list(zip(smooth.value.tolist(), smooth.standard_error.tolist(), strict=True))
        band = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
        data = [
            {**band, "y": [value - z * error for value, error in pairs]},
            {**band, "y": [value + z * error for value, error in pairs], "fill": "tonexty", "fillcolor": theme.GROUP_BANDS[0]},
            {**band, "y": [value for value, _ in pairs], "line": {"color": theme.GROUP_COLOURS[0], "width": 2}},
            *data,
        ]  # fmt: skip
    title = theme.escape_figure_text(f"{found.marker.label}: martingale residuals")
    y = axis(f"{plural(found.noun).capitalize()} observed less expected")
    layout = cartesian(title, _marker_axis(found), y, footer, height=HEIGHT_PX, showlegend=False)
    layout["shapes"] = [_across(0.0), _cutoff(found)]
    return theme.figure(data, layout)


def _marker_axis(found: MarkerForm) -> dict[str, Any]:
    """The marker in its unit, on the scale that its models use."""
    marker = found.marker
    title = theme.escape_figure_text(marker.titled())
    if marker.continuous_step:
        return axis(title)
    lowest, highest = float(found.values.min()), float(found.values.max())
    return axis(title, type="log", tickvals=ticks((lowest, highest)) if lowest < highest else [lowest])


def _rug(found: MarkerForm, y: float) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": found.values.tolist(), "y": [y] * len(found.values),
            "marker": {"symbol": "line-ns-open", "size": 9, "color": theme.MUTED}, "hoverinfo": "skip"}  # fmt: skip


def _across(y: float) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y,
            "line": {"color": theme.MUTED, "width": 1, "dash": "dot"}}  # fmt: skip


def _cutoff(found: MarkerForm) -> dict[str, Any]:
    return {"type": "line", "xref": "x", "x0": found.cutoff, "x1": found.cutoff, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": theme.GROUP_COLOURS[1], "width": 1.5, "dash": "dash"}}  # fmt: skip


def _cutoff_text(found: MarkerForm) -> dict[str, Any]:
    """Annotations on a log axis are placed by the logarithm, unlike shapes."""
    at = found.cutoff if found.marker.continuous_step else log10(found.cutoff)
    return {"text": theme.escape_figure_text(f"cut-off {found.cutoff:g}"), "x": at, "xref": "x", "y": 1, "yref": "paper",
            "yanchor": "bottom", "showarrow": False, "font": {"size": 10, "color": theme.GROUP_COLOURS[1]}}  # fmt: skip
