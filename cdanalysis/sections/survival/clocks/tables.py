"""The three clocks side by side: survival at the chosen months, median, hazard ratios of the markers."""

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.alternative import Alternative
from cdanalysis.sections.survival.clocks.analysis import Clocks
from cdanalysis.writing.choices.labels import CLOCK_LABELS
from cdanalysis.writing.numbers import (
    confidence,
    hazard_ratio,
    months,
    not_estimable,
    p_beside,
    survival_at_with_interval,
)


def clocks_table(found: Clocks, conf_level: float) -> pd.DataFrame:
    """A column a clock; months count from that clock's own time zero."""
    level = confidence(conf_level)
    columns = {
        CLOCK_LABELS[one.code]: {
            "Patients (events)": f"{one.curve.n} ({one.curve.n_events_total})",
            **alternative_cells(one, level),
        }
        for one in found.clocks
    }
    return pd.DataFrame(columns).rename_axis("Time zero").reset_index()


def clocks_numbers(found: Clocks) -> pd.DataFrame:
    """The same as numbers, a line a clock and quantity: fractions, months and ratios, unrounded."""
    lines = []
    for one in found.clocks:
        lines += [
            (one.code, f"survival at {at.time:g} months", *_three(at.survival))
            for at in one.kaplan_meier.at
            if at.observed
        ]
        lines.append((one.code, "median months", *_three(one.curve.median)))
        lines += [(one.code, f"hazard ratio of {ratio.label}", *_three(ratio.ratio)) for ratio in one.ratios]
    return pd.DataFrame(lines, columns=["clock", "quantity", "value", "lower", "upper"])


def alternative_cells(one: Alternative, level: str) -> dict[str, str]:
    """Survival at the chosen months and the median; of each marker hazard ratio and P. level: as `confidence` writes it."""
    cells = {f"Free at {at.time:g} months ({level})": survival_at_with_interval(at) for at in one.kaplan_meier.at}
    cells[f"Median ({level})"] = months(one.curve.median)
    for ratio in one.ratios:
        cells[f"HR, {ratio.label} ({level})"] = hazard_ratio(ratio.ratio)
        cells[f"P, {ratio.label}"] = p_beside(ratio.ratio, ratio.p_value)
    return cells


def _three(estimate: Estimate | NotEstimable) -> tuple[object, object, object]:
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate), float("nan"), float("nan")
    return estimate.numbers
