"""A hazard ratio without each of its patients in turn, and drawn again."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import POINTS, level, trace
from cdanalysis.drawing.ratio_axis import axis_range, ratio_axis
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.robustness.analysis import LeftOut, Robustness
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.numbers import ratio
from cdanalysis.writing.sentences import participle

HEIGHT_PX = 380
LABEL_CHARACTERS = 38
GROUPS = ((True, 1, "circle"), (False, 0, "circle-open"))


def left_out_figure(found: Robustness, footer: str) -> dict[str, Any]:
    """One point per patient in order of the ratio without, events apart from the censored; `footer` is plotly text."""
    lines = () if isinstance(found.left_out, NotEstimable) else found.left_out
    shown = axis_range([found.estimate, *(Estimate(one.ratio, one.ratio, one.ratio) for one in lines)])
    names = {True: participle(found.noun), False: "censored"}
    data = [
        _points(names[event], colour, symbol, [(x, one) for x, one in enumerate(lines, 1) if one.event is event])
        for event, colour, symbol in GROUPS
    ]
    title = theme.escape_figure_text(
        f"{shorten_group(found.term.name, LABEL_CHARACTERS)}: without each patient in turn"
    )
    x = axis("Patients, in order")
    layout = cartesian(title, x, ratio_axis("Hazard ratio", shown), footer, height=HEIGHT_PX)
    own, colour = found.estimate, theme.GROUP_COLOURS[0]
    with_all = ((own.value, "solid"), (own.lower, "dash"), (own.upper, "dash"))
    layout["shapes"] = [level(1.0), *(level(at, colour=colour, dash=dash) for at, dash in with_all)]
    return theme.figure(data, layout)


def _points(name: str, colour: int, symbol: str, points: list[tuple[int, LeftOut]]) -> dict[str, Any]:
    marker = {"size": 6, "color": theme.GROUP_COLOURS[colour], "symbol": symbol}
    texts = [f"HR {ratio(one.ratio)} without a patient who {_ended(one, name)}" for _, one in points]
    x, y = [x for x, _ in points], [one.ratio for _, one in points]
    return trace(POINTS, x, y, name=name, hoverinfo="text", text=texts, marker=marker)


def _ended(one: LeftOut, became: str) -> str:
    return f"{became if one.event else 'was censored'} at {one.months:.1f} months"
