"""A marker's ratio across centres."""

from collections.abc import Iterator
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.drawing import theme
from cdanalysis.drawing.pooled_forest import pooled_forest
from cdanalysis.sections.blocks import Figure, Heading, Looked, Note, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.centres import tables, words
from cdanalysis.sections.predictors.centres.analysis import Centres, centres
from cdanalysis.sections.predictors.marker_section import of_marker
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings, that_decide
from cdanalysis.statistics.cox.cox_result import ChiSquare
from cdanalysis.writing.choices.conventions import convention_note, frailty, interaction, model, pooling
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.numbers import count
from cdanalysis.writing.within import within

TITLE = "Centres"
DECIDED_BY = (*that_decide("endpoint", "model"), "scan_marker", "centre")


@as_part(TITLE, "Whether the hazard ratio holds when the centres are allowed for, and from centre to centre.")
@of_marker("Whose ratio is looked at across centres.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """With the centres allowed for, then in each of them."""
    found = estimable(recall(centres, cohort, settings))
    test, code = found.comparison.interaction, file_word(found.marker.code)
    tested = (("interaction with centre", test.p_value),) if isinstance(test, ChiSquare) else ()
    yield Looked(cohort, settings, page="Centres", names=DECIDED_BY, cut=(found.marker.code,), tested=tested)
    yield Quote(words.ways_sentence(found))
    yield from words.cautions(found)
    shown, numbers = tables.ways_table(found, settings.conf_level), tables.ways_numbers(found)
    rules = convention_note(settings, model, frailty)
    yield Table("centres", shown, f"{found.label} with centres allowed for", numbers, convention=rules)
    yield Note(words.ABOUT_CENTRES)
    yield Heading("Does the ratio differ between centres?")
    below = stamped_footer(cohort, settings, recall)
    figure = centres_forest(found, footer=below, conf_level=settings.conf_level)
    yield Figure(f"centres-{code}", figure, words.forest_alt(found))
    yield Quote(words.heterogeneity_sentence(found))
    shown, numbers = tables.centres_table(found, settings.conf_level), tables.centres_numbers(found)
    rules = convention_note(settings, model, pooling, interaction)
    yield Table("centres-each", shown, f"{found.label} in each centre", numbers, convention=rules)
    yield Note(words.ABOUT_HETEROGENEITY)


def centres_forest(found: Centres, *, footer: str, conf_level: float) -> dict[str, Any]:
    """A line a centre, then all together; `footer` is plotly text."""
    rows = [
        (f"{one.level}: n = {one.n}, {count(one.n_events, found.noun)}", one.hazard_ratio, one.p_value)
        for one in found.comparison.subgroups
    ]
    title = theme.escape_figure_text(f"{found.label}: {found.noun} by {within(found.column)}")
    return pooled_forest(rows, found.pooled, title=title, footer=footer, conf_level=conf_level)
