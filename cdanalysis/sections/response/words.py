"""Response and remission in words: each week, the times to the first, and what the figures show."""

from cdanalysis.results import NotEstimable
from cdanalysis.sections.response.analysis import Activity, Induction, TimeTo
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, listed, p_phrase, percent, percentage, percentage_with_interval, sentence
from cdanalysis.writing.within import within

HOW_TO_READ = (
    "Each bar is the share of patients in response or remission at that week, with its confidence interval. The curves "
    "show when each was first reached. A patient without a visit counts as *Missing visits count as* says, so compare "
    "its choices. The boxes show the middle half of the patients; every dot is one of them."
)

# What a missing visit does to a change from baseline.
PAIRS = {
    "last-observation": "Changes of the patients with both values; a week without a visit takes the last value before it.",
    "non-response": "Changes of the patients seen at both: no value stands for a response that was not seen.",
    "observed": "Changes of the patients seen at both.",
}


def key_figures(found: Induction, settings: Settings) -> tuple[tuple[str, str], ...]:
    """(value, what it is): response and remission at the landmark, or else at the last week, and how long they took."""
    at = next((one for one in found.weeks if one.week == settings.landmark_week), found.weeks[-1])
    times = ((found.response, "Responders: first response, median"), (found.remission, "First remission, median"))
    return (
        (f"{at.n:,}", "Patients"),
        (percentage(at.response.value), f"Response at week {at.week}"),
        (percentage(at.remission.value), f"Remission at week {at.week}"),
        *((f"{one.median:.1f} weeks", what) for one, what in times if one.median == one.median),
    )


def induction_sentence(found: Induction, settings: Settings) -> str:
    """Response and remission at each week."""
    weeks = [
        f"week {one.week}: response {percent(one.n_response, one.n)}, remission {percent(one.n_remission, one.n)}"
        for one in found.weeks
    ]
    times = [
        f"{name} at a median of {one.median:.1f} weeks (quartiles {one.lower_quartile:.1f}-{one.upper_quartile:.1f})"
        for name, one in (("response", found.response), ("remission", found.remission))
        if one.median == one.median
    ]
    first = f" Responders at week {settings.landmark_week:g} reached {listed(times)}." if times else ""
    return escape_markdown(f"{sentence('; '.join(weeks))}{first}")


def shares_alt(found: Induction) -> str:
    """The alternative text of the bars by week."""
    return "Bars of response and remission. " + " ".join(
        f"Week {one.week}: response {percentage_with_interval(one.response)}, remission {percentage_with_interval(one.remission)}."
        for one in found.weeks
    )


def cumulative_alt(response: TimeTo, remission: TimeTo) -> str:
    """When the first response and the first remission were reached."""
    named = (("first response", response), ("first remission", remission))
    texts = [f"{name} in {one.n_reached} of {one.n} responders, {_median(one)}" for name, one in named]
    return f"Cumulative incidence by week. {sentence('; '.join(texts))}"


def activity_alt(one: Activity) -> str:
    """A measurement's means before and at each visit."""
    texts = [
        f"week {week}: {test.mean_before:.1f} to {test.mean_after:.1f} in {count(test.n, 'patient')}, {p_phrase(test.t_p)}"
        for week, test in zip(one.weeks, one.tests, strict=True)
        if not isinstance(test, NotEstimable)
    ]
    told = "; ".join(texts) or "no pairs"
    return f"Box plots of {within(one.label)} ({one.unit}) by visit. Mean at baseline to mean at the visit, {told}."


def _median(one: TimeTo) -> str:
    return "median not reached" if one.median != one.median else f"median {one.median:.1f} weeks"
