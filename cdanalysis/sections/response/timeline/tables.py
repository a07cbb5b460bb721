"""The entries of a timeline, a line each."""

import pandas as pd

from cdanalysis.sections.response.timeline.analysis import OUTCOME, OUTCOME_ENDS, Timeline
from cdanalysis.units import DAYS_PER_MONTH, number_text


def entries(found: Timeline) -> pd.DataFrame:
    """Day, month, what, details, in order of day."""
    named = {OUTCOME: found.noun.capitalize(), OUTCOME_ENDS: f"Observed no longer for {found.noun}"}
    lines = [
        (
            number_text(round(entry.day, 1)),
            f"{entry.day / DAYS_PER_MONTH:.1f}",
            named.get(entry.what, entry.what),
            entry.told,
        )
        for entry in found.entries
    ]
    return pd.DataFrame(lines, columns=["Day", "Month", "What", "Details"])
