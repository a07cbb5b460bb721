"""Survival with its interval from the numbers at risk and of events, and the times at which it falls to a level.

Owns: Greenwood's variance; the interval log-log by default, log and plain beside; (1, 1) at S = 1; (0, 0) at S = 0,
where R prints NA - drawn, never inverted; a quantile = smallest t with S(t) <= level, R's midpoint where S is exactly
the level until a later event; its interval by inverting the band, NaN = not reached.
Kaplan and Meier, JASA 1958;53:457; Brookmeyer and Crowley, Biometrics 1982;38:29.
"""

from math import nan

import numpy as np

from cdanalysis.results import Estimate

INTERVALS = ("log-log", "log", "plain")
TOLERANCE = 1e-9  # S(t) is a product of rounded factors: 0.5 may come out as 0.5000000000000002


def survival_band(
    at_risk: np.ndarray, n_events: np.ndarray, interval: str, z: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Survival (..., t) and its limits after each of t times; the other axes run over anything."""
    at_risk, n_events = np.asarray(at_risk, float), np.asarray(n_events, float)
    left = at_risk - n_events
    survival = np.cumprod(left / np.maximum(at_risk, 1) + (at_risk == 0), axis=-1)
    greenwood = np.cumsum(n_events / np.maximum(at_risk * left, 1), axis=-1)
    return survival, *_limits(survival, np.sqrt(greenwood), interval, z)


def _limits(survival: np.ndarray, root: np.ndarray, interval: str, z: float) -> tuple[np.ndarray, np.ndarray]:
    """`root` is the standard error of log S. At S = 1 and S = 0 there is no width to transform: both limits are S."""
    inside = (survival > 0) & (survival < 1)
    safe, width = np.where(inside, survival, 0.5), z * root
    if interval == "plain":
        lower, upper = safe - width * safe, safe + width * safe
    elif interval == "log":
        lower, upper = safe * np.exp(-width), safe * np.exp(width)
    else:
        width = width / np.log(safe)  # negative, so the smaller power is the upper limit
        lower, upper = safe ** np.exp(-width), safe ** np.exp(width)
    return np.where(inside, np.clip(lower, 0, 1), survival), np.where(inside, np.clip(upper, 0, 1), survival)


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
