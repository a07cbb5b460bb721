"""The forest of a marker's ratio across centres."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.pooled_forest import pooled_forest
from cdanalysis.sections.predictors.centres.analysis import Centres
from cdanalysis.writing.numbers import count


def centres_forest(found: Centres, *, footer: str, conf_level: float) -> dict[str, Any]:
    """A line a centre, then all together; `footer` is plotly text."""
    rows = [
        (f"{one.level}: n = {one.n}, {count(one.n_events, found.noun)}", one.hazard_ratio, one.p_value)
        for one in found.comparison.subgroups
    ]
    title = theme.escape_figure_text(f"{found.label}: {found.noun} by {found.column}")
    return pooled_forest(rows, found.pooled, title=title, footer=footer, conf_level=conf_level)
