"""The groups of a marker made alike by weights: curves, balance, ratio."""

from __future__ import annotations

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Note, Quote, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.predictors.subgroups.section import of_marker
from cdanalysis.sections.predictors.weighted import figures, tables, words
from cdanalysis.sections.predictors.weighted.analysis import weighted
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.writing.conventions import convention_note, weighting
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of the marker that is chosen."""
    return of_marker(cohort, settings, "Whose groups are made alike.", lambda chosen: _weighted(cohort, chosen, recall))


def _weighted(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = recall(weighted, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    below, code = footer(cohort, settings, "predictors"), file_word(found.marker.code)
    figure = figures.weighted_figure(found, show_interval=settings.show_interval, footer=below)
    yield Figure(f"weighted-{code}", figure, words.weighted_alt(found))
    yield Quote(words.weighted_sentence(found))
    yield from words.cautions(found)
    rules = convention_note(settings, weighting)
    yield Table(
        "weighted", tables.weighted_table(found, settings.conf_level), "Survival of weighted groups", convention=rules
    )
    yield Figure(f"balance-{code}", figures.love_plot(found, below), words.love_alt(found))
    yield Table("balance", tables.balance_table(found), "Balance before and after weighting", tables.balance_numbers(found),
                convention=rules)  # fmt: skip
    yield Note(words.ABOUT_WEIGHTED)
