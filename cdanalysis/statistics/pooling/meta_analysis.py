"""Log ratios of several studies put together: one effect for all (fixed), or effects that differ (random), and how much they do.

The variance between studies by restricted maximum likelihood or DerSimonian and Laird's moments; the random effect's interval
by Hartung and Knapp with k - 1 degrees of freedom, as R's metafor (rma, test = "knha"). Q is Cochran's, I^2 the share of it
beyond chance (Higgins and Thompson, Stat Med 2002;21:1539). DerSimonian and Laird, Control Clin Trials 1986;7:177; Viechtbauer,
J Educ Behav Stat 2005;30:261; Hartung and Knapp, Stat Med 2001;20:3875.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, stdtr, stdtrit

from cdanalysis.results import Estimate, NotEstimable, estimated, z_value
from cdanalysis.statistics.cox.cox_result import ChiSquare, chi_square
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.statistics.time_axis import check_conf_level, numbers, one_of

BETWEEN = ("reml", "dl")
MOST_STEPS, CLOSE = 500, 1e-14


@dataclass(frozen=True, eq=False)
class Pooled:
    """Ratios, not their logarithms. random: Hartung and Knapp's interval, by_normal: the usual one, often too narrow.

    prediction: where the ratio of another such study is expected; tau_squared: variance of the log ratios between studies.
    weights (k,), of the random effect, sum to 1. test: Cochran's Q, i_squared from it, 0 to 1.
    """

    n: int
    fixed: Estimate
    fixed_p: float
    random: Estimate
    random_p: float
    by_normal: Estimate
    prediction: Estimate
    tau_squared: float
    test: ChiSquare
    i_squared: float
    weights: np.ndarray
    between: str


def meta_analysis(
    log_ratio: ArrayLike, standard_error: ArrayLike, *, between: str = "reml", conf_level: float = 0.95
) -> Pooled | NotEstimable:
    """Put the ratios of several studies together: as one effect, and as effects that differ.

    log_ratio (k,): the natural logarithm of each study's ratio; standard_error (k,): of that logarithm, more than 0. between:
    how the variance between studies is estimated, "reml" or "dl" (DerSimonian and Laird). The result holds ratios again.
    NotEstimable for fewer than two. Raises ValueError for an argument that is not as said.
    """
    y, se = numbers("log_ratio", log_ratio), np.asarray(standard_error, float)
    numbers("standard_error", se, len(y))
    one_of("between", between, BETWEEN)
    check_conf_level(conf_level)
    if (se <= 0).any():
        raise ValueError(f"standard_error holds {se.min():g}, expected more than 0")
    if len(y) < 2:
        return NotEstimable("fewer than two ratios can be put together")
    v = se**2
    tau = {"dl": _moments, "reml": _restricted}[between](y, v)
    if isinstance(tau, NotEstimable):
        return tau
    return _pooled(y, v, tau, between, conf_level)


def put_together(
    ratios: Iterable[tuple[float, float] | NotEstimable], *, between: str = "reml", conf_level: float = 0.95
) -> Pooled | NotEstimable:
    """`meta_analysis` of log ratios with their errors, as `log_ratio_of` gives them, without those that it could not give."""
    known = np.array(estimated(ratios)).reshape(-1, 2)
    return meta_analysis(known[:, 0], known[:, 1], between=between, conf_level=conf_level)


def _pooled(y: np.ndarray, v: np.ndarray, tau: float, between: str, conf_level: float) -> Pooled:
    z, k = z_value(conf_level), len(y)
    t = float(stdtrit(k - 1, 0.5 + conf_level / 2))
    (one, one_error), (mean, error) = _weighted(y, 1 / v), _weighted(y, 1 / (v + tau))
    weights = 1 / (v + tau)
    knapp = sqrt(float((weights * (y - mean) ** 2).sum()) / (k - 1) / weights.sum())
    q = float(((y - one) ** 2 / v).sum())
    return Pooled(
        n=k,
        fixed=wald_ratio(one, one_error, z),
        fixed_p=wald_p(one, one_error),
        random=wald_ratio(mean, knapp, t),
        random_p=float(2 * stdtr(k - 1, -abs(mean / knapp))) if knapp > 0 else float("nan"),
        by_normal=wald_ratio(mean, error, z),
        prediction=wald_ratio(mean, sqrt(knapp**2 + tau), t),
        tau_squared=tau,
        test=chi_square(q, k - 1),
        i_squared=max(0.0, 1 - (k - 1) / q) if q > 0 else 0.0,
        weights=weights / weights.sum(),
        between=between,
    )


def _weighted(y: np.ndarray, w: np.ndarray) -> tuple[float, float]:
    """The weighted mean and its error."""
    return float((w * y).sum() / w.sum()), 1 / sqrt(w.sum())


def _moments(y: np.ndarray, v: np.ndarray) -> float:
    """DerSimonian and Laird's variance between studies."""
    w = 1 / v
    mean, _ = _weighted(y, w)
    q = float((w * (y - mean) ** 2).sum())
    return max(0.0, (q - (len(y) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))


def _restricted(y: np.ndarray, v: np.ndarray) -> float | NotEstimable:
    """The variance that maximises the restricted likelihood, by Fisher's scoring from the moments; no less than 0."""
    tau = _moments(y, v)
    for _ in range(MOST_STEPS):
        w = 1 / (v + tau)
        p = np.diag(w) - np.outer(w, w) / w.sum()
        projected = p @ y
        step = float(projected @ projected - np.trace(p)) / float((p * p).sum())
        before, tau = tau, max(tau + step, 0.0)
        if abs(tau - before) <= CLOSE * (1 + tau):
            return tau
    return NotEstimable("the variance between the studies could not be found")


def log_ratio_of(ratio: Estimate, conf_level: float = 0.95) -> tuple[float, float] | NotEstimable:
    """The log of a printed ratio and its standard error, from the width of its interval on the log scale."""
    if not 0 < ratio.lower < ratio.upper < inf:
        return NotEstimable("its limits are no interval of a ratio")
    return log(ratio.value), log(ratio.upper / ratio.lower) / (2 * z_value(conf_level))


def wald_p(log_ratio: float, error: float) -> float:
    """The two-sided P of a log ratio with its standard error."""
    return float(chdtrc(1, (log_ratio / error) ** 2))
