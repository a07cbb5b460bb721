"""The golden data sets as the statistics tests read them: time, event, and the design column of one of R's terms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

GOLDEN = Path(__file__).parent / "golden"
COLUMNS = {"ecog": "ph_ecog", "stagef": "stage", "edemaf": "edema"}


def data(name: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """A data set with its time and event."""
    frame = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")
    time = frame["time_weeks"] if "time_weeks" in frame else frame["time_days"]
    return frame, time.to_numpy(float), (frame["event"] if "event" in frame else frame["event_death"]).to_numpy()


def column(frame: pd.DataFrame, term: str) -> np.ndarray | None:
    """The design column of one of R's terms: a number, or a factor's level."""
    if term == "logbili":
        return np.log(frame["bili"].to_numpy(float))
    for name in sorted((*frame.columns, *COLUMNS), key=len, reverse=True):
        if term.startswith(name):
            values, level = frame[COLUMNS.get(name, name)], term.removeprefix(name)
            if not level:
                return values.to_numpy(float) if values.dtype != object else None
            text = values.map(lambda v: v if isinstance(v, str) else f"{v:g}")
            return np.where(values.isna(), np.nan, text == level)
    return None
