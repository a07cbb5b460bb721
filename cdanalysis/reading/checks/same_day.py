"""Two visits of a patient on one day: of each measurement the last row's counts, for baseline and landmark alike; said."""

import pandas as pd

from cdanalysis.reading.checks.order import said_of_rows
from cdanalysis.results import Fault

KEYS = ["patient_id", "days"]
NOT_MEASURED = ("row", "week", "months", "visit_date", *KEYS)


def one_a_day(visits: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """The visits, rows in the file's order, of which no two say different things of a patient's day; no row is left out."""
    several = visits.duplicated(KEYS, keep=False)
    if not several.any():
        return visits, []
    whole, faults = visits.copy(), []
    for name in [column for column in visits.columns if column not in NOT_MEASURED]:
        held = visits[several & visits[name].notna()]
        earlier = held[held.duplicated(KEYS, keep="last")]
        last = held.groupby(KEYS)[name].last()
        used = last.reindex(pd.MultiIndex.from_frame(earlier[KEYS])).to_numpy()
        whole.loc[earlier.index, name] = None
        differing = earlier[earlier[name].to_numpy() != used]
        found = pd.Series([f"{value:g}" for value in differing[name]], differing.index)
        instead = pd.Series(used, earlier.index).loc[differing.index].map("{:g}".format)
        told = found + ", and " + instead + " further down on the same day, which is used"
        faults += said_of_rows("visits", name, differing, told, "one visit of a patient a day")
    return whole, faults
