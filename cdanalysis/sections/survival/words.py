"""The key figures of an outcome in words: how many patients and events, how long they were followed, how many are free of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdanalysis.writing.labels import OUTCOME_NOUNS
from cdanalysis.writing.numbers import months, plural, survival_at

if TYPE_CHECKING:
    from cdanalysis.sections.survival.survival import Survival

MOST_MONTHS = 3


def key_figures(found: Survival) -> tuple[tuple[str, str], ...]:
    """(value, what it is) of everybody: the share free of the event at the first, middle and last of the chosen months."""
    noun = OUTCOME_NOUNS[found.outcome]
    sizes = (f"{found.n:,}", "Patients"), (f"{found.n_events:,}", plural(noun).capitalize())
    followed = months(found.follow_up.value), "Followed, median"
    return (*sizes, followed, *_free(found, noun))


def _free(found: Survival, noun: str) -> list[tuple[str, str]]:
    if len(found.kaplan_meier.curves) > 1:
        return []
    at = found.kaplan_meier.at
    places = range(len(at)) if len(at) <= MOST_MONTHS else (0, len(at) // 2, len(at) - 1)
    return [(survival_at(at[place]), f"Free of {noun} at {at[place].time:g} months") for place in places]
