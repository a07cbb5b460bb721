"""A logarithmic axis for ratios: how far it reaches, where it is marked, and which estimates have a place on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis
from cdanalysis.results import Estimate, NotEstimable

FARTHEST = (0.01, 100.0)  # whiskers are clipped here, unless a ratio itself lies beyond


def axis_range(estimates: Sequence[Estimate]) -> tuple[float, float]:
    """The hazard ratios at the axis's ends: every estimate, 1, and the intervals as far as `FARTHEST`."""
    values = [1.0, *(estimate.value for estimate in estimates)]
    limits = [limit for e in estimates for limit in (e.lower, e.upper) if isfinite(limit) and limit > 0]
    within = [min(max(limit, FARTHEST[0]), FARTHEST[1]) for limit in limits]
    lowest, highest = min(values + within), max(values + within)
    return min(lowest / 1.15, 0.5), max(highest * 1.15, 2.0)


def ticks(ends: tuple[float, float]) -> list[float]:
    """1, 2, 5 a decade on a short axis, decades on a long one; never more than eight."""
    decades = range(floor(log10(ends[0])), floor(log10(ends[1])) + 1)
    every = max(1, len(decades) // 7 + 1)
    steps = (1, 2, 5) if log10(ends[1] / ends[0]) < 2.2 else (1,)
    values = [step * 10.0**decade for decade in decades if decade % every == 0 for step in steps]
    return [float(f"{value:.6g}") for value in values if ends[0] <= value <= ends[1]]


def between(ends: tuple[float, float]) -> dict[str, Any]:
    """What makes an axis one of ratios from one end to the other."""
    return {"type": "log", "range": [log10(end) for end in ends], "tickvals": ticks(ends)}


def ratio_axis(title: str, ends: tuple[float, float]) -> dict[str, Any]:
    """The vertical axis of ratios between its ends; title: plotly text."""
    return axis(title, **between(ends))


def forest_axis(ends: tuple[float, float], **more: Any) -> dict[str, Any]:
    """The axis under a forest plot, its ratios in full."""
    shown = {"ticktext": [f"{place:g}" for place in ticks(ends)], "ticks": "outside", "linecolor": theme.INK}
    return {**between(ends), **shown, "showgrid": False, "zeroline": False, "showline": True, **more}


@dataclass(frozen=True)
class Line:
    """One estimate of one row, at a height counted in lines from the top."""

    height: float
    model: str
    label: str
    estimate: Estimate | NotEstimable
    p: float


@dataclass(frozen=True)
class DrawnLine(Line):
    """A line whose estimate has a place on the axis."""

    estimate: Estimate


def drawn_of(lines: Sequence[Line]) -> list[DrawnLine]:
    """The lines whose estimate has a place on the axis: a ratio that is known and more than 0."""
    known = [(line, line.estimate) for line in lines if isinstance(line.estimate, Estimate)]
    return [
        DrawnLine(line.height, line.model, line.label, estimate, line.p)
        for line, estimate in known
        if isfinite(estimate.value) and estimate.value > 0
    ]
