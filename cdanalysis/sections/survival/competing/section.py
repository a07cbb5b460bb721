"""Competing risks: which event competes, the curves, the sentence, the numbers, the ratios by both models."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable, p_of
from cdanalysis.sections.blocks import Excluded, Figure, Heading, Looked, Note, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamp_beside, stamped_footer
from cdanalysis.sections.parts import Block, Control
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.competing import tables, words
from cdanalysis.sections.survival.competing.analysis import competing
from cdanalysis.sections.survival.competing.figures import competing_figure
from cdanalysis.sections.survival.competing.ratios import competing_ratios
from cdanalysis.sections.survival.limits_section import hidden_sides
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, gray, incidence, model, subdistribution
from cdanalysis.writing.figure_text import survival_title

DECIDED_BY = (*that_decide("endpoint"), "survival_group", "competing_event", "cutoffs", "second_cutoffs")


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of the chosen outcome; what competes is chosen where the file does not state it."""
    found = recall(competing, cohort, settings)
    if isinstance(found, NotEstimable) or not found.endpoint.competing:
        yield Control("competing_event")
    found, group = estimable(found), settings.survival_group
    cut = (group,) if group in cohort.markers else ()
    tested = tuple((f"Gray, {name}", p_of(test)) for name, test in found.tests)
    yield Looked(cohort, settings, page="Competing risks", names=DECIDED_BY, cut=cut, tested=tested)
    yield from hidden_sides(cohort, settings, group)
    title = survival_title(found.endpoint.noun, found.group_label, cumulative=True)
    below = stamped_footer(cohort, settings, recall, "competing")
    beside = stamp_beside(cohort, settings, group, recall) if found.tests else ""
    figure = competing_figure(found, title, show_interval=settings.show_interval, footer=below, beside=beside)
    yield Figure("competing-risks", figure, words.competing_alt(found))
    yield Quote(words.competing_sentence(found, settings))
    shown, numbers = tables.incidence_table(found, settings.conf_level), tables.incidence_numbers(found)
    title = f"Cumulative incidence of {found.endpoint.noun} and of the competing event"
    yield Table("incidence", shown, title, numbers, convention=convention_note(settings, incidence))
    if found.tests:
        yield Table("gray", tables.gray_table(found), "Gray's tests", convention=convention_note(settings, gray))
    yield Note(words.ABOUT_COMPETING)
    yield Excluded(found.excluded, found.n)
    yield from _ratios(cohort, settings, recall)


@or_why
def _ratios(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Cause-specific and subdistribution ratios in one table."""
    yield Heading("Hazard ratios where something else may come first")
    found = estimable(recall(competing_ratios, cohort, settings))
    if told := words.ratios_sentence(found):
        yield Quote(told)
    shown, numbers = tables.ratios_table(found, settings.conf_level), tables.ratios_numbers(found)
    title = f"Cause-specific and subdistribution hazard ratios of {found.noun}"
    yield Table("competing-ratios", shown, title, numbers, convention=convention_note(settings, model, subdistribution))
    yield Note(words.ABOUT_RATIOS)
