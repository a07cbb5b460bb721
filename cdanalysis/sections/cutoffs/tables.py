"""The scan of cut-offs as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.writing.numbers import confidence, hazard_ratio, p_value, plural

if TYPE_CHECKING:
    from cdanalysis.sections.cutoffs.analysis import Cutoffs


def scan_table(found: Cutoffs, conf_level: float) -> pd.DataFrame:
    """A line a cut-off: groups, events, hazard ratio of above against below, both P values."""
    lines = [
        (f"{row.cutoff:g}", row.n_below, row.events_below, row.n_above, row.events_above,
         hazard_ratio(row.hazard_ratio), "–" if row.p_value != row.p_value else p_value(row.p_value), p_value(row.logrank_p))
        for row in found.scan.rows
    ]  # fmt: skip
    unit = f" ({found.marker.unit})" if found.marker.unit else ""
    events = plural(found.noun).capitalize()
    columns = [f"Cut-off{unit}", "Below", f"{events} below", "Above", f"{events} above",
               f"HR ({confidence(conf_level)})", "P of the HR", "Log-rank P"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)
