"""R's convention beside SPSS 24's: the curve's numbers, and the hazard ratios by each way to treat ties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.writing.labels import CONVENTION_LABELS, TIES_LABELS
from cdanalysis.writing.numbers import confidence, hazard_ratio_with_p, months, survival_at_with_interval

if TYPE_CHECKING:
    from cdanalysis.sections.survival.survival import Survival

EVERYONE = "All patients"
NOTHING = "–"
SHARES = ("25% had it by", "50% had it by (median)", "75% had it by")


def conventions_table(by_convention: dict[str, Survival], conf_level: float) -> pd.DataFrame:
    """A line a group and quantity, a column a convention ("r", "spss"); the estimates agree, the intervals do not."""
    columns = {CONVENTION_LABELS[name]: dict(_cells(found, conf_level)) for name, found in by_convention.items()}
    lines = next(iter(columns.values()))
    table = pd.DataFrame(columns, index=pd.MultiIndex.from_tuples(list(lines), names=["Group", "Quantity"]))
    return table.reset_index()


def _cells(found: Survival, conf_level: float) -> list[tuple[tuple[str, str], str]]:
    level = confidence(conf_level)
    cells = []
    for curve, quarters in zip(found.kaplan_meier.curves, found.quantiles, strict=True):
        group = str(curve.group) or EVERYONE
        cells += [((group, f"{what} ({level})"), months(one)) for what, one in zip(SHARES, quarters, strict=True)]
        cells += [
            ((group, f"Free at {at.time:g} months ({level})"), survival_at_with_interval(at))
            for at in found.kaplan_meier.at if at.group == curve.group
        ]  # fmt: skip
    q1, median, q3 = found.observed
    return [*cells, ((EVERYONE, "Times on the curve: median (quartiles)"), f"{median:.1f} months ({q1:.1f}-{q3:.1f})")]


def ties_table(by_ties: dict[str, Sequence[PredictorRow]], conf_level: float) -> pd.DataFrame:
    """A line a term, two columns a way to treat ties: alone and in the model."""
    level = confidence(conf_level)
    first = next(iter(by_ties.values()))
    columns = {"Factor": [row.label for row in first]}
    for model in ("univariable", "multivariable"):
        for ties, rows in by_ties.items():
            name = f"{model.capitalize()} HR ({level}), P: {TIES_LABELS[ties]}"
            columns[name] = [_ratio(getattr(row, model), getattr(row, f"{model}_p")) for row in rows]
    return pd.DataFrame(columns)


def _ratio(estimate: Estimate | NotEstimable | None, p: float) -> str:
    return NOTHING if estimate is None else hazard_ratio_with_p(estimate, p)
