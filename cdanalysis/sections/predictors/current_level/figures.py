"""Simon and Makuch's curves: by the state a patient is in at the time."""

from typing import Any

from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure
from cdanalysis.sections.predictors.current_level.analysis import CurrentLevel
from cdanalysis.sections.predictors.current_level.words import level_note, level_title
from cdanalysis.writing.figure_text import curves_axis, months_since


def level_figure(found: CurrentLevel, *, show_interval: bool, footer: str, beside: str = "") -> dict[str, Any]:
    """Two curves; n in the legend: patients who were ever in the state. `footer` is plotly text, beside plain."""
    figure = survival_figure(level_title(found), curves_axis(outcome=found.noun), months_since(found.origin), found.risk_times,
                             show_interval=show_interval, footer=footer)  # fmt: skip
    fill_groups(figure, found.steps, [f"{label}, current" for label in found.labels], found.risk_times, found.noun)
    note_result(figure, level_note(found), beside)
    return figure
