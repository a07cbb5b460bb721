"""The clocks: what the cohort selected on, the same patients on each clock, by how much it matters."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Looked, Note, Quote, Sentence, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.survival.clocks import words
from cdanalysis.sections.survival.clocks.analysis import clocks
from cdanalysis.sections.survival.clocks.figures import clocks_figure
from cdanalysis.sections.survival.clocks.tables import clocks_numbers, clocks_table
from cdanalysis.settings import Settings
from cdanalysis.settings.specification import CHOICES
from cdanalysis.writing.choices.conventions import convention_note, curve, median, model
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The chosen outcome on each clock."""
    found = recall(clocks, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    yield Looked(cohort, settings, search="Every clock", n=len(CHOICES["clock"]), page="Time zero", cut=())
    yield Sentence(words.selection_sentence(found))
    name = f"clocks-{file_word(found.outcome)}"
    figure = clocks_figure(found, footer=footer(cohort, settings, "clocks"))
    yield Figure(name, figure, words.clocks_alt(found))
    yield Quote(words.clocks_sentence(found))
    title = f"The landmark, late entry and naive clocks: {found.noun}"
    yield Table(name, clocks_table(found, settings.conf_level), title, clocks_numbers(found),
                convention=convention_note(settings, curve, median, model))  # fmt: skip
    yield Note(words.ABOUT_CLOCKS)
