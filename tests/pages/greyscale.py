"""What a grey print keeps of a figure: which traces it can no longer tell apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from cdanalysis.drawing.theme import LEAST_STEP, lightness


class Look(NamedTuple):
    """How a trace is drawn: what survives in grey, and its colour."""

    style: tuple[str, ...]
    colour: str


def alike_in_grey(spec: Mapping[str, Any], exchanged: Mapping[str, str]) -> list[tuple[Look, Look]]:
    """The pairs of traces of different colours that differ in nothing but these; exchanged: the colours of a dark page."""
    looks = list(dict.fromkeys(look for trace in spec["data"] for look in _looks(trace)))
    return [
        (one, other)
        for one, other in combinations(looks, 2)
        if one.style == other.style and one.colour != other.colour and _step(one, other, exchanged) < LEAST_STEP
    ]


def _looks(trace: Mapping[str, Any]) -> Iterator[Look]:
    """A line by its dash, a bar by its pattern, a named marker by its symbol, in its panel. Boxes have labels of their own."""
    panel = trace.get("yaxis", "y")
    line, marker, mode = trace.get("line", {}), trace.get("marker", {}), trace.get("mode", "")
    if "lines" in mode and line.get("width", 2) and _is_colour(line.get("color")):
        yield Look((panel, "line", line.get("dash", "solid")), line["color"])
    elif "markers" in mode and trace.get("name") and _is_colour(marker.get("color")):
        yield Look((panel, "marker", str(marker.get("symbol", "circle"))), marker["color"])
    elif trace.get("type") == "bar" and trace.get("name") and _is_colour(marker.get("color")):
        yield Look((panel, "bar", marker.get("pattern", {}).get("shape", "")), marker["color"])


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("#[0-9a-fA-F]{6}", value) is not None


def _step(one: Look, other: Look, exchanged: Mapping[str, str]) -> float:
    first, second = (lightness(exchanged.get(look.colour, look.colour)) for look in (one, other))
    return abs(first - second)
