"""Where a cut-off comes from: set before the data were seen, published by others, or found while looking.

A cut-off that was slid to until the curves parted has a P value that is too small; the stamp says so beside it.
"""

from __future__ import annotations

from math import isclose
from typing import Literal

from cdanalysis.markers import LiteratureCutoff, Marker
from cdanalysis.wording.labels import group_above, side_sign

Origin = Literal["pre-specified", "literature", "data-driven"]


def cutoff_origin(marker: Marker, cutoff: float, side: str | None = None) -> Origin:
    """`pre-specified` at the marker's default cut-off and side, `literature` at a published one, else `data-driven`."""
    if isclose(cutoff, marker.cutoff) and side in (None, marker.side):
        return "pre-specified"
    return "literature" if _published(marker, cutoff) else "data-driven"


def cutoff_stamp(marker: Marker, cutoff: float, side: str | None = None) -> str:
    """The origin of a cut-off and what follows from it for its P value, as Markdown."""
    origin = cutoff_origin(marker, cutoff, side)
    group = group_above(marker, cutoff, marker.side if side is None else side)
    return f"**{origin}** · {_consequence(origin, marker, cutoff, group)}"


def _consequence(origin: Origin, marker: Marker, cutoff: float, group: str) -> str:
    if origin == "pre-specified":
        return f"{group} is this analysis's default: its P value needs no correction for a search."
    published = _published(marker, cutoff)
    if published:
        return f"{group} was published elsewhere ({published.citation}); valid if it was chosen for that reason."
    default = f"{side_sign(marker.side)} {marker.cutoff:g}"
    return (
        f"{group} is neither the default ({default}) nor a published cut-off: if it was found by trying, "
        "its P value is too small and its hazard ratio too far from 1."
    )


def _published(marker: Marker, cutoff: float) -> LiteratureCutoff | None:
    return next((known for known in marker.literature if isclose(cutoff, known.value)), None)
