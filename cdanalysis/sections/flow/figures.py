"""The patient flow diagram: a box a step from top to bottom, and beside each arrow who left and why.

Boxes are as wide as their words, measured in pixels from one line down the middle of the steps, so that the diagram has the
same shape at every width.
"""

from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.sections.flow.analysis import Flow, Step
from cdanalysis.writing.escapes import shorten

STEP_CHARACTERS, SIDE_CHARACTERS = 22, 25  # what a telephone has room for
CHARACTER_PX, LINE_PX, PAD_PX, GAP_PX, TOP_PX, TEXT_PX = 5.9, 16, 10, 28, 44, 11
BETWEEN_PX, EDGE_PX, HEAD_PX, FOOTER_BELOW_PX = 22, 10, 5, 16
NAME = "Patient flow"


@dataclass
class _Drawing:
    """Shapes and texts so far; x in pixels from the line that the steps hang on, y in pixels from the top.

    shift: pixels from the figure's middle to that line.
    """

    shift: float
    shapes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)

    def draw(self, kind: str, **more: Any) -> None:
        line = {"color": theme.INK, "width": 1}
        self.shapes.append({"type": kind, "xref": "paper", "xsizemode": "pixel", "xanchor": 0.5, "line": line, **more})

    def box(self, left: float, width: float, y: float, lines: list[str], *, centred: bool) -> float:
        """A box of some lines; its height."""
        height = LINE_PX * len(lines) + 2 * PAD_PX
        start = self.shift + left
        self.draw("rect", x0=start, x1=start + width, y0=y, y1=y + height, fillcolor=theme.GROUND)
        align = "center" if centred else "left"
        place = {"yref": "y", "align": align, "xanchor": align, "xshift": start + (width / 2 if centred else PAD_PX)}
        self.texts.append({**theme.note("<br>".join(lines), 0.5, y + height / 2, size=TEXT_PX), **place})
        return height

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.draw("line", x0=self.shift + x0, x1=self.shift + x1, y0=y0, y1=y1)

    def arrow(self, start: float, end: float) -> None:
        self.line(0, start, 0, end - HEAD_PX)
        base, x = end - 1.4 * HEAD_PX, self.shift
        self.draw("path", path=f"M {x - HEAD_PX} {base} L {x + HEAD_PX} {base} L {x} {end} Z", fillcolor=theme.INK)


def flow_diagram(found: Flow, footer: str) -> dict[str, Any]:
    """Every step and every exclusion with its count; `footer` is plotly text, already escaped."""
    steps = [[*_wrapped(step.label, STEP_CHARACTERS), f"<b>n = {step.n:,}</b>"] for step in found.steps]
    left = [_left(step) for step in found.steps]
    step_px, side_px = _widest(steps), _widest(left)
    drawing = _Drawing(shift=-(BETWEEN_PX + side_px) / 2 if side_px else 0.0)  # so that the whole is in the middle
    y = 0.0
    for place, (lines, side) in enumerate(zip(steps, left, strict=True)):
        if place:
            y = _between(drawing, y, side, step_px, side_px)
        y += drawing.box(-step_px / 2, step_px, y, lines, centred=True)
    return theme.figure([_holder(y)], _layout(drawing, y, footer))


def _between(drawing: _Drawing, y: float, side: list[str], step_px: float, side_px: float) -> float:
    """The arrow to the next step, and beside it the box of those who left; where the next step begins."""
    end = y + GAP_PX + (LINE_PX * len(side) + 2 * PAD_PX if side else 0)
    drawing.arrow(y, end)
    if side:
        height = drawing.box(step_px / 2 + BETWEEN_PX, side_px, y + GAP_PX / 2, side, centred=False)
        middle = y + GAP_PX / 2 + height / 2
        drawing.line(0, middle, step_px / 2 + BETWEEN_PX, middle)
    return end


def _left(step: Step) -> list[str]:
    """Those who left on the way to a step, one reason per line."""
    left = [one for one in step.left if one.n]
    if not left:
        return []
    reasons = [f"{one.reason} (n\u00a0=\u00a0{one.n:,})" for one in left]
    total = f"<b>Excluded, n = {sum(one.n for one in left):,}</b>"
    return [total, *(line for reason in reasons for line in _wrapped(reason, SIDE_CHARACTERS))]


def _widest(boxes: list[list[str]]) -> float:
    """The width of the longest line of some boxes with its room; 0 where none has a word."""
    longest = max((len(line.replace("<b>", "").replace("</b>", "")) for lines in boxes for line in lines), default=0)
    return round(CHARACTER_PX * longest) + 2 * PAD_PX if longest else 0.0


def _holder(height: float) -> dict[str, Any]:
    # A figure without a trace has no axes to place a shape by.
    return {"type": "scatter", "x": [0, 1], "y": [0, height], "mode": "none", "hoverinfo": "skip"}


def _layout(drawing: _Drawing, height: float, footer: str) -> dict[str, Any]:
    footer_px = theme.footer_px(footer)
    return {
        **theme.base_layout(NAME, height=round(height + 2 + TOP_PX + FOOTER_BELOW_PX + footer_px + 8)),
        "margin": {"l": EDGE_PX, "r": EDGE_PX, "t": TOP_PX, "b": FOOTER_BELOW_PX + footer_px + 8},
        "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
        "yaxis": {"visible": False, "range": [height + 1, -1], "fixedrange": True},
        "shapes": drawing.shapes,
        "annotations": [*drawing.texts, theme.footer_annotation(footer, below_px=FOOTER_BELOW_PX)],
        "meta": {"footer_px": footer_px},
    }


def _wrapped(text: str, width: int) -> list[str]:
    return [theme.escape_figure_text(line) for line in wrap(shorten(text, 120), width)] or [""]
