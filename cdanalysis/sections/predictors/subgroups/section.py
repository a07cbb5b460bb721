"""Subgroups and adjusted curves, each of the chosen marker."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER, NotEstimable
from cdanalysis.sections.blocks import Figure, Looked, Note, Sentence, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, Choose
from cdanalysis.sections.predictors.subgroups import figures, tables, words
from cdanalysis.sections.predictors.subgroups.adjusted import adjusted
from cdanalysis.sections.predictors.subgroups.analysis import subgroups
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings, that_decide
from cdanalysis.statistics.cox.cox_result import ChiSquare
from cdanalysis.writing.choices.conventions import convention_note, interaction, model
from cdanalysis.writing.escapes import escape_markdown, file_word
from cdanalysis.writing.markers import handle_labels, marker_labels


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The hazard ratio of the marker within subgroups."""
    return of_marker(
        cohort,
        settings,
        "Whose cut-off is looked at within subgroups.",
        lambda chosen: _subgroups(cohort, chosen, recall),
    )


def adjusted_view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The curves of the marker's groups, standardised over the other covariates."""
    return of_marker(cohort, settings, "Whose groups are made alike.", lambda chosen: _adjusted(cohort, chosen, recall))


def of_marker(
    cohort: Cohort, settings: Settings, about: str, blocks: Callable[[Settings], Iterator[Block]]
) -> Iterator[Block]:
    """The blocks of the marker that a reader chooses."""
    options = handle_labels(cohort, settings)
    if not options:
        yield NO_MARKER
        return
    yield Choose("subgroups-marker", "Marker", about, options, lambda code: blocks(replace(settings, scan_marker=code)),
                 setting="scan_marker", start=scan_code(cohort, settings), more=marker_labels(cohort, settings),
                 word=file_word)  # fmt: skip


def _subgroups(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = recall(subgroups, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    tested = tuple(
        (f"interaction with {one.label}", one.comparison.interaction.p_value)
        for one in found.factors
        if isinstance(one.comparison.interaction, ChiSquare)
    )
    yield Looked(
        cohort, settings, page="Subgroups", names=(*that_decide("endpoint", "model"), "scan_marker"), tested=tested
    )
    yield Sentence(escape_markdown(words.subgroups_sentence(found)))
    below = stamped_footer(cohort, settings, recall)
    figure = figures.subgroup_forest(found, footer=below, conf_level=settings.conf_level)
    yield Figure(f"subgroups-{file_word(found.marker.code)}", figure, words.subgroups_alt(found))
    rules = convention_note(settings, model, interaction)
    shown = tables.subgroups_table(found, settings.conf_level)
    yield Table("subgroups", shown, "Hazard ratio within subgroups", convention=rules)
    yield Note(words.ABOUT_SUBGROUPS)


def _adjusted(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = recall(adjusted, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    yield Looked(cohort, settings, page="Adjusted curves", names=(*that_decide("endpoint", "model"), "scan_marker"))
    below = stamped_footer(cohort, settings, recall)
    figure = figures.adjusted_figure(found, show_interval=settings.show_interval, footer=below)
    yield Figure(f"adjusted-{file_word(found.marker.code)}", figure, words.adjusted_alt(found))
    yield Sentence(escape_markdown(words.adjusted_sentence(found)))
    if found.at:
        yield Table("adjusted-survival", tables.adjusted_table(found), "Adjusted survival at chosen months")
