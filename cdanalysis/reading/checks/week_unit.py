"""A column of weeks that holds months or days: seen beside the dates or the ends of follow-up, asked, and said while it is open."""

import numpy as np
import pandas as pd

from cdanalysis.reading.checks.frames import by_patient
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

LEAST_SEEN = 5  # visits with a date, or patients with an end of follow-up
MONTH_DAYS = (26.0, 35.0)  # of a unit of the column, where it is a month
NEAR, MOSTLY = 0.1, 0.7  # the last visit lies so near the end of follow-up, in so many patients
LEAST_DIFFERENT = 3  # last visits: a schedule that ends for everybody at once says nothing
MANY_BEYOND = 0.3  # of the patients
WEEKS, MONTHS, DAYS = "weeks", "months", "days"


def checked(
    frames: dict[str, pd.DataFrame], patients: pd.DataFrame, asking: Asking
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames, the visits with their weeks in weeks, as answered; until then as they stand. patients holds the ends' days."""
    visits = frames.get("visits")
    if visits is None or "week" not in visits:
        return frames, []
    months = _beside_dates(visits, patients) or _beside_ends(visits, patients)
    evidence = months or _beyond_ends(visits, patients)
    if not evidence:
        return frames, []
    unit = MONTHS if months else DAYS
    text = f"week seems to hold {unit}: {evidence}. Which are they?"
    answer = asking.ask("week", "visits", "week", text, (WEEKS, MONTHS, DAYS), "taken as weeks until then")
    if answer in (MONTHS, DAYS):
        return frames | {"visits": visits.assign(week=visits["week"] * LASTING[answer] / DAYS_PER_WEEK)}, []
    said = warned("visits", f"weeks that seem to be {unit}: {evidence}", "weeks", column="week")
    return frames, [said] if answer is None else []


def _beside_dates(visits: pd.DataFrame, patients: pd.DataFrame) -> str:
    if "visit_date" not in visits or "start_date" not in patients:
        return ""
    days = visits["visit_date"] - visits["patient_id"].map(by_patient(patients, "start_date"))
    ratio = (days / visits["week"].where(visits["week"] >= 2)).dropna()
    if len(ratio) < LEAST_SEEN or not MONTH_DAYS[0] <= ratio.median() <= MONTH_DAYS[1]:
        return ""
    return f"by the dates of the visits one of them lasts {ratio.median():.0f} days"


def _beside_ends(visits: pd.DataFrame, patients: pd.DataFrame) -> str:
    last = visits.groupby("patient_id")["week"].max()
    ends = by_patient(patients, "follow_up_days").reindex(last.index) / DAYS_PER_MONTH
    both = last.notna() & ends.notna()
    if both.sum() < LEAST_SEEN or last[both].nunique() < LEAST_DIFFERENT:
        return ""
    near = (last - ends).abs()[both] <= np.maximum(1.0, NEAR * ends[both])
    if near.mean() < MOSTLY:
        return ""
    return f"the last visit of {int(near.sum())} of {int(both.sum())} patients is their follow-up in months"


def _beyond_ends(visits: pd.DataFrame, patients: pd.DataFrame) -> str:
    """As `_beside_ends`, of days: taken as weeks they lie beyond the follow-up of many, taken as days of nobody."""
    last = visits.groupby("patient_id")["week"].max()
    ends = by_patient(patients, "follow_up_days").reindex(last.index)
    both = last.notna() & ends.notna()
    beyond = (last * DAYS_PER_WEEK > ends + DAYS_PER_MONTH)[both]
    if both.sum() < LEAST_SEEN or beyond.mean() < MANY_BEYOND or (last > ends + DAYS_PER_MONTH)[both].any():
        return ""
    return f"taken as weeks the last visit of {int(beyond.sum())} of {int(both.sum())} patients lies beyond their follow-up"
