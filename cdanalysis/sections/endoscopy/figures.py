"""Endoscopy as figures: each patient's score before and after, and the yearly course with its denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.writing.numbers import p_phrase

if TYPE_CHECKING:
    from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score

PLACES = (0.0, 1.0)


def before_and_after(score: Score, footer: str) -> dict[str, Any]:
    """One line per patient between box plots of before and after."""
    before, after = score.before.tolist(), score.after.tolist()
    lines = {"type": "scatter", "mode": "lines+markers", "showlegend": False, "hovertemplate": "%{y:.1f}<extra></extra>",
             "x": [x for _ in before for x in (*PLACES, None)], "connectgaps": False,
             "y": [y for pair in zip(before, after, strict=True) for y in (*pair, None)],
             "line": {"color": theme.MUTED, "width": 0.8}, "marker": {"size": 4, "color": theme.MUTED},
             "opacity": 0.55}  # fmt: skip
    boxes = [_box(values, x, colour) for values, x, colour in ((before, -0.25, 1), (after, 1.25, 0))]
    unit = f" ({score.unit})" if score.unit else " score"
    p = getattr(score.test, "wilcoxon_p", float("nan"))
    layout = cartesian(
        f"{score.label} before and after, {len(before)} patients",
        axis("", tickvals=list(PLACES), ticktext=["Before", "After (last endoscopy)"], range=[-0.6, 1.6]),
        axis(f"{score.label}{unit}", rangemode="tozero"),
        footer,
        showlegend=False,
    )
    note = theme.escape_figure_text(f"Wilcoxon signed-rank {p_phrase(p)}") if p == p else ""
    layout["annotations"].append({**theme.note(note, 0.5, 1, colour=theme.MUTED), "yanchor": "bottom"})
    return theme.figure([lines, *boxes], layout)


def _box(values: list[float], x: float, colour: int) -> dict[str, Any]:
    return {"type": "box", "x": [x] * len(values), "y": values, "width": 0.22, "boxpoints": False, "showlegend": False,
            "fillcolor": theme.GROUP_BANDS[colour], "line": {"color": theme.GROUP_COLOURS[colour], "width": 1.5},
            "hoverinfo": "y"}  # fmt: skip


def yearly_course(found: Endoscopy, footer: str) -> dict[str, Any]:
    """Mean and standard deviation of a score by year, with how many patients each stands on."""
    years, label = found.years, found.yearly.label
    spread = [0.0 if one.described.sd != one.described.sd else one.described.sd for one in years]
    mean = {"type": "scatter", "mode": "lines+markers", "x": [one.year for one in years],
            "y": [one.described.mean for one in years], "name": "Mean ± SD",
            "line": {"color": theme.GROUP_COLOURS[0], "width": 2}, "marker": {"size": 8},
            "error_y": {"type": "data", "array": spread, "thickness": 1.2, "width": 5, "color": theme.GROUP_COLOURS[0]},
            "hovertemplate": "%{y:.2f} at year %{x}<extra></extra>"}  # fmt: skip
    points = {"type": "scatter", "mode": "markers", "name": "Patients", "hovertemplate": "%{y:.1f}<extra></extra>",
              "x": [one.year for one in years for _ in one.values], "y": [float(v) for one in years for v in one.values],
              "marker": {"size": 5, "color": theme.MUTED, "opacity": 0.5}}  # fmt: skip
    layout = cartesian(
        f"{label} by year in {found.n_serial} serially examined patients",
        axis("Years since the start of therapy", range=[-0.4, years[-1].year + 0.4], tickvals=[one.year for one in years],
             ticktext=[f"{one.year}<br>n = {len(one.values)}" for one in years]),
        axis(f"{label} ({found.yearly.unit})", rangemode="tozero"), footer, below_px=76,
    )  # fmt: skip
    return theme.figure([points, mean], layout)
