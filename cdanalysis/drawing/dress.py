"""What a reader chooses of a figure's look, put on the finished figure: a dash for every group, a journal's colours and letters.

A journal's look is what its figures are seen to have, not its house style in every point: palettes after R's ggsci.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdanalysis.drawing import theme

# A journal without a width of its own takes a column of most; those of The Lancet are of its instructions to authors.
WIDTHS_MM = {
    75: "75 mm, one column of The Lancet",
    85: "85 mm, one column",
    114: "114 mm, one and a half",
    154: "154 mm, two columns of The Lancet",
    174: "174 mm, two columns",
}
SANS, SERIF = "Arial, Helvetica, sans-serif", "'Times New Roman', Times, serif"


@dataclass(frozen=True)
class Look:
    """Colours of the groups in order, and letters."""

    colours: tuple[str, ...]
    font: str = SANS


LOOKS = {
    "plain": Look(tuple(theme.GROUP_COLOURS)),
    "nejm": Look(("#0072B5", "#BC3C29", "#20854E", "#E18727", "#7876B1", "#6F99AD")),
    "lancet": Look(("#00468B", "#ED0000", "#0099B4", "#42B540", "#925E9F", "#AD002A"), SERIF),
    "jama": Look(("#374E55", "#DF8F44", "#00A1D5", "#B24745", "#79AF97", "#6A6599")),
    "gut": Look(("#2A6EBB", "#F0AB00", "#7D5CC6", "#C50084", "#69BE28", "#E37222")),
}


def dressed(spec: Mapping[str, Any], look: str, *, dashed: bool) -> Mapping[str, Any]:
    """The figure in a journal's look; dashed: every group has a line style of its own."""
    if look == "plain" and not dashed:
        return spec
    chosen = LOOKS[look]
    dashes = theme.DASHES if dashed else theme.dashes_of(chosen.colours)
    exchange = dict(zip(theme.GROUP_COLOURS, chosen.colours, strict=True))
    exchange |= dict(zip(theme.GROUP_BANDS, map(theme.band_of, chosen.colours), strict=True))
    exchange[theme.FONT] = chosen.font
    return _exchanged({**spec, "data": [_dashed(trace, dashes) for trace in spec["data"]]}, exchange)


def dark(look: str) -> dict[str, str]:
    """What a dark page exchanges in a figure of that look: a journal has no dark page, ours has its own colours."""
    groups = dict(zip(theme.GROUP_COLOURS, LOOKS[look].colours, strict=True))
    groups |= dict(zip(theme.GROUP_BANDS, map(theme.band_of, LOOKS[look].colours), strict=True))
    return {groups.get(colour, colour): other for colour, other in theme.DARK.items()}


def _dashed(trace: Mapping[str, Any], dashes: Sequence[str]) -> Mapping[str, Any]:
    """A group's line in its new style; a line that has a style of its own keeps it."""
    line = trace.get("line", {})
    groups = dict(zip(theme.GROUP_COLOURS, zip(theme.GROUP_DASHES, dashes, strict=True), strict=True))
    own, new = groups.get(line.get("color"), ("", ""))
    return {**trace, "line": {**line, "dash": new}} if line.get("dash") == own and own else trace


def _exchanged(value: Any, exchange: Mapping[str, str]) -> Any:
    """The value with every text in it exchanged."""
    if isinstance(value, str):
        for one, other in exchange.items():
            value = value.replace(one, other)
        return value
    if isinstance(value, Mapping):
        return {name: _exchanged(inner, exchange) for name, inner in value.items()}
    return [_exchanged(inner, exchange) for inner in value] if isinstance(value, list | tuple) else value
