"""Predictors of the outcome: curves that follow a cut-off, every candidate alone and together, and can the ratios be believed?"""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.drawing.forest_table import forest
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.centres import centre_column
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import (
    Excluded,
    Heading,
    KeyFigures,
    Looked,
    Note,
    Notice,
    Quote,
    Sentence,
    Table,
    drawn,
)
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.models.section import candidates_in_paper, candidates_table, cautions
from cdanalysis.sections.models.words import concordance_note, forest_alt, predictors_sentence
from cdanalysis.sections.parts import Block, LookCloser
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.centres import section as centres
from cdanalysis.sections.predictors.centres.analysis import NEEDED as CENTRES_NEEDED
from cdanalysis.sections.predictors.continuous import section as continuous
from cdanalysis.sections.predictors.cross_check import section as cross_check
from cdanalysis.sections.predictors.current_level import section as current_level
from cdanalysis.sections.predictors.few_events import section as few_events
from cdanalysis.sections.predictors.handle.section import handles
from cdanalysis.sections.predictors.missing_values import section as missing_values
from cdanalysis.sections.predictors.power import section as power
from cdanalysis.sections.predictors.power.words import null_note
from cdanalysis.sections.predictors.proportional_hazards import section as proportional_hazards
from cdanalysis.sections.predictors.robustness import section as robustness
from cdanalysis.sections.predictors.subgroups import section as subgroups
from cdanalysis.sections.predictors.ties import section as ties
from cdanalysis.sections.predictors.weighted import section as weighted
from cdanalysis.sections.predictors.words import no_event_notice, others_note, predictors_question
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.sections.survival.analysis import survival
from cdanalysis.sections.survival.clocks import section as clocks
from cdanalysis.sections.survival.usable import NEEDED, TIME_ZERO
from cdanalysis.sections.survival.words import components, key_figures, not_offered
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_figure_text


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Predictors page."""
    found = recall(predictors, cohort, settings)
    yield Looked(cohort, settings, found)
    found = estimable(found)
    everybody = recall(survival, cohort, replace(settings, survival_group=""))
    if not isinstance(everybody, NotEstimable):
        yield KeyFigures(key_figures(everybody))
    yield Sentence(predictors_question(settings, found.endpoint, found.handles))
    yield from map(Notice, filter(None, (no_event_notice(found.endpoint), *found.endpoint.notes)))
    yield from handles(cohort, settings, found, recall)
    yield from _candidates(cohort, settings, found, recall)
    yield Heading("Who is analysed")
    yield from map(Sentence, components(found.endpoint))
    yield from map(Note, (*found.endpoint.no_end, *found.endpoint.remarks))
    yield Excluded(found.endpoint.excluded, found.n)
    yield from (Excluded(one.excluded, found.n - one.n_missing) for one in found.handles if one.excluded)
    missing = {} if found.endpoint.of_responders else {TIME_ZERO: NEEDED[TIME_ZERO]}
    missing |= {} if centre_column(cohort, settings) else {centres.TITLE: CENTRES_NEEDED}
    parts = [offered(cohort, settings, recall) for offered in PARTS]
    yield LookCloser("check-section", tuple(one for one in parts if one.title not in missing))
    yield from map(Note, not_offered(missing))


def _candidates(cohort: Cohort, settings: Settings, found: Predictors, recall: Recall) -> Iterator[Block]:
    yield Heading("Every candidate, alone and together")
    yield candidates_table("predictors", f"Predictors of {found.endpoint.noun}", found.rows, settings)
    yield from cautions(found.multivariable, found.left_out, settings, found.endpoint.noun)
    others = others_note(_others(cohort, found)) if not settings.candidates else ""
    notes = others, concordance_note(found.multivariable, settings), null_note(found.rows)
    yield from (Note(told) for told in notes if told)
    yield Quote(predictors_sentence(found.rows, found.multivariable, settings, found.endpoint.noun))
    yield Heading("Forest plot")
    below = stamped_footer(cohort, settings, recall)
    figure = forest(
        found.rows,
        which="both",
        title=escape_figure_text(f"Hazard ratios for {found.endpoint.noun}"),
        footer=below,
        conf_level=settings.conf_level,
    )
    yield drawn("forest", figure, forest_alt(found.rows))


def _others(cohort: Cohort, found: Predictors) -> list[str]:
    """The labels of what the file offers and the table does not hold."""
    shown = {one.code for one in found.candidates}
    return [covariates.label_of(cohort, code) for code in covariates.available(cohort) if code not in shown]


PARTS = (
    few_events.view, power.view, proportional_hazards.view, continuous.view, current_level.view, robustness.view,
    subgroups.view, centres.view, subgroups.adjusted_view, weighted.view, clocks.part, ties.view, missing_values.view,
    cross_check.view,
)  # fmt: skip


def paper(found: Predictors, settings: Settings) -> Iterator[Table]:
    """The table of a paper."""
    if found.rows:
        yield candidates_in_paper("predictors", f"Predictors of {found.endpoint.noun}", found.rows, settings)
