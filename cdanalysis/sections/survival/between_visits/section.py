"""Each relapse moved between the two visits it lies between, and models that need no date for it."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Figure, Heading, Looked, Note, Quote, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.between_visits import words
from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits, between_visits
from cdanalysis.sections.survival.between_visits.figures import between_visits_figure
from cdanalysis.sections.survival.between_visits.interval_models import interval_models
from cdanalysis.sections.survival.between_visits.tables import (
    between_visits_table,
    models_numbers,
    models_table,
    turnbull_table,
)
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, curve, interval_model, median, model
from cdanalysis.writing.footers import footer

DECIDED_BY = that_decide("endpoint", "model")


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Always of relapse: no other outcome is found at a visit."""
    found = estimable(recall(between_visits, cohort, settings))
    figure = between_visits_figure(found, footer=footer(cohort, settings, "between_visits"))
    yield Figure("between-visits", figure, words.between_visits_alt(found))
    yield Quote(words.between_visits_sentence(found))
    rules = convention_note(settings, curve, median, model)
    shown = between_visits_table(found, settings.conf_level)
    yield Table("between-visits", shown, "Relapse dated in three ways and in none", convention=rules)
    yield Note(words.ABOUT_BETWEEN_VISITS)
    yield from _models(cohort, settings, found, recall)


@or_why
def _models(cohort: Cohort, settings: Settings, dated: BetweenVisits, recall: Recall) -> Iterator[Block]:
    """Hazard ratios that need no date, and Turnbull's curve by group."""
    yield Heading("Hazard ratios without a date")
    found = estimable(recall(interval_models, cohort, settings))
    by_variable = {one.variable: one.p_value for one in found.groups}
    tested = tuple((f"equal groups of {name}", p) for name, p in by_variable.items())
    yield Looked(cohort, settings, page="Relapse between visits", names=DECIDED_BY, tested=tested)
    if told := words.models_sentence(found):
        yield Quote(told)
    rules = convention_note(settings, model, interval_model)
    shown, numbers = models_table(found, settings.conf_level), models_numbers(found)
    title = "Hazard ratios of relapse by each way to date it"
    yield Table("interval-models", shown, title, numbers, convention=rules)
    if found.groups:
        shown = turnbull_table(found, dated.months)
        yield Table("turnbull-groups", shown, "Turnbull's estimate by group", convention=rules)
    yield Note(words.ABOUT_MODELS)
