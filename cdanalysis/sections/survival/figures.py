"""Kaplan-Meier curves that do not move: one for everybody or one a group, as the Survival and Safety pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import NOTE_AT, fill_group, survival_figure, turned
from cdanalysis.writing.escapes import shorten
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.numbers import p_phrase

if TYPE_CHECKING:
    from cdanalysis.sections.survival.survival import Survival

LABEL_CHARACTERS = 44
EVERYONE = "All patients"


def curves(
    found: Survival, title: str, *, cumulative: bool, show_interval: bool, footer: str, beside: str = ""
) -> dict[str, Any]:
    """One curve a group, with interval, censor marks and number at risk; `title` and `footer` are plotly text.

    beside: what stands after the P of the test; plain.
    """
    noun = found.endpoint.noun
    x_title = months_since(found.endpoint.origin)
    figure = survival_figure(
        title, curves_axis(cumulative, outcome=noun), x_title, found.risk_times, n_groups=len(found.steps), rising=cumulative,
        show_interval=show_interval, footer=footer,
    )  # fmt: skip
    names = [str(curve.group) or EVERYONE for curve in found.kaplan_meier.curves]
    for place, (steps, name) in enumerate(zip(found.steps, names, strict=True)):
        shown = turned(steps) if cumulative else steps
        label = theme.escape_figure_text(shorten(name, LABEL_CHARACTERS))
        fill_group(figure, place, shown, label, found.risk_times, noun)
    if found.logrank is not None:
        p = getattr(found.logrank, "p_value", found.logrank)
        told = "; ".join(filter(None, (f"Log-rank {p_phrase(p)}", beside)))
        figure["layout"]["annotations"][NOTE_AT]["text"] = theme.escape_figure_text(told)
    return figure
