"""What differs between two settings, one line per choice: the cut-offs one line per marker; plain."""

from collections.abc import Iterator, Sequence

from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.cutoffs import from_text, known, seconds_from_text
from cdanalysis.settings.of_index import OF_ONE_INDEX
from cdanalysis.settings.settings import ROWS
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.markers import label_without_cohort
from cdanalysis.writing.numbers import listed

MEDIAN = "at its median"
Difference = tuple[str, object, object]


def differences(first: Settings, second: Settings, names: Sequence[str]) -> Iterator[Difference]:
    """Name and both values of each of the fields that differs; cut-offs and handles as texts to read."""
    for name in names:
        if getattr(first, name) == getattr(second, name):
            continue
        if name in _PARTED:
            yield from _PARTED[name](first, second)
        else:
            yield name.replace("_", " "), getattr(first, name), getattr(second, name)


def bounds_not_used(chosen: Settings, used: Settings) -> str:
    """What was chosen in the points of an index and is not used by another one, as a sentence; empty where all is used."""
    gone = [
        name for name in OF_ONE_INDEX if getattr(chosen, name) not in (getattr(used, name), getattr(Settings, name))
    ]
    if chosen.index_row == used.index_row or not gone:
        return ""
    told = [f"{ROWS[name].label.removesuffix(' (points)')} {_shown(chosen, name)}" for name in gone]
    one, other = chosen.index_row.label, used.index_row.label
    return (
        f"Chosen for the {one} and not used, since this cohort has the {other} with bounds of its own: {listed(told)}."
    )


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return f"{value:g}" if isinstance(value, float) else ROWS[name].choices.get(value, str(value)).lower()


def marker_label(code: str) -> str:
    """A marker's name without its cohort: the dictionary's label or the header itself."""
    return label_without_cohort(code)


def _handles(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = (listed([marker_label(code) for code in one.handle_codes]) for one in (first, second))
    yield "handles", ours, theirs


def _cutoffs(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = from_text(first.cutoffs), from_text(second.cutoffs)
    for code in dict.fromkeys((*ours, *theirs)):
        before, after = (_text(one.get(code) or known(code)) for one in (ours, theirs))
        if before != after:
            yield f"{marker_label(code)} cut-off", before, after


def _seconds(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = seconds_from_text(first.second_cutoffs), seconds_from_text(second.second_cutoffs)
    for code in dict.fromkeys((*ours, *theirs)):
        if ours.get(code) != theirs.get(code):
            yield f"{marker_label(code)} second cut-off", ours.get(code, "none"), theirs.get(code, "none")


def _index(first: Settings, second: Settings) -> Iterator[Difference]:
    yield "index", first.index_row.label, second.index_row.label


def _relapse(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = (one.rule_choices[one.relapse_definition] for one in (first, second))
    yield "relapse definition", ours, theirs


def _text(cutoff: Cutoff | None) -> str:
    return f"{side_sign(cutoff.side)} {cutoff.value:g}" if cutoff else MEDIAN


_PARTED = {
    "index": _index,
    "relapse_definition": _relapse,
    "handles": _handles,
    "cutoffs": _cutoffs,
    "second_cutoffs": _seconds,
}
