"""Where a cut-off comes from: set before the data were seen, published by others, or found while looking.

A cut-off that was slid to until the curves parted has a P value that is too small; the stamp says so beside it.
"""

from __future__ import annotations

from math import isclose
from typing import Literal

from cdanalysis.dictionary.markers import LiteratureCutoff, Marker
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.labels import group_above, side_sign

Origin = Literal["pre-specified", "literature", "data-driven"]


Primary = tuple[float, str]  # the cut-off and side of a specification that was locked before exploring


def cutoff_origin(marker: Marker, cutoff: float, side: str | None = None, locked: Primary | None = None) -> Origin:
    """`pre-specified` at the locked cut-off and side (none locked: the marker's defaults), `literature` at a published one."""
    planned, planned_side = locked or (marker.cutoff, marker.side)
    if isclose(cutoff, planned) and side in (None, planned_side) and (locked or not marker.from_data):
        return "pre-specified"
    return "literature" if _published(marker, cutoff) else "data-driven"


def cutoff_stamp(marker: Marker, cutoff: float, side: str | None = None, locked: Primary | None = None) -> str:
    """The origin of a cut-off and what follows from it for its P value, as Markdown."""
    origin = cutoff_origin(marker, cutoff, side, locked)
    group = escape_markdown(group_above(marker, cutoff, marker.side if side is None else side))
    return f"**{origin}** · {_consequence(origin, marker, cutoff, group, locked)}"


def _consequence(origin: Origin, marker: Marker, cutoff: float, group: str, locked: Primary | None) -> str:
    planned, planned_side = locked or (marker.cutoff, marker.side)
    name = "the locked cut-off" if locked else "the default"
    if origin == "pre-specified":
        why = "was locked before exploring" if locked else "is this analysis's default"
        return f"{group} {why}: its P value needs no correction for a search."
    published = _published(marker, cutoff)
    if published:
        return f"{group} was published elsewhere ({published.citation}); valid if it was chosen for that reason."
    if marker.from_data and not locked and isclose(cutoff, planned):
        return (
            f"{group} is cut at the median of these patients: neither searched for nor set before the data were seen, and no "
            "published cut-off is known here."
        )
    if marker.from_data and not locked:
        return (
            f"{group} is no published cut-off that is known here: if it was found by trying, its P value is too small and its "
            "hazard ratio too far from 1."
        )
    return (
        f"{group} is neither {name} ({side_sign(planned_side)} {planned:g}) nor a published cut-off: if it was found by "
        "trying, its P value is too small and its hazard ratio too far from 1."
    )


def _published(marker: Marker, cutoff: float) -> LiteratureCutoff | None:
    return next((known for known in marker.literature if isclose(cutoff, known.value)), None)
