"""What similarity may bridge: a typing error in a long word, and nothing that makes a header another measurement.

A digit, a negation, a count, another index, drug, cell or visit, and the first letter of a word are no typing errors. What
is found is a proposal that the reader confirms.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rapidfuzz import fuzz, process

LEAST_SIMILAR = 88.0  # of 100
LEAST_LEAD = 5.0  # over the second best
SHORTEST_SIMILAR = 5  # characters: "age" and "ae" are similar too
LONGEST_ABBREVIATION = 4  # letters: AZA and ADA, WBC and RBC differ though one letter is not much
# Words that turn a meaning round or count it; a header that has one is like no name that has not.
_TURNING = """no non not none without w o free never negative absent absence un anti kein keine keiner ohne nicht frei nie sans
    pas sin senza n nr num number count counts times anzahl zahl nombre numero total sum max min change delta post last first
    second third next end final family mother father ever current new"""
TURNING = frozenset(_TURNING.split())
_SIGNS = re.compile(r"[无未非不否没勿数次]")
_TURNED = re.compile(r"(?:non|un|anti)(?=[a-z]{4})|(?:free|less|frei|los)$")


def similar(words: str, names: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """The columns whose name or synonym the words may be a misspelling of, the likest first; names: column -> spellings."""
    if len(words) < SHORTEST_SIMILAR:
        return []
    scored = sorted(((_score(words, spelled), name) for name, spelled in names), reverse=True)
    best = scored[0][0] if scored else 0.0
    return [name for score, name in scored if score >= LEAST_SIMILAR and best - score < LEAST_LEAD]


def _score(words: str, spelled: Sequence[str]) -> float:
    """How alike words are to the likest spelling of a column, of 100; 0 where that is too little, or no typing error."""
    alike = process.extract(words, spelled, scorer=fuzz.ratio, score_cutoff=LEAST_SIMILAR, limit=None)
    return next((score for name, score, _ in alike if may_be(words, name)), 0.0)


def may_be(words: str, name: str) -> bool:
    """Whether normalised words can be a misspelling of a name."""
    if _digits(words) != _digits(name) or turned(words) != turned(name):
        return False
    return all(_same_or_misspelt(one, other) for one, other in zip_longest(words.split(), name.split(), fillvalue=""))


def turned(words: str) -> frozenset[str]:
    """What in the words turns a meaning round or counts: `no`, `un-`, `-free`, `without`, `number`, 无, 未."""
    parts = words.split()
    beginnings = (found[0] for part in parts for found in _TURNED.finditer(part))
    return frozenset({*(part for part in parts if part in TURNING), *beginnings, *_SIGNS.findall(words)})


def _digits(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def _same_or_misspelt(one: str, other: str) -> bool:
    """The same word, or two long ones that begin alike; a word more or less is no misspelling."""
    if one == other:
        return True
    return bool(one and other) and max(len(one), len(other)) > LONGEST_ABBREVIATION and one[0] == other[0]
