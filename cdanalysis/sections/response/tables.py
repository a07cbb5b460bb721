"""Response and remission as tables; text to read."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.sections.response.analysis import Activity, AtWeek, Reclassified, TimeTo
from cdanalysis.writing.numbers import confidence, measurement, share_with_interval
from cdanalysis.writing.tables.paired import paired_cells


def responses(weeks: Sequence[AtWeek], conf_level: float) -> pd.DataFrame:
    """A line a week: response and remission with Wilson's interval."""
    columns = [
        "Week",
        "Patients",
        "Without a visit",
        *(f"{what} ({confidence(conf_level)})" for what in ("Response", "Remission")),
    ]
    lines = [
        (one.week, one.n, one.n_missing, share_with_interval(one.n_response, one.n, one.response),
         share_with_interval(one.n_remission, one.n, one.remission))
        for one in weeks
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def times_to(times: Sequence[TimeTo]) -> pd.DataFrame:
    """A line a state: weeks to the first visit in it, among the responders."""
    names = ("First response", "First remission")
    lines = [
        (
            name,
            one.n,
            one.n_reached,
            measurement(one.median),
            f"{measurement(one.lower_quartile)}-{measurement(one.upper_quartile)}",
        )
        for name, one in zip(names, times, strict=True)
    ]
    return pd.DataFrame(lines, columns=["", "Responders", "Reached it", "Median (weeks)", "Quartiles (weeks)"])


def activity(measured: Sequence[Activity]) -> pd.DataFrame:
    """One line per measurement and week: the pairs, means before and after, both tests."""
    lines = [
        (f"{one.label} ({one.unit})", f"Week {week}", *paired_cells(test))
        for one in measured
        for week, test in zip(one.weeks, one.tests, strict=True)
    ]
    columns = [
        "Measurement",
        "Visit",
        "Pairs",
        "Baseline, mean ± SD",
        "At the visit, mean ± SD",
        "Change",
        "Paired t, P",
        "Wilcoxon, P",
    ]
    return pd.DataFrame(lines, columns=columns)


def reclassified(found: Sequence[Reclassified]) -> pd.DataFrame:
    """A line a change of class under the definitions in use, against the default ones."""
    lines = [
        (f"Week {one.week}", one.before, one.after, len(one.patient_ids), ", ".join(one.patient_ids)) for one in found
    ]
    return pd.DataFrame(lines, columns=["Visit", "By the default definitions", "By those in use", "Patients", "Who"])
