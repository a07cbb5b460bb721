"""The ledger: every distinct specification that was looked at on any page, and where each comes from.

A specification is what decides the numbers that were shown: of the model of the outcome, or of another page. It is
`pre-specified` when it is the primary one and that was locked before anything was looked at, `literature` when it differs from
the primary one (the defaults, where none was locked) in published cut-offs only, else `data-driven`. Nothing here is sent or
stored; the session holds it and the user's own download.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cdanalysis.dictionary.markers import Marker, unknown
from cdanalysis.dictionary.summaries import row_of
from cdanalysis.report.content import LedgerLine
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.settings import Settings, only, that_decide
from cdanalysis.settings.as_text.cutoffs import Lock, as_text, from_text, known
from cdanalysis.writing.choices.cutoff_origin import cutoff_origin, locked_after
from cdanalysis.writing.choices.differences import differences
from cdanalysis.writing.numbers import count, hazard_ratio, listed, not_estimable, p_value
from cdanalysis.writing.sentences import were

# Observation of adverse events is no part of the relapse model.
MODEL_FIELDS = tuple(name for name in that_decide("endpoint", "model") if name != "adverse_event_end")
OF_MARKERS = {"handles", "cutoffs"}
ORIGINS = ("pre-specified", "literature", "data-driven")
PRIMARY = "nothing: the primary specification"
PREDICTORS = "Predictors"  # the page of the model


@dataclass(frozen=True)
class Effect:
    """A hazard ratio and a P as the page shows them, of the multivariable model where it is in it; empty where there is none."""

    label: str
    hazard_ratio: str
    p: str


@dataclass(frozen=True)
class Looked:
    """A specification (the fields that decide it, the rest at their defaults) or a search over `n_searched`.

    page: where it was looked at. names: the fields; cut: the markers whose cut-offs play a part, None for all of them.
    """

    time: datetime
    specification: Settings
    effects: tuple[Effect, ...] = ()
    search: str = ""
    n_searched: int = 0
    page: str = PREDICTORS
    names: tuple[str, ...] = MODEL_FIELDS
    cut: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Locked:
    """The primary specification and when it was locked."""

    time: datetime
    specification: Settings


def narrowed(settings: Settings, names: tuple[str, ...], cut: tuple[str, ...] | None = None) -> Settings:
    """The part of the settings that decides a specification: these fields, and of the cut-offs those of these markers."""
    chosen = only(settings, names)
    if cut is None:
        return chosen
    return replace(
        chosen, cutoffs=as_text({code: one for code, one in from_text(chosen.cutoffs).items() if code in cut})
    )


def with_model_of(settings: Settings, chosen: Settings) -> Settings:
    """The settings with the relapse model of a specification."""
    return replace(settings, **{name: getattr(chosen, name) for name in MODEL_FIELDS})


def effects(found: CandidateModels, markers: Sequence[Marker]) -> tuple[Effect, ...]:
    """The markers' lines of a table of candidates, adjusted where they are in the model."""
    return tuple(_effect(marker, row) for marker in markers for row in found.rows if row.code == marker.code)


def n_before(looked: Sequence[Looked], locked: Locked) -> int:
    """How many specifications had been looked at when the primary one was locked, those of a search counted each."""
    return sum(max(one.n_searched, 1) for one in looked if one.time < locked.time)


def origin(one: Looked, primary: Settings, *, held: bool) -> str:
    """Where a specification comes from, against the primary one; held: that was locked before anything was looked at."""
    planned = narrowed(primary, one.names, one.cut)
    if one.search or any(
        getattr(one.specification, name) != getattr(planned, name) for name in set(one.names) - OF_MARKERS
    ):
        return ORIGINS[2]
    # Of every marker that is looked at or cut elsewhere than the primary one: the worst tells.
    cut = one.specification.handle_codes if one.cut is None else one.cut
    codes = dict.fromkeys((*cut, *from_text(one.specification.cutoffs), *from_text(planned.cutoffs)))
    origins = [_cutoff_origin(code, one.specification, planned, held) for code in codes]
    return max(origins, key=ORIGINS.index, default=ORIGINS[0] if held else ORIGINS[1])


def lines(
    looked: Sequence[Looked], locked: Locked | None, zone: Any = None, defaults: Settings | None = None
) -> tuple[LedgerLine, ...]:
    """The ledger in the order of time, times in `zone`; defaults: the primary specification where none was locked."""
    primary, held = _primary(looked, locked, defaults)
    return tuple(_line(one, primary, held, zone) for one in looked)


def inspected_sentence(looked: Sequence[Looked], locked: Locked | None, defaults: Settings | None = None) -> str:
    """How many specifications were looked at, of what origin, and when the primary one was locked; defaults as in `lines`."""
    primary, held = _primary(looked, locked, defaults)
    single = [one for one in looked if not one.search]
    by_origin = Counter(origin(one, primary, held=held) for one in single)
    parts = [f"{by_origin[name]} {name}" for name in ORIGINS if by_origin[name]]
    text = f"{count(len(single), 'specification')} {were(len(single))} looked at in this session"
    text += f" ({listed(parts)})" if parts else ""
    searched = sum(one.n_searched for one in looked)
    text += f", and {searched:,} more by searching" if searched else ""
    return f"{text}. {locked_sentence(looked, locked)}"


def locked_sentence(looked: Sequence[Looked], locked: Locked | None) -> str:
    """Whether the primary specification was locked, and after how many looks."""
    if locked is None:
        return "No primary specification was locked; the program's defaults stand for it."
    before = n_before(looked, locked)
    if before:
        return f"The primary specification was {locked_after(before)}."
    return "The primary specification was locked before anything was looked at."


def _primary(looked: Sequence[Looked], locked: Locked | None, defaults: Settings | None) -> tuple[Settings, bool]:
    """The primary specification, and whether it was locked before anything was looked at."""
    if locked is None:
        return defaults or Settings(), False
    return locked.specification, not n_before(looked, locked)


def _effect(marker: Marker, row: PredictorRow) -> Effect:
    if isinstance(row.multivariable, Estimate):
        return Effect(marker.label, hazard_ratio(row.multivariable), p_value(row.multivariable_p))
    label = f"{marker.label} alone"
    if isinstance(row.univariable, NotEstimable):
        return Effect(label, not_estimable(row.univariable), "–")
    return Effect(label, hazard_ratio(row.univariable), p_value(row.univariable_p))


def _cutoff_origin(code: str, chosen: Settings, primary: Settings, held: bool) -> str:
    cutoff, planned = (one.chosen_cutoff(code) or known(code) for one in (chosen, primary))
    if cutoff is None:
        return ORIGINS[2]
    marker = row_of(code) or unknown(code)
    return cutoff_origin(marker, cutoff.value, cutoff.side, Lock(*planned) if held and planned else None)


def _line(one: Looked, primary: Settings, held: bool, zone: Any) -> LedgerLine:
    time = f"{one.time.astimezone(zone):%H:%M:%S}"
    if one.search:
        return LedgerLine(time, f"{one.search} ({one.n_searched:,})", "–", "–", ORIGINS[2], one.page)
    planned = narrowed(primary, one.names, one.cut)
    changed = "; ".join(difference_texts(planned, one.specification, one.names)) or PRIMARY
    ratios = "; ".join(f"{effect.label} {effect.hazard_ratio}" for effect in one.effects if effect.hazard_ratio) or "–"
    p = "; ".join(f"{effect.label} {effect.p}" for effect in one.effects if effect.p) or "–"
    return LedgerLine(time, changed, ratios, p, origin(one, primary, held=held), one.page)


def difference_texts(first: Settings, second: Settings, names: Sequence[str] = MODEL_FIELDS) -> list[str]:
    """`CRP cut-off: > 10 to > 14`, one text per setting that differs."""
    return [f"{name}: {ours} to {theirs}" for name, ours, theirs in differences(first, second, names)]
