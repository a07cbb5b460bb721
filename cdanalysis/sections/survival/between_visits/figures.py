"""Kaplan-Meier curves with the relapse dated in three ways, and Turnbull's estimate, which needs no date."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import TRACES_PER_GROUP, fill_groups, survival_figure
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits
from cdanalysis.sections.survival.between_visits.words import DATE_LABELS, NO_DATE
from cdanalysis.statistics.curves.turnbull import Turnbull
from cdanalysis.writing.figure_text import curves_axis, months_since

RELAPSE = "relapse"
TITLE = "Survival free of relapse by its date"


def between_visits_figure(found: BetweenVisits, *, footer: str) -> dict[str, Any]:
    """Three step curves without interval and one line; `footer`: plotly text."""
    x_title = months_since(found.origin)
    look = {"n_groups": len(found.dated), "n_further": 1, "show_interval": False, "footer": footer}
    figure = survival_figure(TITLE, curves_axis(outcome=RELAPSE), x_title, found.risk_times, **look)
    labels = [DATE_LABELS[one.code] for one in found.dated]
    fill_groups(figure, [one.steps for one in found.dated], labels, found.risk_times, RELAPSE)
    for censored in figure["data"][3::TRACES_PER_GROUP]:
        censored["visible"] = False  # the marks of three near-equal curves would hide them
    figure["data"].append(_line(found.turnbull))
    return figure


def _line(found: Turnbull) -> dict[str, Any]:
    """Level between the intervals and slanting inside each: only its ends are estimated."""
    x, y, level = [0.0], [1.0], 1.0
    for start, end, mass in zip(found.start.tolist(), found.end.tolist(), found.mass.tolist(), strict=True):
        if end == float("inf"):
            break
        x, y = [*x, start, end], [*y, level, level - mass]
        level -= mass
    line = {"color": theme.INK, "width": 1.2, "dash": "dot"}
    hover = "%{y:.1%} at %{x:.1f} months<extra></extra>"
    return trace(LINE, x, y, name=NO_DATE, line=line, hovertemplate=hover)
