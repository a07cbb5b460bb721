"""Whole numbers with a fraction behind them, `1½`, `1 1/2`; a fraction alone, `1/2`, may be a share and stays a text."""

import re

_FRACTION = re.compile(r"(?<=\d)(?: ?([½¼¾⅓⅔])| ([123])/([234]))$")
_ENDS = frozenset("½¼¾⅓⅔234")
_PARTS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}


def with_decimals(text: str) -> str:
    """A text whose fraction is in decimals: `1.500000` of `1 1/2`; another as it is."""
    return _FRACTION.sub(_decimals, text) if text[-1:] in _ENDS else text


def _decimals(found: re.Match[str]) -> str:
    part = _PARTS[found[1]] if found[1] else int(found[2]) / int(found[3])
    return f"{part:.6f}"[1:] if part < 1 else found[0]
