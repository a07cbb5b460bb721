"""Does the current level of a marker predict the outcome?"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure
from cdanalysis.results import Estimate
from cdanalysis.sections.blocks import Figure, Heading, Looked, Note, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamp_beside, stamped_footer
from cdanalysis.sections.parts import Block, Dial, as_part
from cdanalysis.sections.predictors.current_level import tables, words
from cdanalysis.sections.predictors.current_level.analysis import CurrentLevel, current_level
from cdanalysis.sections.predictors.current_level.words import level_note, level_title
from cdanalysis.sections.predictors.marker_section import of_marker
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, start_stop
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.nouns import capitalized

DECIDED_BY = (*that_decide("endpoint"), "scan_marker", "cutoffs")


@as_part("Current level", "Whether the last value known predicts the outcome, and what an event on the way changes.")
@of_marker("Whose current level is looked at.")
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """A value counts for as long as the reader says."""
    level = partial(_level, cohort, settings, recall)
    yield Dial("current-span", words.SPAN_LABEL, words.SPAN_HELP, words.SPAN, 1.0, words.LONGEST, level)


@or_why
def _level(cohort: Cohort, settings: Settings, recall: Recall, span: float) -> Iterator[Block]:
    found = estimable(recall(current_level, cohort, settings, span))
    tested = tuple((row.label, row.ratio.p_value) for row in found.rows if isinstance(row.ratio.ratio, Estimate))
    yield Looked(cohort, settings, page="Current level", names=DECIDED_BY, cut=(found.marker.code,), tested=tested)
    below, code = stamped_footer(cohort, settings, recall), file_word(found.marker.code)
    beside = stamp_beside(cohort, settings, found.marker.code, recall)
    figure = level_figure(found, show_interval=settings.show_interval, footer=below, beside=beside)
    yield Figure(f"current-{code}", figure, words.level_alt(found))
    yield Quote(words.level_sentence(found))
    yield from words.cautions(found)
    yield from _tables(found, settings)


def _tables(found: CurrentLevel, settings: Settings) -> Iterator[Block]:
    rules, level = convention_note(settings, start_stop), settings.conf_level
    title = f"Current {found.marker.label}, carried for {found.span:g} months, and {found.noun}"
    shown = tables.level_table(found.rows, level)
    yield Table("current-level", shown, title, tables.level_numbers(found.rows), convention=rules)
    yield Note(words.ABOUT_LEVEL)
    if found.after:
        yield Heading("After an event")
        shown, numbers = tables.level_table(found.after, level), tables.level_numbers(found.after)
        yield Table("after-event", shown, f"{capitalized(found.noun)} after other events", numbers, convention=rules)
        yield Note(words.ABOUT_AFTER)


def level_figure(found: CurrentLevel, *, show_interval: bool, footer: str, beside: str) -> dict[str, Any]:
    """Two curves; n in the legend: patients who were ever in the state. `footer` is plotly text, beside plain."""
    titles = level_title(found), curves_axis(outcome=found.noun), months_since(found.origin)
    figure = survival_figure(*titles, found.risk_times, show_interval=show_interval, footer=footer)
    fill_groups(figure, found.steps, [f"{label}, current" for label in found.labels], found.risk_times, found.noun)
    note_result(figure, level_note(found), beside)
    return figure
