"""What each page of the study found, as a sentence for the manuscript; Markdown, a file's own words escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.labels import ADVERSE_EVENT_END_LABELS, OUTCOME_NOUNS
from cdanalysis.writing.numbers import (
    confidence,
    count,
    listed,
    months,
    p_phrase,
    percent,
    percentage,
    percentage_with_interval,
    sentence,
    survival_at,
)

if TYPE_CHECKING:
    from cdanalysis.sections.baseline.analysis import Baseline
    from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score
    from cdanalysis.sections.reproduction.reproduction import Reproduction
    from cdanalysis.sections.response.analysis import Induction
    from cdanalysis.sections.safety.analysis import Safety
    from cdanalysis.sections.survival.survival import Survival

SIGNIFICANCE = 0.05


def baseline_sentence(found: Baseline) -> str:
    """Which variables differed between the groups."""
    if len(found.group_labels) < 2:
        return f"{count(found.n, 'patient')}."
    tested = [row for row in found.rows if row.test is not None and not isinstance(row.test, NotEstimable)]
    differ = [
        f"{row.label.split(';')[0]} ({row.test.test}, {p_phrase(row.test.p_value)})"
        for row in tested
        if row.test.p_value < SIGNIFICANCE
    ]
    sizes = listed([f"{label} ({n})" for label, n in zip(found.group_labels, found.sizes, strict=True)])
    told = f"differed in {listed(differ)}" if differ else "did not differ in any variable"
    return escape_markdown(
        f"Between {sizes}, patients {told}; {count(len(tested), 'test')}, not corrected for their number."
    )


def induction_sentence(found: Induction, settings: Settings) -> str:
    """Response and remission at each week."""
    weeks = [f"week {one.week}: response {percent(one.n_response, one.n)}, remission {percent(one.n_remission, one.n)}"
             for one in found.weeks]  # fmt: skip
    times = [
        f"{name} at a median of {one.median:.1f} weeks (quartiles {one.lower_quartile:.1f}-{one.upper_quartile:.1f})"
        for name, one in (("response", found.response), ("remission", found.remission)) if one.median == one.median
    ]  # fmt: skip
    first = f" Responders at week {settings.landmark_week:g} reached {listed(times)}." if times else ""
    return escape_markdown(f"{sentence('; '.join(weeks))}{first}")


def survival_sentence(found: Survival, settings: Settings) -> str:
    """Events, survival at the chosen months, median and test."""
    noun, level = OUTCOME_NOUNS[found.outcome], confidence(settings.conf_level)
    parts = []
    for place, curve in enumerate(found.kaplan_meier.curves):
        who = f"{curve.group}: " if str(curve.group) else ""
        at = [f"{survival_at(one)} at {one.time:g} months" for one in found.kaplan_meier.at if one.group == curve.group]
        free = f", free of {noun} {listed(at)}" if at else ""
        parts.append(f"{who}{count(curve.n_events_total, noun)} in {count(curve.n, 'patient')}{free}; "
                     f"median {months(found.quantiles[place][1])}, {level}")  # fmt: skip
    test = ""
    if found.logrank is not None:
        test = f" Log-rank {p_phrase(getattr(found.logrank, 'p_value', found.logrank))}."
    return escape_markdown(f"{' '.join(map(sentence, parts))}{test}")


def follow_up_sentence(found: Survival) -> str:
    """How long the patients of the curves were observed, by both definitions."""
    q1, median, q3 = found.observed
    return (
        f"Follow-up since {found.endpoint.origin}: median {months(found.follow_up)} by reverse Kaplan-Meier; the times on the "
        f"curve themselves have a median of {median:.1f} months (quartiles {q1:.1f}-{q3:.1f})."
    )


def endoscopy_sentence(found: Endoscopy) -> str:
    """Scores before and after, remission and healing."""
    scores = [_score(one) for one in found.scores if not isinstance(one.test, NotEstimable)]
    shares = [f"{one.label.lower()} {percent(one.k, one.n)}" for one in found.shares if one.n]
    return sentence("; ".join([f"{count(found.n, 'patient')} with endoscopy before and after", *scores, *shares]))


def _score(one: Score) -> str:
    test = one.test
    before, after = f"{test.mean_before:.2f} ± {test.sd_before:.2f}", f"{test.mean_after:.2f} ± {test.sd_after:.2f}"
    tests = f"paired t {p_phrase(test.t_p)}, Wilcoxon {p_phrase(test.wilcoxon_p)}"
    return f"{one.label} {before} before and {after} after (n = {test.n}, {tests})"


def safety_sentence(found: Safety, settings: Settings) -> str:
    """How many had adverse events, how often, and who stopped for them."""
    if found.any_event is None:
        return ""
    every = found.any_event
    rate: Estimate = every.per_100_years
    who = f"{every.n_patients} of {count(found.n, 'patient')} ({percentage(every.share.value)})"
    by_patient = every.by_patient
    limits = "" if by_patient is None else f"; by patient {by_patient.lower:.1f}-{by_patient.upper:.1f}"
    to = ADVERSE_EVENT_END_LABELS[settings.adverse_event_end].lower()
    if settings.horizon_months:
        to += f", at most {settings.horizon_months:g} months"
    outside = f" {count(found.n_outside, 'further event')} outside that time {_is(found.n_outside)} not counted."
    return (
        f"{count(every.n_events, 'adverse event')} in {who}; {rate.value:.1f} per 100 patient-years "
        f"({rate.lower:.1f}-{rate.upper:.1f}{limits}) over {found.patient_years:.1f} patient-years, observed to the {to}."
        f"{outside if found.n_outside else ''} "
        f"Therapy was stopped for an adverse event in {percent(found.n_stopped, found.n)}."
    )


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def reproduction_sentence(found: Reproduction) -> str:
    """How many printed results agree, and how many cannot."""
    explained = sum(row.matches is None for row in found.rows)
    other = len(found.rows) - found.n_matching - explained
    return (
        f"**{found.n_matching} of {len(found.rows)}** printed results are equal to the printed digit; "
        f"{other} differ, {explained} cannot be reached by any cohort."
    )


def shares_alt(found: Induction) -> str:
    """The alternative text of the bars by week."""
    return "Bars of response and remission. " + " ".join(
        f"Week {one.week}: response {percentage_with_interval(one.response)}, remission {percentage_with_interval(one.remission)}."
        for one in found.weeks
    )


def flow_alt(steps: Sequence[object]) -> str:
    """The alternative text of the patient flow."""
    return "Patient flow: " + "; ".join(f"{step.label} {step.n:,}" for step in steps) + "."
