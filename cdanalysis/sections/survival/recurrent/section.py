"""Events that come again: how many by when, in which group, and by which ratio."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Excluded, Figure, Heading, Looked, Note, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamp_beside, stamped_footer
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.limits_section import hidden_sides
from cdanalysis.sections.survival.recurrent import tables, words
from cdanalysis.sections.survival.recurrent.analysis import RecurrentEvents, recurrent
from cdanalysis.sections.survival.recurrent.figures import recurrent_figure
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, mean_number, rates, recurrent_models
from cdanalysis.writing.escapes import file_word

DECIDED_BY = (*that_decide("endpoint"), "survival_group", "handles", "cutoffs", "second_cutoffs")


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """All events of the chosen outcome."""
    found = estimable(recall(recurrent, cohort, settings))
    cut = tuple(one.code for one in found.by_variable if one.code in cohort.markers)
    tested = tuple((words.test_of(one), p) for one in found.by_variable if (p := words.p_of_means(one)) is not None)
    yield Looked(cohort, settings, page="Events that come again", names=DECIDED_BY, cut=cut, tested=tested)
    yield from hidden_sides(cohort, settings, *cut)
    yield from _means(cohort, settings, found, recall)
    if found.ratios:
        yield Heading("Ratios of all events")
        yield Quote(words.ratios_sentence(found))
        name = f"recurrent-ratios-{file_word(found.endpoint.code)}"
        title = f"Ratios of the first and of all events: {found.endpoint.noun}"
        shown, numbers = tables.ratios_table(found, settings.conf_level), tables.ratios_numbers(found)
        yield Table(name, shown, title, numbers, convention=convention_note(settings, recurrent_models))
        yield Note(words.ABOUT_RATIOS)


def _means(cohort: Cohort, settings: Settings, found: RecurrentEvents, recall: Recall) -> Iterator[Block]:
    code = file_word(found.endpoint.code)
    below = stamped_footer(cohort, settings, recall, "survival")
    for place, one in enumerate(found.by_variable):
        if one.steps:
            beside = stamp_beside(cohort, settings, one.code, recall)
            figure = recurrent_figure(found, one, show_interval=settings.show_interval, footer=below, beside=beside)
            yield Figure(f"mean-number-{f'{place}-' if place else ''}{code}", figure, words.recurrent_alt(found, one))
    yield Quote(words.recurrent_sentence(found, settings))
    shown, numbers = tables.groups_table(found, settings.conf_level), tables.groups_numbers(found)
    rules = convention_note(settings, mean_number, rates)
    yield Table(f"mean-number-{code}", shown, f"All events: {found.endpoint.noun}", numbers, convention=rules)
    yield Note(words.notes(found))
    yield Excluded(found.endpoint.excluded, len(found.endpoint.patients))
