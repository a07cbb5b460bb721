"""A label inside a sentence or a title: `calprotectin`, `age at diagnosis`; proper names and abbreviations keep their letters."""

import re

from cdanalysis.dictionary.proper_names import PROPER

# Any other word of two letters is a symbol.
SHORT = frozenset({"as", "at", "by", "in", "is", "no", "of", "on", "to", "up"})
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]")  # a word without one is an abbreviation
_PART = re.compile(r"[^\W\d_]+")
_TITLED = re.compile(r"[^\W\d_a-z][a-z]{2,}")


def within(label: str) -> str:
    """The label as it stands after other words: its first letter small where its first word is an ordinary one.

    A label that has a capital at a later word is a name, or written by somebody who capitalises, and stays as it is.
    """
    first, rest = (label.split(maxsplit=1) or [""])[0], label.split()[1:]
    parts = [part for part in re.split(r"[-/]", first.removesuffix("'s").rstrip(",:;")) if part]
    if not parts or not _is_ordinary(parts[0]) or any(map(_is_titled, (*parts[1:], *rest))):
        return label
    return f"{label[0].lower()}{label[1:]}"


def _is_ordinary(word: str) -> bool:
    """`Calprotectin`, `Age`, `No`; not `CRP`, `Hb`, `IgA`, `Ki67`, `Plt`, `Crohn`."""
    if not (word.isalpha() and word[0].isupper() and word[1:].islower()) or word.lower() in PROPER:
        return False
    return word.lower() in SHORT if len(word) < 3 else bool(_VOWEL.search(word.lower()))


def _is_titled(word: str) -> bool:
    """`Trough`, `Pugh`; not `GI`, `mL`, `L2` or a name that always has its capital."""
    return any(_TITLED.fullmatch(part) and part.lower() not in PROPER for part in _PART.findall(word))
