"""The outcomes of a cohort, declared once: what the file states, what its sheets allow, and which one is meant.

A declared outcome is a code, a noun and where its event comes from; the earliest event decides, an event comes before a
censoring on the same day, and the reason of the end is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.outcomes import label_of
from cdanalysis.outcomes.endpoints.events import adverse_event, coded, hospitalization, surgery
from cdanalysis.outcomes.endpoints.relapse import is_recorded, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried
from cdanalysis.results import NotEstimable, Outcome
from cdanalysis.settings import Settings

Derive = Callable[[Cohort, Settings], TimeToEvent | NotEstimable]
STATED_TOO = "_stated"  # of an outcome that is derived and that the file states as well
DERIVED: dict[str, Derive] = {
    "relapse": relapse,
    "hospitalization": hospitalization,
    "surgery": surgery,
    "adverse_event": adverse_event,
}
NOT_THERE = "The file does not have the chosen outcome, {chosen}: {used} is shown."


@dataclass(frozen=True)
class Declared:
    """An outcome that a cohort has; derive gives its times under the settings."""

    code: str
    noun: str
    derive: Derive


def declared(cohort: Cohort) -> dict[str, Declared]:
    """Every outcome of a cohort by its code: relapse by its rule, as the file states them, as its sheets have them."""

    def every() -> dict[str, Declared]:
        return {one.code: one for one in (*_derived(cohort), *_stated(cohort), *_recorded(cohort))}

    return remembered(cohort.memory, "declared", every)


def _derived(cohort: Cohort) -> list[Declared]:
    """The outcomes that a page of the study is about, where the file has what they need."""
    there = {
        "relapse": bool(cohort.visits["cdai_points"].notna().any()) or is_recorded(cohort),
        "hospitalization": not cohort.events.empty,
        "surgery": not cohort.events.empty,
        "adverse_event": not cohort.adverse_events.empty,
    }
    return [
        Declared(code, label_of(code), derive) for code, derive in DERIVED.items() if there[code] or cohort.states(code)
    ]


def _stated(cohort: Cohort) -> list[Declared]:
    """The outcomes that the patients' table states; one that is derived too has a code of its own."""
    found = []
    for one in cohort.stated:
        derived_too = one.code in DERIVED and not cohort.states(one.code)
        code = f"{one.code}{STATED_TOO}" if derived_too else one.code
        noun = f"{one.label} (as stated)" if derived_too else one.label
        if derived_too or one.code not in DERIVED:
            found.append(Declared(code, noun, partial(_carried, code=code, noun=noun, stated=one.code)))
    return found


def _recorded(cohort: Cohort) -> list[Declared]:
    """Every other kind of event in the events sheet, most frequent first."""
    kinds = cohort.events["event"].dropna().value_counts().index
    taken = {*DERIVED, *(one.code for one in cohort.stated)}
    return [Declared(kind, label_of(kind), partial(_coded, kind=kind)) for kind in kinds if kind not in taken]


def _carried(cohort: Cohort, settings: Settings, *, code: str, noun: str, stated: str) -> TimeToEvent | NotEstimable:
    found = carried(cohort, settings, stated)
    return found if isinstance(found, NotEstimable) else replace(found, code=code, noun=noun)


def _coded(cohort: Cohort, settings: Settings, *, kind: str) -> TimeToEvent | NotEstimable:
    found = coded(cohort, settings, kind)
    return found if isinstance(found, NotEstimable) else replace(found, code=kind, noun=label_of(kind))


def outcome_of(cohort: Cohort, settings: Settings) -> Declared | None:
    """The chosen outcome, or the first that the cohort has where it has not this one; None where it has none."""
    found = declared(cohort)
    return found.get(settings.outcome) or next(iter(found.values()), None)


def endpoint_of(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """The times of the chosen outcome; another one that stands in for it is said."""
    outcome = outcome_of(cohort, settings)
    if outcome is None:
        return relapse(cohort, settings)  # says what a file would need
    found = outcome.derive(cohort, settings)
    if isinstance(found, NotEstimable) or outcome.code == settings.outcome:
        return found
    note = NOT_THERE.format(chosen=label_of(settings.outcome), used=outcome.noun)
    return replace(found, notes=(note, *found.notes))


def offered(cohort: Cohort) -> dict[str, Outcome]:
    """Every outcome of a cohort with its patients and events under the default settings, in the order of `declared`."""
    return {code: _counted(cohort, one) for code, one in declared(cohort).items()}


def _counted(cohort: Cohort, one: Declared) -> Outcome:
    found = one.derive(cohort, Settings())
    codes = cohort.stated_outcome(one.code.removesuffix(STATED_TOO)).codes
    if isinstance(found, NotEstimable):
        return Outcome(one.code, one.noun, 0, 0, codes, "")
    return Outcome(one.code, one.noun, len(found.patients), int(found.patients["event"].sum()), codes, found.origin)
