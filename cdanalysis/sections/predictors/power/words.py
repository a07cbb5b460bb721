"""What these events could have found, and what the next study needs, in words."""

from collections.abc import Sequence
from math import ceil, isinf, isnan
from operator import attrgetter

from cdanalysis.results import Estimate, PredictorRow
from cdanalysis.sections.predictors.power.analysis import Power, PowerRow
from cdanalysis.statistics.planning.schoenfeld import detectable_ratio
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import SIGNIFICANCE, count, listed, percentage, ratio
from cdanalysis.writing.within import within

ABOUT_POWER = (
    "Schoenfeld's formula, two-sided at 0.05: a ratio of 3 and one of 1/3 are found alike. In the model: for what the other "
    "covariates leave of the factor (Hsieh and Lavori 2000). The power for the ratio that was found says no more than its P and is "
    "not shown. Beyond a ratio of about 4, and with groups of very unequal follow-up, the formula is a rough guide."
)
ABOUT_NEXT = (
    "Patients: events divided by the share with the outcome by that month in this cohort, so of the same kind of patients, each "
    "followed as long, none lost; add what will be lost. A ratio that was searched for here is too far from 1: plan for its "
    "weaker limit or for one that matters."
)


def null_note(rows: Sequence[PredictorRow]) -> str:
    """Beside the candidates without an association: from which ratio on these events would have found one; "" where all have."""
    told = [f"{within(row.label)} {ratio(least)}" for row in rows if (least := _least(row)) is not None]
    if not told:
        return ""
    return escape_markdown(
        "P ≥ 0.05 does not show that there is no effect. To be found with 80% power by these events, a hazard ratio has to be at "
        f"least this large, or 1 over it as small: {listed(told)} (Look closer: Power)."
    )


def _least(row: PredictorRow) -> float | None:
    """Of a group whose own ratio has P of 0.05 or more."""
    n_reference, events = row.n_reference, row.n_events_reference
    if n_reference is None or events is None or not isinstance(row.univariable, Estimate):
        return None
    share, n_events = row.n / max(row.n + n_reference, 1), row.n_events + events
    least = detectable_ratio(n_events, share * (1 - share))
    return None if row.univariable_p < SIGNIFICANCE or isinf(least) else least


def power_sentence(found: Power) -> str:
    """For the manuscript: the range of ratios that could be found, and the chance of a ratio of 2."""
    rows = [row for row in found.rows if row.n_with is not None and not isinf(row.detectable)]
    if not rows:
        return escape_markdown(f"With {count(found.n_events, found.noun)} no factor had two groups to compare.")
    least, most = (pick(rows, key=attrgetter("detectable")) for pick in (min, max))
    chances = [row.chance_of_two for row in rows]
    return escape_markdown(
        f"With {count(found.n_events, found.noun)}, the least hazard ratio found with 80% power (two-sided, 0.05) is "
        f"{_range(_of(least), _of(most))}; the chance to find a hazard ratio of 2 is "
        f"{_range(percentage(min(chances)), percentage(max(chances)))}."
    )


def next_sentence(found: Power) -> str:
    """For the next study: events and patients for a ratio of 2 of each marker."""
    told = [
        f"{within(one.label)}, {count(ceil(one.events[0]), found.noun)}{_patients(one.patients[0])}"
        for one in found.planned
        if one.ratio == 2.0 and one.of == "planned" and not isinf(one.events[0])
    ]
    return (
        escape_markdown(f"To find a hazard ratio of 2 with 80% power takes, for {'; for '.join(told)}.") if told else ""
    )


def by_month(found: Power) -> str:
    """How patients are counted from events; plain."""
    if isnan(found.month):
        return "nobody was followed to a chosen month"
    return f"{percentage(found.incidence)} with {found.noun} by {found.month:g} months"


def _patients(n: float) -> str:
    return "" if isinf(n) else f" ({count(ceil(n), 'patient')})"


def _range(least: str, most: str) -> str:
    return least if least == most else f"{least} to {most}"


def _of(row: PowerRow) -> str:
    return f"{ratio(row.detectable)} ({within(row.label)}, in {row.n_with} of {row.n:,})"
