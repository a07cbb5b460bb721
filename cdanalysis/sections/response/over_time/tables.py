"""The means behind the lines, by group and week."""

import pandas as pd

from cdanalysis.results import Estimate
from cdanalysis.sections.response.over_time.analysis import OverTime
from cdanalysis.writing.numbers import confidence, limits, measurement


def means_by_week(found: OverTime, conf_level: float) -> pd.DataFrame:
    """A line a group and week at which anybody of it was measured."""
    lines = [
        (group.label, "Baseline" if week == 0 else f"Week {week}", n, _with_interval(mean))
        for group in found.groups
        for week, n, mean in zip(found.weeks, group.n, group.means, strict=True)
        if n
    ]
    return pd.DataFrame(lines, columns=["Group", "Visit", "Patients", f"Mean ({confidence(conf_level)})"])


def _with_interval(mean: Estimate) -> str:
    if mean.lower != mean.lower:
        return measurement(mean.value)
    return f"{measurement(mean.value)} ({limits(mean, 1, 1)})"
