"""Adverse events: by term and patient, per 100 patient-years, time to the first, predictors."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.drawing.forest_table import forest
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Excluded, Figure, Heading, KeyFigures, Looked, Note, Quote, Table, drawn
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.sections.models.section import candidates_in_paper, candidates_table, cautions
from cdanalysis.sections.models.words import concordance_note, forest_alt
from cdanalysis.sections.parts import Block, LookCloser, Part, lazily
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.sections.safety import words
from cdanalysis.sections.safety.analysis import Safety, safety
from cdanalysis.sections.safety.tables import adverse_events
from cdanalysis.sections.survival.analysis import Survival
from cdanalysis.sections.survival.figures import curves
from cdanalysis.sections.survival.recurrent import section as recurrent
from cdanalysis.sections.survival.tables import quantile_table
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, median, rates, wilson
from cdanalysis.writing.figure_text import survival_alt, survival_title


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Adverse events page."""
    found = estimable(recall(safety, cohort, settings))
    yield Looked(cohort, settings, found.models, page="Adverse events", names=that_decide("endpoint", "model"))
    below = stamped_footer(cohort, settings, recall, "safety")
    if told := words.key_figures(found):
        yield KeyFigures(told)
    yield Quote(words.safety_sentence(found, settings))
    if found.any_event is not None:
        rules = convention_note(settings, wilson, rates)
        yield Table("adverse-events", adverse_events(found, settings.conf_level), "Adverse events", convention=rules)
    yield from _first_event(found.survival, settings, below)
    yield from _predictors(found.models, settings, below)
    every = replace(settings, outcome="adverse_event")
    again = lazily(recurrent.view, cohort, every, recall)
    about = "How many adverse events a patient has by when, and by group."
    yield LookCloser("safety-closer", (Part("Events that come again", about, again),))


@or_why
def _first_event(survival: Survival | NotEstimable, settings: Settings, below: str) -> Iterator[Block]:
    found = estimable(survival)
    yield Heading("Time to the first adverse event")
    cumulative = settings.curve == "cumulative"
    title = survival_title("adverse event", found.group_label, cumulative)
    look = {"show_interval": settings.show_interval, "risk_rows": settings.risk_rows, "footer": below}
    figure = curves(found, title, cumulative=cumulative, **look)
    yield Figure("adverse-event-free", figure, survival_alt(found.kaplan_meier, outcome="adverse event"))
    shown = quantile_table(found, settings.conf_level)
    rules = convention_note(settings, median)
    yield Table("adverse-event-quantiles", shown, "Quartiles of the time to the first adverse event", convention=rules)
    yield Excluded(found.excluded, found.n)


@or_why
def _predictors(models: CandidateModels | NotEstimable, settings: Settings, below: str) -> Iterator[Block]:
    found = estimable(models)
    yield Heading("Predictors of adverse events")
    yield candidates_table("ae-predictors", "Predictors of adverse events", found.rows, settings)
    yield from cautions(found.multivariable, found.left_out, settings, "adverse event")
    if told := concordance_note(found.multivariable, settings):
        yield Note(told)
    title, level = "Hazard ratios for an adverse event", settings.conf_level
    figure = forest(found.rows, which="both", title=title, footer=below, conf_level=level)
    yield drawn("ae-forest", figure, forest_alt(found.rows))


def paper(found: Safety, settings: Settings) -> Iterator[Table]:
    """The tables of a paper."""
    if found.any_event is not None:
        shown = adverse_events(found, settings.conf_level)
        yield Table("adverse-events", shown, "Adverse events", footnote="Actions are counts of events.")
    if not isinstance(found.models, NotEstimable) and found.models.rows:
        yield candidates_in_paper("ae-predictors", "Predictors of adverse events", found.models.rows, settings)
