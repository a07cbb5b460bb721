"""Relapse by every definition: how many, by which component, and who has one by one definition and not by another."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings


@dataclass(frozen=True)
class ByRule:
    """Relapse by one definition; by_component: first relapses by what made them; relapsed: whose."""

    code: str
    label: str
    source: str
    n: int
    by_component: Mapping[str, int]
    relapsed: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """Who relapsed by one definition and not by another."""

    by: str
    not_by: str
    patients: tuple[str, ...]


@dataclass(frozen=True)
class RelapseRules:
    """Every definition, and every two of them that disagree."""

    rules: tuple[ByRule, ...]
    changed: tuple[Changed, ...]


def relapse_rules(cohort: Cohort, settings: Settings) -> RelapseRules | NotEstimable:
    """Every preset and the reader's own rule, on the settings' clock and reference."""
    settings = cohort.indexed(settings)
    index = settings.index_row
    codes = dict.fromkeys((*index.rules, settings.relapse_definition))
    found: list[ByRule] = []
    for code in codes:
        chosen = replace(settings, relapse_definition=code)
        endpoint = endpoints.relapse(cohort, chosen)
        if isinstance(endpoint, NotEstimable):
            return endpoint
        if not endpoint.derived:
            return NotEstimable("the file states relapse itself: no other definition can be tried")
        rule, events = chosen.relapse_rule, endpoint.patients[endpoint.patients["event"]]
        found.append(
            ByRule(
                code=code,
                label=rule.label(index.label),
                source=rule.source,
                n=len(endpoint.patients),
                by_component=Counter(events["ended_by"].tolist()),
                relapsed=tuple(events["patient_id"]),
            )
        )
    return RelapseRules(tuple(found), tuple(_changed(found)))


def _changed(found: Sequence[ByRule]) -> Iterator[Changed]:
    for first, second in combinations(found, 2):
        for one, other in ((first, second), (second, first)):
            patients = tuple(sorted(set(one.relapsed) - set(other.relapsed)))
            if patients:
                yield Changed(one.label, other.label, patients)
