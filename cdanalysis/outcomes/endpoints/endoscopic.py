"""Time to endoscopic remission: from the start of therapy to the endoscopy that first shows it, of those who were examined.

Remission: CDEIS or SES-CD below its level, or Rutgeerts i0-i1 in a patient who had i2 or more (i0-i2a after i2b or more
switchable). Who was in remission before is not at risk of it; who never was is observed to the last endoscopy.
"""

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endoscopic_scores import SCORES, below_level, graded, in_remission
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, excluded_by
from cdanalysis.results import THE_START, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_months, months_to_days

ENDOSCOPIC_REMISSION = "endoscopic_remission"
BEFORE_DAYS = 28.0
SEEN_LATER = "Remission is dated by the endoscopy that first shows it; it began some time before."


def is_scored(cohort: Cohort) -> bool:
    """Whether an endoscopy after the start of therapy has a score."""
    return bool(cohort.endoscopy.loc[cohort.endoscopy["days"] > BEFORE_DAYS, SCORES].notna().any(axis=None))


def endoscopic_remission(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to the first endoscopy in remission."""
    every = graded(cohort.endoscopy)
    seen = every[every[SCORES].notna().any(axis=1)].sort_values("days", kind="stable")
    before = seen[seen["days"] <= BEFORE_DAYS].groupby("patient_id").last()
    later = seen[seen["days"] > BEFORE_DAYS]
    low = in_remission(later, before, settings)
    first, last = (frame.groupby("patient_id")["days"] for frame in (later[low], later))
    ids = cohort.patients["patient_id"]
    happened, end = ids.map(first.min()).to_numpy(float), ids.map(last.max()).to_numpy(float)
    was_low = ids.map(below_level(before, settings)).eq(True).to_numpy(bool)
    analysed = ~np.isnan(end) & ~was_low
    if not analysed.any():
        return NotEstimable("no patient with active disease has an endoscopy after the start of therapy")
    why = {
        **dict.fromkeys(ids[was_low], "in endoscopic remission before"),
        **dict.fromkeys(ids[np.isnan(end)], "no scored endoscopy after the start of therapy"),
    }
    return TimeToEvent(
        patients=_patients(ids[analysed], happened[analysed], end[analysed], settings.horizon_months),
        excluded=excluded_by(why.values()),
        origin=THE_START,
        derived=True,
        notes=(SEEN_LATER,),
        code=ENDOSCOPIC_REMISSION,
        noun=ENDOSCOPIC_REMISSION.replace("_", " "),
        why=why,
    )


def _patients(ids: pd.Series, happened: np.ndarray, end: np.ndarray, horizon_months: float) -> pd.DataFrame:
    """The patients with time and event, cut at the horizon, 0 for none."""
    event, day = ~np.isnan(happened), np.where(np.isnan(happened), end, happened)
    cut = day > months_to_days(horizon_months) if horizon_months else np.zeros(len(day), bool)
    return pd.DataFrame(
        {
            "patient_id": ids.to_numpy(),
            "entry_months": 0.0,
            "event": event & ~cut,
            "time_months": days_to_months(np.where(cut, months_to_days(horizon_months), day)),
            "ended_by": np.where(cut, "horizon", np.where(event, "endoscopic remission", "last endoscopy")),
        }
    )
