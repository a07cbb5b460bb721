"""A model to use in tables: its points, and what was observed in its risk groups."""

import pandas as pd

from cdanalysis.sections.prognosis.to_use.analysis import ToUse
from cdanalysis.sections.prognosis.to_use.words import group_labels
from cdanalysis.writing.numbers import confidence, percentage, percentage_with_interval


def points_table(found: ToUse) -> pd.DataFrame:
    """What each level and several values of a number are worth; 100 points for the widest span of one covariate."""
    lines = []
    for one in found.points.scales:
        texts = [level.label for level in one.levels] or [f"{value:.4g}" for value in one.told]
        points = [f"{worth:.0f}" for worth in found.points.of(one, one.told)]
        lines += [(one.named, text, told) for text, told in zip(texts, points, strict=True)]
    return pd.DataFrame(lines, columns=["Covariate", "Value", "Points"])


def risk_group_table(found: ToUse, conf_level: float) -> pd.DataFrame:
    """One line per group, ascending."""
    lines = [
        (label, one.n, one.n_events, percentage(one.predicted), percentage_with_interval(one.observed))
        for label, one in zip(group_labels(found), found.groups, strict=True)
    ]
    observed = f"Observed by {found.month:g} months ({confidence(conf_level)})"
    return pd.DataFrame(lines, columns=["Group", "Patients", "Events", "Predicted", observed])
