"""Links and settings files of earlier versions, which had a field for every marker: `crp_cutoff=14`, `tgn_side=>`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cdanalysis.results import SIDES
from cdanalysis.settings.rows import from_text

if TYPE_CHECKING:
    from cdanalysis.settings.settings import Settings

_OF_A_MARKER = re.compile(r"(crp|tgn|esr|wbc|age)_(second_cutoff|cutoff|side)")
_AXES = {"crp_cutoff": "cutoff_1", "tgn_cutoff": "cutoff_2"}


def translated(settings: Settings, name: str, text: str) -> Settings | None:
    """The settings with what an earlier version's field asks for; None where the field is today's or nobody's."""
    if name == "multiverse_axes":
        return _with_axes(settings, text)
    found = _OF_A_MARKER.fullmatch(name)
    if not found:
        return None
    code, part = found.groups()
    if part == "side":
        if text not in SIDES:
            raise ValueError(f"{name} is {text[:40]!r}, expected one of {', '.join(SIDES)}")
        return settings.with_cutoff(code, settings.cutoff(code).value, text)
    value = from_text(text, float)
    return settings.with_cutoff(code, value) if part == "cutoff" else settings.with_second_cutoff(code, value or None)


def _with_axes(settings: Settings, text: str) -> Settings:
    return replace(
        settings, multiverse_axes=",".join(_AXES.get(word.strip(), word.strip()) for word in text.split(","))
    )
