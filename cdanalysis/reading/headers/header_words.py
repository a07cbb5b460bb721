"""What the words of a header say: what it names, the unit it states, and what else stands in it.

A header can be taken in several ways (`relapse_d`: the words `relapse d`, or `relapse` in days); which of them names a
column of the dictionary decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cdanalysis.reading.headers.units.unit_words import LASTING, glued_unit, known_unit, normalised, stroked

MOST_UNIT_WORDS = 5
OR = " or "  # between two units that a header and the row under it state
_BRACKETS = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]*(?:\([^()]*\)[^()\[\]{}（）【】]*)?)[)\]}）】]")
TOWARDS = ("to", "until", "till", "bis", "jusqu", "hasta", "fino", "alla", "até", "tot", "至")
_LEADING = re.compile(rf"^(\w+) ({'|'.join(TOWARDS)}|since|from|of|after|seit|ab|nach|in|on) (.+)$")
_SINCE = re.compile(r" (?:from|since) (?:[^\W\d]+ ?){1,3}$")  # `days to last follow-up from diagnosis`
_SLASHED = re.compile(r"([^/]+)/\s*(.+)")  # `CRP / mg L-1`, as the SI writes a quantity and its unit
_IN_MIDDLE = re.compile(r"^(.+?) in (\w+)(?: .+)?$")  # `follow-up in months from the start`
_ATTACHED = re.compile(r"^(.{2,}?)(年|月|个月|周|天|日|岁|개월|일)[数數]?$")
_BEFORE_UNIT = re.compile(r"^(?:in|unit|units|einheit|单位)\s*[:：=]?\s*", re.IGNORECASE)
_OF_NORMAL = re.compile(
    r"^(?:normal|norm|normwert|normbereich|ref|reference|nv|vn|uln|rr)[\s:.,]*[<>≤≥]?[\d.,\s–-]+", re.IGNORECASE
)
_AFTER_UNIT = re.compile(r"\s*(?:[,;]|\b(?:since|from|after|to|until|post|seit|ab|nach|bis)\b).*$", re.IGNORECASE)
_HARMLESS = re.compile(
    r"(?:at )?(?:baseline|bl|inclusion|start|study entry|基线|入组时)|montreal|蒙特利尔|"
    r"yes no|y n|ja nein|j n|是 否|有 无|1 0|0 1|m f|f m|m w|w m|male female|female male|男 女|"
    r"total|total score|score|总分|\d+ (?:to |bis )?\d+|"
    r"(?:normal|norm|normwert|normbereich|ref|reference|nv|vn|rr|uln|range|正常|参考)[a-z ]*[\d ]+"
)
_LEGEND = re.compile(r"(-?\d+)\s*[=:：]\s*([^,;/，；、=:\d]+)")
_TURNED_LEGEND = re.compile(r"([^\W\d_]+)\s*[=:：]\s*(-?\d+)(?!\d)")  # `m=1, f=2`
_BARE_LEGEND = re.compile(r"(\d{1,2})[\s\-]*([^\W\d_]+(?: [^\W\d_]+)?)")  # `0 no, 1 yes`, `1男2女`
# `timeToRelapse`, `OSDays`, `PatientID`; `PFSevent` has its hump elsewhere
_HUMPS = re.compile(
    r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=ID\b)|(?<=[A-Z])(?=(?:Time|Date|Days|Weeks|Months|Years|Event|Status)\b)"
)
_SIGN_OF_UNIT = re.compile("[%‰°µμ]")
_UNIT_COLUMN = re.compile(r"^(?:units? (?:of |for )?|einheit (?:von )?)?(.*?)(?: (?:units?|uom|einheit)| ?单位)?$")


@dataclass(frozen=True)
class Reading:
    """One way to take a header. words: normalised. unit: as the header spells it. aside: the text of brackets, no unit."""

    words: str
    unit: str = ""
    aside: str = ""
    proven: bool = True  # the unit stands apart, in brackets; else it may as well be a word of the name
    glued: bool = False  # the unit is the end of a word: `CRPmgL`, `survdays`


def readings(header: str) -> Iterator[Reading]:
    """The ways to take a header, that with the fewest words taken away first."""
    bare, unit, aside = _without_brackets(header)
    if bare != header and not aside:
        yield Reading(normalised(header))
    yield Reading(normalised(bare), unit, aside)
    if not unit:
        yield from (Reading(words, unit, aside, proven=False) for words, unit in _worded(bare))
        yield from (Reading(words, unit, aside, proven=False, glued=True) for words, unit in _glued(bare))
    if (spread := without_humps(header)) != header:
        yield from readings(spread)


def without_humps(header: str) -> str:
    """`timeToRelapse` as words."""
    return _HUMPS.sub(" ", header)


def _without_brackets(header: str) -> tuple[str, str, str]:
    """The header without its brackets, the first unit that stands in one, and what stands in the others."""
    unit, asides = "", []
    for text in map(str.strip, _BRACKETS.findall(header)):
        found = unit_in(text)
        unit, aside = (found, "") if found and not unit else (unit, text)
        asides += [aside] if aside and not is_harmless(aside) else []
    return _BRACKETS.sub(" ", header), unit, "; ".join(asides)


def unit_in(text: str) -> str:
    """The unit that the text of a bracket or of a cell says: `in days`, `days since week 24`, `mg/L, normal < 5`, `mgL`."""
    plain = _OF_NORMAL.sub("", _BEFORE_UNIT.sub("", text.strip()))
    parts = filter(None, (plain, _AFTER_UNIT.sub("", plain)))
    return next((unit for part in parts if (unit := part if known_unit(part) else stroked(part))), "")


def is_harmless(aside: str) -> bool:
    """Whether a bracket says nothing that makes it another measurement: `(baseline)`, `(0-600)`, `(1 = yes)`."""
    words = normalised(aside)
    nothing = not words and not _SIGN_OF_UNIT.search(aside)
    return nothing or bool(_HARMLESS.fullmatch(words)) or bool(legend(f"({aside})"))


def legend(header: str) -> dict[str, str]:
    """What the codes of a column stand for, where its header says so: `Sex (1 = male)`, `(m=1, f=2)`, `(0 no, 1 yes)`."""
    found = _LEGEND.findall(header) or [(code, word) for word, code in _TURNED_LEGEND.findall(header)]
    for aside in () if found else _BRACKETS.findall(header):
        bare = _BARE_LEGEND.findall(aside)
        is_whole = len(bare) > 1 and not _BARE_LEGEND.sub("", aside).strip(" ,;/，；、")
        found = bare if is_whole and not any(known_unit(word) for _, word in bare) else found
    return {code: words.strip(" )]）】").strip() for code, words in found}


def _worded(bare: str) -> Iterator[tuple[str, str]]:
    """The unit behind the name (`crp_mg_dl`, `CRP / mg L-1`, `follow-up in months`), before it (`days to relapse`), or attached."""
    parts = [part for part in re.split(r"[\s_,;:，；：]+|-(?!\d)|(?<!\d)\.(?=\w)|\.$", bare) if part]
    for n in range(min(MOST_UNIT_WORDS, len(parts) - 1), 0, -1):
        unit = _joined(parts[-n:])
        if unit and parts[-n:] != ["h"]:
            yield normalised(" ".join(parts[:-n])).removesuffix(" in"), unit
    if (found := _SLASHED.fullmatch(bare)) and known_unit(found[2]):
        yield normalised(found[1]), found[2]
    words = normalised(bare)
    if (found := _IN_MIDDLE.match(words)) and known_unit(found[2]) in LASTING:
        yield found[1], found[2]
    if (found := _LEADING.match(words)) and known_unit(found[1]) in LASTING:
        named = _named_by(found[2], found[3])
        yield from ((text, found[1]) for text in dict.fromkeys([*named, *(_SINCE.sub("", one) for one in named)]))
    if (found := _ATTACHED.match(words)) and known_unit(found[2]):
        yield from ((text.strip(), found[2]) for text in (found[1], f"{found[1]}时间"))


def _glued(bare: str) -> Iterator[tuple[str, str]]:
    """The unit at the end of a word, `CRPmgL`, `fudays`, or as a word within the name, `crp_mgL_baseline`."""
    parts = [part for part in re.split(r"[\s_,;:.-]+", bare) if part]
    for place, part in enumerate(parts):
        stem, unit = glued_unit(part)
        within = stroked(part) if 0 < place < len(parts) - 1 else ""
        if stem or within:
            yield normalised(" ".join([*parts[:place], *filter(None, [stem]), *parts[place + 1 :]])), within or unit


def _joined(words: list[str]) -> str:
    """Words as a unit, with the stroke that an underscore or a blank stands for."""
    spelled = (" ".join(words), "/".join(words), "/".join([" ".join(words[:-1]), words[-1]]))
    return next(
        (text for text in dict.fromkeys(spelled) if known_unit(text)), stroked(words[0]) if len(words) == 1 else ""
    )


def _named_by(preposition: str, rest: str) -> tuple[str, ...]:
    """`days to relapse` is the time to relapse, `months of follow-up` the follow-up."""
    return (f"time to {rest}",) if preposition in TOWARDS else (f"time {preposition} {rest}", rest)


def measured_by_unit_column(header: str) -> str:
    """Of the header of a column of units (`crp_unit`, `Einheit CRP`, `CRP单位`): what they are the units of; else empty."""
    words = normalised(header)
    found = _UNIT_COLUMN.fullmatch(words)
    return found[1].strip() if found and found[1] != words else ""


def names_duration(words: str) -> bool:
    """Whether words name a unit of time themselves, as `fu days` does."""
    return any(known_unit(word) in LASTING for word in words.split()) or bool(re.search("[年月周天]", words))
