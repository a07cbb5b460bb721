"""What a clinician would use of a prognostic model that is large enough."""

from collections.abc import Iterator, Mapping
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution
from cdanalysis.sections.blocks import Figure, Heading, Note, Quote, Sentence, Table
from cdanalysis.sections.parts import Block, Field, Form
from cdanalysis.sections.prognosis.analysis import PrognosticModel
from cdanalysis.sections.prognosis.to_use import figures, tables, words
from cdanalysis.sections.prognosis.to_use.analysis import ToUse, to_use
from cdanalysis.sections.prognosis.to_use.scales import Scale
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, curve, model
from cdanalysis.writing.footers import footer


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall, told: PrognosticModel) -> Iterator[Block]:
    """Whom it would help to treat, groups of risk, the nomogram with its points, and a calculator."""
    found, below = estimable(recall(to_use, cohort, settings, told)), footer(cohort, settings, "prognosis")
    yield Heading("Calculator")
    fields = tuple(map(_field, found.points.scales))
    yield Form("calculator", fields, partial(_risk, found))
    yield Note(words.ABOUT_CALCULATOR)
    yield Figure("nomogram", figures.nomogram(found, below), words.nomogram_alt(found))
    yield Note(words.ABOUT_NOMOGRAM)
    yield Table(
        "points", tables.points_table(found), "Points of the model", convention=convention_note(settings, model)
    )
    yield Heading("Risk groups")
    curves = figures.risk_group_curves(found, show_interval=settings.show_interval, footer=below)
    yield Figure("risk-groups", curves, words.groups_alt(found))
    yield Quote(words.groups_sentence(found, settings.conf_level))
    shown = tables.risk_group_table(found, settings.conf_level)
    yield Table("risk-groups", shown, "Groups by predicted risk", convention=convention_note(settings, curve))
    yield Note(words.ABOUT_GROUPS)
    yield Heading("Decision curve")
    yield Figure("decision-curve", figures.decision_curve(found, below), words.benefit_alt(found))


def _field(scale: Scale) -> Field:
    levels = {float(place): level.label for place, level in enumerate(scale.levels)}
    return Field(scale.code, scale.named, words.about(scale), scale.typical, scale.step, levels)


def _risk(found: ToUse, given: Mapping[str, float]) -> Iterator[Block]:
    values = [given[one.code] for one in found.points.scales]
    yield Sentence(words.risk_sentence(found, values))
    beyond = words.outside(found, values)
    if beyond:
        yield Caution(beyond, "range")
