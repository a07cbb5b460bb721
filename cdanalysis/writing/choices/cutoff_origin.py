"""Where a cut-off comes from: set before the data were seen, published by others, or found while looking.

A cut-off that was slid to until the curves parted has a P value that is too small; the stamp says so beside it.
"""

from collections.abc import Iterable
from math import isclose
from typing import Literal

from cdanalysis.dictionary.markers import LiteratureCutoff, Marker
from cdanalysis.results import Limit
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.units import number_text
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, listed
from cdanalysis.writing.within import within

Origin = Literal["pre-specified", "literature", "data-driven"]
DATA_DRIVEN: Origin = "data-driven"


def cutoff_origin(marker: Marker, cutoff: float, side: str | None = None, locked: Lock | None = None) -> Origin:
    """`pre-specified` where it was locked before anything was looked at, `literature` where published, else `data-driven`.

    A default that nobody chose is not pre-specified.
    """
    if locked and not locked.n_before and _is_locked(cutoff, side, locked):
        return "pre-specified"
    return "literature" if _published(marker, cutoff) else DATA_DRIVEN


def stamp_words(marker: Marker, cutoff: float, side: str | None = None, locked: Lock | None = None) -> str:
    """The origin in a few words, to stand in a figure: `data-driven, locked after 3 specifications were looked at`; plain."""
    origin = cutoff_origin(marker, cutoff, side, locked)
    late = locked is not None and locked.n_before and _is_locked(cutoff, side, locked)
    return f"{origin}, {locked_after(locked.n_before)}" if locked and late else origin


def locked_after(n: int) -> str:
    """That a lock came after looking; plain."""
    return f"locked after {count(n, 'specification')} {'was' if n == 1 else 'were'} looked at"


def cutoff_stamp(marker: Marker, cutoff: float, side: str | None = None, locked: Lock | None = None) -> str:
    """The origin of a cut-off and what follows from it for its P value, as Markdown."""
    origin = cutoff_origin(marker, cutoff, side, locked)
    group = escape_markdown(marker.above(cutoff, marker.side if side is None else side))
    return f"**{origin}** · {group} {_consequence(origin, marker, cutoff, side, locked)}"


def limits_note(marker: Marker, cutoff: float, limits: Iterable[Limit]) -> str:
    """Of how many cells it is not known on which side of the cut-off they lie, and what they are counted as; plain."""
    hidden = [_beyond(one, marker) for one in limits if one.hides(cutoff)]
    told = f"On which side of {marker.amount(cutoff)} some values of {within(marker.label)} lie is not known: {listed(hidden)}."
    return told if hidden else ""


def _beyond(limit: Limit, marker: Marker) -> str:
    """How many cells hold a limit, and what they are counted as."""
    cells = (
        f"{count(limit.n, 'cell')} {'says' if limit.n == 1 else 'say'} only {'below' if limit.is_below else 'above'}"
    )
    return f"{cells} {marker.amount(limit.limit)} (counted as {number_text(limit.used)})"


def _consequence(origin: Origin, marker: Marker, cutoff: float, side: str | None, locked: Lock | None) -> str:
    """What is to be said of the cut-off, after its name."""
    if origin == "pre-specified":
        return "was locked before anything was looked at: its P value needs no correction for a search."
    is_locked = locked is not None and _is_locked(cutoff, side, locked)
    late = f"was {locked_after(locked.n_before)}, " if locked and is_locked else ""
    published = _published(marker, cutoff)
    if published:
        so = f"{late}and " if late else ""
        return f"{so}was published elsewhere ({published.citation}); valid if it was chosen for that reason."
    if locked is None and isclose(cutoff, marker.cutoff) and side in (None, marker.side):
        return _of_nobody(marker)
    apart = f"{late}and is no published" if late else _neither(locked)
    return (
        f"{apart} cut-off that is known here: if it was found by trying, its P value is too small and its hazard ratio too far "
        "from 1."
    )


def _of_nobody(marker: Marker) -> str:
    """A default is neither searched for nor chosen by anybody."""
    what = "is cut at the median of these patients" if marker.from_data else "is the program's default"
    return f"{what}: neither searched for nor set by anybody before the data were seen, and no published cut-off is known here."


def _neither(locked: Lock | None) -> str:
    return (
        f"is neither the locked cut-off ({side_sign(locked.side)} {locked.value:g}) nor a published"
        if locked
        else "is no published"
    )


def _is_locked(cutoff: float, side: str | None, locked: Lock) -> bool:
    return isclose(cutoff, locked.value) and side in (None, locked.side)


def _published(marker: Marker, cutoff: float) -> LiteratureCutoff | None:
    return next((known for known in marker.literature if isclose(cutoff, known.value)), None)
