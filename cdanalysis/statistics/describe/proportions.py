"""Shares and rates with their intervals: Wilson's, exact (Clopper and Pearson), events per unit of time, also by patient.

Wilson, JASA 1927;22:209; Clopper and Pearson, Biometrika 1934;26:404; exact Poisson limits: Garwood, Biometrika 1936;28:437;
robust to several events of a patient: Lin, Wei, Yang and Ying, JRSSB 2000;62:711, as R's vcovHC(type = "HC1") of a Poisson model.
"""

from math import log, nan, sqrt

from numpy.typing import ArrayLike
from scipy.special import betaincinv
from scipy.stats import chi2

from cdanalysis.results import Estimate, z_value
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.statistics.time_axis import check_conf_level, numbers


def wilson(k: int, n: int, *, conf_level: float = 0.95) -> Estimate:
    """k of n with Wilson's score interval, as fractions; NaN for nobody."""
    _check(k, n, conf_level)
    if n == 0:
        return Estimate(nan, nan, nan)
    z2, share = z_value(conf_level) ** 2, k / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Estimate(share, max(0.0, middle - half) if k else 0.0, min(1.0, middle + half) if k < n else 1.0)


def exact_interval(k: int, n: int, *, conf_level: float = 0.95) -> Estimate:
    """k of n with the exact interval of Clopper and Pearson, as fractions; NaN for nobody."""
    _check(k, n, conf_level)
    if n == 0:
        return Estimate(nan, nan, nan)
    tail = (1 - conf_level) / 2
    lower = float(betaincinv(k, n - k + 1, tail)) if k else 0.0
    upper = float(betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
    return Estimate(k / n, lower, upper)


def rate(n_events: int, time: float, *, per: float = 1.0, conf_level: float = 0.95) -> Estimate:
    """Events per `per` units of time at risk with exact Poisson limits; NaN where nobody was at risk."""
    check_conf_level(conf_level)
    if time <= 0:
        return Estimate(nan, nan, nan)
    tail = (1 - conf_level) / 2
    lower = chi2.ppf(tail, 2 * n_events) / 2 if n_events else 0.0
    upper = chi2.ppf(1 - tail, 2 * n_events + 2) / 2
    return Estimate(*(float(count) * per / time for count in (n_events, lower, upper)))


def rate_by_patient(n_events: ArrayLike, time: ArrayLike, *, per: float = 1.0, conf_level: float = 0.95) -> Estimate:
    """Events per time with limits that do not take a patient's events for independent; n_events, time (n,) of each patient.

    Robust standard error of the logarithm, with n / (n - 1); NaN limits without an event or for a single patient.
    """
    check_conf_level(conf_level)
    events, at_risk = numbers("n_events", n_events), numbers("time", time)
    total, whole, n = float(events.sum()), float(at_risk.sum()), len(events)
    if whole <= 0:
        return Estimate(nan, nan, nan)
    if not total or n < 2:
        return Estimate(total * per / whole, nan, nan)
    residuals = events - at_risk * total / whole
    error = sqrt(n / (n - 1) * float((residuals**2).sum())) / total
    return wald_ratio(log(total * per / whole), error, z_value(conf_level))


def _check(k: int, n: int, conf_level: float) -> None:
    check_conf_level(conf_level)
    if not 0 <= k <= n:
        raise ValueError(f"k is {k} of {n}, expected 0 to {n}")
