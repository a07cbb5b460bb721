"""The axis of a marker: linear, or logarithmic where its values are positive and have a long upper tail."""

from collections.abc import Sequence
from math import floor, log, log10
from operator import itemgetter
from statistics import quantiles
from typing import Any

from cdanalysis.dictionary.measured import SKEWED
from cdanalysis.drawing.axes import axis
from cdanalysis.units import number_text

AUTO, LINEAR, LOG = "auto", "linear", "log"
DECADE = 10.0  # below it a logarithmic axis shows nothing that a linear one hides
MOST_TICKS = 8
ON_A_LOG_SCALE = "log scale"


def is_log(values: Sequence[float], chosen: str) -> bool:
    """Whether the axis of these values (measured ones, any order) is logarithmic; chosen: AUTO, LINEAR or LOG.

    A value of 0 or less allows none. AUTO takes it where percentile 98 is at least DECADE times percentile 2, the way from the
    median up to the one is more than SKEWED times that down to the other, and the logarithms are not as skewed the other way.
    """
    if chosen == LINEAR or len(values) < 2 or min(values) <= 0 or min(values) == max(values):
        return False
    if chosen == LOG:
        return True
    low, median, high = itemgetter(0, 24, 48)(quantiles(values, n=50, method="inclusive"))
    is_skewed = high - median > SKEWED * (median - low)
    return is_skewed and high >= DECADE * low and log(median / low) <= SKEWED * log(high / median)


def log_ticks(lowest: float, highest: float) -> list[float]:
    """Readable values on a logarithmic axis: 1, 2, 5 a decade, or whole decades on a long one."""
    decades = range(floor(log10(lowest)), floor(log10(highest)) + 1)
    values = [float(f"{step * 10.0**decade:.6g}") for decade in decades for step in (1, 2, 5)]
    inside = [value for value in values if lowest <= value <= highest]
    return inside if len(inside) <= MOST_TICKS else [value for value in inside if log10(value) == round(log10(value))]


def marker_axis(title: str, ends: tuple[float, float], *, log_scale: bool, **more: Any) -> dict[str, Any]:
    """An axis from one end to the other, in the marker's unit; title: plotly text, which says of a logarithmic one that it is."""
    if not log_scale:
        return axis(title, range=list(ends), **more)
    return logarithmic_axis(title, ends, range=[log10(end) for end in ends], **more)


def logarithmic_axis(title: str, ends: tuple[float, float], **more: Any) -> dict[str, Any]:
    """A logarithmic axis with readable ticks between the ends, which are above 0; title: plotly text."""
    marks = log_ticks(*ends)
    ticks = {"tickvals": marks, "ticktext": [number_text(mark) for mark in marks]}
    return axis(f"{title}, {ON_A_LOG_SCALE}", type="log", **ticks, **more)


def on_axis(value: float, *, log_scale: bool) -> float:
    """Where an annotation on the axis stands; unlike shapes, it is placed by the logarithm."""
    return log10(value) if log_scale else value
