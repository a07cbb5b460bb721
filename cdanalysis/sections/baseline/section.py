"""Baseline: Table 1, of everybody or by group, with the test that fits each variable."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.baseline import words
from cdanalysis.sections.baseline.analysis import Baseline, baseline
from cdanalysis.sections.baseline.tables import baseline_table
from cdanalysis.sections.blocks import Excluded, Looked, Quote, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.sections.survival.limits_section import hidden_sides
from cdanalysis.settings import Settings, that_decide
from cdanalysis.statistics.describe.comparisons import Comparison
from cdanalysis.writing.choices.conventions import categories, convention_note, percentiles, two_groups
from cdanalysis.writing.within import within

DECIDED_BY = (*that_decide("endpoint"), "baseline_group", "cutoffs", "second_cutoffs")


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Baseline page."""
    found = estimable(recall(baseline, cohort, settings))
    if len(found.group_labels) > 1:
        group = settings.baseline_group
        tested = tuple((row.label, row.test.p_value) for row in found.rows if isinstance(row.test, Comparison))
        cut = (group,) if group in cohort.markers else ()
        yield Looked(cohort, settings, page="Baseline", names=DECIDED_BY, cut=cut, tested=tested)
        yield from hidden_sides(cohort, settings, group)
        yield Quote(words.baseline_sentence(found))
    yield table_one("baseline", "Baseline characteristics", found, settings)
    yield Excluded(found.excluded, found.n)


def table_one(name: str, title: str, found: Baseline, settings: Settings) -> Table:
    """Every variable, overall and by group."""
    compared = len(found.group_labels) > 1
    rules = convention_note(settings, *((percentiles, categories, two_groups) if compared else (percentiles,)))
    footnote = words.FOOTNOTE if compared else words.ALONE_FOOTNOTE
    return Table(name, baseline_table(found), title, footnote=footnote, convention=rules)


def paper(found: Baseline, _: Settings) -> Iterator[Table]:
    """Table 1 of a paper."""
    compared = len(found.group_labels) > 1
    title = f"Baseline characteristics{f' by {within(found.group_label)}' if compared else ''}"
    yield Table("baseline", baseline_table(found), title, footnote=words.FOOTNOTE if compared else words.SHORT_FOOTNOTE)
