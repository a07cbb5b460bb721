"""Relapse dated in three ways and in none, side by side."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.sections.survival.between_visits.words import DATE_LABELS, NO_DATE
from cdanalysis.sections.survival.clocks.tables import ratio_columns
from cdanalysis.writing.numbers import (
    NOT_REACHED,
    NOTHING,
    confidence,
    months,
    percentage,
    survival_at_with_interval,
)

if TYPE_CHECKING:
    from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits
    from cdanalysis.statistics.curves.turnbull import Turnbull


def between_visits_table(found: BetweenVisits, conf_level: float) -> pd.DataFrame:
    """A column a date, the last one Turnbull's: a range where the estimate does not say more."""
    level = confidence(conf_level)
    columns = {
        DATE_LABELS[one.code]: {
            **{f"Free at {at.time:g} months ({level})": survival_at_with_interval(at) for at in one.kaplan_meier.at},
            f"Median ({level})": months(one.curve.median),
            **ratio_columns(one.ratios, level),
        }
        for one in found.dated
    }  # fmt: skip
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
