"""The ledger: every distinct specification of the relapse model that was looked at, and where each comes from.

A specification is what decides the model's hazard ratios and P values. It is `pre-specified` when it is the primary one
(locked, or the program's defaults), `literature` when it differs from that in published cut-offs only, else
`data-driven`. Nothing here is sent or stored; the session holds it and the user's own download.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cdanalysis.dictionary.markers import MARKERS, Marker, unknown
from cdanalysis.report.content import LedgerLine
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.settings import Settings, only, that_decide
from cdanalysis.settings.cutoffs import from_text, known
from cdanalysis.writing.cutoff_origin import cutoff_origin
from cdanalysis.writing.differences import differences
from cdanalysis.writing.numbers import count, hazard_ratio, listed, not_estimable, p_value

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.relapse_predictors import Predictors

# Observation of adverse events is no part of the relapse model.
MODEL_FIELDS = tuple(name for name in that_decide("endpoint", "model") if name != "adverse_event_end")
OF_MARKERS = {"handles", "cutoffs"}
ORIGINS = ("pre-specified", "literature", "data-driven")
PRIMARY = "nothing: the primary specification"


@dataclass(frozen=True)
class Effect:
    """A marker's hazard ratio and P as the page shows them, of the multivariable model where it is in it."""

    label: str
    hazard_ratio: str
    p: str


@dataclass(frozen=True)
class Looked:
    """A specification (the fields that decide the model, the rest at their defaults) or a search over `n_searched`."""

    time: datetime
    specification: Settings
    effects: tuple[Effect, ...] = ()
    search: str = ""
    n_searched: int = 0


@dataclass(frozen=True)
class Locked:
    """The primary specification and when it was locked."""

    time: datetime
    specification: Settings


def specification(settings: Settings) -> Settings:
    """The part of the settings that decides the relapse model."""
    return only(settings, MODEL_FIELDS)


def with_model_of(settings: Settings, chosen: Settings) -> Settings:
    """The settings with the relapse model of a specification."""
    return replace(settings, **{name: getattr(chosen, name) for name in MODEL_FIELDS})


def effects(found: Predictors) -> tuple[Effect, ...]:
    """The handles' lines of the predictors table, adjusted where they are in the model."""
    markers = [one.marker for one in found.handles]
    return tuple(_effect(marker, row) for marker in markers for row in found.rows if row.code == marker.code)


def origin(chosen: Settings, primary: Settings, *, locked: bool) -> str:
    """Where a specification comes from, against the primary one."""
    if any(getattr(chosen, name) != getattr(primary, name) for name in set(MODEL_FIELDS) - OF_MARKERS):
        return ORIGINS[2]
    # Of every marker that is looked at or cut elsewhere than the primary one: the worst tells.
    codes = dict.fromkeys((*chosen.handle_codes, *from_text(chosen.cutoffs), *from_text(primary.cutoffs)))
    return max((_cutoff_origin(code, chosen, primary, locked) for code in codes), key=ORIGINS.index, default=ORIGINS[0])


def lines(
    looked: Sequence[Looked], locked: Locked | None, zone: Any = None, defaults: Settings | None = None
) -> tuple[LedgerLine, ...]:
    """The ledger in the order of time, times in `zone`; defaults: the primary specification where none was locked."""
    primary = locked.specification if locked else defaults or Settings()
    return tuple(_line(one, primary, locked, zone) for one in looked)


def inspected_sentence(looked: Sequence[Looked], locked: Locked | None, defaults: Settings | None = None) -> str:
    """How many specifications were looked at, of what origin, and when the primary one was locked; defaults as in `lines`."""
    primary = locked.specification if locked else defaults or Settings()
    single = [one for one in looked if not one.search]
    by_origin = Counter(origin(one.specification, primary, locked=locked is not None) for one in single)
    parts = [f"{by_origin[name]} {name}" for name in ORIGINS if by_origin[name]]
    text = f"{count(len(single), 'specification')} of the relapse model {_was(len(single))} looked at in this session"
    text += f" ({listed(parts)})" if parts else ""
    searched = sum(one.n_searched for one in looked)
    text += f", and {searched:,} more by searching" if searched else ""
    return f"{text}. {_locked_sentence(single, locked)}"


def _locked_sentence(single: Sequence[Looked], locked: Locked | None) -> str:
    if locked is None:
        return "No primary specification was locked; the program's defaults stand for it."
    before = sum(one.time < locked.time and one.specification != locked.specification for one in single)
    if before:
        return f"The primary specification was locked after {count(before, 'other')} {_was(before)} looked at."
    return "The primary specification was locked before any other was looked at."


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def _effect(marker: Marker, row: PredictorRow) -> Effect:
    if isinstance(row.multivariable, Estimate):
        return Effect(marker.label, hazard_ratio(row.multivariable), p_value(row.multivariable_p))
    label = f"{marker.label} alone"
    if isinstance(row.univariable, NotEstimable):
        return Effect(label, not_estimable(row.univariable), "–")
    return Effect(label, hazard_ratio(row.univariable), p_value(row.univariable_p))


def _cutoff_origin(code: str, chosen: Settings, primary: Settings, locked: bool) -> str:
    cutoff, planned = (one.chosen_cutoff(code) or known(code) for one in (chosen, primary))
    if cutoff is None:
        return ORIGINS[2]
    marker = MARKERS.get(code) or unknown(code)
    return cutoff_origin(marker, cutoff.value, cutoff.side, planned if locked else None)


def _line(one: Looked, primary: Settings, locked: Locked | None, zone: Any) -> LedgerLine:
    time = f"{one.time.astimezone(zone):%H:%M:%S}"
    if one.search:
        return LedgerLine(time, f"{one.search} ({one.n_searched:,})", "–", "–", ORIGINS[2])
    changed = "; ".join(difference_texts(primary, one.specification)) or PRIMARY
    ratios = "; ".join(f"{effect.label} {effect.hazard_ratio}" for effect in one.effects) or "–"
    p = "; ".join(f"{effect.label} {effect.p}" for effect in one.effects) or "–"
    return LedgerLine(time, changed, ratios, p, origin(one.specification, primary, locked=locked is not None))


def difference_texts(first: Settings, second: Settings, names: Sequence[str] = MODEL_FIELDS) -> list[str]:
    """`CRP cut-off > 10 to > 14`, a text a setting that differs."""
    return [
        f"{name} {value_text(ours)} to {value_text(theirs)}" for name, ours, theirs in differences(first, second, names)
    ]


def value_text(value: object) -> str:
    """A setting's value to read: `14`, `on`, `standard` for an empty text."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value) or "standard"
