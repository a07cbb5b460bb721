"""What differs between two settings, one line per choice: the cut-offs one line per marker; plain."""

from collections.abc import Iterator, Sequence

from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.settings.as_text.cutoffs import from_text, known, seconds_from_text
from cdanalysis.settings.of_index import OF_ONE_INDEX
from cdanalysis.settings.settings import ROWS
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.markers import label_without_cohort
from cdanalysis.writing.numbers import listed
from cdanalysis.writing.within import within

MEDIAN = "at its median"
CODES = ("candidates", "prognostic_candidates")
Difference = tuple[str, str, str]


def setting_name(name: str) -> str:
    """What a setting is called: as its widget where that offers choices, else by its short name."""
    return within(ROWS[name].label) if ROWS[name].choices else name.replace("_", " ")


def setting_value(settings: Settings, name: str) -> str:
    """A setting's value to read: a choice in the words in which it is offered, `14`, `on`; `standard` where it is empty."""
    value, choices = getattr(settings, name), _OF_INDEX.get(name, lambda _: ROWS[name].choices)(settings)
    if name == "index":
        return settings.index_row.label
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:g}"
    if name in CODES and value:
        return listed([*map(label_without_cohort, split(value))])
    return within(choices.get(value, value).split(":")[0]) if choices else str(value) or "standard"


def differences(first: Settings, second: Settings, names: Sequence[str]) -> Iterator[Difference]:
    """Name and both values of each of the fields that differs, as texts to read."""
    for name in names:
        if getattr(first, name) == getattr(second, name):
            continue
        if name in _PARTED:
            yield from _PARTED[name](first, second)
        else:
            yield setting_name(name), setting_value(first, name), setting_value(second, name)


def bounds_not_used(chosen: Settings, used: Settings) -> str:
    """What was chosen in the points of an index and is not used by another one, as a sentence; empty where all is used."""
    gone = [
        name for name in OF_ONE_INDEX if getattr(chosen, name) not in (getattr(used, name), getattr(Settings, name))
    ]
    if chosen.index_row == used.index_row or not gone:
        return ""
    told = [f"{ROWS[name].label.removesuffix(' (points)')} {setting_value(chosen, name)}" for name in gone]
    one, other = chosen.index_row.label, used.index_row.label
    return (
        f"Chosen for the {one} and not used, since this cohort has the {other} with bounds of its own: {listed(told)}."
    )


def _handles(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = (listed([*map(label_without_cohort, one.handle_codes)]) for one in (first, second))
    yield "handles", ours, theirs


def _cutoffs(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = from_text(first.cutoffs), from_text(second.cutoffs)
    for code in dict.fromkeys((*ours, *theirs)):
        before, after = (_text(one.get(code) or known(code)) for one in (ours, theirs))
        if before != after:
            yield f"{label_without_cohort(code)} cut-off", before, after


def _seconds(first: Settings, second: Settings) -> Iterator[Difference]:
    ours, theirs = seconds_from_text(first.second_cutoffs), seconds_from_text(second.second_cutoffs)
    for code in dict.fromkeys((*ours, *theirs)):
        if ours.get(code) != theirs.get(code):
            before, after = (f"{one[code]:g}" if code in one else "none" for one in (ours, theirs))
            yield f"{label_without_cohort(code)} second cut-off", before, after


def _text(cutoff: Cutoff | None) -> str:
    return f"{side_sign(cutoff.side)} {cutoff.value:g}" if cutoff else MEDIAN


_OF_INDEX = {
    "relapse_definition": lambda one: one.rule_choices,
    "response_definition": lambda one: one.response_choices,
}
_PARTED = {
    "handles": _handles,
    "cutoffs": _cutoffs,
    "second_cutoffs": _seconds,
}
