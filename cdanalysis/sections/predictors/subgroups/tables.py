"""Subgroups, and adjusted survival at chosen months, as tables."""

import pandas as pd

from cdanalysis.results import Estimate, p_of
from cdanalysis.sections.predictors.subgroups.adjusted import AdjustedSurvival
from cdanalysis.sections.predictors.subgroups.analysis import Subgroups
from cdanalysis.statistics.checks.subgroups import Subgroup
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import (
    EVERYONE,
    NOTHING,
    confidence,
    hazard_ratio,
    p_beside,
    p_value,
    percentage_with_interval,
    survival_at,
)


def subgroups_table(found: Subgroups, conf_level: float) -> pd.DataFrame:
    """A line a level, the interaction P on the first line of its covariate."""
    lines = [[EVERYONE, *subgroup_cells(found.overall), NOTHING]]
    for factor in found.factors:
        for place, one in enumerate(factor.comparison.subgroups):
            tested = p_value(p_of(factor.comparison.interaction))
            name = one.level if one.level.startswith(factor.label) else f"{factor.label}: {one.level}"
            lines.append([name, *subgroup_cells(one), "" if place else tested])
    below, above = (f"{label}, n ({plural(found.noun)})" for label in found.labels)
    columns = ["Subgroup", above, below, f"HR ({confidence(conf_level)})", "P", "Interaction P"]
    return pd.DataFrame(lines, columns=columns, dtype=object)


def subgroup_cells(one: Subgroup) -> list[str]:
    """Patients with their events above and below the cut-off, the hazard ratio, its P."""
    above = f"{one.n_marked} ({one.n_events_marked})"
    below = f"{one.n - one.n_marked} ({one.n_events - one.n_events_marked})"
    return [above, below, hazard_ratio(one.hazard_ratio), p_beside(one.hazard_ratio, one.p_value)]


def adjusted_table(found: AdjustedSurvival) -> pd.DataFrame:
    """A line a month: Kaplan-Meier and adjusted survival of each group, and the adjusted difference in percentage points."""
    plain = {(one.time, one.group): one for one in found.kaplan_meier.at}
    level = confidence(found.curves.conf_level)
    lines = [
        [
            f"{month:g}",
            *(survival_at(plain[month, label]) for label in found.labels),
            *map(percentage_with_interval, (below, above)),
            _points(gap),
        ]
        for month, (below, above, gap) in found.at
    ]
    names = [
        *(f"Kaplan-Meier, {label}" for label in found.labels),
        *(f"Adjusted, {label} ({level})" for label in found.labels),
    ]
    return pd.DataFrame(lines, columns=["Months", *names, f"Adjusted difference, points ({level})"], dtype=object)


def _points(gap: Estimate) -> str:
    if gap.lower != gap.lower:
        return f"{100 * gap.value:.1f}"
    return f"{100 * gap.value:.1f} ({100 * gap.lower:.1f} to {100 * gap.upper:.1f})"
