"""Relapse dated in three ways and in none, side by side."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.ratio_of import numbers_beside
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits
from cdanalysis.sections.survival.between_visits.interval_models import GroupCurve, IntervalModels
from cdanalysis.sections.survival.between_visits.words import BETWEEN, DATE_LABELS, NO_DATE
from cdanalysis.sections.survival.clocks.tables import alternative_cells
from cdanalysis.statistics.curves.turnbull import Turnbull
from cdanalysis.writing.numbers import (
    NOT_REACHED,
    NOTHING,
    confidence,
    months,
    not_estimable,
    p_value,
    percentage,
)


def between_visits_table(found: BetweenVisits, conf_level: float) -> pd.DataFrame:
    """A column a date, the last one Turnbull's: a range where the estimate does not say more."""
    level = confidence(conf_level)
    columns = {DATE_LABELS[one.code]: alternative_cells(one, level) for one in found.dated}
    columns[NO_DATE] = {
        **{f"Free at {t:g} months ({level})": _range(*found.turnbull.survival_at(t)) for t in found.months},
        f"Median ({level})": _median(found.turnbull),
    }
    table = pd.DataFrame(columns, index=list(columns[DATE_LABELS["found"]])).fillna(NOTHING)
    return table.rename_axis("Relapse dated at").reset_index()


def _range(least: float, most: float) -> str:
    low, high = percentage(least), percentage(most)
    return low if low == high else f"{low} to {high}"


def _median(found: Turnbull) -> str:
    first, last = found.median
    if isnan(first):
        return NOT_REACHED
    return months(first) if first == last else f"{first:.1f} to {last:.1f} months"


def models_table(found: IntervalModels, conf_level: float) -> pd.DataFrame:
    """One line per term and model, one column per way to date the relapse: hazard ratio with P."""
    level = confidence(conf_level)
    ways = (DATE_LABELS["found"], DATE_LABELS["midway"], BETWEEN)
    lines = [(row.label, row.model, *map(ratio_with_p, (row.found, row.midway, row.interval))) for row in found.rows]
    return pd.DataFrame(lines, columns=["Factor", "Model", *(f"{way}: HR ({level}), P" for way in ways)])


def models_numbers(found: IntervalModels) -> pd.DataFrame:
    """The same as numbers, unrounded; empty where there is no ratio."""
    lines = [((row.label, row.model), (row.found, row.midway, row.interval)) for row in found.rows]
    return numbers_beside(lines, ("factor", "model"), ("found", "midway", "interval"))


def turnbull_table(found: IntervalModels, months_asked: Sequence[float]) -> pd.DataFrame:
    """One line per group: Turnbull's survival at the chosen months and its median, ranges where it does not say more; the test."""
    lines = [
        (one.variable, one.group, f"{one.n} ({one.n_events})", *_group_cells(one, months_asked), p_value(one.p_value))
        for one in found.groups
    ]
    asked = [f"Free at {t:g} months" for t in months_asked]
    return pd.DataFrame(
        lines, columns=["Groups of", "Group", "Patients (relapses)", *asked, "Median", "P, equal groups"]
    )


def _group_cells(one: GroupCurve, months_asked: Sequence[float]) -> list[str]:
    if isinstance(one.curve, NotEstimable):
        return [not_estimable(one.curve)] * (len(months_asked) + 1)
    return [*(_range(*one.curve.survival_at(t)) for t in months_asked), _median(one.curve)]
