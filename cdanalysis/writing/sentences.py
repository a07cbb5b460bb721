"""Results as sentences, as Markdown: every word that came from a file is escaped, so a page may show them as they are.

`model_cautions` is the exception: plain fragments, shown one by one by `ui/show.py`, which escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import NO_MARKER, Exclusion, Fault, NotEstimable, PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.writing.differences import marker_label
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.labels import clock_in_use, relapse_rule
from cdanalysis.writing.numbers import count, listed, sentence

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort
    from cdanalysis.outcomes.endpoints import TimeToEvent
    from cdanalysis.sections.predictors.relapse_predictors import MarkerAnalysis
    from cdanalysis.statistics.cox.cox import CoxResult

FEW_EVENTS = 10  # events per covariate below which estimates are unsteady
TOO_FEW_EVENTS = 5


def excluded_sentence(exclusions: Sequence[Exclusion], n_analysed: int) -> str:
    """Who is analysed, and how many are not, by reason."""
    analysed = f"{count(n_analysed, 'patient')} {_is(n_analysed)} analysed"
    counted = [exclusion for exclusion in exclusions if exclusion.n]
    if not counted:
        return f"{analysed}; none is excluded."
    reasons = "; ".join(f"{escape_markdown(exclusion.reason)} ({exclusion.n:,})" for exclusion in counted)
    n_excluded = sum(exclusion.n for exclusion in counted)
    return f"{analysed}. {count(n_excluded, 'patient')} {_is(n_excluded)} excluded: {reasons}."


def question(factors: Sequence[str], outcome: str = "relapse") -> str:
    """The question a page answers, of the factors' labels."""
    verb = "does" if len(factors) == 1 else "do"
    return escape_markdown(sentence(f"{verb} {listed(list(factors))} predict {outcome}?"))


def definition_in_use(outcome: str, rule: str, clock: str) -> str:
    """What counts as the event and where its clock starts, of their labels."""
    return escape_markdown(f"{sentence(f'{outcome}: {rule}')} {sentence(f'Time zero: {clock}')}")


def predictors_question(
    settings: Settings, endpoint: TimeToEvent | None = None, handles: Sequence[MarkerAnalysis] = ()
) -> str:
    """The question of the Predictors page, and the definition and clock in use."""
    factors = [one.labels[1] for one in handles] or ["the candidates"]
    if endpoint is not None and not endpoint.derived:
        rule, clock = "as the file states it", endpoint.origin
    else:
        rule, clock = relapse_rule(settings), clock_in_use(settings)
    return f"**{question(factors)}** {definition_in_use('relapse', rule, clock)}"


def handles_note(cohort: Cohort, settings: Settings) -> str:
    """Which of the chosen markers the file does not have, and what is shown instead; empty where it has them; Markdown."""
    missing = [marker_label(code) for code in settings.handle_codes if code not in cohort.markers]
    shown = [cohort.marker(code).label for code in cohort.handles(settings.handle_codes)]
    if not shown:
        return escape_markdown(f"{sentence(NO_MARKER.reason)} Curves by a marker need one.")
    if not missing:
        return ""
    instead = f"{listed(shown)} {_is(len(shown))} shown. Other markers can be chosen under Cut-offs and model."
    return escape_markdown(f"The file has no values of {listed(missing)}: {instead}")


def model_cautions(model: CoxResult | NotEstimable, outcome: str = "relapse") -> list[str]:
    """What a reader must know before believing the model's numbers; plain."""
    if isinstance(model, NotEstimable):
        return [sentence(f"No multivariable model: {model.reason}")]
    # The model's own caution about few events is said once, with its numbers.
    others = [caution for caution in model.cautions if "events per covariate" not in caution]
    return [*map(sentence, others), events_per_covariate(model.n_events, len(model.terms), outcome)]


def events_per_covariate(n_events: int, n_covariates: int, outcome: str = "relapse") -> str:
    """How many events each covariate of a model stands on; plain."""
    if not n_covariates:
        return "The model has no covariate."
    each = n_events / n_covariates
    text = f"{count(n_events, outcome)} for {count(n_covariates, 'covariate')}: {each:.1f} events per covariate"
    if each < TOO_FEW_EVENTS:
        return (
            f"{text}, fewer than {TOO_FEW_EVENTS}: the model is overfitted and its estimates should not be relied on."
        )
    if each < FEW_EVENTS:
        return f"{text}, fewer than {FEW_EVENTS}: the estimates are unsteady."
    return f"{text}."


def cohort_summary(cohort: Cohort) -> str:
    """What was read, in one sentence, and how many patients were left out on reading."""
    n, n_visits = len(cohort.patients), len(cohort.visits)
    made_up = " Its patients are **synthetic**." if cohort.synthetic else ""
    left_out = sum(exclusion.n for exclusion in cohort.excluded)
    gone = f" {excluded_sentence(cohort.excluded, n)}" if left_out else ""
    read = f"{escape_markdown(cohort.file_name)}: {count(n, 'patient')}, {count(n_visits, 'visit')}."
    return f"{read}{made_up}{gone}"


def faults_sentence(faults: Sequence[Fault], excluded: Sequence[Exclusion] = ()) -> str:
    """How many cells could not be read, how many were read with a warning, and who was left out for it."""
    n_errors = sum(fault.severity == "error" for fault in faults)
    n_warnings = len(faults) - n_errors
    parts = [
        *([f"{count(n_errors, 'fault')}: what is named here is left out"] if n_errors else []),
        *([f"{count(n_warnings, 'warning')}: used, and said here"] if n_warnings else []),
        *(f"{count(one.n, 'patient')} left out ({escape_markdown(one.reason)})" for one in excluded if one.n),
    ]
    return sentence("; ".join(parts)) if parts else "No fault was found."


def sentence_without_faults(n_questions: int, excluded: Sequence[Exclusion], likened: Sequence[str]) -> str:
    """That every cell was read as its column says, if that is so: nothing open, left out, or taken by likeness."""
    parts = [
        *(
            [f"{count(n_questions, 'question')} above still open: what is asked about is left out"]
            if n_questions
            else []
        ),
        *(f"{count(one.n, 'patient')} left out ({escape_markdown(one.reason)})" for one in excluded if one.n),
        *(f"the sheet {escape_markdown(name)} was taken by the likeness of its name" for name in likened),
    ]
    return sentence("No cell is at fault; " + "; ".join(parts)) if parts else "Every cell was read as its column says."


def rows_by_result(
    rows: Sequence[PredictorRow], significance: float
) -> tuple[list[PredictorRow], list[PredictorRow], list[PredictorRow]]:
    """The rows in the model: associated (P below `significance`, unrounded), not associated, not estimable."""
    entered = [row for row in rows if row.multivariable is not None]
    unknown = [row for row in entered if isinstance(row.multivariable, NotEstimable)]
    known = [row for row in entered if not isinstance(row.multivariable, NotEstimable)]
    return (
        [row for row in known if row.multivariable_p < significance],
        [row for row in known if not row.multivariable_p < significance],
        unknown,
    )


def _is(n: int) -> str:
    return "is" if n == 1 else "are"
