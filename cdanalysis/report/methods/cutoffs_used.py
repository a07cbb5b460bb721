"""The cut-offs in use, each with where it comes from: pre-specified, literature or data-driven."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cdanalysis.dictionary.markers import MARKERS, Marker
from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined, known
from cdanalysis.report.references import Citations
from cdanalysis.writing.cutoff_origin import Origin, cutoff_origin
from cdanalysis.writing.labels import group_above
from cdanalysis.writing.numbers import listed

SOURCES = {
    ("crp", 5.0): ("louis",),
    ("crp", 10.0): ("study", "sandborn"),
    ("tgn", 235.0): ("study", "dubinsky"),
    ("tgn", 260.0): ("osterman",),
}


class CutoffUsed(NamedTuple):
    """A marker that was cut: the group above, the origin of the cut-off, whether one was locked before exploring."""

    marker: Marker
    cutoff: float
    group: str
    origin: Origin
    locked: bool


def cutoffs_used(run: Run) -> tuple[CutoffUsed, ...]:
    """The cut-offs of the candidates, of the groups of the curves and of Table 1, each once."""
    return tuple(_used(run, code) for code in dict.fromkeys(_codes(run)) if code in MARKERS)


def _codes(run: Run) -> Iterator[str]:
    predictors, safety = found(run, "predictors"), found(run, "safety")
    models = known(safety.models) if safety else None
    for result in (predictors, models):
        yield from (one.code for one in result.candidates) if result else ()
    for name in ("survival", "baseline"):
        if found(run, name):
            yield getattr(run.settings, f"{name}_group")
    scanned = found(run, "cutoffs")
    if scanned:
        yield scanned.marker.code


def _used(run: Run, code: str) -> CutoffUsed:
    marker = MARKERS[code]
    cutoff = getattr(run.settings, f"{code}_cutoff")
    side = getattr(run.settings, f"{code}_side", marker.side)
    locked = run.locked.get(code)
    return CutoffUsed(
        marker, cutoff, group_above(marker, cutoff, side), cutoff_origin(marker, cutoff, side, locked), locked is not None
    )  # fmt: skip


def cutoffs_sentence(run: Run, cite: Citations) -> str:
    """The cut-offs with their origins and sources."""
    told = [f"{one.group} ({one.origin}{_source(one, cite)})" for one in cutoffs_used(run)]
    return joined([f"Markers were cut in two: {'; '.join(told)}." if told else "", *_three_groups(run)])


def _three_groups(run: Run) -> Iterator[str]:
    """The second cut-off of a marker whose groups are shown; the models keep the first alone."""
    shown = [getattr(run.settings, f"{name}_group") for name in ("survival", "baseline") if found(run, name)]
    for code in dict.fromkeys(shown):
        first, second = (getattr(run.settings, f"{code}{part}_cutoff", 0.0) for part in ("", "_second"))
        if second and second != first:
            marker = MARKERS[code]
            yield f"Where its groups are shown, {marker.label} was also cut at {second:g} {marker.unit}, which makes three groups."


def origins_sentence(run: Run) -> str:
    """The origin of each cut-off in one sentence, to stand beside the results."""
    groups: dict[str, list[str]] = {}
    for one in cutoffs_used(run):
        groups.setdefault(one.origin, []).append(one.group)
    return "; ".join(f"{origin}: {listed(named)}" for origin, named in groups.items())


def _source(one: CutoffUsed, cite: Citations) -> str:
    key = (one.marker.code, one.cutoff)
    locked = ", locked before exploring" if one.locked and one.origin == "pre-specified" else ""
    if key in SOURCES:
        return f"{locked}{cite(*SOURCES[key])}"
    if one.origin == "pre-specified":
        return locked or ", the default of this analysis"
    named = [known.citation for known in one.marker.literature if known.value == one.cutoff]
    if named:
        return f"; {named[0]}; full reference for the author to add"
    return f", neither {'locked' if one.locked else 'the default'} nor published"
