"""A marker kept continuous: the spline of its hazard ratio with the cut-off drawn on it, and its martingale residuals."""

from math import exp, log10
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import LINE, POINTS, band, level, trace, upright
from cdanalysis.drawing.ratio_axis import axis_range, ratio_axis, ticks
from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.sections.predictors.continuous.analysis import MarkerForm
from cdanalysis.writing.nouns import capitalized, plural
from cdanalysis.writing.numbers import confidence, hazard_ratio

HEIGHT_PX = 440
OWN_LINE = {"color": theme.GROUP_COLOURS[0], "width": 2}
FARTHEST_LOG = 30.0
LEAST_RESIDUAL = 1e-9


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
    amounts = (found.marker.amount(f"{at:.3g}") for at in x)
    texts = [f"{amount}: HR {hazard_ratio(one)}" for amount, one in zip(amounts, estimates, strict=True)]
    lower = [min(max(one.lower, shown[0]), shown[1]) for one in estimates]
    upper = [max(min(one.upper, shown[1]), shown[0]) for one in estimates]
    hover = {"hoverinfo": "text", "text": [theme.escape_figure_text(text) for text in texts]}
    curve_line = trace(LINE, x, [one.value for one in estimates], line=OWN_LINE, **hover)
    data = [*band(x, lower, upper, theme.GROUP_BANDS[0]), curve_line, _rug(found, shown[0])]
    title = theme.escape_figure_text(
        f"{found.marker.label}: hazard ratio against {found.marker.amount(f'{found.reference:.3g}')}"
    )
    y = ratio_axis(f"Hazard ratio ({confidence(found.conf_level)})", shown)
    layout = cartesian(title, _marker_axis(found), y, footer, height=HEIGHT_PX, showlegend=False)
    layout["shapes"] = [level(1.0), _cutoff(found)]
    layout["annotations"] += [_cutoff_text(found)]
    return theme.figure(data, layout)


def martingale_figure(found: MarkerForm, footer: str) -> dict[str, Any]:
    """Events observed less expected without any covariate, patient by patient, with a smooth."""
    form, smooth = found.form, found.form.smooth
    circle = {"size": 5, "color": theme.MUTED, "symbol": "circle-open"}
    data = [trace(POINTS, found.values.tolist(), form.martingale.tolist(), marker=circle, hoverinfo="skip")]
    if not isinstance(smooth, NotEstimable):
        z, x = z_value(found.conf_level), found.smooth_values.tolist()
        lower, upper = ((smooth.value + side * z * smooth.standard_error).tolist() for side in (-1, 1))
        line = trace(LINE, x, smooth.value.tolist(), line=OWN_LINE, hoverinfo="skip")
        data = [*band(x, lower, upper, theme.GROUP_BANDS[0]), line, *data]
    title = theme.escape_figure_text(f"{found.marker.label}: martingale residuals")
    # Where all had the event at once nothing is left but rounding, which is no axis to draw.
    some = {} if max(map(abs, form.martingale.tolist()), default=0.0) > LEAST_RESIDUAL else {"range": [-1, 1]}
    y = axis(f"{capitalized(plural(found.noun))} observed less expected", **some)
    layout = cartesian(title, _marker_axis(found), y, footer, height=HEIGHT_PX, showlegend=False)
    layout["shapes"] = [level(0.0), _cutoff(found)]
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
    marker = {"symbol": "line-ns-open", "size": 9, "color": theme.MUTED}
    return trace(POINTS, found.values.tolist(), [y] * len(found.values), marker=marker, hoverinfo="skip")


def _cutoff(found: MarkerForm) -> dict[str, Any]:
    return upright(found.cutoff, color=theme.GROUP_COLOURS[1], width=1.5, dash="dash")


def _cutoff_text(found: MarkerForm) -> dict[str, Any]:
    """Annotations on a log axis are placed by the logarithm, unlike shapes."""
    at = found.cutoff if found.marker.continuous_step else log10(found.cutoff)
    return theme.above(theme.escape_figure_text(f"cut-off {found.cutoff:g}"), at, colour=theme.GROUP_COLOURS[1])
