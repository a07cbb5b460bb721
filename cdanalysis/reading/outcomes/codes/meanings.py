"""What the text of a cell means of an outcome: that it happened, that the patient was censored, or what only the reader knows."""

import re
from collections.abc import Iterable

from cdanalysis.dictionary.outcomes import ALIVE, NOUN_OF, Noun, words_of
from cdanalysis.reading.cells.cells import folded
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.headers.vocabulary import (
    CENSORED_WORDS,
    CENSORING_WORDS,
    EVENT_WORDS,
    FILLING,
    NEGATIONS,
    UNCENSORED_WORDS,
)

CENSORED, HAPPENED, COMPETING, NOT_KNOWN = "censored", "event", "a competing event", "not known"
STATE_OF = {CENSORED: 0.0, HAPPENED: 1.0, COMPETING: 2.0, NOT_KNOWN: float("nan")}
YES_WORDS = YES | words_of("(+)|ja|oui|si|sí|sì|+|++|pos|positiv|x|checked|tick|阳|真")
NO_WORDS = NO | words_of("never|nie|jamais|nunca|nooit|(-)|nein|non|-|neg|negativ|unchecked|none|阴|假")
# Words that say how a follow-up ended, whatever the header asks: they are not turned round by it.
CENSORED_TEXTS = (
    CENSORED_WORDS
    | CENSORING_WORDS
    | words_of(
        "censor|alive|living|lives|event free|disease free|diseasefree|lost|lost to follow up|ongoing|ned|"
        "no evidence of disease|functioning|functioning graft|graft functioning|functioning transplant|in situ|surviving|"
        "on treatment|still on treatment|on therapy|still on therapy|"
        "end of study|end of follow up|last follow up|lebt|lebend|vivant|vivo|viva|levend|in leven|"
        "lost to fu|ltfu|lfu|survived|survivor|survivors|vive|żyje|жив|жива|i live|elossa|sağ|hayatta|"
        "删失|存活|生存|生|失访|在世|未发生|无病生存"
    )
)
NOT_REACHED = words_of(
    "nr|n r|not reached|not yet reached|not yet|never|nicht erreicht|non atteint|no alcanzado|non raggiunto|未达到"
)
HOW_CENSORED = words_of("right|administrative|administratively|rechts")
# Nouns that mean one another in a cell; to be in remission is to have none of them.
RELAPSES = ("relapse", "recurrence", "flare")
_DEAD = words_of("dead|died|deceased|verstorben|gestorben|décédé|décédée|fallecido|deceduto|overleden")
# Dead of disease, of other cause; alive with disease, without evidence of it.
_OF_ONCOLOGY = {
    **dict.fromkeys(("dod", "doc", "dooc", "duc"), HAPPENED),
    **dict.fromkeys(("awd", "ned", "anwd", "awod"), CENSORED),
}
_DOUBTS = words_of("unknown|suspected|presumed|probably|probable|possible|possibly|maybe|or|unclear|not|no")
FAILURES = ("failure", "graft_failure", "treatment_failure", "implant_failure")
REMISSIONS = words_of("remission|in remission|ongoing remission|sustained remission|缓解|持续缓解|缓解中")
HAPPENED_TEXTS = (EVENT_WORDS - {"yn", "是否", "与否", "情况"}) | {"发生"}
_CODED = re.compile(r"\s*[(\[]?(\d{1,2})\s*[:=.\-)\]]\s*(\D.*)")
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]$|\*+$")  # `yes (2019)`, `1*`
# `relapse (2019)`, not `relapse (suspected)`.
_DATED = re.compile(r"\s*[(（]\s*(?:\d{1,2}\s*[./-]\s*){0,2}\d{4}\s*[)）]$")
_OF_CELLS = {"tot": NOUN_OF["death"]}  # a header's `tot` is a total
_UNWRITTEN = ("未", "无", "没有", "非", "不")


def parted_code(text: str) -> tuple[str, str]:
    """`1:DECEASED` as its code and its word; a text without a code as itself."""
    found = _CODED.fullmatch(text)
    return (found[1], found[2].strip()) if found else ("", text)


def meaning_of(text: str, said: Said, noun: Noun | None) -> str:
    """What a cell's folded text means in a column whose header says `said`; "" where only the reader knows."""
    coding = dict(said.coding)
    if text in coding:
        return _turned(_word(coding[text], noun), said)
    code, word = parted_code(text)
    found = _word(word, noun)
    if code and not found:
        found = {"0": NO_WORD, "1": YES_WORD}.get(code, "")
    return _turned(found, said)


YES_WORD, NO_WORD = "yes", "no"


def _word(word: str, noun: Noun | None) -> str:
    """CENSORED or HAPPENED where the word itself says so, yes or no where the header decides, "" of any other word."""
    word = word.strip()
    bare = word if word in YES_WORDS | NO_WORDS else _ASIDE.sub("", word).rstrip(".")
    if bare in YES_WORDS or bare in NO_WORDS:
        return YES_WORD if bare in YES_WORDS else NO_WORD
    plain = normalised(_DATED.sub("", word))
    of_relapse = noun is not None and noun.code in RELAPSES
    if plain in CENSORED_TEXTS or (of_relapse and plain in REMISSIONS):
        return CENSORED
    if of_censoring := _of_censoring(plain.split()):
        return of_censoring
    negated = any(one in NEGATIONS for one in plain.split()) or word.startswith(_UNWRITTEN)
    bare = " ".join(one for one in plain.split() if one not in NEGATIONS | FILLING).lstrip("".join(_UNWRITTEN))
    named = _noun_of(plain) or _noun_of(bare)
    happened = bool(bare) and set(bare.split()) <= HAPPENED_TEXTS
    if negated:
        return CENSORED if named or happened or bare == "disease" else ""
    own = named is not None and (
        noun is None
        or named.code == noun.code
        or noun.ends
        or any(named.code in alike and noun.code in alike for alike in (RELAPSES, FAILURES))
    )
    return HAPPENED if own or happened else ""


def of_life(text: str) -> str:
    """What a text says of a death of whatever cause, `dead of disease`, `alive with disease`; "" of any other."""
    first, *rest = normalised(parted_code(text)[1]).split() or [""]
    if first in _OF_ONCOLOGY and not rest:
        return _OF_ONCOLOGY[first]
    if first not in ALIVE | _DEAD or not _DOUBTS.isdisjoint(rest):
        return ""
    return CENSORED if first in ALIVE else HAPPENED


def _of_censoring(words: list[str]) -> str:
    """What words say whose first, but for how it was and a negation, is `censored`: `right censored`, `not censored`; else ""."""
    left = [word for word in words if word not in NEGATIONS | HOW_CENSORED]
    if left and left[0] in UNCENSORED_WORDS:
        return HAPPENED
    if not left or left[0] not in CENSORED_WORDS:
        return ""
    negated = not NEGATIONS.isdisjoint(words[: words.index(left[0])])
    return (HAPPENED if len(left) == 1 else "") if negated else CENSORED


def _noun_of(words: str) -> Noun | None:
    """The noun that all the words are: of `recurred progressed` the first."""
    nouns = [NOUN_OF.get(word) for word in words.split()]
    return NOUN_OF.get(words) or _OF_CELLS.get(words) or (nouns[0] if nouns and all(nouns) else None)


def _turned(word: str, said: Said) -> str:
    """A yes or a no in the direction of its header: `relapse-free: yes` is no relapse, `censored: yes` is censored."""
    if word not in (YES_WORD, NO_WORD):
        return word
    if said.censoring == "unsure":
        return ""
    happened = (word == YES_WORD) != (said.negated or said.censoring == "censored")
    return HAPPENED if happened else CENSORED


def has_unknown(texts: Iterable[str], said: Said) -> bool:
    """Whether a word among texts is of a state that is not known: of `event: death, ltx` the death may as well compete."""
    return any(not text.isdecimal() and not meaning_of(text, said, None) for text in texts if text)


def says_free(cell: object) -> bool:
    """Whether a cell where a time is expected says that the event has not come: `ongoing`, `alive`, `no relapse`."""
    text = folded(cell) if isinstance(cell, str) and cell[:1].isalpha() else ""
    return bool(text) and (normalised(text) in NOT_REACHED or _word(text, None) == CENSORED)


def nouns_among(texts: Iterable[str]) -> tuple[Noun, ...]:
    """The outcomes that the texts name, where they are not denied."""
    words = (normalised(parted_code(text)[1]) for text in texts)
    return tuple({noun.code: noun for word in words if (noun := _noun_of(word))}.values())
