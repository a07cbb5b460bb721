"""Each relapse moved between the two visits it lies between."""

from __future__ import annotations

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Note, Quote, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.survival.between_visits import words
from cdanalysis.sections.survival.between_visits.analysis import between_visits
from cdanalysis.sections.survival.between_visits.figures import between_visits_figure
from cdanalysis.sections.survival.between_visits.tables import between_visits_table
from cdanalysis.settings import Settings
from cdanalysis.writing.conventions import convention_note, curve, median, model
from cdanalysis.writing.footers import footer


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Always of relapse: no other outcome is found at a visit."""
    found = recall(between_visits, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    figure = between_visits_figure(found, footer=footer(cohort, settings, "between_visits"))
    yield Figure("between-visits", figure, words.between_visits_alt(found))
    yield Quote(words.between_visits_sentence(found))
    rules = convention_note(settings, curve, median, model)
    shown = between_visits_table(found, settings.conf_level)
    yield Table("between-visits", shown, "Relapse dated in three ways and in none", convention=rules)
    yield Note(words.ABOUT_BETWEEN_VISITS)
