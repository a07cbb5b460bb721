"""The multivariable model as a prediction."""

from __future__ import annotations

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Heading, Note, Notice, Quote, Sentence, Table
from cdanalysis.sections.parts import Block, LongRun, lazily
from cdanalysis.sections.predictors.prognostic_model import figures, tables, words
from cdanalysis.sections.predictors.prognostic_model.analysis import (
    PrognosticModel,
    in_other_patients,
    prognostic_model,
)
from cdanalysis.sections.predictors.relapse_predictors import Predictors, predictors
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.writing.conventions import convention_note, model, riley, scores
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer

AT_ONCE = 1_000  # patients whose bootstrap takes about a second


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """First whether it may be one."""
    found = recall(predictors, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    told = recall(prognostic_model, found, settings)
    if isinstance(told, NotEstimable):
        yield told
        return
    yield (Quote if told.large_enough else Notice)(words.size_sentence(told))
    yield Table(
        "riley",
        tables.size_table(told),
        "Patients that a prediction model needs",
        convention=convention_note(settings, riley),
    )
    yield Note(words.ABOUT_SIZE)
    yield from _scores(cohort, told, settings)
    drawn = lazily(_optimism, found, settings, recall)
    if len(cohort.patients) <= AT_ONCE:
        yield from drawn
    else:
        yield LongRun(words.BOOTSTRAP_LABEL, words.BOOTSTRAP_HELP, drawn, in_other_patients, (found, settings))
    if told.large_enough:
        yield from _calculator(cohort, told, settings)


def _scores(cohort: Cohort, told: PrognosticModel, settings: Settings) -> Iterator[Block]:
    yield Heading("How well it tells patients apart, and whether its risks are right")
    yield Quote(words.score_sentence(told, settings))
    rules = convention_note(settings, model, scores)
    yield Table("prediction-scores", tables.score_table(told), "AUC and Brier score by month", convention=rules)
    yield Note(words.ABOUT_SCORES)
    figure = figures.calibration_figure(told, footer(cohort, settings, "predictors"))
    yield Figure("calibration", figure, words.calibration_alt(told))
    title = f"Predicted and observed risk by {told.month:g} months"
    yield Table("calibration", tables.calibration_table(told, settings.conf_level), title, convention=rules)


def _optimism(found: Predictors, settings: Settings, recall: Recall) -> Iterator[Block]:
    drawn = recall(in_other_patients, found, settings, waiting="Drawing patients…")
    if isinstance(drawn, NotEstimable):
        yield drawn
        return
    yield Quote(words.optimism_sentence(drawn))
    yield Note(words.ABOUT_OPTIMISM)


def _calculator(cohort: Cohort, told: PrognosticModel, settings: Settings) -> Iterator[Block]:
    """What a clinician would use, where the cohort is large enough for it."""
    yield Heading("Decision curve and points")
    yield Figure(
        "decision-curve", figures.decision_curve(told, footer(cohort, settings, "predictors")), words.benefit_alt(told)
    )
    yield Table("points", tables.points_table(told), "Points of the model", convention=convention_note(settings, model))
    yield Sentence(escape_markdown(words.formula(told)))
