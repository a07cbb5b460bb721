"""The ratios of a current level beside those of baseline; what an event changes."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.sections.predictors.current_level.analysis import LevelRow
from cdanalysis.writing.numbers import confidence, hazard_ratio, p_beside


def level_table(rows: Sequence[LevelRow], conf_level: float) -> pd.DataFrame:
    """One line per term: patients, events, ratio with robust interval, P."""
    lines = [
        (row.label, row.n, row.n_events, hazard_ratio(row.ratio.ratio), p_beside(row.ratio.ratio, row.ratio.p_value))
        for row in rows
    ]
    return pd.DataFrame(lines, columns=["Factor", "Patients", "Events", f"HR ({confidence(conf_level)}, robust)", "P"])


def level_numbers(rows: Sequence[LevelRow]) -> pd.DataFrame:
    """The same as numbers, unrounded."""
    lines = [(row.label, row.n, row.n_events, *row.ratio.numbers) for row in rows]
    return pd.DataFrame(lines, columns=["factor", "n", "n_events", "ratio", "lower", "upper", "p"])
