"""A ratio with its limits from a coefficient on the log scale, within what a number can hold.

A covariate measured in a unit far too large for its values has a ratio per unit beyond any number: ratio and limits then
stand at 1e300 or its inverse, and the model says so among its cautions.
"""

from math import exp, log

import numpy as np

from cdanalysis.results import Estimate

FARTHEST = log(1e300)  # of a log ratio


def exp_within(log_ratio: np.ndarray | float) -> np.ndarray:
    """exp of each, within FARTHEST; NaN stays."""
    return np.exp(np.clip(log_ratio, -FARTHEST, FARTHEST))


def wald_ratio(coef: float, error: float, z: float) -> Estimate:
    """The ratio and its Wald limits of a log ratio with its standard error."""
    return Estimate(*(exp(min(max(end, -FARTHEST), FARTHEST)) for end in (coef, coef - z * error, coef + z * error)))
