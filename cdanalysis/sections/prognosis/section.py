"""The prognostic model: may it be one, how good is it, what is left in other patients, one from elsewhere in these."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Heading, Looked, Note, Notice, Quote, Sentence, Table
from cdanalysis.sections.parts import Block, LongRun, lazily
from cdanalysis.sections.prognosis import figures, tables, words
from cdanalysis.sections.prognosis.analysis import PrognosticModel, in_other_patients, prognostic_model
from cdanalysis.sections.prognosis.elsewhere import section as elsewhere
from cdanalysis.sections.prognosis.to_use import section as use
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, model, penalty, refitted, riley, scores
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer

AT_ONCE = 1_000  # patients whose bootstrap takes about a second
DECIDED_BY = (*that_decide("endpoint", "model"), "prognostic_candidates", "prognostic_form")


def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Prognostic model page."""
    told = recall(prognostic_model, cohort, settings)
    yield Looked(cohort, settings, page="Prognostic model", names=DECIDED_BY)
    if isinstance(told, NotEstimable):
        yield told
    else:
        yield from _model(cohort, told, settings, recall)
    yield from elsewhere.view(cohort, settings, recall)


def _model(cohort: Cohort, told: PrognosticModel, settings: Settings, recall: Recall) -> Iterator[Block]:
    """First whether it may be one."""
    yield (Quote if told.large_enough else Notice)(words.size_sentence(told))
    shown = tables.size_table(told)
    rules = convention_note(settings, riley)
    yield Table("riley", shown, "Patients that a prediction model needs", convention=rules)
    yield Note(words.ABOUT_SIZE)
    yield from words.cautions(told)
    yield from _scores(cohort, told, settings)
    drawn = lazily(_optimism, cohort, settings, recall)
    if len(cohort.patients) <= AT_ONCE:
        yield from drawn
    else:
        yield LongRun(words.BOOTSTRAP_LABEL, words.BOOTSTRAP_HELP, drawn, in_other_patients, (cohort, settings))
    yield Heading("Shrunken")
    yield Quote(words.ridge_sentence(told))
    yield Note(words.ABOUT_RIDGE)
    if told.large_enough:
        yield from use.view(cohort, settings, recall, told)
        yield from _formula(told, settings)


def _scores(cohort: Cohort, told: PrognosticModel, settings: Settings) -> Iterator[Block]:
    yield Heading("How well it tells patients apart, and whether its risks are right")
    yield Quote(words.score_sentence(told, settings))
    rules = convention_note(settings, model, scores)
    yield Table("prediction-scores", tables.score_table(told), "AUC and Brier score by month", convention=rules)
    yield Note(words.ABOUT_SCORES)
    figure = figures.calibration_figure(told.calibration, told.month, footer(cohort, settings, "prognosis"))
    yield Figure("calibration", figure, words.calibration_alt(told.calibration, told.month))
    title = f"Predicted and observed risk by {told.month:g} months"
    yield Table("calibration", tables.calibration_table(told.calibration, settings.conf_level), title, convention=rules)


@or_why
def _optimism(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    drawn = estimable(recall(in_other_patients, cohort, settings, waiting="Drawing patients…"))
    yield Quote(words.optimism_sentence(drawn))
    title = f"What is left in other patients, over {drawn.n} resamples"
    yield Table("optimism", tables.optimism_table(drawn), title, convention=convention_note(settings, refitted))
    yield Note(words.ABOUT_OPTIMISM)


def _formula(told: PrognosticModel, settings: Settings) -> Iterator[Block]:
    """The whole model, for who computes its risks elsewhere."""
    yield Heading("Formula")
    shown, numbers = tables.terms_table(told), tables.terms_numbers(told)
    yield Table(
        "prognostic-terms", shown, "Terms of the model", numbers, convention=convention_note(settings, model, penalty)
    )
    yield Sentence(escape_markdown(words.formula(told)))
