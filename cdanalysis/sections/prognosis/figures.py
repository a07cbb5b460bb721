"""Calibration of the predicted risks."""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import LINE, POINTS, trace, whiskers
from cdanalysis.statistics.prediction.scores import Calibrated

HEIGHT_PX = 420


def calibration_figure(groups: Sequence[Calibrated], month: float, footer: str) -> dict[str, Any]:
    """One point per group with the interval of what was observed; on the line the prediction is right. `footer`: plotly text."""
    y, lower, upper = ([getattr(one.observed, end) for one in groups] for end in ("value", "lower", "upper"))
    line = {"color": theme.MUTED, "dash": "dot", "width": 1}
    data = [
        trace(LINE, [0, 1], [0, 1], name="As predicted", line=line, hoverinfo="skip"),
        trace(
            POINTS,
            [one.predicted for one in groups],
            y,
            error_y=whiskers(y, lower, upper),
            name="Groups by predicted risk",
            marker={"size": 9, "color": theme.GROUP_COLOURS[0]},
            hovertemplate="predicted %{x:.1%}, observed %{y:.1%}<extra></extra>",
        ),
    ]
    title = theme.escape_figure_text(f"Calibration at {month:g} months")
    across, up = (axis(name, range=[0, 1], tickformat=".0%") for name in ("Predicted risk", "Observed risk"))
    return theme.figure(data, cartesian(title, across, up, footer, height=HEIGHT_PX))
