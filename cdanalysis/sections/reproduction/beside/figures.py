"""The forest of the papers' ratios with the cohort's own."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.pooled_forest import Row, pooled_forest
from cdanalysis.results import Estimate
from cdanalysis.sections.reproduction.beside.analysis import Beside
from cdanalysis.sections.reproduction.beside.words import OURS, WHICH


def beside_forest(found: Beside, *, footer: str) -> dict[str, Any]:
    """Ours first, then the papers, then all together; `footer` is plotly text."""
    rows: list[Row] = [(f"{OURS}: {WHICH[found.which].lower()}", found.ours.ratio, found.ours.p_value)]
    papers = zip(found.published, found.published_p, strict=True)
    rows += [(one.label, Estimate(*one.numbers), p) for one, p in papers]
    title = theme.escape_figure_text(f"{found.label}: {found.noun}, published and here")
    return pooled_forest(rows, found.together, title=title, footer=footer, conf_level=found.conf_level)
