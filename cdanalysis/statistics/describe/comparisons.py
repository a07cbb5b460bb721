"""Describing a variable and comparing it between groups: percentiles, the test that fits it, the standardised difference.

Owns: percentiles of type 7 (R) or type 6 (SPSS HAVERAGE); Pearson's chi-square without continuity correction, Fisher's
exact test where an expected count is below 5 (2 x 2) or in more than a fifth of the cells (larger tables, Cochran). Where every
group may be normal (Shapiro-Wilk P >= 0.05) two means by Welch's t ("spss": Student's), more by ANOVA; else two groups by
Mann-Whitney, exact as in R where both have fewer than 50 patients and no value occurs twice ("spss": never), otherwise by its
normal approximation without continuity correction, more groups by Kruskal-Wallis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import Any, Literal

import numpy as np
from scipy import stats
from scipy.stats import false_discovery_control

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.describe.fisher import fisher_exact_p
from cdanalysis.statistics.time_axis import one_of

PERCENTILES: dict[str, Literal["linear", "weibull"]] = {"r": "linear", "spss": "weibull"}
NORMAL_P = 0.05
FEW_EXPECTED = 5
FEW_CELLS = 0.2
LEAST_APPROXIMATE = 50  # patients of a group, from where R approximates a rank test


@dataclass(frozen=True)
class Description:
    """A number's distribution in one group; sd is NaN for one patient, everything for none."""

    n: int
    n_missing: int
    mean: float
    sd: float
    median: float
    lower_quartile: float
    upper_quartile: float


@dataclass(frozen=True)
class Comparison:
    """A test between groups: its name, statistic (NaN where it has none) and P; printed: every test that SPSS prints, by name."""

    test: str
    statistic: float
    p_value: float
    printed: tuple[tuple[str, float], ...] = ()


def quantiles(values: np.ndarray, probabilities: Sequence[float], convention: str = "r") -> tuple[float, ...]:
    """Percentiles of the values known, by the convention "r" (type 7) or "spss" (type 6); NaN for none."""
    known = values[~np.isnan(values)]
    if not len(known):
        return (nan,) * len(probabilities)
    return tuple(float(q) for q in np.quantile(known, probabilities, method=PERCENTILES[convention]))


def describe(values: np.ndarray, convention: str = "r") -> Description:
    """Mean, standard deviation, median and quartiles of values (n,), NaN where missing."""
    known = values[~np.isnan(values)]
    n = len(known)
    q1, median, q3 = quantiles(values, (0.25, 0.5, 0.75), convention)
    mean, sd = float(known.mean()) if n else nan, float(known.std(ddof=1)) if n > 1 else nan
    return Description(n, len(values) - n, mean, sd, median, q1, q3)


def is_normal(samples: Sequence[np.ndarray]) -> bool:
    """Whether no sample contradicts a normal distribution (Shapiro-Wilk), each of 3 different values or more."""
    return all(len(np.unique(one)) >= 3 and stats.shapiro(one).pvalue >= NORMAL_P for one in samples)


def compare_numbers(samples: Sequence[np.ndarray], convention: str = "r") -> Comparison | NotEstimable:
    """Compare a number between two or more groups, by means or by ranks as the distributions allow and R or "spss" does."""
    known = [one[~np.isnan(one)] for one in samples]
    filled = [one for one in known if len(one)]
    if len(filled) < 2 or len(filled) < len(samples):
        return NotEstimable("a group has no measurement")
    if len(np.unique(np.concatenate(filled))) < 2:
        return NotEstimable("every patient has the same value")
    name, found = _by_means(filled, convention) if is_normal(filled) else _by_ranks(filled, convention)
    return Comparison(name, float(found.statistic), float(found.pvalue))


def _by_means(samples: Sequence[np.ndarray], convention: str) -> tuple[str, Any]:
    if len(samples) > 2:
        return "ANOVA", stats.f_oneway(*samples)
    pooled = convention == "spss"
    return "Student t" if pooled else "Welch t", stats.ttest_ind(*samples, equal_var=pooled)


def _by_ranks(samples: Sequence[np.ndarray], convention: str) -> tuple[str, Any]:
    if len(samples) > 2:
        return "Kruskal-Wallis", stats.kruskal(*samples)
    first, second = samples
    values = np.concatenate(samples)
    small = max(map(len, samples)) < LEAST_APPROXIMATE and len(np.unique(values)) == len(values)
    if small and convention != "spss":
        return "Mann-Whitney (exact)", stats.mannwhitneyu(first, second, method="exact")
    return "Mann-Whitney", stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic")


def compare_counts(table: np.ndarray, convention: str = "r") -> Comparison | NotEstimable:
    """Compare categories (rows) between groups (columns) by their counts; "spss" prints three tests of a 2 x 2 table."""
    table = np.asarray(table)
    if (table.sum(axis=0) == 0).any() or table.shape[1] < 2:
        return NotEstimable("a group has no patient")
    table = table[table.sum(axis=1) > 0]
    if len(table) < 2:
        return NotEstimable("every patient is in the same category")
    expected = stats.contingency.expected_freq(table)
    few = (expected < FEW_EXPECTED).mean()
    printed = _three_tests(table) if convention == "spss" and table.shape == (2, 2) else ()
    if few > (0 if table.shape == (2, 2) else FEW_CELLS):
        p, simulated = fisher_exact_p(table)
        name = "Fisher exact" if table.shape == (2, 2) else "Fisher-Freeman-Halton"
        return Comparison(f"{name} (simulated)" if simulated else name, nan, p, printed)
    found = stats.chi2_contingency(table, correction=False)
    return Comparison("chi-square", float(found.statistic), float(found.pvalue), printed)


def _three_tests(table: np.ndarray) -> tuple[tuple[str, float], ...]:
    """What SPSS prints under every 2 x 2 table."""
    plain, corrected = (float(stats.chi2_contingency(table, correction=one).pvalue) for one in (False, True))
    return ("Pearson", plain), ("continuity corrected", corrected), ("Fisher exact", fisher_exact_p(table)[0])


def smd_numbers(one: np.ndarray, other: np.ndarray) -> float:
    """Standardised mean difference of two groups, (n,) and (m,), without the NaN of either; NaN where neither varies."""
    a, b = (values[~np.isnan(values)] for values in (one, other))
    if min(len(a), len(b)) < 2:
        return nan
    spread = sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    return abs(float(a.mean() - b.mean())) / spread if spread else nan


def smd_counts(one: np.ndarray, other: np.ndarray) -> float:
    """Standardised difference of k categories, by counts (k,); NaN where it is not defined.

    Yang and Dalton, SAS Global Forum 2012;335.
    """
    if one.sum() == 0 or other.sum() == 0:
        return nan
    present = (one + other) > 0
    p, q = (counts[present][1:] / counts.sum() for counts in (one, other))
    if not len(p):
        return 0.0
    spread = (_covariance(p) + _covariance(q)) / 2
    if np.linalg.matrix_rank(spread) < len(p):
        return nan
    return sqrt(float((p - q) @ np.linalg.solve(spread, p - q)))


def _covariance(p: np.ndarray) -> np.ndarray:
    return np.diag(p) - np.outer(p, p)


CORRECTIONS = ("holm", "bh", "none")


def corrected(p_values: Sequence[float], correction: str) -> tuple[float, ...]:
    """The P values (m,) corrected for how many there are, in their order; a NaN is not counted and stays. As R's p.adjust.

    correction: "holm" (family-wise error; Holm, Scand J Stat 1979;6:65), "bh" (false discovery rate; Benjamini and Hochberg,
    JRSSB 1995;57:289) or "none". Raises ValueError of another one.
    """
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
