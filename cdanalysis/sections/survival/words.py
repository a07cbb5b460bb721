"""Survival curves in words: events, survival at the chosen months, medians, test, follow-up."""

from collections.abc import Mapping, Sequence

from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import p_of
from cdanalysis.sections.survival.analysis import Survival
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import SurvivalAt
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.nouns import capitalized, free_of, plural
from cdanalysis.writing.numbers import (
    NOT_OBSERVED,
    confidence,
    count,
    listed,
    months,
    p_phrase,
    sentence,
    survival_at,
)

MOST_MONTHS = 3
LONGEST_APART = 16  # characters of "relapse-free", beside which each month has a label of its own
HOW_TO_READ = (
    "The curve is the share of patients still free of the outcome; it falls at every event. The band is its confidence "
    "interval, one tick per patient whose follow-up ended, and the row below how many were still followed: believe the curve "
    "less where few are left. The median is the time by which half had the event; *not reached* if fewer did."
)


def survival_sentence(found: Survival, settings: Settings) -> str:
    """Events, survival at the chosen months, median and test."""
    noun, level = found.endpoint.noun, confidence(settings.conf_level)
    parts = []
    for place, curve in enumerate(found.kaplan_meier.curves):
        who = f"{curve.group}: " if str(curve.group) else ""
        at = _at_months([one for one in found.kaplan_meier.at if one.group == curve.group])
        free = f", {free_of(noun)} {at}" if at else ""
        parts.append(
            f"{who}{count(curve.n_events_total, noun)} in {count(curve.n, 'patient')}{free}; "
            f"median {months(found.quantiles[place][1])}, {level}"
        )
    test = ""
    if found.logrank is not None:
        test = f" Log-rank {p_phrase(p_of(found.logrank))}."
    return escape_markdown(f"{' '.join(map(sentence, parts))}{test}")


def _at_months(at: Sequence[SurvivalAt]) -> str:
    """`47.5% at 12 months and 16.2% at 24 months, not observed at 36 and 48 months`."""
    later = [f"{one.time:g}" for one in at if not one.observed]
    seen = listed([f"{survival_at(one)} at {one.time:g} months" for one in at if one.observed])
    return ", ".join(filter(None, (seen, f"{NOT_OBSERVED} at {listed(later)} months" if later else "")))


def follow_up_sentence(found: Survival) -> str:
    """How long the patients of the curves were observed, by both definitions."""
    q1, median, q3 = found.observed
    return (
        f"Observed from {found.endpoint.origin}: median {months(found.follow_up)} by reverse Kaplan-Meier; the times on the "
        f"curve themselves have a median of {median:.1f} months (quartiles {q1:.1f}-{q3:.1f})."
    )


def key_figures(found: Survival) -> tuple[tuple[str, str], ...]:
    """(value, what it is) of everybody: the share free of the event at the first, middle and last of the chosen months.

    Months beyond the longest follow-up are passed over where others are not. An outcome of many words is named once, so that
    all stand in one row.
    """
    noun = found.endpoint.noun
    sizes = (f"{found.n:,}", "Patients"), (f"{found.n_events:,}", capitalized(plural(noun)))
    followed = months(found.follow_up.value), "Followed, median"
    return (*sizes, followed, *_free(found, noun))


def _free(found: Survival, noun: str) -> list[tuple[str, str]]:
    if len(found.kaplan_meier.curves) > 1:
        return []
    at = [one for one in found.kaplan_meier.at if one.observed] or found.kaplan_meier.at[:1]
    shown = at if len(at) <= MOST_MONTHS else [at[0], at[len(at) // 2], at[-1]]
    free = capitalized(free_of(noun))
    if len(free) <= LONGEST_APART:
        return [(survival_at(one), f"{free} at {one.time:g} months") for one in shown]
    return [(" · ".join(map(survival_at, shown)), f"{free} at {listed([f'{one.time:g}' for one in shown])} months")]


def components(endpoint: TimeToEvent) -> tuple[str, ...]:
    """What the events of an outcome were, where they are of several kinds; Markdown."""
    ended = endpoint.patients.loc[endpoint.patients["event"], "ended_by"]
    kinds = ended.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    if len(kinds) < 2:
        return ()
    told = listed([count(n, str(kind).replace("_", " ")) for kind, n in kinds.items()])
    return (escape_markdown(f"{count(int(kinds.sum()), endpoint.noun)}, the first of each patient: {told}."),)


def not_offered(missing: Mapping[str, str]) -> tuple[str, ...]:
    """What each part that is not offered would need; missing: by its title, empty where nothing needs to be said."""
    by_need: dict[str, list[str]] = {}
    for title, needed in missing.items():
        by_need.setdefault(needed, []).append(f"*{title}*")
    told = [
        f"{listed(titles)} {'needs' if len(titles) == 1 else 'need'} {needed}"
        for needed, titles in by_need.items()
        if needed
    ]
    return (f"Not for this outcome: {'; '.join(told)}.",) if told else ()
