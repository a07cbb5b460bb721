"""What the file and the follow-up themselves limit: who could be read, whom the clock leaves out, how long, what is missing."""

from collections.abc import Iterator
from math import isnan
from typing import Any

from cdanalysis.report.content import Run
from cdanalysis.report.facts import endpoints, found, held, known, on_landmark_clock
from cdanalysis.report.methods.comparisons import MISSING
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import count, listed, sentence
from cdanalysis.writing.sentences import were

FEW_AT_RISK = 10


def cohort(run: Run, _: Citations) -> Iterator[str]:
    """What the reading of the file left out."""
    if run.cohort.synthetic:
        yield "The cohort is synthetic: no result of it says anything about patients."
    n_left = sum(one.n for one in run.cohort.excluded)
    if n_left:
        yield f"Left out on reading the file: {listed([f'{one.reason} ({one.n:,})' for one in run.cohort.excluded if one.n])}."
    errors = sum(fault.severity == "error" for fault in run.cohort.faults)
    warnings = len(run.cohort.faults) - errors
    if errors:
        yield f"{count(errors, 'cell')} of the file could not be read and {'counts' if errors == 1 else 'count'} as missing."
    if warnings:
        told = f"{count(warnings, 'entry')} of the file {were(warnings)} read with a warning"
        yield f"{told}, such as a value below the limit of detection."


def clock(run: Run, cite: Citations) -> Iterator[str]:
    """What the start of the clock costs, and endpoints that could not be checked."""
    if on_landmark_clock(run):
        yield _conditioned(run.settings, cite)
    for endpoint in endpoints(run).values():
        if not endpoint.derived:
            yield f"Time to {endpoint.noun} is as the file states it; its definition and clock could not be checked."
        yield from endpoint.no_end


def _conditioned(settings: Settings, cite: Citations) -> str:
    """What the clock of the responders costs."""
    week = settings.landmark_week
    if settings.clock == "naive":
        return (
            f"Guarantee time{cite('guarantee')}: none of the patients could have the event before week {week}, and this time "
            "is counted as time at risk; event-free survival is overestimated."
        )
    if settings.clock == "late-entry":
        return f"The patients enter at week {week} with a response: the results hold for responders only."
    return (
        f"Follow-up starts with a response at week {week}: the results hold for responders, and what happened to patients "
        "before that week is not in them."
    )


def follow_up(run: Run, _: Citations) -> Iterator[str]:
    """Where the curve stands on few patients, and medians that were not reached."""
    survival = found(run, "survival")
    if not survival:
        return
    thin = [one for one in survival.kaplan_meier.at if one.n_at_risk < FEW_AT_RISK]
    if thin:
        first = min(thin, key=lambda one: one.time)
        who = f" ({one_line(first.group)})" if survival.group_label else ""
        left = count(first.n_at_risk, "patient")
        yield f"At {first.time:g} months {left}{who} remained at risk: the curve is unsteady from there on."
    curves = zip(survival.kaplan_meier.curves, survival.quantiles, strict=True)
    unreached = [one_line(curve.group) for curve, quarters in curves if isnan(quarters[1].value)]
    if unreached:
        yield f"The median was not reached{f' in {listed(unreached)}' if survival.group_label else ''}."


def missing(run: Run, _: Citations) -> Iterator[str]:
    """Missing visits and covariates, with their numbers."""
    induction, predictors = found(run, "induction"), found(run, "predictors")
    unseen = _unseen(induction, run.settings.index_row.label) if induction else []
    if unseen:
        yield f"Without {run.settings.index_row.noun}: {listed(unseen)}; {MISSING[run.settings.missing_visits]}."
    if not predictors:
        return
    gaps = [f"{one.label} in {one.n_missing}" for one in predictors.candidates if one.n_missing]
    if gaps:
        told = f"Not measured: {listed(gaps)} of {count(predictors.n, 'patient')}; "
        yield told + (
            "the model with imputed values stands beside." if held(run, "imputed-model") else "nothing was imputed."
        )
    model = known(predictors.multivariable)
    if model and model.n_dropped:
        yield f"The multivariable model leaves out {count(model.n_dropped, 'patient')} with a missing covariate."
    yield from (sentence(text) for text in predictors.left_out)


def _unseen(induction: Any, index: str) -> list[str]:
    """`3 patients at week 8`, of the weeks at which somebody was not seen."""
    courses = [one for one in induction.activity if one.label == index]
    gaps = [
        (week, int((values != values).sum()))
        for one in courses
        for week, values in zip(one.weeks, one.values, strict=True)
    ]
    return [f"{count(n, 'patient')} at week {week:g}" for week, n in gaps if n]
