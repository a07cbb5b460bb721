"""Results drawn as plotly figures: one module a figure family."""

from cdanalysis.figures.forest import forest

__all__ = ["forest"]
