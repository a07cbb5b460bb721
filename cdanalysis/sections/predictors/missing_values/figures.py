"""The missingness map: patients by candidates, sorted by pattern, with what is missing marked and counted."""

from itertools import accumulate
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.missing_values.analysis import MissingValues
from cdanalysis.writing.escapes import shorten_group

LABEL_CHARACTERS = 22
LABEL_PX, ROW_PX, LEAST_PX, MOST_PX = 150, 3, 220, 520
LINE_PX = 11  # a pattern that is thinner has no room for its size at the edge


def missingness_map(found: MissingValues, *, footer: str = "") -> dict[str, Any] | NotEstimable:
    """One band a pattern, as high as it has patients; `footer` is plotly text."""
    if not any(found.n_missing):
        return NotEstimable("no candidate has a missing value")
    names = [
        theme.escape_figure_text(f"{shorten_group(label, LABEL_CHARACTERS)}: {n}")
        for label, n in zip(found.labels, found.n_missing, strict=True)
    ]
    rows = [[int(gone) for gone in pattern.missing] for pattern in found.patterns for _ in range(pattern.n)]
    ends = list(accumulate(pattern.n for pattern in found.patterns))
    middles = [(end - pattern.n / 2 - 0.5, pattern) for end, pattern in zip(ends, found.patterns, strict=True)]
    height = min(max(ROW_PX * found.n, LEAST_PX), MOST_PX)
    shown = [one for one in middles if one[1].n * height / found.n >= LINE_PX]
    places = list(range(len(names)))
    # Numbers place the columns: two candidates may share a shortened name.
    cells = {"type": "heatmap", "x": places, "z": rows, "zmin": 0, "zmax": 1, "showscale": False, "xgap": 1,
             "colorscale": [[0, theme.GRID], [1, theme.GROUP_COLOURS[1]]], "hoverinfo": "skip"}  # fmt: skip
    x = axis(tickvals=places, ticktext=names, tickangle=-60, showgrid=False, showline=False, tickfont={"size": 10})
    y = axis(
        "Patients", autorange="reversed", showgrid=False, showline=False, tickfont={"size": 10},
        tickvals=[place for place, _ in shown], ticktext=[str(pattern.n) for _, pattern in shown],
    )  # fmt: skip
    layout = cartesian(
        "Missing values by candidate", x, y, footer, height=height + 88 + LABEL_PX + 40, below_px=LABEL_PX
    )
    layout["annotations"].append(_key())
    return theme.figure([cells], layout)


def _key() -> dict[str, Any]:
    text = f'<span style="color:{theme.GROUP_COLOURS[1]}">■</span> not measured, with the number of patients'
    return {**theme.note(text, 0, 1, size=11), "xanchor": "left", "yanchor": "bottom", "yshift": 6}
