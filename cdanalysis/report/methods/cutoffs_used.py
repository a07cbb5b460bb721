"""The cut-offs in use, each with where it comes from: pre-specified, literature or data-driven."""

from collections.abc import Iterator
from typing import NamedTuple

from cdanalysis.dictionary.markers import Marker
from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined, known
from cdanalysis.report.statements.references import Citations
from cdanalysis.writing.choices.cutoff_origin import Origin, cutoff_origin, stamp_words
from cdanalysis.writing.markers import value_words
from cdanalysis.writing.numbers import listed


class CutoffUsed(NamedTuple):
    """A marker that was cut: the group above, the origin of the cut-off in a word and with when it was locked."""

    marker: Marker
    cutoff: float
    group: str
    origin: Origin
    stamp: str


def cutoffs_used(run: Run) -> tuple[CutoffUsed, ...]:
    """The cut-offs of the candidates, of the groups of the curves and of Table 1, each once."""
    return tuple(_used(run, code) for code in dict.fromkeys(_codes(run)) if code in run.cohort.markers)


def _codes(run: Run) -> Iterator[str]:
    predictors, safety = found(run, "predictors"), found(run, "safety")
    models = known(safety.models) if safety else None
    for result in (predictors, models):
        yield from (one.code for one in result.candidates if one.kind == "cut") if result else ()
    for name in ("survival", "baseline"):
        if found(run, name):
            yield getattr(run.settings, f"{name}_group")
    scanned = found(run, "cutoffs")
    if scanned:
        yield scanned.marker.code


def _used(run: Run, code: str) -> CutoffUsed:
    marker = run.cohort.marker(code)
    cutoff, side = run.settings.cutoff_of(marker)
    locked = run.locked.get(code)
    return CutoffUsed(
        marker,
        cutoff,
        marker.above(cutoff, side),
        cutoff_origin(marker, cutoff, side, locked),
        stamp_words(marker, cutoff, side, locked),
    )


def cutoffs_sentence(run: Run, cite: Citations) -> str:
    """The cut-offs with their origins and sources."""
    told = [f"{one.group} ({one.stamp}{_source(one, cite)})" for one in cutoffs_used(run)]
    return joined([f"Markers were cut in two: {'; '.join(told)}." if told else "", *_values(run), *_three_groups(run)])


def _values(run: Run) -> Iterator[str]:
    """Which value of each patient a marker is that was measured again and again."""
    for one in cutoffs_used(run):
        words = value_words(one.marker.code, run.settings)
        if words:
            yield f"{one.marker.label} is {words}; values measured later were not used."


def _three_groups(run: Run) -> Iterator[str]:
    """The second cut-off of a marker whose groups are shown; the models keep the first alone."""
    shown = [getattr(run.settings, f"{name}_group") for name in ("survival", "baseline") if found(run, name)]
    for code in dict.fromkeys(shown):
        second = run.settings.second_cutoff(code)
        if second is None or code not in run.cohort.markers:
            continue
        marker = run.cohort.marker(code)
        if second != run.settings.cutoff_of(marker).value:
            yield f"Where its groups are shown, {marker.label} was also cut at {marker.amount(second)}, which makes three groups."


def origins_sentence(run: Run) -> str:
    """The origin of each cut-off in one sentence, to stand beside the results."""
    groups: dict[str, list[str]] = {}
    for one in cutoffs_used(run):
        groups.setdefault(one.stamp, []).append(one.group)
    return "; ".join(f"{origin}: {listed(named)}" for origin, named in groups.items())


def _source(one: CutoffUsed, cite: Citations) -> str:
    published = [known for known in one.marker.literature if known.value == one.cutoff]
    sources = [source for known in published for source in known.sources]
    locked = ", locked before anything was looked at" if one.origin == "pre-specified" else ""
    if sources:
        return f"{locked}{cite(*sources)}"
    if published:
        return f"{locked}; {published[0].citation}; full reference for the author to add"
    if locked:
        return locked
    if one.cutoff == one.marker.cutoff:
        return f", {'the median of these patients' if one.marker.from_data else 'the default of the program'} and not published"
    return ", neither locked before looking nor published"
