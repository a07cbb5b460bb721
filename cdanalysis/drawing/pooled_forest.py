"""The forest of ratios of several centres or papers: each one's own, then put together."""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.forest import LABEL_CHARACTERS, drawn_lines, text_at
from cdanalysis.drawing.ratio_axis import Line
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.pooling.meta_analysis import Pooled
from cdanalysis.writing.escapes import one_line, shorten_group
from cdanalysis.writing.numbers import p_phrase, percentage

OWN, TOGETHER = "univariable", "multivariable"  # the forest's two looks: open circles, filled squares
Row = tuple[str, Estimate | NotEstimable, float]  # label, ratio, P


def pooled_forest(
    rows: Sequence[Row], pooled: Pooled | NotEstimable, *, title: str, footer: str, conf_level: float
) -> dict[str, Any]:
    """Ratios by their labels, under them what they give together with Q and I²; `title` and `footer` are plotly text."""
    shown = [(label, OWN, ratio, p) for label, ratio, p in rows]
    if not isinstance(pooled, NotEstimable):
        differ = f"I² = {percentage(pooled.i_squared)}, Q {p_phrase(pooled.test.p_value)}"
        shown.append((f"One effect for all ({differ})", TOGETHER, pooled.fixed, pooled.fixed_p))
        shown.append(("Random effects (Hartung-Knapp)", TOGETHER, pooled.random, pooled.random_p))
    places = enumerate(shown)
    lines = [Line(2 * place + 1.5, look, one_line(label), ratio, p) for place, (label, look, ratio, p) in places]
    headings = [
        text_at(2 * place + 0.5, theme.escape_figure_text(shorten_group(label, LABEL_CHARACTERS)), size=11)
        for place, (label, *_) in enumerate(shown)
    ]
    figure = drawn_lines(lines, headings, 2 * len(shown) + 0.5, title=title, footer=footer, conf_level=conf_level)
    return {**figure, "data": [{**trace, "showlegend": False} for trace in figure["data"]]}
