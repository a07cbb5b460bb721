"""Adverse events as a table: patients, events, rates, and what was done; text to read."""

import pandas as pd

from cdanalysis.sections.safety.analysis import Safety, TermRow
from cdanalysis.writing.numbers import NOTHING, confidence, limits, measurement, share_with_interval

ACTION_LABELS = {
    "none": "No action",
    "dose_reduced": "Dose reduced",
    "stopped_aza": "AZA stopped",
    "stopped_thalidomide": "Thalidomide stopped",
    "stopped_both": "Both stopped",
}


def adverse_events(found: Safety, conf_level: float) -> pd.DataFrame:
    """One line per term, all of them first: patients, events, rate, and what was done."""
    level = confidence(conf_level)
    rows = [row for row in (found.any_event, *found.terms) if row is not None]
    several = any(row.by_patient is not None for row in rows)
    counted = ["Adverse event", f"Patients ({level})", "Events", f"Per 100 patient-years ({level})"]
    actions = [ACTION_LABELS[action] for action in found.actions]
    columns = [*counted, *([f"{level} by patient"] if several else []), *actions]
    lines = [(*_counted(row, found.n), *(_by_patient(row) if several else []), *row.by_action) for row in rows]
    return pd.DataFrame(lines, columns=columns)


def _counted(row: TermRow, n: int) -> tuple[object, ...]:
    rate = f"{measurement(row.per_100_years.value)} ({limits(row.per_100_years)})"
    return row.term, share_with_interval(row.n_patients, n, row.share), row.n_events, rate


def _by_patient(row: TermRow) -> list[str]:
    return [NOTHING if row.by_patient is None else limits(row.by_patient)]
