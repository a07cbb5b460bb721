"""Subgroups and adjusted curves, each of the chosen marker."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Figure, Looked, Note, Sentence, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.marker_section import of_marker
from cdanalysis.sections.predictors.subgroups import figures, tables, words
from cdanalysis.sections.predictors.subgroups.adjusted import adjusted
from cdanalysis.sections.predictors.subgroups.analysis import subgroups
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings, that_decide
from cdanalysis.statistics.cox.cox_result import ChiSquare
from cdanalysis.writing.choices.conventions import convention_note, interaction, model
from cdanalysis.writing.escapes import escape_markdown, file_word
from cdanalysis.writing.within import within

DECIDED_BY = (*that_decide("endpoint", "model"), "scan_marker")


@as_part("Subgroups", "Whether the hazard ratio differs between kinds of patients.")
@of_marker("Whose cut-off is looked at within subgroups.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The hazard ratio of the marker within subgroups."""
    found = estimable(recall(subgroups, cohort, settings))
    tested = tuple(
        (f"interaction with {within(one.label)}", one.comparison.interaction.p_value)
        for one in found.factors
        if isinstance(one.comparison.interaction, ChiSquare)
    )
    yield Looked(cohort, settings, page="Subgroups", names=DECIDED_BY, tested=tested)
    yield Sentence(escape_markdown(words.subgroups_sentence(found)))
    below = stamped_footer(cohort, settings, recall)
    figure = figures.subgroup_forest(found, footer=below, conf_level=settings.conf_level)
    yield Figure(f"subgroups-{file_word(found.marker.code)}", figure, words.subgroups_alt(found))
    rules = convention_note(settings, model, interaction)
    shown = tables.subgroups_table(found, settings.conf_level)
    yield Table("subgroups", shown, "Hazard ratio within subgroups", convention=rules)
    yield Note(words.ABOUT_SUBGROUPS)


@as_part("Adjusted curves", "The curves as if both groups were alike in the other covariates.")
@of_marker("Whose groups are made alike.")
@or_why
def adjusted_view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The curves of the marker's groups, standardised over the other covariates."""
    found = estimable(recall(adjusted, cohort, settings))
    yield Looked(cohort, settings, page="Adjusted curves", names=DECIDED_BY)
    below = stamped_footer(cohort, settings, recall)
    figure = figures.adjusted_figure(found, show_interval=settings.show_interval, footer=below)
    yield Figure(f"adjusted-{file_word(found.marker.code)}", figure, words.adjusted_alt(found))
    yield Sentence(escape_markdown(words.adjusted_sentence(found)))
    if found.at:
        yield Table("adjusted-survival", tables.adjusted_table(found), "Adjusted survival at chosen months")
