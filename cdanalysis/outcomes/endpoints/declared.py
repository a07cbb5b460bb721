"""The outcomes of a cohort, declared once: what the file states, what its sheets allow, and which one is meant.

A declared outcome is a code, a noun and where its event comes from; the earliest event decides, an event comes before a
censoring on the same day, and the reason of the end is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.outcomes import label_of
from cdanalysis.outcomes.endpoints.composite import first_of
from cdanalysis.outcomes.endpoints.endoscopic import endoscopic_remission, is_scored
from cdanalysis.outcomes.endpoints.events import adverse_event, coded, hospitalization, surgery
from cdanalysis.outcomes.endpoints.relapse import is_recorded, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried, other_cause
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import NotEstimable, Outcome
from cdanalysis.settings import Settings, only, that_decide
from cdanalysis.settings.as_text.codes import joined, split

# The settings that decide an endpoint, and nothing else: the key under which it is remembered.
ENDPOINT_FIELDS = that_decide("endpoint")
Derive = Callable[[Cohort, Settings], TimeToEvent | NotEstimable]
STATED_TOO = "_stated"  # of an outcome that is derived and that the file states as well
DERIVED: dict[str, Derive] = {
    "relapse": relapse,
    "hospitalization": hospitalization,
    "surgery": surgery,
    "adverse_event": adverse_event,
    "endoscopic_remission": endoscopic_remission,
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
        found = {one.code: one for one in (*_derived(cohort), *_stated(cohort), *_recorded(cohort))}
        return found | {one.code: one for one in _competitors(cohort) if one.code not in found}

    return remembered(cohort.memory, "declared", every)


def _derived(cohort: Cohort) -> list[Declared]:
    """The outcomes that a page of the study is about, where the file has what they need."""
    there = {
        "relapse": bool(cohort.indices) or is_recorded(cohort),
        "hospitalization": not cohort.events.empty,
        "surgery": not cohort.events.empty,
        "adverse_event": not cohort.adverse_events.empty,
        "endoscopic_remission": is_scored(cohort),
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


def _competitors(cohort: Cohort) -> list[Declared]:
    """What the file says competes with an outcome is an outcome too, the others competing with it."""
    return [
        Declared(name, name, partial(other_cause, stated=one.code, cause=cause))
        for one in cohort.stated
        for cause, name in enumerate(one.competing, start=2)
    ]


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
    chosen = _chosen(found, settings.outcome) or next(iter(found.values()), None)
    return replace(chosen, noun=settings.outcome_noun) if chosen and settings.outcome_noun else chosen


def _chosen(found: dict[str, Declared], codes: str) -> Declared | None:
    """The outcome of a code, or the first of several."""
    if codes in found:
        return found[codes]
    several = [found[code] for code in split(codes) if code in found]
    if len(several) < 2:
        return next(iter(several), None)
    noun = " or ".join(one.noun for one in several)
    return Declared(joined(one.code for one in several), noun, partial(first_of, parts=several))


def endpoint_of(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """The times of the chosen outcome under its noun; another one that stands in for one that was chosen is said."""
    decisive = only(settings, ENDPOINT_FIELDS)
    return remembered(cohort.memory, ("endpoint", decisive), lambda: _endpoint(selected(cohort, decisive), decisive))


def _endpoint(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    outcome = outcome_of(cohort, settings)
    if outcome is None:
        return relapse(cohort, settings)  # says what a file would need
    found = outcome.derive(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    if settings.outcome_noun:
        found = replace(found, noun=settings.outcome_noun)
    if outcome.code == settings.outcome or settings.outcome == Settings.outcome:  # the first one is nobody's choice
        return found
    note = NOT_THERE.format(chosen=_words_of(settings.outcome), used=outcome.noun)
    return replace(found, notes=(note, *found.notes))


def _words_of(codes: str) -> str:
    return " or ".join(label_of(code) for code in split(codes))


def in_use(cohort: Cohort, settings: Settings) -> Outcome | None:
    """The chosen outcome as `offered` counts it; of the first of several not counted."""
    one = outcome_of(cohort, settings)
    if one is None:
        return None
    counted = cohort.outcomes.get(one.code)
    if counted:
        return replace(counted, label=one.noun)
    parts = [cohort.outcomes[code] for code in split(one.code)]
    return Outcome(one.code, one.noun, 0, 0, (), parts[0].origin, all(part.is_stated for part in parts))


def offered(cohort: Cohort) -> dict[str, Outcome]:
    """Every outcome of a cohort with its patients and events under the default settings, in the order of `declared`."""
    return {code: _counted(cohort, one) for code, one in declared(cohort).items()}


def _counted(cohort: Cohort, one: Declared) -> Outcome:
    found = one.derive(cohort, Settings())
    codes = cohort.stated_outcome(one.code.removesuffix(STATED_TOO)).codes
    is_stated = cohort.states(one.code) or one.code.endswith(STATED_TOO) or _is_competitor(cohort, one.code)
    if isinstance(found, NotEstimable):
        return Outcome(one.code, one.noun, 0, 0, codes, "", is_stated)
    n_events = int(found.patients["event"].sum())
    return Outcome(one.code, one.noun, len(found.patients), n_events, codes, found.origin, is_stated)


def _is_competitor(cohort: Cohort, code: str) -> bool:
    return any(code in one.competing for one in cohort.stated)
