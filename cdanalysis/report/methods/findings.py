"""What the run found, a sentence or two an analysis; what could not be estimated is said in a sentence too. Plain text."""

import re
from collections.abc import Callable
from typing import Any

from cdanalysis.report.content import Run
from cdanalysis.report.facts import TITLES, joined, known, title
from cdanalysis.report.methods.cutoffs_used import origins_sentence
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.baseline.analysis import Baseline
from cdanalysis.sections.baseline.words import baseline_sentence
from cdanalysis.sections.cutoffs.words import continuous_sentence, current_sentence, cutoffs_sentence
from cdanalysis.sections.endoscopy.words import endoscopy_sentence
from cdanalysis.sections.flow.analysis import Step
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.sections.models.words import effect, predictors_sentence
from cdanalysis.sections.predictors.few_events.analysis import SparseData
from cdanalysis.sections.predictors.few_events.section import separation_sentences
from cdanalysis.sections.predictors.proportional_hazards.words import proportionality_sentence
from cdanalysis.sections.response.words import induction_sentence
from cdanalysis.sections.safety.words import safety_sentence
from cdanalysis.sections.survival.words import follow_up_sentence, survival_sentence
from cdanalysis.writing.escapes import one_line, plain_text
from cdanalysis.writing.numbers import SIGNIFICANCE, count, listed, sentence
from cdanalysis.writing.sentences import were

_BARE = re.compile(r"\b(of|with) adverse event\b")
_FIRST = re.compile(r"(?<=\d )adverse event")  # of a curve: events are counted once per patient


def result_sentences(run: Run) -> tuple[str, ...]:
    """One text an analysis of the run, in the order of the report."""
    texts = (finding(run, name) for name in TITLES)
    return tuple(text for text in texts if text)


def finding(run: Run, name: str) -> str:
    """What an analysis found, or why it could not be made; "" for one that was not run."""
    if name not in run.results:
        return ""
    result = run.results[name]
    if isinstance(result, NotEstimable):
        return sentence(f"{title(run, name)} could not be estimated: {one_line(result.reason).rstrip('. ')}")
    return _TOLD[name](result, run)


def _step(step: Step) -> str:
    left = listed([f"{one.reason} (n = {one.n:,})" for one in step.left if one.n])
    return sentence(f"{step.label}: {step.n:,}" + (f"; left out on the way: {left}" if left else ""))


def _baseline(result: Baseline, _: Run) -> str:
    if len(result.group_labels) < 2:
        return f"Baseline characteristics are those of {count(result.n, 'patient')}."
    if not any(known(row.test) for row in result.rows):
        return f"No baseline variable could be compared between {listed(result.group_labels)}."
    return plain_text(baseline_sentence(result))


def _survival(result: Any, run: Run) -> str:
    return _an_adverse_event(
        joined([plain_text(survival_sentence(result, run.settings)), plain_text(follow_up_sentence(result))])
    )


def _predictors(result: Any, run: Run) -> str:
    origins, patients = origins_sentence(run), result.endpoint.patients
    by_component = patients.loc[patients["event"], "ended_by"].value_counts().to_dict()
    return joined(
        [
            _components(by_component, result.endpoint.noun) if result.endpoint.derived else "",
            _models(result, run, result.endpoint.noun),
            sentence(f"origin of the cut-offs: {origins}") if origins else "",
        ]
    )


def _components(by_component: dict[str, int], noun: str) -> str:
    """What the events of a composite were; empty where all are of one kind."""
    if len(by_component) < 2:
        return ""
    parts = [f"{name} {n}" for name, n in sorted(by_component.items(), key=lambda one: (-one[1], one[0]))]
    return sentence(f"Of the {count(sum(by_component.values()), noun)}, the first component was {listed(parts)}")


def _models(result: CandidateModels, run: Run, outcome: str) -> str:
    """What was associated alone, and in the multivariable model."""
    together = predictors_sentence(result.rows, result.multivariable, run.settings, outcome)
    return joined([_alone(result, run, outcome), plain_text(together)])


def _alone(result: CandidateModels, run: Run, outcome: str) -> str:
    known = [(row, row.univariable) for row in result.rows if isinstance(row.univariable, Estimate)]
    if not known:
        return ""
    level = run.settings.conf_level
    associated = [
        effect(row, alone, row.univariable_p, level) for row, alone in known if row.univariable_p < SIGNIFICANCE
    ]
    if not associated:
        least, alone = min(known, key=lambda one: one[0].univariable_p)
        smallest = effect(least, alone, least.univariable_p, level)
        return f"Alone, no candidate of {outcome} had P < {SIGNIFICANCE}; the smallest was that of {smallest}."
    return f"Alone, {listed(associated)} {were(len(associated))} associated with {outcome}."


def _sparse(result: SparseData, _: Run) -> str:
    """What separates and what Firth's fit could not do; how few the events are stands under the limitations."""
    return joined(separation_sentences(result))


def _cutoffs(result: Any, _: Run) -> str:
    told = (cutoffs_sentence, current_sentence, continuous_sentence)
    return joined(plain_text(one(result)) for one in told)


def _safety(result: Any, run: Run) -> str:
    first, models = known(result.survival), known(result.models)
    curve = plain_text(survival_sentence(first, run.settings)) if first else ""
    return _an_adverse_event(
        joined(
            [
                plain_text(safety_sentence(result, run.settings)),
                f"Time to the first adverse event: {_FIRST.sub('first adverse event', curve)}" if first else "",
                _models(models, run, "adverse event") if models else "",
            ]
        )
    )


def _an_adverse_event(text: str) -> str:
    """`associated with an adverse event`: the sentences take their outcomes without an article, as relapse and surgery."""
    return _BARE.sub(r"\1 an adverse event", text)


_TOLD: dict[str, Callable[[Any, Run], str]] = {
    "flow": lambda result, _: joined(map(_step, result.steps)),
    "baseline": _baseline,
    "induction": lambda result, run: plain_text(induction_sentence(result, run.settings)),
    "survival": _survival,
    "predictors": _predictors,
    "proportionality": lambda result, _: proportionality_sentence(result),
    "sparse_data": _sparse,
    "cutoffs": _cutoffs,
    "endoscopy": lambda result, _: plain_text(endoscopy_sentence(result)),
    "safety": _safety,
}
