"""The specification curve: hazard ratios in order of size, and under each the choices that gave it."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import POINTS, level, trace, whiskers
from cdanalysis.drawing.ratio_axis import axis_range, ticks
from cdanalysis.results import estimated
from cdanalysis.sections.multiverse.analysis import Multiverse, Specification
from cdanalysis.sections.multiverse.words import choice_words
from cdanalysis.writing.numbers import SIGNIFICANCE, confidence, hazard_ratio_with_p

ROW_PX, CURVE_PX = 15, 300
MOST_SHOWN = 1500  # points: more could not be told apart, and would take the browser seconds


def specification_curve(found: Multiverse, conf_level: float, footer: str) -> dict[str, Any]:
    """Points with intervals above, a matrix of choices below; P below 0.05 in the second colour."""
    every = found.estimated
    step = -(-len(every) // MOST_SHOWN)
    shown = every[::step]
    rows = [
        (place, name)
        for place in range(len(found.axes))
        for name in dict.fromkeys(one.choices[place] for one in found.specifications)
    ]
    height = CURVE_PX + ROW_PX * len(rows) + 170
    share = ROW_PX * len(rows) / (CURVE_PX + ROW_PX * len(rows))
    data = [*_points(found.axes, shown, step), _matrix(shown, rows)]
    places = ticks(axis_range(estimated(one.hazard_ratio for one in shown)))
    thinned = "" if step == 1 else f" (every {step}th is drawn)"
    title = theme.escape_figure_text(
        f"{found.marker.label}: {len(every):,} specifications with a hazard ratio{thinned}"
    )
    layout = cartesian(
        title,
        axis("Specifications, by hazard ratio", showgrid=False, anchor="y2"),
        axis(f"HR ({confidence(conf_level)})", type="log", domain=[share + 0.03, 1], tickvals=places),
        footer,
        height=height,
    )
    names = [theme.escape_figure_text(choice_words(found.axes[place], name)) for place, name in rows]
    named = {"tickvals": list(range(len(rows))), "ticktext": names, "range": [len(rows) - 0.5, -0.5]}
    plain = {"showgrid": False, "zeroline": False, "tickfont": {"size": 10}}
    layout["yaxis2"] = {"domain": [0, share], "anchor": "x", **named, **plain}
    layout["margin"]["l"] = min(24 + 5 * max(map(len, names)), 180)
    layout["shapes"] = [level(1)]
    return theme.figure(data, layout)


def _points(axes: tuple[str, ...], shown: tuple[Specification, ...], step: int) -> list[dict[str, Any]]:
    groups = (("P ≥ 0.05", 0, False), ("P < 0.05", 1, True))
    return [
        _trace(
            name, colour, axes, step, [(x, one) for x, one in enumerate(shown) if (one.p_value < SIGNIFICANCE) is small]
        )
        for name, colour, small in groups
    ]


def _trace(
    name: str, colour: int, axes: tuple[str, ...], step: int, points: list[tuple[int, Specification]]
) -> dict[str, Any]:
    ratios = estimated(one.hazard_ratio for _, one in points)
    values, lower, upper = ([getattr(ratio, end) for ratio in ratios] for end in ("value", "lower", "upper"))
    ends = whiskers(values, lower, upper, thickness=0.6, width=0, color=theme.GROUP_COLOURS[colour])
    texts = [
        f"{hazard_ratio_with_p(one.hazard_ratio, one.p_value)}; {', '.join(map(choice_words, axes, one.choices))}"
        for _, one in points
    ]
    hover = {"hoverinfo": "text", "text": [theme.escape_figure_text(text) for text in texts]}
    marker = {"size": 4, "color": theme.GROUP_COLOURS[colour], "symbol": "circle" if colour else "circle-open"}
    x, places = [x for x, _ in points], [[x * step] for x, _ in points]
    return trace(POINTS, x, values, name=name, error_y=ends, customdata=places, marker=marker, **hover)


def _matrix(shown: tuple[Specification, ...], rows: list[tuple[int, str]]) -> dict[str, Any]:
    row_of = {row: index for index, row in enumerate(rows)}
    pairs = [(x, row_of[place, name]) for x, one in enumerate(shown) for place, name in enumerate(one.choices)]
    marker = {"symbol": "line-ns-open", "size": 7, "color": theme.INK, "line": {"width": 1}}
    x, y = [x for x, _ in pairs], [row for _, row in pairs]
    return trace(POINTS, x, y, yaxis="y2", showlegend=False, hoverinfo="skip", marker=marker)
