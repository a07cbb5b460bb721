"""Cut-offs by code as one text: `crp>14,tgn>=260`, second ones as `crp=20`; a code as `codes` writes it."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple
from urllib.parse import unquote

from cdanalysis.dictionary.columns import PATIENTS
from cdanalysis.dictionary.markers import MARKERS, Marker
from cdanalysis.dictionary.summaries import row_of
from cdanalysis.settings.as_text.codes import quoted

FARTHEST = 1e12  # a cut-off beyond it is no measurement
_SPECS = {spec.name: spec for spec in PATIENTS}
_CUTOFF = re.compile(r"(?P<code>.+?)(?P<side>>=|>|=)\s*(?P<value>[-+.\deE]+)")


class Cutoff(NamedTuple):
    """Where a marker is cut, in its unit, and which side the value itself is on: ">" above is beyond it, ">=" from it on."""

    value: float
    side: str


class Lock(NamedTuple):
    """The cut-off and side of a marker in a locked specification, and how many were looked at before it was locked."""

    value: float
    side: str
    n_before: int = 0


def default_of(marker: Marker) -> Cutoff:
    """The cut-off of a marker until another is chosen."""
    return Cutoff(marker.cutoff, marker.side)


def known(code: str) -> Cutoff | None:
    """The cut-off that the dictionary gives a code; None where it depends on the cohort."""
    row = row_of(code)
    return default_of(row) if row and isfinite(row.cutoff) else None


def from_text(text: str) -> dict[str, Cutoff]:
    """The cut-offs of a text by code; raises ValueError naming the part that is none."""
    found = {code: Cutoff(value, side) for code, side, value in map(_read, _parts(text))}
    if any(side == "=" for _, side in found.values()):
        raise ValueError(f"cutoffs is {_shown(text)}, expected a code, > or >=, and a number")
    return {code: cutoff for code, cutoff in found.items() if cutoff != known(code)}


def one_from_text(text: str) -> tuple[str, Cutoff]:
    """Code and cut-off of `crp>10`, be it the dictionary's own or not; raises ValueError for what is none."""
    code, side, value = _read(text.strip())
    if side == "=":
        raise ValueError(f"the cut-off is {_shown(text)}, expected a code, > or >=, and a number")
    return code, Cutoff(value, side)


def as_text(cutoffs: Mapping[str, Cutoff]) -> str:
    """What differs from the dictionary, by code: equal choices are one text."""
    changed = {code: cutoff for code, cutoff in cutoffs.items() if cutoff != known(code)}
    return ",".join(f"{quoted(code)}{side}{_number(value)}" for code, (value, side) in sorted(changed.items()))


def seconds_from_text(text: str) -> dict[str, float]:
    """The second cut-offs of a text by code; raises ValueError naming the part that is none."""
    found = tuple(map(_read, _parts(text)))
    if any(side != "=" for _, side, _ in found):
        raise ValueError(f"second_cutoffs is {_shown(text)}, expected a code, = and a number")
    return {code: value for code, _, value in found}


def seconds_as_text(seconds: Mapping[str, float]) -> str:
    """Second cut-offs as one text, by code."""
    return ",".join(f"{quoted(code)}={_number(value)}" for code, value in sorted(seconds.items()))


def canonical(text: str) -> str:
    """Cut-offs in the one way they are kept."""
    return as_text(from_text(text))


def canonical_seconds(text: str) -> str:
    """Second cut-offs in the one way they are kept."""
    return seconds_as_text(seconds_from_text(text))


def _parts(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def _read(part: str) -> tuple[str, str, float]:
    found = _CUTOFF.fullmatch(part)
    try:
        value = float(found["value"]) if found else float("nan")
    except ValueError:
        value = float("nan")
    if found is None or value != value:
        raise ValueError(f"cutoffs is {_shown(part)}, expected a code, > or >=, and a number")
    code = unquote(found["code"].strip())
    lowest, highest = bounds(code)
    if not lowest <= value <= highest:
        raise ValueError(f"the cut-off of {_shown(code)} is {value:g}, expected {lowest:g} to {highest:g}")
    return code, found["side"], value


def bounds(code: str) -> tuple[float, float]:
    """Between what a cut-off of a code can lie: what the dictionary's column can hold at all."""
    spec = _SPECS[MARKERS[code].column] if code in MARKERS else None
    return (float(spec.lowest), float(spec.highest)) if spec else (-FARTHEST, FARTHEST)


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
