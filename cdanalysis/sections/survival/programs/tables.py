"""R's convention beside SPSS 24's: the curve's numbers, and the hazard ratios by each way to treat ties."""

import pandas as pd

from cdanalysis.sections.survival.analysis import Survival
from cdanalysis.writing.choices.labels import CONVENTION_LABELS
from cdanalysis.writing.numbers import EVERYONE, confidence, months, survival_at_with_interval

SHARES = ("25% had it by", "50% had it by (median)", "75% had it by")


def conventions_table(by_convention: dict[str, Survival], conf_level: float) -> pd.DataFrame:
    """One line per group and quantity, a column a convention ("r", "spss"); the estimates agree, the intervals do not."""
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
            for at in found.kaplan_meier.at
            if at.group == curve.group
        ]
    q1, median, q3 = found.observed
    return [*cells, ((EVERYONE, "Times on the curve: median (quartiles)"), f"{median:.1f} months ({q1:.1f}-{q3:.1f})")]
