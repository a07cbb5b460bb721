"""A line a patient, pale, and over them the mean of each group with its interval."""

from itertools import accumulate
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import JOINED, LINE, trace
from cdanalysis.sections.response.over_time.analysis import GroupOverTime, OverTime
from cdanalysis.writing.numbers import count

ASIDE_WEEKS = 0.25  # between the means of two groups, so that neither's interval hides the other's


def courses_over_time(found: OverTime, footer: str) -> dict[str, Any]:
    """The groups' colours are those of their means; `footer` is plotly text."""
    starts = accumulate((len(group.drawn) for group in found.groups), initial=1)
    data = [
        _lines(found.weeks, group, place, start)
        for (place, group), start in zip(enumerate(found.groups), starts, strict=False)
    ]
    data += [_means(found.weeks, group, place, len(found.groups)) for place, group in enumerate(found.groups)]
    unit = f" ({found.unit})" if found.unit else ""
    layout = cartesian(
        f"{found.label} of each patient over the visits",
        axis("Week of combination therapy", tickvals=list(found.weeks), range=[-1, found.weeks[-1] + 1]),
        axis(f"{found.label}{unit}", rangemode="tozero"),
        footer,
    )
    return theme.figure(data, layout)


def _lines(weeks: tuple[int, ...], group: GroupOverTime, place: int, start: int) -> dict[str, Any]:
    """Patients are numbered as they are drawn, from `start` on."""
    numbers = [start + line for line in range(len(group.drawn)) for _ in (*weeks, None)]
    values = [_known(value) for row in group.values[group.drawn].tolist() for value in (*row, None)]
    x = [week for _ in group.drawn for week in (*weeks, None)]
    look = {"showlegend": False, "connectgaps": False, "opacity": 0.3}
    line, hover = (
        {"color": theme.GROUP_COLOURS[place], "width": 0.8},
        "Patient %{customdata}, week %{x}: %{y}<extra></extra>",
    )
    return trace(LINE, x, values, customdata=numbers, hovertemplate=hover, line=line, **look)


def _known(value: float | None) -> float | None:
    return value if value == value else None


def _means(weeks: tuple[int, ...], group: GroupOverTime, place: int, n_groups: int) -> dict[str, Any]:
    aside = ASIDE_WEEKS * (place - (n_groups - 1) / 2)
    known = [place for place, n in enumerate(group.n) if n]
    means = [group.means[place] for place in known]
    above = [0.0 if one.upper != one.upper else one.upper - one.value for one in means]
    colour = theme.GROUP_COLOURS[place]
    return trace(
        JOINED,
        [weeks[place] + aside for place in known],
        [one.value for one in means],
        name=f"{group.label} (n = {len(group.values)})",
        text=[count(group.n[place], "patient") for place in known],
        hovertemplate="mean %{y:.1f} of %{text}<extra></extra>",
        line={"color": colour, "width": 2.4, "dash": theme.GROUP_DASHES[place]},
        marker={"size": 7, "color": colour},
        error_y={"type": "data", "array": above, "thickness": 1.4, "width": 4, "color": colour},
    )
