"""Codes of markers and covariates as one text, exactly: a code may be any header of a file.

Codes are joined by commas; the few signs that would part a text wrongly are percent-encoded in each, all else - blanks,
umlauts, Chinese - stays readable.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from cdanalysis.dictionary.markers import MOST_HANDLES

_PARTING = re.compile(r"[%,<>=\x00-\x1f\x7f]|^\s|\s$")


def canonical(text: str) -> str:
    """A list of codes, each once."""
    return joined(split(text))


def handles(text: str) -> str:
    """Codes for the handles; raises ValueError for more than there are handles."""
    chosen = split(text)
    if len(chosen) > MOST_HANDLES:
        raise ValueError(f"handles is {text[:40]!r}, expected at most {MOST_HANDLES} codes")
    return joined(chosen)


def pairs(text: str) -> dict[str, str]:
    """Texts and what stands for each: `Months=Time (months),CRP=C-reactive protein`."""
    parts = (part.partition("=") for part in text.split(",") if "=" in part)
    return {unquote(one.strip()): unquote(other.strip()) for one, _, other in parts if one.strip()}


def joined_pairs(given: Mapping[str, str]) -> str:
    """Texts and what stands for each as one text; what stands for itself is left out."""
    return ",".join(f"{quoted(one)}={quoted(other)}" for one, other in given.items() if one != other)


def canonical_pairs(text: str) -> str:
    """Texts and what stands for each, each once."""
    return joined_pairs(pairs(text))


def quoted(code: str) -> str:
    """A code as it stands in a text of several."""
    return _PARTING.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), code)


def joined(codes: Iterable[str]) -> str:
    """Codes as one text, each once."""
    return ",".join(quoted(code) for code in dict.fromkeys(codes))


def split(text: str) -> tuple[str, ...]:
    """The codes of a text in their order, each once; an empty text has none."""
    return tuple(dict.fromkeys(unquote(part.strip()) for part in text.split(",") if part.strip()))
