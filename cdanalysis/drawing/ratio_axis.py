"""A logarithmic axis for ratios: how far it reaches, and where it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

from cdanalysis.results import Estimate

FARTHEST = (0.01, 100.0)  # whiskers are clipped here, unless a ratio itself lies beyond


def axis_range(estimates: Sequence[Estimate]) -> tuple[float, float]:
    """The hazard ratios at the axis's ends: every estimate, 1, and the intervals as far as `FARTHEST`."""
    values = [1.0, *(estimate.value for estimate in estimates)]
    limits = [limit for e in estimates for limit in (e.lower, e.upper) if isfinite(limit) and limit > 0]
    within = [min(max(limit, FARTHEST[0]), FARTHEST[1]) for limit in limits]
    lowest, highest = min(values + within), max(values + within)
    return min(lowest / 1.15, 0.5), max(highest * 1.15, 2.0)


def ticks(axis: tuple[float, float]) -> list[float]:
    """1, 2, 5 a decade on a short axis, decades on a long one; never more than eight."""
    decades = range(floor(log10(axis[0])), floor(log10(axis[1])) + 1)
    every = max(1, len(decades) // 7 + 1)
    steps = (1, 2, 5) if log10(axis[1] / axis[0]) < 2.2 else (1,)
    values = [step * 10.0**decade for decade in decades if decade % every == 0 for step in steps]
    return [float(f"{value:.6g}") for value in values if axis[0] <= value <= axis[1]]
