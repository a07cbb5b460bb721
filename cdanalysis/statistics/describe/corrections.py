"""P values corrected for how many there are: Holm (family-wise error) and Benjamini-Hochberg (false discovery rate).

Holm, Scand J Stat 1979;6:65; Benjamini and Hochberg, JRSSB 1995;57:289. As R's p.adjust; a NaN is not counted and stays.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import false_discovery_control

from cdanalysis.statistics.time_axis import one_of

CORRECTIONS = ("holm", "bh", "none")


def corrected(p_values: Sequence[float], correction: str) -> tuple[float, ...]:
    """The P values (m,) corrected, in their order; correction: "holm", "bh" or "none"."""
    one_of("correction", correction, CORRECTIONS)
    values = np.asarray(p_values, float)
    known = ~np.isnan(values)
    if correction == "bh" and known.any():
        values[known] = false_discovery_control(values[known])
    elif correction == "holm" and known.any():
        order = np.argsort(values[known], kind="stable")
        steps = values[known][order] * np.arange(known.sum(), 0, -1)
        values[np.flatnonzero(known)[order]] = np.minimum(np.maximum.accumulate(steps), 1)
    return tuple(values.tolist())
