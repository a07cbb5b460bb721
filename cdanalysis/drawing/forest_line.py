"""What a forest plot has in a line: an estimate, and whether there is a place for it on the axis of ratios."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from cdanalysis.results import Estimate, NotEstimable


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
