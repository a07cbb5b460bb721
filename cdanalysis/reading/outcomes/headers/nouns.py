"""Nouns of outcomes that stand in no table: plurals, and what happened `or death`."""

from cdanalysis.dictionary.outcomes import NOUN_OF, Noun

OR = ("or", "oder", "ou")


def or_death(words: list[str]) -> Noun | None:
    """`AIDS or death`: what ends the follow-up whatever the first is; None of other words."""
    place = next((at for at, word in enumerate(words) if word in OR), 0)
    last = NOUN_OF.get(" ".join(words[place + 1 :]))
    if not place or last is None or not last.ends:
        return None
    label = " ".join(words)
    return Noun(label.replace(" ", "_")[:60], label, (), ends=True)


def several(stem: str) -> Noun | None:
    """The noun of a plural, `flares`, `Rezidive`: how often it happened, and an outcome only beside a time of its name."""
    noun = NOUN_OF.get(_singular(stem))
    return noun and noun._replace(plain=False)


def is_plural(stem: str) -> bool:
    """Whether a header's words are the plural of a noun: `relapses`."""
    return _singular(stem) in NOUN_OF


def _singular(stem: str) -> str:
    """What a stem may be the plural of, `surgeries`, `relapses`, `Rezidive`; "" where it is none."""
    if stem.endswith("ies"):
        return f"{stem[:-3]}y"
    is_one = stem.endswith("e") and stem in NOUN_OF  # `relapse` is no plural of the Czech `relaps`
    return stem[:-1] if stem[-1:] in ("s", "e") and not is_one else ""
