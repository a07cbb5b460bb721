"""What was understood of a file, and the curve it gives: the blocks of the set-up step."""

from collections.abc import Iterator
from math import isnan

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.indices import OF_AN_INDEX
from cdanalysis.results import Caution
from cdanalysis.sections.blocks import Sentence
from cdanalysis.sections.flow.set_up.analysis import MarkerSeen, Offered, OutcomeSeen, offered
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.numbers import count, listed

MOST_MARKERS = 8
WHICH_VALUE = (
    "it is chosen over the slider or under *Cut-offs* which value of each patient counts: that at baseline, at the landmark visit, "
    "the last, highest or mean one up to it, or the change to it."
)


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """Outcomes and markers in sentences, and what is still open."""
    found = estimable(recall(offered, cohort, settings))
    yield Sentence(outcomes_sentence(found))
    yield Sentence(markers_sentence(found, len(cohort.patients)))
    if cohort.questions:
        yield Caution(questions_sentence(len(cohort.questions)), "questions")


def outcomes_sentence(found: Offered) -> str:
    """Each outcome with its patients, events and follow-up."""
    if not found.outcomes:
        return (
            "**No outcome was found.** A curve needs a time and whether the event happened, in columns such as "
            f"`relapse_months` and `relapse_event`, or {OF_AN_INDEX}. What is only yes or no, without a time, has no curve and "
            "no hazard ratio: compare the patients by it under *Baseline*, where it can be chosen as the groups."
        )
    return "\n".join(f"- {outcome_sentence(one)}" for one in found.outcomes)


def markers_sentence(found: Offered, n: int) -> str:
    """Each marker with its range; n: patients in the file."""
    if not found.markers and not found.followed:
        return "**No marker was found:** no column of numbers holds more than one value."
    named = [_marker(one, n) for one in found.markers[:MOST_MARKERS]]
    more = len(found.markers) - MOST_MARKERS
    told = [f"Markers that can be cut: {listed(named)}{f', and {more} more' if more > 0 else ''}."] if named else []
    if found.followed:
        seen = escape_markdown(listed(list(found.followed)))
        told.append(f"Of {seen}, seen at visits too, {WHICH_VALUE}")
    return " ".join(told)


def questions_sentence(n_questions: int) -> str:
    """What is left out until it is answered."""
    return f"{count(n_questions, 'question')} above still open: what is asked about is left out of every result."


def outcome_sentence(one: OutcomeSeen) -> str:
    """Patients, events and follow-up of an outcome, or why it cannot be analysed; Markdown."""
    name = f"**{escape_markdown(capitalized(one.noun))}**"
    if one.reason:
        return f"{name}: {escape_markdown(one.reason)}."
    longest = f"{one.longest_months:.0f}"
    median = "" if isnan(one.median_months) else f"{one.median_months:.0f} months (median), longest "
    followed = f"{median}{longest}" if median else f"up to {longest} months"
    left_out = f"; {count(one.n_excluded, 'patient')} not analysed" if one.n_excluded else ""
    happened = "1 event" if one.n_events == 1 else f"{one.n_events:,} events"
    return (
        f"{name}: {count(one.n, 'patient')}, {happened}, followed {followed}, "
        f"from {escape_markdown(one.origin)}{left_out}."
    )


def _marker(one: MarkerSeen, n: int) -> str:
    """`CRP (mg/L; 118 of 122; 0.5 to 80, median 7)`."""
    measured = "" if one.n == n else f"{one.n:,} of {n:,}; "
    unit = f"{one.marker.unit}; " if one.marker.unit else ""
    return escape_markdown(
        f"{one.marker.label} ({unit}{measured}{one.lowest:.4g} to {one.highest:.4g}, median {one.median:.4g})"
    )
