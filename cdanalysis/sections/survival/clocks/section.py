"""The clocks: what the cohort selected on, the same patients on each clock, by how much it matters."""

from collections.abc import Iterator
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.drawing.kaplan_meier import fill_groups, survival_figure
from cdanalysis.sections.blocks import Figure, Looked, Note, Quote, Sentence, Table
from cdanalysis.sections.parts import Block, Part, lazily
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.clocks import words
from cdanalysis.sections.survival.clocks.analysis import Clocks, clocks
from cdanalysis.sections.survival.clocks.tables import clocks_numbers, clocks_table
from cdanalysis.sections.survival.clocks.words import clock_curve, clocks_title
from cdanalysis.sections.survival.usable import TIME_ZERO
from cdanalysis.settings import Settings
from cdanalysis.settings.settings import CHOICES
from cdanalysis.writing.choices.conventions import convention_note, curve, median, model
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.figure_text import curves_axis
from cdanalysis.writing.footers import footer


def part(cohort: Cohort, settings: Settings, recall: Recall) -> Part:
    """The part that offers the clocks: of the Survival page and of the Predictors page alike."""
    about = f"The same patients counted from week {settings.landmark_week}, from the start of therapy, and naively."
    return Part(TIME_ZERO, about, lazily(view, cohort, settings, recall))


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The chosen outcome on each clock."""
    found = estimable(recall(clocks, cohort, settings))
    yield Looked(cohort, settings, search="Every clock", n=len(CHOICES["clock"]), page="Time zero", cut=())
    yield Sentence(words.selection_sentence(found))
    name = f"clocks-{file_word(found.outcome)}"
    figure = clocks_figure(found, footer=footer(cohort, settings, "clocks"))
    yield Figure(name, figure, words.clocks_alt(found))
    yield Quote(words.clocks_sentence(found))
    title = f"The landmark, late entry and naive clocks: {found.noun}"
    shown, numbers = clocks_table(found, settings.conf_level), clocks_numbers(found)
    yield Table(name, shown, title, numbers, convention=convention_note(settings, curve, median, model))
    yield Note(words.ABOUT_CLOCKS)


def clocks_figure(found: Clocks, *, footer: str) -> dict[str, Any]:
    """Three curves without interval; months since each one's own time zero. `footer`: plotly text."""
    titles = clocks_title(found.noun), curves_axis(outcome=found.noun), "Months since the curve's own time zero"
    look = {"n_groups": len(found.clocks), "show_interval": False, "footer": footer}
    figure = survival_figure(*titles, found.risk_times, **look)
    labels = [clock_curve(one.code, found.selection.week) for one in found.clocks]
    fill_groups(figure, [one.steps for one in found.clocks], labels, found.risk_times, found.noun)
    return figure
