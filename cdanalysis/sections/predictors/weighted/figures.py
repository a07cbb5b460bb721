"""Weighted curves over the plain ones, and the Love plot of balance."""

from math import isnan
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure, thin_line
from cdanalysis.drawing.marks import POINTS, trace, upright
from cdanalysis.sections.predictors.weighted.analysis import WeightedGroups
from cdanalysis.sections.predictors.weighted.words import ALIKE
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.nouns import free_survival
from cdanalysis.writing.numbers import p_phrase
from cdanalysis.writing.within import within

LINE_PX, AROUND_PX, LABEL_PX = 22, 190, 190
NARROW_LINE_PX, NARROW_LEFT_PX = 40, 24  # with the label over its points
LABEL_CHARACTERS, NARROW_CHARACTERS = 30, 48
MARKS = (("before", "Before weighting", "circle-open", 1), ("after", "After weighting", "circle", 0))


def weighted_figure(found: WeightedGroups, *, show_interval: bool, footer: str, beside: str) -> dict[str, Any]:
    """Two weighted curves with robust bands, the plain ones thin behind; `footer` is plotly text, beside plain."""
    title = theme.escape_figure_text(f"Weighted {free_survival(found.noun)} by {within(found.marker.label)}")
    titles = title, curves_axis(outcome=found.noun), months_since(found.origin)
    figure = survival_figure(*titles, found.risk_times, show_interval=show_interval, footer=footer)
    fill_groups(figure, found.steps, found.labels, found.risk_times, found.noun)
    figure["data"] += [thin_line(steps, place, "Unweighted") for place, steps in enumerate(found.plain_steps)]
    note_result(figure, f"Weighted log-rank {p_phrase(found.weighted_p)}", beside, "thin: unweighted")
    return figure


def love_plot(found: WeightedGroups, footer: str) -> dict[str, Any]:
    """One line per covariate: the size of its standardised difference before and after; `footer` is plotly text.

    In a narrow column the labels stand over their points: beside them they would leave no room.
    """
    shown = [one for one in found.balance if not isnan(one.before)]
    names = [theme.escape_figure_text(shorten_group(one.label, LABEL_CHARACTERS)) for one in shown]
    places = list(range(len(shown)))
    data = [
        trace(
            POINTS,
            [abs(getattr(one, name)) for one in shown],
            places,
            name=label,
            text=names,
            hovertemplate="%{text}: %{x:.2f}<extra></extra>",
            marker={"size": 9, "symbol": symbol, "color": theme.GROUP_COLOURS[colour]},
        )
        for name, label, symbol, colour in MARKS
    ]
    largest = max([abs(value) for one in shown for value in (one.before, one.after)], default=ALIKE)
    x = axis("Standardised difference, either way", range=[0, 1.08 * max(largest, 2 * ALIKE)])
    ends = {"tickvals": places, "range": [len(shown) - 0.5, -0.5], "showgrid": True}
    title = theme.escape_figure_text(f"Balance of the groups by {within(found.marker.label)}")

    def drawn(labels: list[str], left_px: int, line_px: int) -> dict[str, Any]:
        y = axis("", ticktext=labels, **ends)
        layout = cartesian(title, x, y, footer, height=AROUND_PX + line_px * len(shown))
        layout["margin"]["l"] = left_px
        layout["annotations"][0]["xshift"] = 10 - left_px
        layout["shapes"] = [upright(ALIKE, color=theme.MUTED, width=1, dash="dot")]
        return theme.figure(data, layout)

    narrow = drawn([""] * len(shown), NARROW_LEFT_PX, NARROW_LINE_PX)
    narrow["layout"]["annotations"] += [_over(one.label, place) for place, one in enumerate(shown)]
    return {**drawn(names, LABEL_PX, LINE_PX), "narrow": narrow}


def _over(label: str, place: int) -> dict[str, Any]:
    """A covariate's label over its points, at the left edge."""
    text = theme.escape_figure_text(shorten_group(label, NARROW_CHARACTERS))
    return {**theme.note(text, 0, place, size=11), "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 5}
