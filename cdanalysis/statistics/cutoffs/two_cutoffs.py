"""Two cut-offs of one marker: the log-rank scores of three groups at every admissible pair, and P corrected for the search.

Q = (n - 1) sum over groups of n_g (mean score - overall mean)^2 / sum (score - overall mean)^2, a chi-square on 2 degrees of
freedom for a pair chosen beforehand; with one cut-off it is the square of maxstat's statistic. The P of the largest Q comes
from shuffling the marker. Scores: Hothorn and Lausen, Comput Stat Data Anal 2003;43:121.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cutoffs.maxstat import logrank_scores
from cdanalysis.statistics.cutoffs.sides import n_below
from cdanalysis.statistics.time_axis import Observed

BLOCK_CELLS = 4_000_000  # shuffles x pairs at once
MOST_CUTOFFS = 80  # of a register, evenly spaced ones of the admissible


@dataclass(frozen=True, eq=False)
class TwoCutoffs:
    """Pairs (lower, upper) of cut-offs (P,): their statistic and its P alone, and the P of the largest, corrected.

    sizes (P, 3): patients in the low, the middle and the high group.
    """

    lower: np.ndarray
    upper: np.ndarray
    sizes: np.ndarray
    statistic: np.ndarray
    p_corrected: float
    permutations: int
    side: str

    @property
    def p_value(self) -> np.ndarray:
        """P of each pair as if it had been the only one (P,)."""
        return chdtrc(2, self.statistic)

    @property
    def best(self) -> int:
        """The place of the pair with the largest statistic."""
        return int(np.argmax(self.statistic))


def two_cutoffs(
    data: Observed,
    marker: np.ndarray,
    *,
    side: str = ">",
    min_fraction: float = 0.1,
    permutations: int = 2000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> TwoCutoffs | NotEstimable:
    """Every pair of distinct values that leaves min_fraction of the patients in each of three groups; none missing.

    permutations: shuffles for the corrected P, `seed` their seed; progress(done, total).
    """
    if not data.event.any():
        return NotEstimable("no event was observed")
    order = np.argsort(marker, kind="stable")
    cuts, below = _cutoffs(marker[order], side, max(1, int(len(marker) * min_fraction)))
    pairs = _pairs(below, len(marker), min_fraction)
    if not len(pairs):
        return NotEstimable(f"no two cut-offs leave {min_fraction:.0%} of the patients in each of three groups")
    first, last = below[pairs[:, 0]], below[pairs[:, 1]]
    scores = logrank_scores(data.time, data.event.astype(float))
    centred = (scores - scores.mean())[order]
    spread = float((centred**2).sum()) / (len(marker) - 1)
    if spread < 1e-12:
        return NotEstimable("every patient has the same log-rank score")
    statistic = _quadratic(centred, first, last) / spread
    p = _permutation_p(centred, first, last, float(statistic.max()) * spread, permutations, seed, progress)
    sizes = np.column_stack([first, last - first, len(marker) - last])
    return TwoCutoffs(cuts[pairs[:, 0]], cuts[pairs[:, 1]], sizes, statistic, p, permutations, side)


def _cutoffs(values: np.ndarray, side: str, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Cut-offs and how many patients each leaves below; values sorted."""
    cuts = np.unique(values)
    below = n_below(values, cuts, side)
    inside = np.flatnonzero((below >= least) & (len(values) - below >= least))
    if len(inside) > MOST_CUTOFFS:
        inside = inside[np.linspace(0, len(inside) - 1, MOST_CUTOFFS).round().astype(int)]
    return cuts[inside], below[inside]


def _pairs(below: np.ndarray, n: int, min_fraction: float) -> np.ndarray:
    """Places (P, 2) of cut-offs with enough patients between them."""
    first, last = np.triu_indices(len(below), 1)
    enough = below[last] - below[first] >= max(1, int(n * min_fraction))
    return np.column_stack([first, last])[enough]


def _quadratic(centred: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """sum n_g mean_g^2 of centred scores in the order of the marker (..., n), for every pair (..., P)."""
    total = centred.cumsum(axis=-1)
    low, up_to = total[..., first - 1], total[..., last - 1]
    n = centred.shape[-1]
    return low**2 / first + (up_to - low) ** 2 / (last - first) + up_to**2 / (n - last)


def _permutation_p(
    centred: np.ndarray, first: np.ndarray, last: np.ndarray, largest: float, permutations: int, seed: int,
    progress: Callable[[int, int], None] | None,
) -> float:  # fmt: skip
    """Share of shuffled cohorts, the observed one among them, whose largest statistic is as large."""
    rng, as_large, done = np.random.default_rng(seed), 0, 0
    size = max(1, BLOCK_CELLS // max(len(first), len(centred)))
    while done < permutations:
        block = min(size, permutations - done)
        shuffled = rng.permuted(np.broadcast_to(centred, (block, len(centred))), axis=1)
        as_large += int((_quadratic(shuffled, first, last).max(axis=1) >= largest * (1 - 1e-12)).sum())
        done += block
        if progress is not None:
            progress(done, permutations)
    return (1 + as_large) / (1 + permutations)
