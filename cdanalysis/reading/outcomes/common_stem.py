"""An event and its time that share a stem written as one word: `ANYCHD` and `TIMECHD`, `STROKE` and `TIMESTRK`.

The same stem pairs them; a stem that is a part of the other, or its shortening, is asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import NOUN_OF
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import MOST_OPTIONS, NONE_OF_THESE
from cdanalysis.reading.questions import Asking

_TIMED = re.compile(r"(?:time|tte)_?(?P<stem>[a-z_]{2,12})|(?P<other>[a-z_]{2,12}?)_?(?:time|tte)")
_DATED = re.compile(r"(?:date|dt)_?(?P<stem>[a-z_]{2,12})|(?P<other>[a-z_]{2,12}?)_?(?:date|dt)")
_EVENT_AFFIX = re.compile(
    r"^(?:any|inc|new|had|ev|event|status|stat)_?(?=[a-z]{2})|(?<=[a-z]{2})_?(?:ev|event|status|stat|ind|flag|yn)$"
)
_BEFORE = ("prev", "prior", "hx", "hist", "base", "bl_", "fam")  # of what was before time zero
_CENSORING = ("cens", "cnsr", "alive", "free")  # of which 1 may be no event: asked about elsewhere
LONGEST_SHORT = 4  # letters of a stem that is written as an abbreviation


def with_common_stem(columns: Sequence[Looked], asking: Asking) -> list[Looked]:
    """The columns, those of an event and its time called by their stem where they share it, or where the reader says so."""
    timed = {one.place: stem for one in columns if (stem := _stem_of_time(one))}
    if not timed:
        return list(columns)
    events = {one.place: _stem_of_event(one) for one in columns if _may_be_event(one)}
    named = {place: stem for place, stem in timed.items() if stem in events.values() or stem in NOUN_OF}
    pairs = {place: stem for place, stem in events.items() if stem in named.values()}
    for event in [one for one in columns if one.place in events and one.place not in pairs]:
        answer = _asked(event, [one for one in columns if one.place in timed.keys() - named.keys()], timed, asking)
        if answer is not None:
            named[answer.place] = pairs[event.place] = events[event.place]
    return [
        _called(one, "event", pairs[one.place]) if one.place in pairs
        else _called(one, "date" if one.dates else "months", named[one.place]) if one.place in named
        else one
        for one in columns
    ]  # fmt: skip


def _stem_of_time(one: Looked) -> str:
    """The stem of a time or a date without a role by other words; "" of another column."""
    form = _DATED if one.dates else _TIMED
    found = form.fullmatch(one.header.strip().casefold()) if not one.said.role and (one.dates or one.numbers) else None
    return (found["stem"] or found["other"] or "").replace("_", "") if found else ""


def _stem_of_event(one: Looked) -> str:
    return _EVENT_AFFIX.sub("", one.header.strip().casefold()).replace("_", "")


def _may_be_event(one: Looked) -> bool:
    header = one.header.strip().casefold()
    if any(word in header for word in _CENSORING):
        return False
    return (
        one.plain and header.isascii() and " " not in header and not header.startswith(_BEFORE) and not one.said.generic
    )


def _asked(event: Looked, times: Sequence[Looked], timed: dict[int, str], asking: Asking) -> Looked | None:
    """The time of an event whose stem is a part of its own, or its shortening, as the reader says."""
    stem = _stem_of_event(event)
    near = sorted(times, key=lambda one: -len(timed[one.place]))
    options = {one.header: one for one in near if _is_short_for(timed[one.place], stem)}
    if not options:
        return None
    answer = asking.ask(
        "time", "patients", event.header, f"{event.header}: which column holds its time, or that of its censoring?",
        (*list(options)[:MOST_OPTIONS], NONE_OF_THESE), f"{' and '.join(options)}: a part of its name; not used until then",
    )  # fmt: skip
    return options.get(answer or "")


def _is_short_for(short: str, whole: str) -> bool:
    """Whether letters begin, or end, another word, or are letters of it in their order from its first on."""
    if len(short) < 2 or len(short) >= len(whole):
        return False
    letters = iter(whole)
    return whole.endswith(short) or (whole[0] == short[0] and all(one in letters for one in short))


def _called(one: Looked, role: str, stem: str) -> Looked:
    noun = NOUN_OF.get(stem)
    label = noun.label if noun else stem.upper() if len(stem) <= LONGEST_SHORT and one.header.isupper() else stem
    return replace(
        one, said=replace(one.said, role=role, stem=stem, noun=noun or one.said.noun, label=label, sure=True)
    )
