"""Multiverse: the hazard ratio of a marker under every combination of the choices that could have been made."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_VALUES, Figure, Looked, Note, Sentence, Table
from cdanalysis.sections.cutoffs.section import views as views
from cdanalysis.sections.multiverse import tables, words
from cdanalysis.sections.multiverse.analysis import Multiverse, multiverse, multiverse_test
from cdanalysis.sections.multiverse.figures import specification_curve
from cdanalysis.sections.multiverse.specifications import n_specifications
from cdanalysis.sections.parts import Block, Folded, LongRun, lazily
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, specification
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer
from cdanalysis.writing.within import within


def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """How many specifications there are, and what they say once they are asked for."""
    yield Sentence(words.multiverse_size(n_specifications(cohort, settings)))
    fitted = lazily(_fitted, cohort, settings, recall)
    yield LongRun("Fit every specification", words.ABOUT_FIT, fitted, multiverse, (cohort, settings))


@or_why
def _fitted(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(multiverse, cohort, settings, waiting="Fitting every specification…"))
    label, anywhere = f"Multiverse of {within(found.marker.label)}", settings.without_cutoff(found.marker.code)
    yield Looked(cohort, anywhere, search=label, n=len(found.specifications), page="Multiverse")
    yield Sentence(words.multiverse_sentence(found))
    yield _curve(cohort, settings, found)
    yield Note(words.ABOUT_CURVE)
    yield Table("explained", tables.explained_table(found), "What each choice explains of the hazard ratio")
    test, given = lazily(_test, cohort, settings, recall), (cohort, settings)
    yield LongRun("Test the curve as a whole", words.ABOUT_CURVE_TEST, test, multiverse_test, given, spoken=True)
    shown, numbers = tables.specifications_table(found), tables.specifications_numbers(found)
    rules, title = convention_note(settings, specification), "Every specification"
    yield Folded(title, (Table("specifications", shown, title, numbers, convention=rules, private=OF_VALUES),))


def _curve(cohort: Cohort, settings: Settings, found: Multiverse) -> Figure:
    def specification_at(_: Settings, place: list[int]) -> Settings:
        return found.estimated[int(place[0])].settings

    varied = replace(settings, multiverse_axes=",".join(found.axes))
    figure = specification_curve(found, settings.conf_level, footer(cohort, varied, "multiverse"))
    name = f"specification-curve-{file_word(found.marker.code)}"
    return Figure(name, figure, words.multiverse_alt(found), pick=specification_at, goes_to="predictors")


@or_why
def _test(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(multiverse_test, cohort, settings, waiting="Shuffling the marker…"))
    yield Sentence(words.curve_test_sentence(found))
