"""What the data itself shows against the results: few events, broken assumptions, missing values, clocks, chosen cut-offs."""

from collections.abc import Iterator
from typing import Any

from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, known
from cdanalysis.report.methods import methods_sections
from cdanalysis.report.methods.cutoffs_used import cutoffs_used
from cdanalysis.report.statements.limits_of_data import clock, cohort, follow_up, missing
from cdanalysis.report.statements.references import Citations
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.words import few_events, is_screened
from cdanalysis.writing.numbers import SIGNIFICANCE, count, interval, listed, p_phrase, percent
from cdanalysis.writing.sentences import are, were

WIDE = 10.0  # upper limit of a hazard ratio by its lower one


def limitations(run: Run) -> tuple[str, ...]:
    """The limitations as plain sentences; numbers in brackets are the document's references."""
    cite = Citations()
    methods_sections(run, cite)  # numbers its references first, as in the document
    return limitation_sentences(run, cite)


def limitation_sentences(run: Run, cite: Citations) -> tuple[str, ...]:
    """The limitations as plain sentences that cite by the document's own numbers."""
    parts = (cohort, clock, follow_up, _models, _hazards, _cutoffs, missing, _tests, _ledger)
    return tuple(text for part in parts for text in part(run, cite) if text)


def _each_model(run: Run) -> Iterator[tuple[str, Any]]:
    predictors, safety = found(run, "predictors"), found(run, "safety")
    if predictors:
        yield predictors.endpoint.noun, predictors
    if safety and known(safety.models):
        yield "adverse events", safety.models


def _models(run: Run, cite: Citations) -> Iterator[str]:
    for outcome, result in _each_model(run):
        model = known(result.multivariable)
        few = few_events(model.n_events, len(model.terms), outcome.removesuffix("s")) if model else ""
        if few:
            yield f"{few.rstrip('.')}{cite('epv')}."
        yield from _unsteady(result, outcome)
        if model and is_screened(run.settings):
            yield (
                f"The covariates of the model of {outcome} were screened by their P values, which favours chance "
                f"findings: the P values after it are too small{cite('screening')}."
            )


def _unsteady(result: Any, outcome: str) -> Iterator[str]:
    """Hazard ratios that could not be estimated, and those known only within a wide interval."""
    entered = [row for row in result.rows if row.multivariable is not None]
    unknown = [row.label for row in entered if isinstance(row.multivariable, NotEstimable)]
    if unknown:
        yield f"No hazard ratio for {outcome} could be estimated for {listed(unknown)}."
    wide = [
        f"{row.label} ({interval(row.multivariable)})"
        for row in entered
        if isinstance(row.multivariable, Estimate) and row.multivariable.upper > WIDE * row.multivariable.lower
    ]
    if wide:
        yield f"Intervals of the hazard ratio for {outcome} are wide: {listed(wide)}."


def _hazards(run: Run, cite: Citations) -> Iterator[str]:
    predictors, checked = found(run, "predictors"), found(run, "proportionality")
    if not (predictors and known(predictors.multivariable)):
        return
    if checked is None:
        yield "Proportional hazards of the multivariable model were not tested."
        return
    terms = zip(checked.labels, checked.test.terms, strict=True)
    broken = [f"{label} ({p_phrase(one.p_value)})" for label, one in terms if one.p_value < SIGNIFICANCE]
    if broken:
        yield f"Hazards do not look proportional{cite('zph')} for {listed(broken)}: the hazard ratio is an average over time."


def _cutoffs(run: Run, cite: Citations) -> Iterator[str]:
    used = cutoffs_used(run)
    searched = [one.group for one in used if one.origin == "data-driven"]
    if searched:
        yield (
            f"{listed(searched)} {are(len(searched))} neither pre-specified nor published: if found by looking "
            f"at these data, P values are too small and hazard ratios too far from 1{cite('optimal')}."
        )
    scanned = found(run, "cutoffs")
    if scanned:
        n = len(scanned.scan.rows)
        yield f"{percent(scanned.scan.n_significant(), n)} of the admissible cut-offs of {scanned.marker.label} give P < 0.05."
    if used:
        yield f"Cutting a marker in two loses information and assumes a step in risk{cite('dichotomy')}."


def _tests(run: Run, _: Citations) -> Iterator[str]:
    baseline, predictors = found(run, "baseline"), found(run, "predictors")
    tested = [row for row in baseline.rows if known(row.test)] if baseline else []
    candidates = predictors.candidates if predictors else ()
    if len(tested) > 1:
        yield f"The {len(tested)} tests of baseline variables are not corrected for their number."
    if len(candidates) > 1:
        of = f"{count(len(candidates), 'candidate')} of {predictors.endpoint.noun}"
        yield f"{of} were tested without correction for their number."


def _ledger(run: Run, cite: Citations) -> Iterator[str]:
    if not run.ledger:
        yield "How many specifications were looked at before this one was not recorded."
        return
    origins = [line.origin for line in run.ledger]
    parts = [f"{origins.count(origin)} {origin}" for origin in dict.fromkeys(origins)]
    looked = f"{count(len(origins), 'specification')} {were(len(origins))} looked at in this session"
    yield f"{looked} ({listed(parts)}); each further look makes a chance finding likelier{cite('multiplicity')}. {run.lock}".strip()
