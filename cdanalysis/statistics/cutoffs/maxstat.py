"""The maximally selected log-rank statistic and its P, corrected for having looked at every cut-off; as R's maxstat.

Log-rank scores a_i = event_i - sum over t_j <= t_i of event_j / (N - rank_j + 1), tied times the last rank; M = the largest
|T| over the admissible cut-offs, T standardised by the permutation mean and variance. Not survdiff's chi-square.
Lausen and Schumacher, Biometrics 1992;48:73 and Comput Stat Data Anal 1996;21:307 (their 1994 bound); Hothorn and Lausen,
Comput Stat Data Anal 2003;43:121. P is never more than 1. The interval after a search is its dual: it leaves out 1 where that
P by shuffling is small.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import comb, exp, log, pi
from statistics import NormalDist

import numpy as np
from scipy.stats import rankdata

LARGEST_EXACT = 170  # patients: beyond it R's own Hothorn-Lausen bound overflows and is NaN
BLOCK_CELLS = 2_000_000  # shuffles x patients at once
NORMAL = NormalDist()


@dataclass(frozen=True)
class MaxStat:
    """The statistic, its cut-off (low = values up to and including it), and each method's P; None where not computed.

    critical: what the statistic of a shuffled marker exceeds with the error of the confidence level: the standard errors that an
    interval after the search must reach to either side, where one without a search reaches 1.96. tests: the statistic by the
    number of patients below; largest: that of each shuffled marker, ascending.
    """

    statistic: float
    cutoff: float
    p_lausen_schumacher_92: float
    p_lausen_schumacher_94: float
    p_hothorn_lausen: float | None
    p_permutation: float | None
    critical: float | None
    tests: Mapping[int, float] = field(default_factory=dict, repr=False)
    largest: np.ndarray = field(default_factory=lambda: np.empty(0), repr=False, compare=False)

    def p_of(self, n_below: int) -> float | None:
        """P of one cut-off that allows for having looked at all: how often a shuffled marker's largest statistic reaches it."""
        if not len(self.largest) or n_below not in self.tests:
            return None
        return _share(self.largest, self.tests[n_below])


def _share(largest: np.ndarray, statistic: float) -> float:
    """How often the statistics of shuffled markers, ascending, reach one that was seen, itself counted."""
    return float(1 + len(largest) - np.searchsorted(largest, statistic - 1e-9)) / (1 + len(largest))


def logrank_scores(time: np.ndarray, event: np.ndarray) -> np.ndarray:
    """The log-rank score of every patient (n,)."""
    rank = rankdata(time, method="max").astype(int)
    steps = np.zeros(len(time) + 1)
    np.add.at(steps, rank, event / (len(time) - rank + 1))
    return event - steps.cumsum()[rank]


def admissible_sizes(values: np.ndarray, min_fraction: float) -> np.ndarray:
    """How many patients each admissible cut-off leaves below (m,); values (n,) ascending."""
    n = len(values)
    sizes = np.append(np.flatnonzero(np.diff(values)) + 1, []).astype(int)
    return sizes[(sizes >= max(1, int(n * min_fraction))) & (sizes <= int(n * (1 - min_fraction) + 1e-9))]


def maxstat(
    time: np.ndarray,
    event: np.ndarray,
    values: np.ndarray,
    *,
    min_fraction: float = 0.1,
    permutations: int = 0,
    conf_level: float = 0.95,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> MaxStat | None:
    """Over all cut-offs that leave min_fraction on both sides, None without one; time, event, values (n,), none missing."""
    order = np.argsort(values, kind="stable")
    sizes = admissible_sizes(values[order], min_fraction)
    if not len(sizes):
        return None
    scores = logrank_scores(time, event)[order]
    tests = np.abs(_standardised(scores, sizes))
    best, n = float(tests.max()), len(values)
    cutoff = float(values[order][sizes[int(np.argmax(tests >= best))] - 1])
    largest = np.sort(_shuffled(scores, sizes, permutations, seed, progress))
    p = _share(largest, best) if permutations else None
    critical = float(np.quantile(largest, conf_level, method="higher")) if permutations else None
    return MaxStat(
        statistic=best,
        cutoff=cutoff,
        p_lausen_schumacher_92=lausen_schumacher_92(best, min_fraction),
        p_lausen_schumacher_94=lausen_schumacher_94(best, n, sizes),
        p_hothorn_lausen=hothorn_lausen(scores, sizes),
        p_permutation=p,
        critical=critical,
        tests=dict(zip(sizes.tolist(), tests.tolist(), strict=True)),
        largest=largest,
    )


def _standardised(scores: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """T of each size, of scores in the order of the marker (last axis)."""
    n, total = scores.shape[-1], scores.sum(axis=-1, keepdims=True)
    variance = sizes * (n - sizes) / (n**2 * (n - 1)) * (n * (scores**2).sum(axis=-1, keepdims=True) - total**2)
    return (scores.cumsum(axis=-1)[..., sizes - 1] - sizes / n * total) / np.sqrt(variance)


def lausen_schumacher_92(b: float, min_fraction: float) -> float:
    """The improved Bonferroni-like bound for a marker without ties, from the fraction alone."""
    if b < 1:
        return 1.0
    density, low = NORMAL.pdf(b), min_fraction
    p = 4 * density / b + density * (b - 1 / b) * log((1 - low) ** 2 / low**2) if low else 1.0
    return min(max(p, 0.0), 1.0)


def lausen_schumacher_94(b: float, n: int, sizes: np.ndarray) -> float:
    """The bound of P by the cut-offs there really are; sizes (m,) ascending: how many of n each leaves below."""
    first, second = sizes[:-1], sizes[1:]
    t = np.sqrt(1 - first * (n - second) / ((n - first) * second))
    d = float((exp(-(b**2) / 2) / pi * (t - (b**2 / 4 - 1) * t**3 / 6)).sum())
    return min(max(2 * NORMAL.cdf(-b) + d, 0.0), 1.0)


def hothorn_lausen(scores: np.ndarray, sizes: np.ndarray) -> float | None:
    """The lower bound of the exact distribution, with the scores rounded to whole numbers as R does; None for many patients."""
    n = len(scores)
    if n > LARGEST_EXACT:
        return None
    whole = np.rint((scores - scores.min()) * n / max(float(np.ptp(scores)), 1e-300)).astype(int)
    whole -= whole.min()
    if not whole.any():
        return 1.0
    b = float(np.abs(_standardised(whole.astype(float), sizes)).max())
    if len(sizes) == 1:
        return None
    return _bound(whole, sizes, b)


def _bound(whole: np.ndarray, sizes: np.ndarray, b: float) -> float:
    n, total = len(whole), int(whole.sum())
    law = _law(whole)[1:n, 1:]  # row m - 1: probability of every sum 1, 2, ... of m scores
    m = np.arange(1, n)
    mean = m / n * total
    spread = np.sqrt(m * (n - m) / (n**2 * (n - 1)) * (n * (whole**2).sum() - total**2))
    away = np.abs((np.arange(1, total + 1) - mean[:, None]) / spread[:, None])
    beyond = np.where(away > b, law, 0.0)
    chance = beyond.sum(axis=1)
    for i in range(int(sizes.min()) - 1, n - 2):
        seen = np.flatnonzero(beyond[i])
        for chosen, step in ((seen[seen + 1 < mean[i]], int(whole.max())), (seen[seen + 1 > mean[i]], 0)):
            inside = chosen[chosen + step < total]
            chance[i + 1] -= beyond[i, inside[away[i + 1, inside + step] > b]].sum()
    return float(min(max(chance[sizes - 1].sum(), 0.0), 1.0))


def _law(whole: np.ndarray) -> np.ndarray:
    """Probability (n + 1, total + 1) of every sum of m of the scores drawn without replacement."""
    n, total = len(whole), int(whole.sum())
    counts = np.zeros((n + 1, total + 1))
    counts[0, 0] = 1.0
    for i, most in enumerate(whole.cumsum()):  # of the first i scores no sum is beyond theirs
        score = whole[i]
        counts[1 : i + 2, score : most + 1] += counts[: i + 1, : most + 1 - score].copy()
    return counts / np.array([float(comb(n, m)) for m in range(n + 1)])[:, None]


def _shuffled(
    scores: np.ndarray, sizes: np.ndarray, permutations: int, seed: int, progress: Callable[[int, int], None] | None
) -> np.ndarray:
    """M of each shuffled cohort (permutations,)."""
    rng, largest = np.random.default_rng(seed), np.empty(permutations)
    block = max(1, min(500, BLOCK_CELLS // len(scores)))
    for done in range(0, permutations, block):
        size = min(block, permutations - done)
        shuffled = rng.permuted(np.broadcast_to(scores, (size, len(scores))), axis=1)
        largest[done : done + size] = np.abs(_standardised(shuffled, sizes)).max(axis=1)
        if progress is not None:
            progress(done + size, permutations)
    return largest
