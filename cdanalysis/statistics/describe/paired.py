"""Before and after in the same patients: paired t, Wilcoxon's signed-rank test, the Hodges-Lehmann shift.

Differences are rounded to 10 digits first, or binary noise breaks their ties (R and scipy rank the noise); zeros are
dropped (Wilcoxon 1945). Exact with ties by counting every sign pattern; the shift's interval is exact wherever that P is: the
ordered pairwise means at the quantile of the rank sum (ties make it no shorter than its level). "spss" prints both by the normal
approximation. Hodges and Lehmann, Ann Math Stat 1963;34:598.
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy import stats

from cdanalysis.results import Estimate, NotEstimable, z_value

DIGITS = 10
MOST_EXACT = 400  # pairs; beyond it the normal approximation differs in no printed digit


@dataclass(frozen=True)
class Paired:
    """Pairs with both values: means, SDs, and the tests of no change; shift = after - before."""

    n: int
    n_missing: int
    mean_before: float
    sd_before: float
    mean_after: float
    sd_after: float
    mean_change: Estimate
    t_p: float
    wilcoxon_p: float
    shift: Estimate


def paired(
    before: np.ndarray, after: np.ndarray, *, conf_level: float = 0.95, convention: str = "r"
) -> Paired | NotEstimable:
    """Compare before with after (n,), NaN where missing; a pair with one missing value is left out and counted.

    convention: "r", or "spss" for its asymptotic P and interval of ranks.
    """
    known = ~(np.isnan(before) | np.isnan(after))
    a, b = before[known], after[known]
    n = len(a)
    if n < 2:
        return NotEstimable("fewer than two patients were measured before and after")
    change = np.round(b - a, DIGITS)
    t_p = float(stats.ttest_rel(a, b).pvalue) if change.std() > 0 else nan
    exact = convention != "spss"
    return Paired(
        n=n,
        n_missing=len(before) - n,
        mean_before=float(a.mean()),
        sd_before=float(a.std(ddof=1)),
        mean_after=float(b.mean()),
        sd_after=float(b.std(ddof=1)),
        mean_change=mean_with_interval(change, conf_level=conf_level),
        t_p=t_p,
        wilcoxon_p=signed_rank_p(change, exact=exact),
        shift=hodges_lehmann(change, conf_level=conf_level, exact=exact),
    )


def mean_with_interval(values: np.ndarray, *, conf_level: float = 0.95) -> Estimate:
    """Mean of the values (n,) that are known and its t interval; NaN limits of one value, all NaN of none."""
    known = values[~np.isnan(values)]
    n = len(known)
    mean = float(known.mean()) if n else nan
    half = float(stats.t.ppf(0.5 + conf_level / 2, n - 1) * known.std(ddof=1) / sqrt(n)) if n > 1 else nan
    return Estimate(mean, mean - half, mean + half)


def signed_rank_p(change: np.ndarray, *, exact: bool = True) -> float:
    """Two-sided P of Wilcoxon's signed-rank test of change (n,), exact with ties or by approximation; 1 where nothing changed."""
    nonzero = change[change != 0]
    if not len(nonzero):
        return 1.0
    ranks = stats.rankdata(np.abs(nonzero))
    positive, total = ranks[nonzero > 0].sum(), ranks.sum()
    if not exact or len(nonzero) > MOST_EXACT:
        z = (positive - total / 2) / sqrt((ranks**2).sum() / 4)
        return float(2 * stats.norm.sf(abs(z)))
    law = _law(np.rint(2 * ranks).astype(int))
    low = int(np.rint(2 * min(positive, total - positive)))
    return float(min(1.0, 2 * law[: low + 1].sum()))


def _law(ranks: np.ndarray) -> np.ndarray:
    """Probability of every sum of whole-numbered ranks when each sign is a coin's."""
    law = np.zeros(int(ranks.sum()) + 1)
    law[0] = 1.0
    for rank in ranks:
        moved = np.zeros_like(law)
        moved[rank:] = law[:-rank]
        law = (law + moved) / 2
    return law


def hodges_lehmann(change: np.ndarray, *, conf_level: float = 0.95, exact: bool = True) -> Estimate:
    """Median of the pairwise means of the changes (n,); interval by the signed-rank test inverted, exact or by approximation.

    Its limits are NaN where so few pairs cannot reach the confidence level.
    """
    n = len(change)
    first, second = np.triu_indices(n)
    means = np.sort((change[first] + change[second]) / 2)
    k = _place_of_limit(n, conf_level, exact and n <= MOST_EXACT)
    reached = k >= 0 and 2.0 ** (1 - n) <= 1 - conf_level
    limits = (float(means[k]), float(means[len(means) - 1 - k])) if reached else (nan, nan)
    return Estimate(float(np.median(means)), *limits)


def _place_of_limit(n: int, conf_level: float, exact: bool) -> int:
    """How many of the ordered means lie below the lower limit; negative where none does."""
    if exact:  # R's qsignrank less 1: the largest rank sum whose tail is less than half of what is left out
        tail = _law(np.arange(1, n + 1)).cumsum()
        return int(np.searchsorted(tail, (1 - conf_level) / 2 * (1 - 1e-12), "left")) - 1
    spread = z_value(conf_level) * sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return int(np.floor(n * (n + 1) / 4 - spread))
