"""Results drawn as plotly figures: one module a figure family."""
