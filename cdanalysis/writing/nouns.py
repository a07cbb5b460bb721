"""The noun of an outcome, which may be a phrase, as a title and a sentence have it."""

import re

_EITHER = re.compile(r" (?:or|and) ")
# Only what stands before it has a plural.
_OF_WHAT = re.compile(r" (?:of|to|for|from|in|at|after|with|without|by|on) .+")


def plural(noun: str) -> str:
    """The regular plural: relapses, surgeries, abscesses, losses of response, recurrences or deaths."""
    if either := _EITHER.search(noun):
        return f"{plural(noun[: either.start()])}{either[0]}{plural(noun[either.end() :])}"
    if rest := _OF_WHAT.search(noun):
        return f"{plural(noun[: rest.start()])}{rest[0]}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def free_survival(noun: str) -> str:
    """`relapse-free survival`, `survival free of loss of response`."""
    is_phrase = _EITHER.search(noun) or _OF_WHAT.search(noun)
    return f"survival free of {noun}" if is_phrase else f"{noun}-free survival"


def free_of(noun: str) -> str:
    """`free of relapse`, `free of adverse events`: what is counted and not had stands in the plural."""
    return f"free of {plural(noun) if noun.split()[-1:] == ['event'] else noun}"


def capitalized(text: str) -> str:
    """The text as a title or a sentence begins with it, the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"
