"""The patient flow diagram: a box a step from top to bottom, and beside each arrow who left and why."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.writing.escapes import shorten

if TYPE_CHECKING:
    from cdanalysis.sections.flow.analysis import Flow, Step

BOX_CHARACTERS, SIDE_CHARACTERS = 22, 31  # what a telephone has room for
LINE_PX, PAD_PX, GAP_PX, TOP_PX, TEXT_PX = 16, 10, 26, 48, 11
MAIN, SIDE = (0.0, 0.4), (0.46, 1.0)
FOOTER_PX = 44


def flow_diagram(found: Flow, footer: str) -> dict[str, Any]:
    """Every step and every exclusion with its count; `footer` is plotly text, already escaped."""
    shapes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    y, before = 0.0, 0.0
    for place, step in enumerate(found.steps):
        if place:
            y = _left(step, y, shapes, texts)
            texts.append(_arrow(before, y))
        height = _box(
            MAIN, y, [*_wrapped(step.label, BOX_CHARACTERS), f"<b>n = {step.n:,}</b>"], shapes, texts, centred=True
        )
        y = before = y + height
    footer_px = 12 * (1 + footer.count("<br>"))
    layout = {
        **theme.base_layout("Patient flow", height=round(y + TOP_PX + FOOTER_PX + footer_px)),
        "margin": {"l": 10, "r": 10, "t": TOP_PX, "b": FOOTER_PX + footer_px},
        "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
        "yaxis": {"visible": False, "range": [y, 0], "fixedrange": True},
        "shapes": shapes,
        "annotations": [*texts, theme.footer_annotation(footer, below_px=24)],
    }
    # A figure without a trace has no axes to place a shape by.
    return theme.figure([{"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}], layout)


def _left(step: Step, y: float, shapes: list[dict[str, Any]], texts: list[dict[str, Any]]) -> float:
    """The box of those who left on the way to a step; where the step begins."""
    left = [one for one in step.left if one.n]
    if not left:
        return y + GAP_PX
    total = sum(one.n for one in left)
    lines = [f"<b>Excluded, n = {total:,}</b>"]
    for one in left:
        lines += _wrapped(f"{one.reason} (n\u00a0=\u00a0{one.n:,})", SIDE_CHARACTERS)
    height = _box(SIDE, y + GAP_PX / 2, lines, shapes, texts, centred=False)
    middle = y + GAP_PX / 2 + height / 2
    shapes.append(_line(sum(MAIN) / 2, middle, SIDE[0], middle))
    return y + height + GAP_PX


def _box(
    across: tuple[float, float], y: float, lines: list[str], shapes: list[dict[str, Any]], texts: list[dict[str, Any]], *,
    centred: bool,
) -> float:  # fmt: skip
    height = LINE_PX * len(lines) + 2 * PAD_PX
    shapes.append({"type": "rect", "x0": across[0], "x1": across[1], "y0": y, "y1": y + height,
                   "line": {"color": theme.INK, "width": 1}, "fillcolor": theme.GROUND})  # fmt: skip
    x = sum(across) / 2 if centred else across[0]
    texts.append({**theme.note("<br>".join(lines), x, y + height / 2, size=TEXT_PX), "xref": "x", "yref": "y",
                  "xanchor": "center" if centred else "left", "align": "center" if centred else "left",
                  "xshift": 0 if centred else 8})  # fmt: skip
    return height


def _arrow(start: float, end: float) -> dict[str, Any]:
    x = sum(MAIN) / 2
    return {"x": x, "y": end, "ax": x, "ay": start, "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": "",
            "showarrow": True, "arrowhead": 2, "arrowwidth": 1.2, "arrowcolor": theme.INK}  # fmt: skip


def _line(x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {"color": theme.INK, "width": 1}}


def _wrapped(text: str, width: int) -> list[str]:
    return [theme.escape_figure_text(line) for line in wrap(shorten(text, 120), width)] or [""]
