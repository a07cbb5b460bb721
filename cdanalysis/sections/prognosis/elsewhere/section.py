"""A model from elsewhere in these patients."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Figure, Heading, Note, Quote, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.prognosis import figures, tables
from cdanalysis.sections.prognosis.elsewhere import words
from cdanalysis.sections.prognosis.elsewhere.analysis import from_elsewhere
from cdanalysis.sections.prognosis.elsewhere.tables import validation_numbers, validation_table
from cdanalysis.sections.prognosis.words import calibration_alt
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, model, scores
from cdanalysis.writing.footers import footer


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Nothing until a model is given."""
    if not settings.given_model:
        return
    yield Heading("A model from elsewhere in these patients")
    found = estimable(recall(from_elsewhere, cohort, settings))
    yield Quote(words.elsewhere_sentence(found, settings.conf_level))
    yield from words.cautions(found)
    rules = convention_note(settings, model, scores)
    shown, numbers = validation_table(found, settings.conf_level), validation_numbers(found)
    yield Table("validation", shown, "The model from elsewhere in these patients", numbers, convention=rules)
    groups, month = found.found.calibration, found.model.months
    figure = figures.calibration_figure(groups, month, footer(cohort, settings, "survival"))
    yield Figure("validation-calibration", figure, calibration_alt(groups, month))
    shown = tables.calibration_table(groups, settings.conf_level)
    title = f"Risk by {month:g} months as the model from elsewhere predicts it and as observed"
    yield Table("validation-calibration", shown, title, convention=rules)
    yield Note(words.ABOUT_ELSEWHERE)
