"""Proportional hazards: test, residuals and log-log curves of a chosen term, its split and its strata."""

from collections.abc import Iterator
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note, Quote, Sentence, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, Choose, Dial, SideBySide, as_part, lazily
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.proportional_hazards import tables, words
from cdanalysis.sections.predictors.proportional_hazards.analysis import (
    ChangingHazard,
    Proportionality,
    changing_hazard,
    log_log_curves,
    proportionality,
)
from cdanalysis.sections.predictors.proportional_hazards.figures import log_log_figure, residuals_figure
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, model
from cdanalysis.writing.escapes import escape_figure_text, escape_markdown, shorten_group
from cdanalysis.writing.numbers import sentence

TITLE = "Test of proportional hazards"
TITLE_CHARACTERS = 38
FARTHEST_MONTH = 600.0


@as_part("Proportional hazards", "Whether each hazard ratio is the same early and late.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Everything about one term, and the test of all, on the time axis that the reader chooses."""
    found = estimable(recall(predictors, cohort, settings))
    part = _OfModel(cohort, settings, recall, found)
    about, labels = words.RESIDUALS_HELP, words.TRANSFORM_LABELS
    yield Choose("check-transform", "Time axis of the test", about, labels, part.tested, each=False)


class _OfModel:
    """The part's views of one model."""

    def __init__(self, cohort: Cohort, settings: Settings, recall: Recall, found: Predictors) -> None:
        self.settings, self.recall, self.found, self.below = (
            settings,
            recall,
            found,
            stamped_footer(cohort, settings, recall),
        )

    @or_why
    def tested(self, transform: str) -> Iterator[Block]:
        """The test of every term, then one of them."""
        checked = estimable(self.recall(proportionality, self.found, self.settings, transform))
        yield Quote(escape_markdown(words.proportionality_sentence(checked)))
        yield from (Caution(sentence(one), one.kind) for one in checked.test.cautions)
        yield Table("proportional-hazards", tables.proportionality_table(checked), TITLE)
        options = {term: term for term, _ in checked.terms}
        yield Choose("check-term", "Term", words.TERM_HELP, options, lambda term: self._of_term(checked, term))

    def _of_term(self, checked: Proportionality, term: str) -> Iterator[Block]:
        yield SideBySide(
            (lazily(self._residuals, checked, term), lazily(self._log_log, term, dict(checked.terms)[term]))
        )
        yield Note(words.ABOUT_RESIDUALS)
        yield Sentence("**If the ratio changes over time**")
        start = min(round(max(checked.median_event, 0.1), 1), FARTHEST_MONTH)
        changing = partial(self._changing, term)
        yield Dial("check-split", "Split at month", words.SPLIT_HELP, start, 0.1, FARTHEST_MONTH, changing)

    def _residuals(self, checked: Proportionality, term: str) -> Iterator[Block]:
        if term not in checked.test.columns:
            yield NotEstimable(f"{term} has no estimate to test")
            return
        place = checked.test.columns.index(term)
        figure = residuals_figure(checked, place, self.below)
        yield Figure("residuals", figure, words.residuals_alt(checked, place), private=OF_PATIENTS)

    def _log_log(self, term: str, code: str) -> Iterator[Block]:
        curves = self.recall(log_log_curves, self.found, self.settings, code)
        title = escape_figure_text(f"{shorten_group(term, TITLE_CHARACTERS)}: log-log curves")
        if isinstance(curves, NotEstimable):
            yield curves
        else:
            figure = log_log_figure(curves, title, self.below)
            yield Figure("log-log", figure, words.log_log_alt(curves, self.found.endpoint.noun), private=OF_PATIENTS)

    @or_why
    def _changing(self, term: str, month: float) -> Iterator[Block]:
        """The term before and after a month, and the model stratified by its groups."""
        changed = estimable(self.recall(changing_hazard, self.found, self.settings, term, month))
        yield Sentence(escape_markdown(words.change_sentence(changed)))
        yield from self._split(changed)
        yield Sentence(escape_markdown(words.stratified_sentence(changed)))
        if not isinstance(changed.stratified, NotEstimable):
            shown = tables.stratified_table(changed, self.settings.conf_level)
            yield Table(
                "stratified", shown, "Model stratified by a factor", convention=convention_note(self.settings, model)
            )
        yield Note(words.ABOUT_CHANGE)

    def _split(self, changed: ChangingHazard) -> Iterator[Block]:
        if not isinstance(changed.split, NotEstimable):
            shown = tables.split_table(changed.split, self.settings.conf_level, changed.noun)
            rules = convention_note(self.settings, model)
            yield Table("time-split", shown, "Hazard ratio before and after a month", convention=rules)


def paper(found: Proportionality, _: Settings) -> Iterator[Table]:
    """The table of a paper."""
    yield Table("proportionality", tables.proportionality_table(found), TITLE)
