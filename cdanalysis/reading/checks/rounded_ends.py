"""Ends of follow-up and of therapy that are rounded down: what was recorded up to a whole unit after them lies on their day.

An end stated in months or weeks is known to half a unit of its last digit. A file that cuts the rest off, 5.9 months as 5, shows
it: several patients have something more than half a unit after their end, and hardly one more than a whole. An event that is
itself stated in months or weeks is known no better.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from cdanalysis.reading.outcomes.times.precision import decimals
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

LEAST_CUT = 2  # patients
ROUNDING = 0.01  # days
STOPPED = "stopped"  # of an action after an adverse event: on that day the therapy ends
RECORDS = {"follow_up": ("visits", "events", "adverse_events"), "combination_end": ("adverse_events",)}


def checked(
    frames: Mapping[str, pd.DataFrame], patients: pd.DataFrame, outcomes: tuple[StatedOutcome, ...]
) -> tuple[pd.DataFrame, list[Fault]]:
    """The patients with each end known to a whole unit where the file cuts its ends off; all frames hold their days."""
    whole, faults = patients, []
    for end, sheets in RECORDS.items():
        name, days = f"{end}_tolerance_days", f"{end}_days"
        if days not in patients:
            continue
        beyond = (_latest(end, sheets, frames, patients, outcomes) - patients[days]).to_numpy(float)
        half = patients.get(name, pd.Series(0.0, patients.index)).to_numpy(float)
        own = max((_half_unit(frames[sheet]) for sheet in sheets if sheet in frames and sheet != "visits"), default=0.0)
        near = (beyond > half + ROUNDING) & (beyond <= half + own + ROUNDING)
        known = np.where(near, beyond + ROUNDING, half)
        whole = whole.assign(**{name: known}) if near.any() else whole
        cut = (beyond > half + ROUNDING) & (beyond <= 2 * half + ROUNDING)
        if cut.sum() >= LEAST_CUT and cut.sum() > (beyond > 2 * half + ROUNDING).sum() and (cut & ~near).any():
            whole = whole.assign(**{name: np.maximum(2 * half, known)})
            latest = np.nanmax(beyond[cut])
            said = f"{int(cut.sum())} × something up to {latest:.0f} days after an end: they seem to be rounded down"
            faults.append(warned("patients", said, "an end on the day of what ended it", column=f"{end}_months"))
    return whole, faults


def _latest(
    end: str,
    sheets: tuple[str, ...],
    frames: Mapping[str, pd.DataFrame],
    patients: pd.DataFrame,
    outcomes: tuple[StatedOutcome, ...],
) -> pd.Series:
    """The last day of each patient on which anything was recorded that is seen at the end at the latest; NaN of nothing."""
    found = [_days(frames[sheet], end, patients) for sheet in sheets if sheet in frames]
    if end == "follow_up":
        found += [
            patients[f"{one.code}_months"] * DAYS_PER_MONTH for one in outcomes if f"{one.code}_months" in patients
        ]
    nothing = pd.Series(np.nan, patients.index)
    return pd.concat([nothing, *found], axis="columns").max(axis="columns")


def _half_unit(frame: pd.DataFrame) -> float:
    """Days of half a unit of the last digit with which a sheet states its months or weeks; 0 of days and dates."""
    for name, unit in (("months", DAYS_PER_MONTH), ("week", DAYS_PER_WEEK)):
        if name in frame and frame[name].notna().any():
            digits = Counter(frame[name].dropna().map(decimals)).most_common(1)[0][0]
            return 0.5 * unit * 10.0**-digits
    return 0.0


def _days(frame: pd.DataFrame, end: str, patients: pd.DataFrame) -> pd.Series:
    """Each patient's last day in a sheet; of the end of a therapy that of an adverse event that ended it."""
    if end == "combination_end":
        frame = frame[frame["action"].astype(str).str.startswith(STOPPED)] if "action" in frame else frame[:0]
    last = frame["days"].groupby(frame["patient_id"]).max()
    return patients["patient_id"].map(last)
