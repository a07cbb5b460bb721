"""Endoscopy as figures: each patient's score before and after, and the yearly course with its denominators."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import axis, cartesian
from cdanalysis.drawing.marks import JOINED, POINTS, boxes, trace
from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score
from cdanalysis.writing.numbers import p_phrase

PLACES = (0.0, 1.0)


def before_and_after(score: Score, footer: str) -> dict[str, Any]:
    """One line per patient between box plots of before and after."""
    before, after = score.before.tolist(), score.after.tolist()
    lines = trace(
        JOINED,
        [x for _ in before for x in (*PLACES, None)],
        [y for pair in zip(before, after, strict=True) for y in (*pair, None)],
        line={"color": theme.MUTED, "width": 0.8},
        marker={"size": 4, "color": theme.MUTED},
        **{"opacity": 0.55, "connectgaps": False, "showlegend": False, "hovertemplate": "%{y:.1f}<extra></extra>"},
    )
    beside = [_box(values, x, colour) for values, x, colour in ((before, -0.25, 1), (after, 1.25, 0))]
    unit = f" ({score.unit})" if score.unit else " score"
    p = getattr(score.test, "wilcoxon_p", float("nan"))
    layout = cartesian(
        f"{score.label} before and after, {len(before)} patients",
        axis("", tickvals=list(PLACES), ticktext=["Before", "After (last endoscopy)"], range=[-0.6, 1.6]),
        axis(f"{score.label}{unit}", rangemode="tozero", **({} if score.unit else {"dtick": 1})),  # a grade has no half
        footer,
        showlegend=False,
    )
    note = theme.escape_figure_text(f"Wilcoxon signed-rank {p_phrase(p)}") if p == p else ""
    layout["annotations"].append({**theme.note(note, 0.5, 1, colour=theme.MUTED), "yanchor": "bottom"})
    return theme.figure([lines, *beside], layout)


def _box(values: list[float], x: float, colour: int) -> dict[str, Any]:
    look = {"width": 0.22, "boxpoints": False, "showlegend": False, "hoverinfo": "y"}
    return boxes(values, colour, 1.5, x=[x] * len(values), **look)


def yearly_course(found: Endoscopy, footer: str) -> dict[str, Any]:
    """Mean and standard deviation of a score by year, with how many patients each stands on."""
    years, label = found.years, found.yearly.label
    spread = [0.0 if one.described.sd != one.described.sd else one.described.sd for one in years]
    colour, each = theme.GROUP_COLOURS[0], [one.year for one in years]
    mean = trace(
        JOINED,
        each,
        [one.described.mean for one in years],
        name="Mean ± SD",
        line={"color": colour, "width": 2},
        marker={"size": 8},
        error_y={"type": "data", "array": spread, "thickness": 1.2, "width": 5, "color": colour},
        hovertemplate="%{y:.2f} at year %{x}<extra></extra>",
    )
    every = [(one.year, float(value)) for one in years for value in one.values]
    marker = {"size": 5, "color": theme.MUTED, "opacity": 0.5}
    points = trace(POINTS, [x for x, _ in every], [y for _, y in every], name="Patients", marker=marker)
    named = {"tickvals": each, "ticktext": [f"{one.year}<br>n = {len(one.values)}" for one in years]}
    x = axis("Years since the start of therapy", range=[-0.4, each[-1] + 0.4], **named)
    y = axis(f"{label} ({found.yearly.unit})", rangemode="tozero")
    title = f"{label} by year in {found.n_serial} serially examined patients"
    points["hovertemplate"] = "%{y:.1f}<extra></extra>"
    return theme.figure([points, mean], cartesian(title, x, y, footer, below_px=76))
