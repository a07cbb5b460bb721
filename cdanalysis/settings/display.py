"""The settings of how a result is shown; none of them decides a number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cdanalysis.settings.as_text.codes import canonical_pairs
from cdanalysis.settings.rows import NEVER, choice, listing, number, switch


def _shown(make: Callable[..., Any], *row: Any) -> Any:
    """A field that decides how a result is shown alone, and stands in no footer."""
    return make(*row, "display", footer=NEVER)


@dataclass(frozen=True)
class OfDisplay:
    """Which way a curve runs, and how a figure is saved."""

    curve: str = _shown(
        choice,
        "survival",
        "Curve",
        "Event-free falls from 100%, cumulative rises from 0.",
        {"survival": "Event-free", "cumulative": "Cumulative"},
    )
    show_interval: bool = _shown(
        switch, True, "Show the interval", "Shows or hides the band of uncertainty around each curve."
    )
    risk_rows: str = _shown(
        choice,
        "at-risk",
        "Under the curves",
        "Which numbers stand under curves that do not move.",
        {"at-risk": "At risk", "kmunicate": "At risk, censored, events"},
    )
    marker_axis: str = _shown(
        choice,
        "auto",
        "Axis of a marker",
        "By the values takes a logarithmic axis for positive ones with a long upper tail; no number changes.",
        {"auto": "By the values", "linear": "Linear", "log": "Logarithmic"},
    )
    figure_look: str = _shown(
        choice,
        "plain",
        "Look",
        "Colours and letters as a journal's figures have them.",
        {"plain": "Plain", "nejm": "NEJM", "lancet": "Lancet", "jama": "JAMA", "gut": "Gut"},
    )
    figure_lines: str = _shown(
        choice,
        "solid",
        "Lines",
        "Tones of grey tell two solid lines apart in print; dashes tell any number apart.",
        {"solid": "Solid", "dashed": "A dash for each group"},
    )
    figure_format: str = _shown(
        choice,
        "png",
        "Format",
        "PNG and TIFF are pictures of so many dpi; SVG and PDF stay sharp at any size.",
        {"png": "PNG", "svg": "SVG", "pdf": "PDF", "tiff": "TIFF"},
    )
    figure_title: bool = _shown(switch, True, "Title", "The title over a saved figure.")
    figure_result: bool = _shown(
        switch, True, "P and hazard ratio", "Test and hazard ratios written into a saved figure."
    )
    figure_footer: bool = _shown(
        switch, True, "Footer", "Cohort and settings under a saved figure; without it they are saved beside it."
    )
    figure_texts: str = _shown(
        listing, "", "Texts", "What stands in a saved figure in place of the program's words.", canonical_pairs
    )
    png_dpi: int = _shown(
        number, 300, "Resolution", "300 dpi is what most journals ask; line art 600 to 1200.", (72, 1200), 1
    )
    png_width_mm: int = _shown(number, 174, "Width", "How wide a saved figure is on paper.", (60, 300), 1)
    png_ground: str = _shown(
        choice,
        "white",
        "Ground",
        "White for print; as on screen follows a dark page.",
        {"white": "White, for print", "theme": "As on screen"},
    )
