"""Adverse events as a table: patients, events, rates, and what was done; text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.writing.numbers import confidence, limits, measurement, share_with_interval

if TYPE_CHECKING:
    from cdanalysis.sections.safety.analysis import Safety

ACTION_LABELS = {
    "none": "No action",
    "dose_reduced": "Dose reduced",
    "stopped_aza": "AZA stopped",
    "stopped_thalidomide": "Thalidomide stopped",
    "stopped_both": "Both stopped",
}


def adverse_events(found: Safety, conf_level: float) -> pd.DataFrame:
    """A line a term, all of them first: patients, events, rate, and what was done."""
    level = confidence(conf_level)
    columns = ["Adverse event", f"Patients ({level})", "Events", f"Per 100 patient-years ({level})",
               *(ACTION_LABELS[action] for action in found.actions)]  # fmt: skip
    lines = [
        (row.term, share_with_interval(row.n_patients, found.n, row.share), row.n_events,
         f"{measurement(row.per_100_years.value)} ({limits(row.per_100_years)})", *row.by_action)
        for row in (found.any_event, *found.terms) if row is not None
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)
