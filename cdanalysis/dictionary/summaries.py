"""Which value of each patient a marker is that was measured again and again: that of baseline, or a summary up to time zero.

The code of a summary is its marker's, an @ and its own: `crp@landmark`. Only an outcome that is counted from the landmark visit
has one: what was measured after its time zero would let the future decide. Matthews et al., BMJ 1990;300:230.
"""

from dataclasses import dataclass, replace
from math import nan

from cdanalysis.dictionary.markers import MARKERS, Marker
from cdanalysis.results import SIDES

AT_LANDMARK = "the landmark visit"  # where no setting says its week
AT_BASELINE = " at baseline"
SIGN = "@"


@dataclass(frozen=True)
class Summary:
    """One row: in a menu, as a marker's name, and what it is in a methods section; {when} is the landmark visit.

    is_one_value: whether it is one measurement, of which a known cut-off may be; another summary is cut at its median at first.
    """

    code: str
    choice: str
    label: str
    about: str
    is_one_value: bool = False


AT_TIME_ZERO = "up to each patient's visit at {when}, which is time zero"
AT_VISIT = f"the last value within {{window}} {AT_TIME_ZERO}"

SUMMARIES = {
    one.code: one
    for one in (
        Summary("landmark", "At {when}", "{marker} at {when}", AT_VISIT, True),
        Summary(
            "last",
            "Last up to {when}",
            "Last {marker} up to {when}",
            f"the last value from baseline {AT_TIME_ZERO}",
            True,
        ),
        Summary(
            "highest",
            "Highest up to {when}",
            "Highest {marker} up to {when}",
            f"the highest value from baseline {AT_TIME_ZERO}",
        ),
        Summary(
            "mean",
            "Mean up to {when}",
            "Mean {marker} up to {when}",
            f"the mean of the values from baseline {AT_TIME_ZERO}, each day once",
        ),
        Summary(
            "change",
            "Change to {when}",
            "Change in {marker} to {when}",
            f"{AT_VISIT}, less the value at baseline",
        ),
    )
}


def parted(code: str) -> tuple[str, Summary] | None:
    """The marker's code and the summary of `crp@landmark`; None of the code of a marker at baseline."""
    base, _, summary = code.rpartition(SIGN)
    return (base, SUMMARIES[summary]) if base and summary in SUMMARIES else None


def base_of(code: str) -> str:
    """The code of the marker itself."""
    found = parted(code)
    return found[0] if found else code


def named(summary: Summary, label: str, when: str = AT_LANDMARK) -> str:
    """`Highest calprotectin up to week 24`: within a name a word begins with a small letter, an abbreviation does not."""
    own = label.removesuffix(AT_BASELINE)
    is_inside = not summary.label.startswith("{marker}") and own[1:2].islower()
    return summary.label.format(marker=own[:1].lower() + own[1:] if is_inside else own, when=when)


def summarised(marker: Marker, summary: Summary, when: str = AT_LANDMARK) -> Marker:
    """The row of a summary of a marker: cut-offs are of single values, and a change has no slider until the data make one."""
    label, name = (named(summary, text, when) for text in (marker.label, marker.name))
    row = replace(
        marker,
        code=f"{marker.code}{SIGN}{summary.code}",
        label=label,
        name=name,
        column=f"{marker.column}{SIGN}{summary.code}",
        literature=_published(marker, when) if summary.is_one_value else (),
        cutoff=marker.cutoff if summary.is_one_value else nan,
        is_cut=False,
        standard=False,
    )
    return row if summary.code != "change" else replace(row, side=SIDES[1], lowest=nan, highest=nan)


def _published(marker: Marker, when: str) -> tuple:
    """The published cut-offs, each of a single value and none of this visit in particular."""
    remark = f"; of a single value, not of {when} in particular"
    return tuple(replace(one, citation=f"{one.citation}{remark}") for one in marker.literature)


def row_of(code: str) -> Marker | None:
    """The dictionary's row of a code, be it of a summary; None of a column that it does not have."""
    found = parted(code)
    if not found:
        return MARKERS.get(code)
    return summarised(MARKERS[found[0]], found[1]) if found[0] in MARKERS else None
