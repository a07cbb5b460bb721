"""The forest plot stacked, for a narrow column: hazard ratios with their intervals on a log axis, the numbers beside them.

Labels stand above their whisker and numbers in the right margin, whose width is counted in characters, so nothing
overlaps at a column of 85 mm or on a telephone. What is not estimable is said in the place of its whisker.
"""

from collections.abc import Sequence
from typing import Any, Literal

from cdanalysis.drawing import theme
from cdanalysis.drawing.marks import LINE, POINTS, trace, whiskers
from cdanalysis.drawing.ratio_axis import DrawnLine, Line, axis_range, drawn_of, forest_axis
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.writing.escapes import one_line, shorten, shorten_group
from cdanalysis.writing.numbers import confidence, hazard_ratio_with_p, not_estimable

Which = Literal["univariable", "multivariable", "both"]

LINE_PX = 17
TOP_PX, LEFT_PX = 84, 12
NOTE_BELOW_PX, FOOTER_BELOW_PX = 44, 60
LABEL_CHARACTERS = 48  # at 12 px: a line of 300 px, the width of a column of 85 mm
NUMBER_SIZE_PX = 11
NUMBER_CHARACTER_PX = 5.8  # Arial's digits at 11 px are 6.1 px, its spaces and points 3.1
CLIPPED_NOTE = "◀ ▶ the interval goes on beyond the axis"
MODELS = {"univariable": "Univariable", "multivariable": "Multivariable"}
COLOURS = {"univariable": theme.MUTED, "multivariable": theme.GROUP_COLOURS[0]}
SYMBOLS = {"univariable": "circle-open", "multivariable": "square"}


def stacked_forest(
    rows: Sequence[PredictorRow],
    *,
    which: Which = "multivariable",
    title: str = "Hazard ratios for relapse",
    footer: str = "",
    conf_level: float = 0.95,
) -> dict[str, Any] | NotEstimable:
    """The rows from top to bottom, alone, together or both; `title` and `footer` are plotly text, already escaped."""
    lines, headings, n_lines = _arranged(rows, list(MODELS) if which == "both" else [which])
    if not lines:
        return NotEstimable("there is no predictor to show" if not rows else f"no candidate is in the {which} model")
    return drawn_lines(lines, headings, n_lines, title=title, footer=footer, conf_level=conf_level)


def drawn_lines(
    lines: Sequence[Line], headings: list[dict[str, Any]], n_lines: float, *, title: str, footer: str, conf_level: float
) -> dict[str, Any]:
    """The figure of estimates at their heights and of the texts above them."""
    drawn = drawn_of(lines)
    axis = axis_range([line.estimate for line in drawn])
    data = [_reference_line(drawn), *points(drawn, axis), *arrows(drawn, axis)]
    texts = [theme.footer_annotation(footer, below_px=FOOTER_BELOW_PX), *headings, *map(_beside, lines)]
    if data[-1]["name"] == "clipped":
        clipped = theme.note(CLIPPED_NOTE, 0, 0, size=10, colour=theme.MUTED)
        texts.append({**clipped, "xanchor": "left", "yanchor": "top", "yshift": -NOTE_BELOW_PX})
    return theme.figure(data, _layout(title, texts, axis, n_lines, _right_px(lines), conf_level))


def _arranged(rows: Sequence[PredictorRow], models: Sequence[str]) -> tuple[list[Line], list[dict[str, Any]], float]:
    """Every estimate at its height, the labels above them, and the number of lines in all."""
    lines, headings, height = [], [], 0.0
    for row in rows:
        shown = [model for model in models if getattr(row, model) is not None]
        if not shown:
            continue
        heading = _heading(row)
        headings.append(text_at(height + len(heading) / 2, "<br>".join(heading), size=12))
        height += len(heading)
        lines += [
            Line(height + index + 0.5, model, one_line(row.label), getattr(row, model), getattr(row, f"{model}_p"))
            for index, model in enumerate(shown)
        ]
        height += len(shown) + 0.5
    return lines, headings, height


def _heading(row: PredictorRow) -> list[str]:
    """The row's label against its reference, on two lines where one would be too long."""
    label = one_line(row.label) or "(no name)"
    reference = _other_side(label, one_line(row.reference))
    whole = f"{label} vs {reference}" if reference else label
    parts = [whole] if len(whole) <= LABEL_CHARACTERS or not reference else [label, f"vs {reference}"]
    return [theme.escape_figure_text(shorten_group(part, LABEL_CHARACTERS)) for part in parts]


def _other_side(label: str, reference: str) -> str:
    """Of two sides of one cut-off the second without the marker's name: `CRP > 10 mg/L vs ≤ 10 mg/L`."""
    name, _, end = reference.rpartition(" ≤ " if " ≤ " in reference else " < ")
    return reference[len(name) + 1 :] if end and name and label.startswith(f"{name} ") else reference


def text_at(height: float, text: str, *, size: int, colour: str = theme.INK) -> dict[str, Any]:
    """A text at the left edge, at a height in lines."""
    place = {"yref": "y", "xanchor": "left", "yanchor": "middle", "align": "left"}
    return {**theme.note(text, 0, height, size=size, colour=colour), **place}


def _beside(line: Line) -> dict[str, Any]:
    """The numbers in the right margin, or in the whisker's place why there are none."""
    if isinstance(line.estimate, NotEstimable):
        whole, most = not_estimable(line.estimate), LABEL_CHARACTERS + 8
        # Where both do not fit, the reason says by itself that there is no estimate.
        reason = whole if len(whole) <= most else shorten(line.estimate.reason, most)
        return text_at(line.height, f"<i>{theme.escape_figure_text(reason)}</i>", size=10, colour=COLOURS[line.model])
    text = theme.escape_figure_text(hazard_ratio_with_p(line.estimate, line.p))
    return {**text_at(line.height, text, size=NUMBER_SIZE_PX, colour=COLOURS[line.model]), "x": 1, "xshift": 8}


def _reference_line(drawn: Sequence[Line]) -> dict[str, Any]:
    """No effect, beside the whiskers only, so that it crosses no label."""
    # A trace, because plotly places shapes on a log axis by other rules than annotations.
    heights = [place for line in drawn for place in (line.height - 0.5, line.height + 0.5, None)]
    line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
    x = [1, 1, None] * len(drawn)
    return trace(LINE, x, heights, name="reference", hoverinfo="skip", showlegend=False, line=line)


def points(drawn: Sequence[DrawnLine], axis: tuple[float, float]) -> list[dict[str, Any]]:
    """One trace a model: its points, and whiskers as far as the axis reaches."""
    present = [model for model in MODELS if any(line.model == model for line in drawn)]
    return [_model(model, [line for line in drawn if line.model == model], axis, len(present) > 1) for model in present]


def _model(model: str, lines: Sequence[DrawnLine], axis: tuple[float, float], in_legend: bool) -> dict[str, Any]:
    estimates = [line.estimate for line in lines]
    values = [one.value for one in estimates]
    lower, upper = ([_end(getattr(one, end), one.value, axis) for one in estimates] for end in ("lower", "upper"))
    read_out = [f"{line.label}: {hazard_ratio_with_p(line.estimate, line.p)}" for line in lines]
    return trace(
        POINTS,
        values,
        [line.height for line in lines],
        name=MODELS[model],
        error_x=whiskers(values, lower, upper, thickness=1.4, width=4, color=COLOURS[model]),
        showlegend=in_legend,
        hoverinfo="text",
        text=[theme.escape_figure_text(text) for text in read_out],
        marker={"symbol": SYMBOLS[model], "size": 9, "color": COLOURS[model]},
    )


def _end(limit: float, value: float, axis: tuple[float, float]) -> float:
    """A whisker's end inside the axis; a limit that is not defined has no whisker."""
    return value if limit != limit else min(max(limit, axis[0]), axis[1])


def arrows(drawn: Sequence[DrawnLine], axis: tuple[float, float]) -> list[dict[str, Any]]:
    """Arrow heads where an interval goes on beyond the axis."""
    left = [(axis[0], line, "triangle-left") for line in drawn if line.estimate.lower < axis[0]]
    right = [(axis[1], line, "triangle-right") for line in drawn if line.estimate.upper > axis[1]]
    heads = left + right
    if not heads:
        return []
    marker = {"symbol": [head for *_, head in heads], "size": 9, "color": [COLOURS[line.model] for _, line, _ in heads]}
    x, y = [x for x, *_ in heads], [line.height for _, line, _ in heads]
    look = {"showlegend": False, "hoverinfo": "skip", "cliponaxis": False}
    return [trace(POINTS, x, y, name="clipped", marker=marker, **look)]


def _layout(
    title: str, texts: list[dict[str, Any]], axis: tuple[float, float], n_lines: float, right_px: int, conf_level: float
) -> dict[str, Any]:
    bottom_px = FOOTER_BELOW_PX + theme.footer_px(texts[0]["text"]) + 8
    below = {"text": f"Hazard ratio ({confidence(conf_level)})", "standoff": 4, "font": {"size": 12}}
    return {
        **theme.base_layout(title, height=round(TOP_PX + bottom_px + LINE_PX * n_lines)),
        "margin": {"l": LEFT_PX, "r": right_px, "t": TOP_PX, "b": bottom_px},
        "xaxis": forest_axis(axis, automargin=False, title=below),
        "yaxis": {"range": [n_lines, 0], "visible": False, "fixedrange": True},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "hovermode": "closest",
        "meta": {"footer_px": theme.footer_px(texts[0]["text"])},
        "annotations": texts,
    }


def _right_px(lines: Sequence[Line]) -> int:
    """Room for the longest numbers."""
    numbers = [hazard_ratio_with_p(line.estimate, line.p) for line in lines if isinstance(line.estimate, Estimate)]
    return round(NUMBER_CHARACTER_PX * max(map(len, numbers), default=0)) + 16
