"""The landscape of two cut-offs as heat maps, and the best cut-off over resamples as a histogram."""

from collections.abc import Sequence
from math import isnan, log
from typing import Any

from cdanalysis.dictionary.markers import Marker
from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marker_axis import AUTO, LOG, logarithmic_axis
from cdanalysis.drawing.marks import POINTS, trace, upright
from cdanalysis.results import z_value
from cdanalysis.sections.cutoffs.landscape.analysis import Stability, Surface, ThreeGroups
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.writing.numbers import count, hazard_ratio, p_phrase
from cdanalysis.writing.within import within

# Blue below 1, white at 1, vermillion above: the two colours of the groups.
DIVERGING = [[0.0, "#0072B2"], [0.5, "#F4F1EC"], [1.0, "#D55E00"]]
SEQUENTIAL = [[0.0, "#F4F1EC"], [0.5, "#6BAED6"], [1.0, "#08306B"]]
FARTHEST_RATIO = 8.0  # colours are full from here on
P_TICKS = (0.5, 0.1, 0.05, 0.01, 0.001)


def surface_figure(found: Surface, shows: str, conf_level: float, footer: str, scale: str) -> dict[str, Any]:
    """The hazard ratio of the marker of a code, or how well the model fits ("fit"), at every pair of cut-offs.

    scale: of both axes; AUTO is logarithmic for a marker whose effect is told per doubling.
    """
    first, second = found.markers
    if shows == "fit":
        title, z, colours = "Model fit at each pair of cut-offs", _fit(found), _fit_colours(found)
    else:
        place = [marker.code for marker in found.markers].index(shows)
        title, z, colours = (
            f"{found.markers[place].label}: adjusted hazard ratio",
            _log_ratio(found, place),
            _ratio_colours(),
        )
    data = [_map(found.grid.first, found.grid.second, z, _texts(found, conf_level), colours), _in_use(found.in_use)]
    cuts = (first, found.grid.first.tolist()), (second, found.grid.second.tolist())
    x, y = (_cutoff_axis("", marker, own, scale) for marker, own in cuts)
    return theme.figure(data, cartesian(theme.escape_figure_text(title), x, y, footer, height=560, showlegend=False))


def pairs_figure(found: ThreeGroups, footer: str, scale: str) -> dict[str, Any]:
    """P of every pair of cut-offs as if it had been the only one; the best pair is marked. scale: as of the surface."""
    pairs, marker = found.pairs, found.marker
    lower, upper = sorted(set(pairs.lower.tolist())), sorted(set(pairs.upper.tolist()))
    p = {(a, b): float(one) for a, b, one in zip(pairs.lower, pairs.upper, pairs.p_value, strict=True)}
    size = {(a, b): one for a, b, one in zip(pairs.lower, pairs.upper, pairs.sizes.tolist(), strict=True)}
    z = [[-log(max(p[a, b], 1e-12)) if (a, b) in p else None for a in lower] for b in upper]
    texts = [[_pair_text(a, b, size[a, b], p[a, b]) if (a, b) in p else "" for a in lower] for b in upper]
    bar = {
        "title": {"text": "P"},
        "tickvals": [-log(one) for one in P_TICKS],
        "ticktext": [f"{one:g}" for one in P_TICKS],
    }
    colours = {"colorscale": SEQUENTIAL, "zmin": 0.0, "colorbar": {**bar, **_BAR}}
    best = float(pairs.lower[pairs.best]), float(pairs.upper[pairs.best])
    x, y = (_cutoff_axis(which, marker, own, scale) for which, own in (("Lower ", lower), ("Upper ", upper)))
    title = theme.escape_figure_text(f"{marker.label}: P at each of {count(len(pairs.lower), 'pair')} of cut-offs")
    data = [{**_map(lower, upper, None, texts, colours), "z": z}, _in_use(best)]
    return theme.figure(data, cartesian(title, x, y, footer, height=520, showlegend=False))


def stability_figure(found: Stability, footer: str) -> dict[str, Any]:
    """How often each cut-off was the best one of a resample; the best of the cohort itself is the line."""
    marker, result = found.marker, found.found
    look = {"marker": {"color": theme.GROUP_COLOURS[0]}, "hovertemplate": "%{y} resamples<extra></extra>"}
    bars = {"type": "histogram", "x": result.best_cutoffs.tolist(), "nbinsx": 60, **look}
    x = axis(theme.escape_figure_text(f"Best {marker.titled('cut-off')}"))
    title = theme.escape_figure_text(f"{marker.label}: best cut-off in {count(len(result.best_cutoffs), 'resample')}")
    layout = cartesian(title, x, axis("Resamples"), footer, height=420, showlegend=False, bargap=0.05)
    layout["shapes"] = [upright(result.interval.value, color=theme.INK, width=1.5)]
    if not isnan(result.interval.lower):
        ends = {"type": "rect", "x0": result.interval.lower, "x1": result.interval.upper, "layer": "below"}
        layout["shapes"].append({**upright(0, width=0), **ends, "fillcolor": theme.GROUP_BANDS[1]})
    return theme.figure([bars], layout)


def _cutoff_axis(which: str, marker: Marker, cuts: Sequence[float], scale: str) -> dict[str, Any]:
    """The cut-offs of a marker; logarithmic where chosen or, since most of its cut-offs are small, told per doubling."""
    ends = float(min(cuts, default=0.0)), float(max(cuts, default=0.0))
    on_log = scale == LOG or (scale == AUTO and not marker.continuous_step)
    title = theme.escape_figure_text(f"{which}{marker.titled('cut-off')}")
    if not on_log or ends[0] <= 0:
        return axis(title, showgrid=False)
    return logarithmic_axis(title, ends, showgrid=False)


_BAR = {"thickness": 12, "outlinewidth": 0, "len": 0.9}


def _map(x: Any, y: Any, z: Any, texts: list[list[str]], colours: dict[str, Any]) -> dict[str, Any]:
    """A heat map whose cells answer hover and carry their two cut-offs."""
    x, y = [float(one) for one in x], [float(one) for one in y]
    hover = {"text": texts, "hoverinfo": "text", "hoverongaps": False}
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": z,
        "customdata": [[[a, b] for a in x] for b in y],
        **hover,
        **colours,
    }


def _in_use(cutoffs: tuple[float, float]) -> dict[str, Any]:
    marker = {"symbol": "x-thin", "size": 13, "line": {"width": 3, "color": theme.INK}}
    return trace(POINTS, [cutoffs[0]], [cutoffs[1]], hoverinfo="skip", marker=marker)


def _log_ratio(found: Surface, place: int) -> list[list[float | None]]:
    """log HR by second cut-off (rows) and first (columns); None where it could not be estimated."""
    coef = found.grid.coef[place].T.tolist()
    return [[None if isnan(b) else b for b in row] for row in coef]


def _fit(found: Surface) -> list[list[float | None]]:
    best = max((one for row in found.grid.log_likelihood.tolist() for one in row if not isnan(one)), default=0.0)
    return [[None if isnan(one) else one - best for one in row] for row in found.grid.log_likelihood.T.tolist()]


def _ratio_colours() -> dict[str, Any]:
    farthest, marks = log(FARTHEST_RATIO), (0.125, 0.25, 0.5, 1, 2, 4, 8)
    bar = {"title": {"text": "HR"}, "tickvals": [log(one) for one in marks], "ticktext": [f"{one:g}" for one in marks]}
    return {"colorscale": DIVERGING, "zmin": -farthest, "zmax": farthest, "colorbar": {**bar, **_BAR}}


def _fit_colours(found: Surface) -> dict[str, Any]:
    lowest = min((one for row in _fit(found) for one in row if one is not None), default=-1.0)
    return {"colorscale": SEQUENTIAL, "zmin": lowest, "zmax": 0.0, "colorbar": {"title": {"text": "log L"}, **_BAR}}


def _texts(found: Surface, conf_level: float) -> list[list[str]]:
    """What hovering a cell says: both cut-offs, both ratios, the four groups."""
    grid = found.grid
    return [[_cell(found, i, j, conf_level) for i in range(len(grid.first))] for j in range(len(grid.second))]


def _cell(found: Surface, i: int, j: int, conf_level: float) -> str:
    grid, p, lines = found.grid, found.grid.p_value, []
    cuts = float(grid.first[i]), float(grid.second[j])
    for place, marker in enumerate(found.markers):
        b, error = float(grid.coef[place, i, j]), float(grid.standard_error[place, i, j])
        effect = (
            "not estimable"
            if isnan(b)
            else f"HR {hazard_ratio(wald_ratio(b, error, z_value(conf_level)))}, {p_phrase(float(p[place, i, j]))}"
        )
        lines.append(f"{marker.label} {marker.amount(cuts[place])}: {effect}")
    n, events = grid.n[:, :, i, j], grid.n_events[:, :, i, j]
    names = (
        "both low",
        f"only {within(found.markers[1].label)} high",
        f"only {within(found.markers[0].label)} high",
        "both high",
    )
    sizes = [f"{name} {events[place // 2, place % 2]}/{n[place // 2, place % 2]}" for place, name in enumerate(names)]
    lines.append(f"events/patients: {'; '.join(sizes)}")
    return "<br>".join(theme.escape_figure_text(line) for line in lines)


def _pair_text(lower: float, upper: float, sizes: list[int], p: float) -> str:
    line = f"{lower:g} and {upper:g}: {p_phrase(p)}; {sizes[0]}, {sizes[1]} and {sizes[2]} patients"
    return theme.escape_figure_text(line)
