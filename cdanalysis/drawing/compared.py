"""A marker's survival curves at the cut-off in use, fixed: what two settings are compared by, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing.kaplan_meier import NOTE_AT, fill_group, survival_figure
from cdanalysis.sections.survival.figures import turned
from cdanalysis.writing.figure_text import curve_note, curves_axis

if TYPE_CHECKING:
    from cdanalysis.analyses import MovingCutoff


def marker_curves(
    moving: MovingCutoff,
    labels: tuple[str, str],
    title: str,
    x_title: str,
    *,
    cumulative: bool,
    show_interval: bool,
    footer: str,
) -> dict[str, Any]:
    """The curves below and above; labels: of the two groups. Title, axis and footer are plotly text."""
    answer = moving.answers[moving.answer_of[moving.current]]
    times = moving.risk_times
    figure = survival_figure(title, curves_axis(cumulative), x_title, times, show_interval=show_interval, footer=footer)
    for place, (steps, label) in enumerate(zip((answer.below, answer.above), labels, strict=True)):
        fill_group(figure, place, turned(steps) if cumulative else steps, label, times)
    note = curve_note(answer.logrank_p, answer.univariable, moving.conf_level)
    figure["layout"]["annotations"][NOTE_AT]["text"] = note
    return figure
