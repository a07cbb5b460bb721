"""The form that identifiers share: hexadecimal ones and barcodes, of which some have no digit by chance, `cffdea`."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest

MOSTLY = 0.8  # of the identifiers are as long as each other
SLIPS = 0.005  # of them may have a letter at a place by a slip; where more have one, another may
LETTER, DIGIT = "a", "0"
Forms = Mapping[int, tuple[frozenset[str], ...]]  # by length: what may stand at each place


def forms_of(ids: Iterable[str]) -> Forms:
    """What stands at each place of the identifiers that have a digit, if nearly all are of one length."""
    coded = [one for one in ids if any(map(str.isdecimal, one))]
    lengths = [len(one) for one in coded]
    most = max(set(lengths), key=lengths.count, default=0)
    if lengths.count(most) < MOSTLY * len(lengths):
        return {}
    places = zip_longest(*(map(_kind, one) for one in coded if len(one) == most))
    return {most: tuple(frozenset(kind for kind in set(kinds) if _is_usual(kind, kinds)) for kinds in places)}


def is_in_form(code: str, forms: Forms) -> bool:
    """Whether a code is as long as the others and has at each place what others have there."""
    places = forms.get(len(code), ())
    return bool(places) and all(_kind(one) in kinds for one, kinds in zip(code, places, strict=True))


def _kind(character: str) -> str:
    """A letter is as good as another, a digit too; a mark is itself."""
    return LETTER if character.isalpha() else DIGIT if character.isdecimal() else character


def _is_usual(kind: str, kinds: tuple[str, ...]) -> bool:
    return kinds.count(kind) > SLIPS * len(kinds)
