"""Multiverse: the hazard ratio of a marker under every combination of the choices that could have been made."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_VALUES, Figure, Looked, Note, Sentence, Table
from cdanalysis.sections.cutoffs.section import views as views
from cdanalysis.sections.multiverse import tables, words
from cdanalysis.sections.multiverse.figures import specification_curve
from cdanalysis.sections.multiverse.multiverse import Multiverse, multiverse, multiverse_test
from cdanalysis.sections.multiverse.specifications import n_specifications
from cdanalysis.sections.parts import Block, Folded, LongRun, lazily
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, specification
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer


def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """How many specifications there are, and what they say once they are asked for."""
    yield Sentence(words.multiverse_size(n_specifications(cohort, settings)))
    yield LongRun("Fit every specification", words.ABOUT_FIT,
                  lazily(_fitted, cohort, settings, recall), multiverse, (cohort, settings))  # fmt: skip


@or_why
def _fitted(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(multiverse, cohort, settings, waiting="Fitting every specification…"))
    label = f"Multiverse of {found.marker.label}"
    yield Looked(
        cohort, settings.without_cutoff(found.marker.code), None, label, len(found.specifications), "Multiverse"
    )
    yield Sentence(words.multiverse_sentence(found))
    yield _curve(cohort, settings, found)
    yield Note(words.ABOUT_CURVE)
    yield Table("explained", tables.explained_table(found), "What each choice explains of the hazard ratio")
    yield LongRun("Test the curve as a whole", words.ABOUT_CURVE_TEST, lazily(_test, cohort, settings, recall),
                  multiverse_test, (cohort, settings), spoken=True)  # fmt: skip
    every = Table("specifications", tables.specifications_table(found), "Every specification",
                  tables.specifications_numbers(found), convention=convention_note(settings, specification),
                  private=OF_VALUES)  # fmt: skip
    yield Folded("Every specification", (every,))


def _curve(cohort: Cohort, settings: Settings, found: Multiverse) -> Figure:
    def specification_at(_: Settings, place: list[int]) -> Settings:
        return found.estimated[int(place[0])].settings

    varied = replace(settings, multiverse_axes=",".join(found.axes))
    figure = specification_curve(found, settings.conf_level, footer(cohort, varied, "multiverse"))
    name = f"specification-curve-{file_word(found.marker.code)}"
    return Figure(name, figure, words.multiverse_alt(found), pick=specification_at, goes_to="predictors")


def _test(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = recall(multiverse_test, cohort, settings, waiting="Shuffling the marker…")
    yield found if isinstance(found, NotEstimable) else Sentence(words.curve_test_sentence(found))
