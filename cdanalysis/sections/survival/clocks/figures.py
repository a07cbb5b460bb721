"""The same patients' Kaplan-Meier curve on each clock, the number at risk below."""

from typing import Any

from cdanalysis.drawing.kaplan_meier import fill_groups, survival_figure
from cdanalysis.sections.survival.clocks.analysis import Clocks
from cdanalysis.sections.survival.clocks.words import clock_curve, clocks_title
from cdanalysis.writing.figure_text import curves_axis


def clocks_figure(found: Clocks, *, footer: str) -> dict[str, Any]:
    """Three curves without interval; months since each one's own time zero. `footer`: plotly text."""
    titles = clocks_title(found.noun), curves_axis(outcome=found.noun), "Months since the curve's own time zero"
    look = {"n_groups": len(found.clocks), "show_interval": False, "footer": footer}
    figure = survival_figure(*titles, found.risk_times, **look)
    labels = [clock_curve(one.code, found.selection.week) for one in found.clocks]
    fill_groups(figure, [one.steps for one in found.clocks], labels, found.risk_times, found.noun)
    return figure
