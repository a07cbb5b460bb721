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
from typing import Any

from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.report.content import LedgerLine
from cdanalysis.results import Estimate
from cdanalysis.settings import Settings, only
from cdanalysis.writing.cutoff_origin import cutoff_origin
from cdanalysis.writing.numbers import count, hazard_ratio, listed, not_estimable, p_value

MODEL_FIELDS = (
    "crp_cutoff", "crp_side", "tgn_cutoff", "tgn_side", "esr_cutoff", "wbc_cutoff", "age_cutoff",
    "remission_below_points", "response_definition", "response_fall_points", "relapse_definition", "relapse_above_points",
    "relapse_rise_points", "relapse_reference", "boundary", "clock", "landmark_week", "visit_window_weeks",
    "horizon_months", "candidates", "screening_p", "ties",
)  # fmt: skip
MARKER_CODES = ("crp", "tgn")
CUTOFF_FIELDS = {f"{code}_{part}" for code in MARKER_CODES for part in ("cutoff", "side")}
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


def effects(rows: Sequence[Any]) -> tuple[Effect, ...]:
    """CRP's and 6-TGN's lines of the predictors table, adjusted where they are in the model."""
    return tuple(_effect(row) for code in MARKER_CODES for row in rows if row.code == code)


def origin(chosen: Settings, primary: Settings, *, locked: bool) -> str:
    """Where a specification comes from, against the primary one."""
    if any(getattr(chosen, name) != getattr(primary, name) for name in set(MODEL_FIELDS) - CUTOFF_FIELDS):
        return ORIGINS[2]
    return max((_cutoff_origin(code, chosen, primary, locked) for code in MARKER_CODES), key=ORIGINS.index)


def lines(looked: Sequence[Looked], locked: Locked | None, zone: Any = None) -> tuple[LedgerLine, ...]:
    """The ledger in the order of time, times in `zone`."""
    primary = locked.specification if locked else Settings()
    return tuple(_line(one, primary, locked, zone) for one in looked)


def inspected_sentence(looked: Sequence[Looked], locked: Locked | None) -> str:
    """How many specifications were looked at, of what origin, and when the primary one was locked."""
    primary = locked.specification if locked else Settings()
    single = [one for one in looked if not one.search]
    by_origin = Counter(origin(one.specification, primary, locked=locked is not None) for one in single)
    parts = [f"{by_origin[name]} {name}" for name in ORIGINS if by_origin[name]]
    text = f"{count(len(single), 'specification')} of the relapse model {_was(len(single))} looked at in this sitting"
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


def _effect(row: Any) -> Effect:
    inside = isinstance(row.multivariable, Estimate)
    found, p = (row.multivariable, row.multivariable_p) if inside else (row.univariable, row.univariable_p)
    label = f"{MARKERS[row.code].label}{'' if inside else ' alone'}"
    if not isinstance(found, Estimate):
        return Effect(label, not_estimable(found), "–")
    return Effect(label, hazard_ratio(found), p_value(p))


def _cutoff_origin(code: str, chosen: Settings, primary: Settings, locked: bool) -> str:
    cutoff, side = (getattr(chosen, f"{code}_{part}") for part in ("cutoff", "side"))
    planned = tuple(getattr(primary, f"{code}_{part}") for part in ("cutoff", "side"))
    return cutoff_origin(MARKERS[code], cutoff, side, planned if locked else None)


def _line(one: Looked, primary: Settings, locked: Locked | None, zone: Any) -> LedgerLine:
    time = f"{one.time.astimezone(zone):%H:%M:%S}"
    if one.search:
        return LedgerLine(time, f"{one.search} ({one.n_searched:,})", "–", "–", ORIGINS[2])
    changed = "; ".join(difference_texts(primary, one.specification)) or PRIMARY
    ratios = "; ".join(f"{effect.label} {effect.hazard_ratio}" for effect in one.effects) or "–"
    p = "; ".join(f"{effect.label} {effect.p}" for effect in one.effects) or "–"
    return LedgerLine(time, changed, ratios, p, origin(one.specification, primary, locked=locked is not None))


def difference_texts(first: Settings, second: Settings, names: Sequence[str] = MODEL_FIELDS) -> list[str]:
    """`crp cutoff 10 to 14`, a text a setting that differs."""
    return [
        f"{name.replace('_', ' ')} {value_text(getattr(first, name))} to {value_text(getattr(second, name))}"
        for name in names
        if getattr(first, name) != getattr(second, name)
    ]


def value_text(value: object) -> str:
    """A setting's value to read: `14`, `on`, `standard` for an empty text."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value) or "standard"
