"""What a header says of an outcome: whether its column holds the event, its time or its date, of what, and in which direction.

`relapse_event`, `Time to relapse (months)`, `date of death`, `relapse-free (0=yes, 1=no)`, `futime`, `复发时间`.
"""

import re
import unicodedata
from dataclasses import dataclass

from cdanalysis.dictionary.outcomes import ALIVE, EVENT, NOUN_OF, Noun
from cdanalysis.reading.headers.header_words import TOWARDS, Reading, legend, readings, without_humps
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit, normalised
from cdanalysis.reading.outcomes.headers.coded_words import coded_words
from cdanalysis.reading.outcomes.headers.nouns import or_death, several
from cdanalysis.reading.outcomes.headers.vocabulary import (
    BESIDE_A_NOUN,
    CENSORED_WORDS,
    CENSORING_WORDS,
    DATE_WORDS,
    DATED_ITALIAN,
    END_STEMS,
    EVENT_WORDS,
    FILLING,
    NEGATIONS,
    NO_OUTCOMES,
    STATUS_WORDS,
    SURVIVAL_WORDS,
    TIME_WORDS,
    at_a_moment,
    parted,
    without_bounds,
)

_CODING = re.compile(r"(?<![\w.])(\d{1,2})\s*[=:]\s*([^\d,;:=()\[\]/|]+)")
_YES_OR_NO = re.compile(
    r"\b(?:yes|y|ja|j|oui|o|si|sí|s)\s*[/|]\s*(?:no|nein|non|n)\b|\b(?:no|nein|non|n)\s*[/|]\s*(?:yes|y|ja|j|oui|o|si|sí|s)\b|\b[01]\s*[/|]\s*[01]\b|[是有]\s*/\s*[否无]"
)
_CHINESE = re.compile(
    "(是否|与否|情况|时间|时长|日期|事件|状态|删失|生存期間|生存期|生存|期間|再発|再燃|転帰|までの|至|无|未)"
)
FOLLOWED = frozenset({"fu", "fup", "followup", "os", "pfs"})
_JOINING = {"of", "to"}
STSET = {"_d": "event", "_t": "time", "_t0": "time0"}


@dataclass(frozen=True)
class Said:
    """What a header says. role: "event", "months", "date" or "".

    stem: what of; label: the same as a sentence calls it; noun: of the stem, where it is one that is known, EVENT where it
    names none. sure: it has a word of its role, and is not the noun alone; strong: that word is `event` or its like, not
    `status`, which much else has. negated: yes means that it did not happen. censoring: "censored" (1 is), "unsure" or "".
    end: a time or a date of the end of follow-up, whether or not the event ended it. coding: what it says that codes mean.
    nth: which of several, `2` of `relapse2_date`.
    """

    role: str = ""
    stem: str = ""
    label: str = ""
    unit: str = ""
    noun: Noun | None = None
    sure: bool = False
    strong: bool = False
    negated: bool = False
    censoring: str = ""
    end: bool = False
    towards: bool = False
    coding: tuple[tuple[str, str], ...] = ()
    nth: str = ""

    @property
    def generic(self) -> bool:
        """Whether it names no outcome: `time`, `status`, `event`."""
        return self.noun is EVENT


def said_by(header: str) -> Said:
    """What a header says of an outcome; a role of "" where it says nothing."""
    told, header = coded_words(header)
    header = without_bounds(without_humps(STSET.get(header.strip(), header)))
    folded = unicodedata.normalize("NFKC", header).casefold()
    coding = tuple((code, meaning.strip()) for code, meaning in _CODING.findall(folded)) or told
    coding = coding or tuple(legend(folded).items())
    bare, unit = _without_unit(_YES_OR_NO.sub(" ", _CODING.sub(" ", folded) if coding else header.casefold()))
    words = _words(bare)
    words = ["time", *words[1:]] if unit and words[:1] == ["t"] else words  # `t_relapse (months)`
    if at_a_moment(folded) or NO_OUTCOMES & set(words) or words[:1] == ["n"] or words[:2] == ["no", "of"]:
        return Said()
    role = _role(words, unit)
    stem, noun = _of_what(words, role)
    sure = bool(role)
    if not role and stem in ALIVE:
        role, noun = "event", NOUN_OF["death"]
    if not role and noun and (noun is not EVENT or stem in EVENT.words):
        role = "event"
    event, counted = role == "event", [word for word in words if word.isdecimal()]
    return Said(
        role=role, stem=stem, label=_label(words, role, noun), unit=unit, noun=noun, sure=sure,
        coding=coding, nth=counted[0] if len(counted) == 1 else "",
        strong=event and bool(EVENT_WORDS & set(words)),
        negated=event and (stem in ALIVE or (_negates(words) and not SURVIVAL_WORDS & set(words))),
        censoring=_censoring(words) if event else "", end=stem in END_STEMS and role in ("months", "date"),
        towards=role == "months" and not set(words).isdisjoint(TOWARDS),
    )  # fmt: skip


def _without_unit(header: str) -> tuple[str, str]:
    """The header's words and the unit of time that it states, if any."""
    ways = list(readings(header))
    if normalised(header) in TIME_WORDS and known_unit(header) in LASTING:  # `months`; a `year` is of the calendar
        return normalised(header), known_unit(header)
    timed = next((way for way in ways if known_unit(way.unit) in LASTING and _may_last(way)), None)
    return (
        (timed.words, known_unit(timed.unit)) if timed else (ways[-1].words if ways[-1].proven else ways[0].words, "")
    )


def _may_last(way: Reading) -> bool:
    """Whether the words before a unit of time are of an outcome or of a time: not those of `birthdays`."""
    words = way.words.split()
    known = TIME_WORDS | SURVIVAL_WORDS | FOLLOWED | NOUN_OF.keys()
    return not way.glued or (bool(words) and (words[-1] in known or way.words in NOUN_OF))


def _of_what(words: list[str], role: str) -> tuple[str, Noun | None]:
    """The words that are not of the role, and the noun they are; `is` and `had` say something before a noun only."""
    left = [word for word in words if word not in _role_words(role) | FILLING | NEGATIONS]
    stem = " ".join(left)
    bare = " ".join(word for word in left if word not in BESIDE_A_NOUN)
    stem = bare if role == "months" and bare in END_STEMS else stem  # `last follow-up (months)`
    noun = NOUN_OF.get(" ".join(words)) or NOUN_OF.get(stem) or NOUN_OF.get(bare) or several(stem)
    generic = not stem or stem in EVENT.words or (stem in END_STEMS and bool(role)) or (role == "event" and not bare)
    return stem, noun or (EVENT if generic else or_death(words))


def _label(words: list[str], role: str, noun: Noun | None) -> str:
    """What a sentence calls it: `loss of response` of `time to loss of response (months)`."""
    left = [word for word in words if word not in _role_words(role) - _JOINING]
    inner = [place for place, word in enumerate(left) if word not in _JOINING] or [0]
    own = " ".join(left[inner[0] : inner[-1] + 1])
    if noun and noun.code.endswith("_failure") and own in noun.words:
        return own  # `graft loss`, `device failure`
    return noun.label if noun else f"{own} event" if len(own) == 1 else own  # `50 p events` of `ptime` and `pstat`


def _negates(words: list[str]) -> bool:
    return bool(NEGATIONS & set(words)) and " ".join(words) not in NOUN_OF


def _censoring(words: list[str]) -> str:
    """Whether 1 means censored. Of `relapse-free survival status` it may: here it is the relapse, there the survival."""
    found = set(words)
    if found & CENSORED_WORDS:
        return "censored"
    of_survival = found & SURVIVAL_WORDS and (_negates(words) or found <= SURVIVAL_WORDS | STATUS_WORDS | FILLING)
    return "unsure" if found & CENSORING_WORDS or of_survival else ""


def _words(base: str) -> list[str]:
    spread = normalised(_CHINESE.sub(r" \1 ", base))
    words = []
    for word in spread.split():
        words += parted(word) if word not in NOUN_OF else [word]
    first, *others = words or [""]
    return (
        ["date", *others] if first == "data" and (DATED_ITALIAN & set(others) or " ".join(others) in NOUN_OF) else words
    )


def _role(words: list[str], unit: str) -> str:
    """The role that a word says; "" where none does."""
    found = set(words)
    if found & DATE_WORDS:
        return "date"
    event = bool(words) and words[-1] in EVENT_WORDS | STATUS_WORDS and not found & (TIME_WORDS - {"time"})
    if unit and event and words != ["status"]:  # `relapse-free status (months)`
        return "months"
    if (found & TIME_WORDS or unit or (found & SURVIVAL_WORDS and not event)) and not (event and "time" not in found):
        return "months"
    if found & (EVENT_WORDS | STATUS_WORDS | CENSORED_WORDS | CENSORING_WORDS):
        return "event"
    return ""


def _role_words(role: str) -> set[str]:
    of_events = EVENT_WORDS | STATUS_WORDS | CENSORED_WORDS | CENSORING_WORDS
    return {
        "event": of_events | SURVIVAL_WORDS,
        "months": TIME_WORDS | SURVIVAL_WORDS | of_events,
        "date": DATE_WORDS | of_events,
        "": set(),
    }[role]
