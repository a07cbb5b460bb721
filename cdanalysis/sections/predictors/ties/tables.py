"""The hazard ratios by each way to treat tied times, as a table."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.writing.choices.labels import TIES_LABELS
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio_with_p


def ties_table(by_ties: Mapping[str, Sequence[PredictorRow]], conf_level: float) -> pd.DataFrame:
    """One line per term, two columns per way to treat ties: alone and in the model."""
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
