"""Kaplan-Meier results as tables: survival at chosen months, number at risk, medians. Times are months."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.statistics.time_axis import merged
from cdanalysis.writing.numbers import confidence, months, survival_at_with_interval

if TYPE_CHECKING:
    from cdanalysis.sections.survival.survival import Survival
    from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult, SurvivalAt

EVERYONE = "All patients"
NO_NUMBERS = (nan, nan, nan)


def survival_at(result: KaplanMeierResult, at_months: Sequence[float] | None = None) -> pd.DataFrame:
    """A line a group and time that the result was asked for (`at_months`: only these); text, but for the counts."""
    columns = ["Group", "Months", f"Survival ({confidence(result.conf_level)})", "At risk"]
    return pd.DataFrame(
        [
            (_group(at.group), at.time, survival_at_with_interval(at), at.n_at_risk)
            for at in result.at
            if at_months is None or at.time in at_months
        ],
        columns=columns,
    )


def survival_numbers(result: KaplanMeierResult) -> pd.DataFrame:
    """The same as numbers: fractions, unrounded; empty where nobody was followed to the time."""
    columns = ["group", "months", "survival", "lower", "upper", "n_at_risk"]
    lines = [
        (_group(at.group), at.time, *(_three(at) if at.observed else NO_NUMBERS), at.n_at_risk) for at in result.at
    ]
    return pd.DataFrame(lines, columns=columns)


def course_of_follow_up(found: Survival) -> pd.DataFrame:
    """A line a group and time under the curve: at risk, and how many had the event or were censored by then."""
    lines = []
    for curve in found.kaplan_meier.curves:
        for time in merged(curve.time, list(found.risk_times)).tolist():
            seen = curve.time <= time
            at_risk = int(curve.n - curve.n_events[curve.time < time].sum() - curve.n_censored[curve.time < time].sum())
            ended = int(curve.n_events[seen].sum()), int(curve.n_censored[seen].sum())
            lines.append((_group(curve.group), f"{time:g}", at_risk, *ended))
    return pd.DataFrame(lines, columns=["Group", "Months", "At risk", "Events so far", "Censored so far"])


def medians(result: KaplanMeierResult) -> pd.DataFrame:
    """A line a group: patients, events, median survival."""
    columns = ["Group", "Patients", "Events", f"Median survival ({confidence(result.conf_level)})"]
    lines = [(_group(curve.group), curve.n, curve.n_events_total, months(curve.median)) for curve in result.curves]
    return pd.DataFrame(lines, columns=columns)


def _three(at: SurvivalAt) -> tuple[float, float, float]:
    return at.survival.value, at.survival.lower, at.survival.upper


def _group(name: object) -> str:
    return EVERYONE if name is None or str(name) == "" else str(name)
