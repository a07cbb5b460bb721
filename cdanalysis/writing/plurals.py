"""The plural of an outcome's or any other noun, as a sentence counts it."""

import re

_EITHER = re.compile(r" (?:or|and) ")
_OF_WHAT = re.compile(
    r" (?:of|to|for|from|in|at|after|with|without|by|on) .+"
)  # only what stands before it has a plural


def plural(noun: str) -> str:
    """The regular plural: relapses, surgeries, abscesses, losses of response, recurrences or deaths."""
    if either := _EITHER.search(noun):
        return f"{plural(noun[: either.start()])}{either[0]}{plural(noun[either.end() :])}"
    if rest := _OF_WHAT.search(noun):
        return f"{plural(noun[: rest.start()])}{rest[0]}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
