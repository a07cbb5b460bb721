"""The alluvial plot: a bar a week, parted by state, and ribbons as wide as the patients who go from one to the next."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import LINE, trace
from cdanalysis.sections.response.states.analysis import STATES, States

HALF_WIDTH, BENDS, HEIGHT_PX = 0.12, 16, 460
IN_THE_MIDDLE = {"textposition": "inside", "insidetextanchor": "middle"}
LEAST_SHARE = 0.03  # of a bar: a part below it has no room for its number
_BLUE, _ORANGE, _GREEN = theme.GROUP_COLOURS[:3]
COLOURS: dict[str, str] = dict(zip(STATES, (_BLUE, _GREEN, _ORANGE, theme.MUTED, theme.GRID), strict=True))
PATTERNS: dict[str, str] = dict(zip(STATES, ("", "/", ".", "x", ""), strict=True))  # for a grey print


def alluvial(found: States, footer: str) -> dict[str, Any]:
    """Remission at the bottom, who is no longer followed at the top; `footer` is plotly text."""
    tops = [_levels(at) for at in found.counts]
    data = [ribbon for place, moves in enumerate(found.moves) for ribbon in _ribbons(place, moves, tops)]
    data += [_bars(found, state, tops) for state in STATES]
    ticks = {"tickvals": list(range(len(found.weeks))), "ticktext": [f"{week}" for week in found.weeks]}
    x = axis("Week of treatment", showgrid=False, range=[-0.4, len(found.weeks) - 0.6], **ticks)
    y = axis("Patients", range=[0, 1.04 * found.n])
    return theme.figure(
        data, cartesian("From state to state over the visits", x, y, footer, height=HEIGHT_PX, barmode="overlay")
    )


def _levels(counts: dict[str, int]) -> dict[str, float]:
    """Where each state's part of the bar begins."""
    level, found = 0.0, {}
    for state in STATES:
        found[state] = level
        level += counts.get(state, 0)
    return found


def _ribbons(place: int, moves: dict[tuple[str, str], int], tops: list[dict[str, float]]) -> list[dict[str, Any]]:
    left, right, traces = dict(tops[place]), dict(tops[place + 1]), []
    for before in STATES:
        for after in STATES:
            n = moves.get((before, after), 0)
            if n:
                traces.append(_ribbon(place, (left[before], right[after]), n, (before, after)))
                left[before] += n
                right[after] += n
    return traces


def _ribbon(place: int, starts: tuple[float, float], n: int, names: tuple[str, str]) -> dict[str, Any]:
    steps = [step / BENDS for step in range(BENDS + 1)]
    first, width = place + HALF_WIDTH, 1 - 2 * HALF_WIDTH
    x = [first + width * step for step in steps]
    low = [starts[0] + (starts[1] - starts[0]) * (3 * step**2 - 2 * step**3) for step in steps]
    look = {
        "fill": "toself",
        "fillcolor": COLOURS[names[0]],
        "opacity": 0.25,
        "line": {"width": 0},
        "showlegend": False,
    }
    hover = {"hoveron": "fills", "hoverinfo": "text", "text": f"{n}: {names[0]} to {names[1]}"}
    return trace(LINE, [*x, *x[::-1]], [*low, *(value + n for value in low[::-1])], **look, **hover)


def _bars(found: States, state: str, tops: list[dict[str, float]]) -> dict[str, Any]:
    heights = [at.get(state, 0) for at in found.counts]
    told = [str(height) if height > LEAST_SHARE * found.n else "" for height in heights]
    look = {"color": COLOURS[state], "line": {"width": 0}, "pattern": {"shape": PATTERNS[state], "solidity": 0.15}}
    place = {"x": list(range(len(heights))), "y": heights, "base": [at[state] for at in tops], "width": 2 * HALF_WIDTH}
    text = {"text": told, "textangle": 0, "textfont": {"size": 11}, "constraintext": "none", **IN_THE_MIDDLE}
    hover = "%{y} " + state + "<extra></extra>"
    return {"type": "bar", "name": state.capitalize(), **place, **text, "marker": look, "hovertemplate": hover}
