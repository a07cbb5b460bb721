"""The hazard ratios of other papers beside the cohort's own, put together."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.drawing import theme
from cdanalysis.drawing.pooled_forest import Row, pooled_forest
from cdanalysis.results import Estimate
from cdanalysis.sections.blocks import Figure, Heading, Looked, Note, Notice, Quote, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, Choose
from cdanalysis.sections.predictors.marker_section import of_marker
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.reproduction.beside import tables, words
from cdanalysis.sections.reproduction.beside.analysis import Beside, Which, published_beside
from cdanalysis.sections.reproduction.beside.words import OURS, WHICH
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, model, pooling
from cdanalysis.writing.escapes import file_word

DECIDED_BY = (*that_decide("endpoint", "model"), "scan_marker")
ABOUT_WHICH = "The cohort's ratio alone, or adjusted for what the screening let in."


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Nothing until ratios of papers are given."""
    if not settings.published_ratios:
        return
    yield Heading("Published beside ours")
    yield from _of(cohort, settings, recall)


@of_marker("Whose ratio stands beside the papers'.")
def _of(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    beside = partial(_beside, cohort, settings, recall)
    yield Choose("published-model", "The cohort's ratio", ABOUT_WHICH, words.WHICH, beside, looks="buttons")


@or_why
def _beside(cohort: Cohort, settings: Settings, recall: Recall, which: Which) -> Iterator[Block]:
    found = estimable(recall(published_beside, cohort, settings, which))
    tested, cut = ((f"{found.label}, {words.WHICH[which].lower()}", found.ours.p_value),), (found.marker.code,)
    yield Looked(cohort, settings, page="Published beside ours", names=DECIDED_BY, cut=cut, tested=tested)
    if cohort.synthetic:
        yield Notice(words.SYNTHETIC)
    figure = beside_forest(found, footer=stamped_footer(cohort, settings, recall))
    yield Figure(f"published-beside-{file_word(found.marker.code)}", figure, words.beside_alt(found))
    yield Quote(words.beside_sentence(found))
    yield from words.cautions(found)
    shown, numbers = tables.beside_table(found), tables.beside_numbers(found)
    rules = convention_note(settings, model, pooling)
    yield Table("published-beside", shown, f"{found.label}: published and here", numbers, convention=rules)
    yield Note(words.ABOUT_BESIDE)


def beside_forest(found: Beside, *, footer: str) -> dict[str, Any]:
    """Ours first, then the papers, then all together; `footer` is plotly text."""
    rows: list[Row] = [(f"{OURS}: {WHICH[found.which].lower()}", found.ours.ratio, found.ours.p_value)]
    papers = zip(found.published, found.published_p, strict=True)
    rows += [(one.label, Estimate(*one.numbers), p) for one, p in papers]
    title = theme.escape_figure_text(f"{found.label}: {found.noun}, published and here")
    return pooled_forest(rows, found.together, title=title, footer=footer, conf_level=found.conf_level)
