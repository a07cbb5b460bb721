"""One category written in several ways - `open`, `OPEN`, `Open`; `II` and `2`; a word with a letter too few - asked once a column.

Until then they stand apart, as in the file: `Aa` and `aA` may be two genotypes.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cdanalysis.reading.cells.cells import UNSEEN
from cdanalysis.reading.cells.words import NO, YES, odd_among
from cdanalysis.reading.headers.likeness import similar
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import ColumnAsking

SAME, DIFFERENT = "the same", "different"
MOST_CATEGORIES, LEAST_OFTEN = 12, 3
MOST_TOLD = 6
_SIGNS = re.compile(r"[+<>≤≥=*%]|(?:^|\W)[-−–]|[-−–](?:\W|$)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def with_one_spelling(texts: Sequence[str | None], about: ColumnAsking) -> list[str | None]:
    """The texts, each in the commonest of its writings where the reader says that they are the same."""
    texts = [text if text is None or text.isascii() else UNSEEN.sub("", text).strip() or text for text in texts]
    counted = Counter(text for text in texts if text is not None)
    written = _otherwise(counted) if len(counted) > 1 else {}
    if not written:
        return list(texts)
    told = [f"{counted[text]} × {text} beside {counted[usual]} × {usual}" for text, usual in written.items()]
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    text = f"{'; '.join(told[:MOST_TOLD])}{more}. Are they the same?"
    if about.ask("spelling", text, (SAME, DIFFERENT), "kept apart until then") != SAME:
        return list(texts)
    return [None if text is None else written.get(text, text) for text in texts]


def _otherwise(counted: Mapping[str, int]) -> dict[str, str]:
    """Each text that another is written for more often, and that other; empty of a column with many different ones."""
    of_yes = _yes_and_no(counted)
    groups: dict[str, list[str]] = {}
    for text in sorted(counted, key=lambda one: -counted[one]):
        groups.setdefault(of_yes.get(text) or _key(text), []).append(text)
    if len(groups) > 2 * MOST_CATEGORIES or len(groups) < 2:
        return {}
    written = {text: usual for usual, *others in groups.values() for text in others}
    usual = [(one, (normalised(one),)) for one, *_ in groups.values() if counted[one] >= LEAST_OFTEN]
    if len(usual) <= MOST_CATEGORIES:
        rare = [one for one, *_ in groups.values() if counted[one] < LEAST_OFTEN]
        written |= {one: alike[0] for one in rare if (alike := similar(normalised(one), usual))}
    return written


def _key(text: str) -> str:
    """A text without capitals and punctuation, Roman numbers as figures; a sign, `A+`, `<40`, is part of it."""
    if _SIGNS.search(text):
        return text.casefold()
    return " ".join(_ROMAN.get(word, word) for word in normalised(text).split()) or text


def _yes_and_no(counted: Mapping[str, int]) -> dict[str, str]:
    """Of a column with words for yes and for no, what each of them is but an odd letter."""
    folded = {text: text.casefold().strip() for text in counted}
    texts = Counter({one: 0 for one in folded.values()})
    for text, n in counted.items():
        texts[folded[text]] += n
    if not (texts.keys() & YES and texts.keys() & NO):
        return {}
    odd = odd_among(texts)
    words = {text: one for text, one in folded.items() if one in YES | NO and one not in odd}
    return {text: "yes" if one in YES else "no" for text, one in words.items()}
