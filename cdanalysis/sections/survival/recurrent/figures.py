"""The mean number of events per patient over time, one curve per group, with interval and number at risk."""

from typing import Any

from cdanalysis.drawing.kaplan_meier import TRACES_PER_GROUP, fill_groups, note_result, survival_figure
from cdanalysis.sections.survival.figures import LABEL_CHARACTERS
from cdanalysis.sections.survival.recurrent.analysis import ByVariable, RecurrentEvents
from cdanalysis.sections.survival.recurrent.words import recurrent_title, test_note
from cdanalysis.writing.escapes import escape_figure_text, shorten_group
from cdanalysis.writing.figure_text import months_since
from cdanalysis.writing.nouns import capitalized, plural
from cdanalysis.writing.numbers import EVERYONE, sentence

HEADROOM = 1.06


def recurrent_figure(
    found: RecurrentEvents, one: ByVariable, *, show_interval: bool, footer: str, beside: str
) -> dict[str, Any]:
    """One curve per group; `footer` is plotly text; beside: what stands after the P of the test, plain."""
    noun = found.endpoint.noun
    title, y_title = recurrent_title(found, one), escape_figure_text(f"{capitalized(plural(noun))} per patient")
    look = {"n_groups": len(one.steps), "rising": True, "show_interval": show_interval, "footer": footer}
    figure = survival_figure(title, y_title, months_since(found.endpoint.origin), found.risk_times, **look)
    labels = [shorten_group(group.name or EVERYONE, LABEL_CHARACTERS) for group in one.groups]
    fill_groups(figure, one.steps, labels, found.risk_times, noun)
    for curve in figure["data"][2::TRACES_PER_GROUP]:
        curve["hovertemplate"] = "%{y:.2f} at %{x:.1f} months<extra></extra>"
    drawn = [steps.upper if show_interval else steps.survival for steps in one.steps]
    highest = max((max(values) for values in drawn), default=1.0) or 1.0
    figure["layout"]["yaxis"].update(range=[0, HEADROOM * highest], tickformat="")
    note_result(figure, sentence("; ".join(filter(None, (test_note(one), beside)))).rstrip("."))
    return figure
