"""The same patients' Kaplan-Meier curve on each clock, the number at risk below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import fill_group, survival_figure
from cdanalysis.sections.survival.clocks.words import clock_curve, clocks_title
from cdanalysis.writing.figure_text import curves_axis

if TYPE_CHECKING:
    from cdanalysis.sections.survival.clocks.analysis import Clocks


def clocks_figure(found: Clocks, *, footer: str) -> dict[str, Any]:
    """Three curves without interval; months since each one's own time zero. `footer`: plotly text."""
    noun = found.noun
    figure = survival_figure(
        clocks_title(found.noun), curves_axis(outcome=noun), "Months since the curve's own time zero", found.risk_times,
        n_groups=len(found.clocks), show_interval=False, footer=footer,
    )  # fmt: skip
    for g, one in enumerate(found.clocks):
        label = theme.escape_figure_text(clock_curve(one.code, found.selection.week))
        fill_group(figure, g, one.steps, label, found.risk_times, noun)
    return figure
