"""The mean number of events per patient over time, one curve per group, with interval and number at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import NOTE_AT, TRACES_PER_GROUP, fill_group, survival_figure
from cdanalysis.sections.survival.figures import EVERYONE, LABEL_CHARACTERS
from cdanalysis.sections.survival.recurrent.words import recurrent_title, test_note
from cdanalysis.writing.escapes import escape_figure_text, shorten
from cdanalysis.writing.figure_text import months_since
from cdanalysis.writing.numbers import plural, sentence

if TYPE_CHECKING:
    from cdanalysis.sections.survival.recurrent.analysis import ByVariable, RecurrentEvents

HEADROOM = 1.06


def recurrent_figure(
    found: RecurrentEvents, one: ByVariable, *, show_interval: bool, footer: str, beside: str = ""
) -> dict[str, Any]:
    """One curve per group; `footer` is plotly text; beside: what stands after the P of the test, plain."""
    noun = found.endpoint.noun
    title, y_title = recurrent_title(found, one), escape_figure_text(f"{plural(noun).capitalize()} per patient")
    figure = survival_figure(
        title, y_title, months_since(found.endpoint.origin), found.risk_times, n_groups=len(one.steps), rising=True,
        show_interval=show_interval, footer=footer,
    )  # fmt: skip
    for place, (steps, group) in enumerate(zip(one.steps, one.groups, strict=True)):
        label = theme.escape_figure_text(shorten(group.name or EVERYONE, LABEL_CHARACTERS))
        fill_group(figure, place, steps, label, found.risk_times, noun)
        curve = figure["data"][TRACES_PER_GROUP * place + 2]
        curve["hovertemplate"] = "%{y:.2f} at %{x:.1f} months<extra></extra>"
    drawn = [steps.upper if show_interval else steps.survival for steps in one.steps]
    highest = max((max(values) for values in drawn), default=1.0) or 1.0
    figure["layout"]["yaxis"].update(range=[0, HEADROOM * highest], tickformat="")
    said = sentence("; ".join(filter(None, (test_note(one), beside)))).rstrip(".")
    figure["layout"]["annotations"][NOTE_AT]["text"] = theme.escape_figure_text(said)
    return figure
