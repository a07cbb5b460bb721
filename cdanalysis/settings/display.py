"""The settings of how a result is shown; none of them decides a number."""

from __future__ import annotations

from dataclasses import dataclass

from cdanalysis.settings.codes import canonical_pairs
from cdanalysis.settings.rows import NEVER, choice, listing, number, switch


@dataclass(frozen=True)
class OfDisplay:
    """Which way a curve runs, and how a figure is saved."""

    curve: str = choice(
        "survival",
        "Curve",
        "Event-free falls from 100%, cumulative rises from 0.",
        {"survival": "Event-free", "cumulative": "Cumulative"},
        "display",
        footer=NEVER,
    )
    show_interval: bool = switch(
        True, "Show the interval", "Shows or hides the band of uncertainty around each curve.", "display", footer=NEVER
    )
    risk_rows: str = choice(
        "at-risk",
        "Under the curves",
        "Which numbers stand under curves that do not move.",
        {"at-risk": "At risk", "kmunicate": "At risk, censored, events"},
        "display",
        footer=NEVER,
    )
    figure_look: str = choice(
        "plain",
        "Look",
        "Colours and letters as a journal's figures have them.",
        {"plain": "Plain", "nejm": "NEJM", "lancet": "Lancet", "jama": "JAMA", "gut": "Gut"},
        "display",
        footer=NEVER,
    )
    figure_lines: str = choice(
        "solid",
        "Lines",
        "Tones of grey tell two solid lines apart in print; dashes tell any number apart.",
        {"solid": "Solid", "dashed": "A dash for each group"},
        "display",
        footer=NEVER,
    )
    figure_format: str = choice(
        "png",
        "Format",
        "PNG and TIFF are pictures of so many dpi; SVG and PDF stay sharp at any size.",
        {"png": "PNG", "svg": "SVG", "pdf": "PDF", "tiff": "TIFF"},
        "display",
        footer=NEVER,
    )
    figure_title: bool = switch(True, "Title", "The title over a saved figure.", "display", footer=NEVER)
    figure_result: bool = switch(
        True, "P and hazard ratio", "Test and hazard ratios written into a saved figure.", "display", footer=NEVER
    )
    figure_footer: bool = switch(
        True,
        "Footer",
        "Cohort and settings under a saved figure; without it they are saved beside it.",
        "display",
        footer=NEVER,
    )
    figure_texts: str = listing(
        "",
        "Texts",
        "What stands in a saved figure in place of the program's words.",
        canonical_pairs,
        "display",
        footer=NEVER,
    )
    png_dpi: int = number(
        300,
        "Resolution",
        "300 dpi is what most journals ask; line art 600 to 1200.",
        (72, 1200),
        1,
        "display",
        footer=NEVER,
    )
    png_width_mm: int = number(
        174, "Width", "How wide a saved figure is on paper.", (60, 300), 1, "display", footer=NEVER
    )
    png_ground: str = choice(
        "white",
        "Ground",
        "White for print; as on screen follows a dark page.",
        {"white": "White, for print", "theme": "As on screen"},
        "display",
        footer=NEVER,
    )
