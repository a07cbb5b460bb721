"""What these events could have found, and what the next study needs."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Heading, Note, Quote, Table
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.power import tables, words
from cdanalysis.sections.predictors.power.analysis import power
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, schoenfeld
from cdanalysis.writing.numbers import count


@as_part("Power", "Which hazard ratios these events could have found, and what the next study needs.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of every candidate, then of the markers under the handles in another study."""
    told = estimable(recall(power, estimable(recall(predictors, cohort, settings)), settings))
    rules = convention_note(settings, schoenfeld)
    yield Quote(words.power_sentence(told))
    title = f"What {count(told.n_events, 'event')} could have found: {told.noun}"
    shown, numbers = tables.power_table(told, settings.conf_level), tables.power_numbers(told)
    yield Table("power", shown, title, numbers, convention=rules)
    yield Note(words.ABOUT_POWER)
    if not told.planned:
        return
    yield Heading("The next study")
    if said := words.next_sentence(told):
        yield Quote(said)
    title = f"Events and patients for the next study ({words.by_month(told)})"
    yield Table("next-study", tables.next_table(told), title, convention=rules)
    yield Note(words.ABOUT_NEXT)
