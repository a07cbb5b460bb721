"""A survival quantile with its interval as IBM SPSS prints it: estimate +/- 1.96 SE, symmetric, and crude.

t = smallest t with S(t) <= level; SE(t) = SE(S(t)) / f, f = (S(u) - S(l)) / (l - u), u = the last event time with
S >= level + 0.05 (time 0 where there is none), l = the first with S <= level - 0.05. Checked against SPSS 31 output.
A lower limit may be negative and is left so.
"""

from math import nan, sqrt

import numpy as np

from cdanalysis.results import Estimate
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve
from cdanalysis.statistics.curves.survival_band import TOLERANCE

BANDWIDTH = 0.05
Z = 1.96  # exactly, where SPSS's Cox intervals use 1.959964


def spss_quantile(curve: KaplanMeierCurve, level: float = 0.5) -> Estimate:
    """The time at which the curve falls to `level`; NaN where not reached, limits NaN where SPSS has no SE."""
    falls = curve.n_events > 0
    time, survival = curve.time[falls], curve.survival[falls]
    reached = np.flatnonzero(survival <= level + TOLERANCE)
    below = np.flatnonzero(survival <= level - BANDWIDTH + TOLERANCE)
    if not len(reached):
        return Estimate(nan, nan, nan)
    place, value = reached[0], float(time[reached[0]])
    if not len(below) or survival[place] <= 0:
        return Estimate(value, nan, nan)
    above = np.flatnonzero(survival >= level + BANDWIDTH - TOLERANCE)
    u, s_u = (float(time[above[-1]]), float(survival[above[-1]])) if len(above) else (0.0, 1.0)
    lower_place = below[0]
    if float(time[lower_place]) <= u:  # everything at one time, 0: no slope
        return Estimate(value, nan, nan)
    slope = (s_u - float(survival[lower_place])) / (float(time[lower_place]) - u)
    at_risk, events = curve.n_at_risk[falls][: place + 1], curve.n_events[falls][: place + 1]
    error = float(survival[place]) * sqrt(float((events / (at_risk * (at_risk - events))).sum())) / slope
    return Estimate(value, value - Z * error, value + Z * error)
