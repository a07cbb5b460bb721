"""The groups of a marker made alike by weights: curves, balance, ratio."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Figure, Looked, Note, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamp_beside, stamped_footer
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.marker_section import of_marker
from cdanalysis.sections.predictors.weighted import figures, tables, words
from cdanalysis.sections.predictors.weighted.analysis import weighted
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, weighting
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.within import within

DECIDED_BY = (*that_decide("endpoint", "model"), "scan_marker")


@as_part("Weighted groups", "The curves as if each group were like everybody, by weights, and how alike they are.")
@of_marker("Whose groups are made alike.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Curves and ratio, then how alike the groups are."""
    found = estimable(recall(weighted, cohort, settings))
    tested = ((f"weighted log-rank by {within(found.marker.label)}", found.weighted_p),)
    yield Looked(cohort, settings, page="Weighted groups", names=DECIDED_BY, tested=tested)
    below, code = stamped_footer(cohort, settings, recall), file_word(found.marker.code)
    beside = stamp_beside(cohort, settings, found.marker.code, recall)
    figure = figures.weighted_figure(found, show_interval=settings.show_interval, footer=below, beside=beside)
    yield Figure(f"weighted-{code}", figure, words.weighted_alt(found))
    yield Quote(words.weighted_sentence(found))
    yield from words.cautions(found)
    rules = convention_note(settings, weighting)
    shown = tables.weighted_table(found, settings.conf_level)
    yield Table("weighted", shown, "Survival of weighted groups", convention=rules)
    yield Figure(f"balance-{code}", figures.love_plot(found, below), words.love_alt(found))
    shown, numbers = tables.balance_table(found), tables.balance_numbers(found)
    yield Table("balance", shown, "Balance before and after weighting", numbers, convention=rules)
    yield Note(words.ABOUT_WEIGHTED)
