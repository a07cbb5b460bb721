"""Survival with its interval from the numbers at risk and of events, and the times at which it falls to a level.

Owns: Greenwood's variance; the interval log-log by default, log and plain beside; (1, 1) at S = 1; (0, 0) at S = 0,
where R prints NA - drawn, never inverted; a quantile = smallest t with S(t) <= level, R's midpoint where S is exactly
the level until a later event; its interval by inverting the band, NaN = not reached.
Kaplan and Meier, JASA 1958;53:457; Brookmeyer and Crowley, Biometrics 1982;38:29.
"""

from collections.abc import Callable
from math import nan

import numpy as np

from cdanalysis.results import Estimate

TOLERANCE = 1e-9  # S(t) is a product of rounded factors: 0.5 may come out as 0.5000000000000002

# From a probability within (0, 1) and z standard errors of its logarithm to the limits.
_SCALES: dict[str, Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]] = {
    "log-log": lambda p, width: (p ** np.exp(-width / np.log(p)), p ** np.exp(width / np.log(p))),
    "log": lambda p, width: (p * np.exp(-width), p * np.exp(width)),
    "plain": lambda p, width: (p - width * p, p + width * p),
}
INTERVALS = tuple(_SCALES)


def survival_band(
    at_risk: np.ndarray, n_events: np.ndarray, interval: str, z: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Survival (..., t) and its limits after each of t times; the other axes run over anything."""
    at_risk, n_events = np.asarray(at_risk, float), np.asarray(n_events, float)
    left = at_risk - n_events
    survival = np.cumprod(left / np.maximum(at_risk, 1) + (at_risk == 0), axis=-1)
    greenwood = np.cumsum(n_events / np.maximum(at_risk * left, 1), axis=-1)
    return survival, *limits(survival, np.sqrt(greenwood), interval, z)


def limits(probability: np.ndarray, error: np.ndarray, interval: str, z: float) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper limit of probabilities, within 0 and 1; error: the standard error of log p, of the same shape.

    interval: one of INTERVALS. At 0 and at 1 there is no width to transform: both limits are p.
    """
    # A sum of jumps that reached 1 may lack the last digit.
    inside = (probability > 0) & (probability < 1 - TOLERANCE) & (error > 0)
    ends = np.clip(_SCALES[interval](np.where(inside, probability, 0.5), z * error), 0, 1)
    lower, upper = np.where(inside, ends, probability)
    return lower, upper


def falls_to(time: np.ndarray, survival: np.ndarray, lower: np.ndarray, upper: np.ndarray, level: float) -> Estimate:
    """The time at which survival falls to `level` (0.5: the median) and its interval; all arrays (J,)."""
    banded = survival > TOLERANCE
    limits = (_crossing(time[banded], limit[banded], level) for limit in (lower, upper))
    return Estimate(_crossing(time, survival, level), *limits)


def _crossing(time: np.ndarray, curve: np.ndarray, level: float) -> float:
    reached = np.flatnonzero(curve <= level + TOLERANCE)
    if not len(reached):
        return nan
    first = reached[0]
    later = np.flatnonzero(curve < level - TOLERANCE)
    if abs(curve[first] - level) <= TOLERANCE and len(later):
        return float(time[first] + time[later[0]]) / 2
    return float(time[first])
