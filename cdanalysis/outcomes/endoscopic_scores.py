"""What an endoscopy shows by its scores: remission, activity.

Owns: remission = CDEIS or SES-CD below its level, or Rutgeerts i0-i1 in a patient who had i2 or more (i0-i2a after i2b or more
switchable); activity = a score at its level or above, or a grade that is not remission.
"""

import numpy as np
import pandas as pd

from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, I2B, RUTGEERTS, SCORED
from cdanalysis.settings import Settings

I2A, GRADE = 2.0, "grade"
SCORES = list(SCORED)


def graded(endoscopy: pd.DataFrame) -> pd.DataFrame:
    """The endoscopies with Rutgeerts' grades in their order: i2a, an i2 that is neither a nor b, i2b."""
    grade, known = endoscopy[RUTGEERTS], endoscopy.get(I2B, pd.Series(pd.NA, endoscopy.index)).astype("boolean")
    place = known.map({False: 0.0, True: 0.5}).astype(float).fillna(0.25).where(grade == I2A, 0.0)
    return endoscopy.assign(**{GRADE: grade + place})


def in_remission(seen: pd.DataFrame, before: pd.DataFrame, settings: Settings) -> np.ndarray:
    """Whether each graded endoscopy shows remission; before: the last one before therapy by patient."""
    grade, was = seen[GRADE], seen["patient_id"].map(before[GRADE])
    of_i1 = settings.rutgeerts_remission == "i1"
    healed = (grade < I2A) & (was >= I2A) if of_i1 else (grade <= I2A) & (was > I2A)
    return (below_level(seen, settings) | healed).to_numpy(bool)


def below_level(seen: pd.DataFrame, settings: Settings) -> pd.Series:
    """Whether a score is below its level."""
    low = pd.Series(False, seen.index)
    for score in BY_LEVEL:
        low |= seen[score.column] < getattr(settings, score.setting)
    return low


def active(endoscopy: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The endoscopies that show activity."""
    seen = graded(endoscopy)
    grade = seen[GRADE]
    shown = (grade >= I2A) if settings.rutgeerts_remission == "i1" else (grade > I2A)
    for score in BY_LEVEL:
        shown |= seen[score.column] >= getattr(settings, score.setting)
    return endoscopy[shown]
