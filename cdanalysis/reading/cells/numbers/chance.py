"""Whether a number stands in a column more often than chance lets it among its neighbours: 999 four times, every other one once."""

from math import exp, factorial

import numpy as np

AROUND = (0.1, 0.25)  # of the number: its neighbours, of which the denser count
DECIMAL = 0.1  # the step of a column with decimals
MOST = 100  # times
LEAST_LIKELY = 0.001
FEWEST = 10  # different neighbours anywhere in the column


def is_beyond_chance(value: float, n: int, others: np.ndarray, counts: np.ndarray) -> bool:
    """Whether n times a value, and more than each other, is too often for how densely the others lie around it.

    others, counts: the different other values, and how often each stands. The chance is Poisson's, of the neighbours' density.
    """
    if len(others) < FEWEST or n <= counts.max():
        return False
    if not others.min() < value < others.max():
        return False
    expected = max(_density(value, part, others, counts) for part in AROUND)
    less = sum(expected**k / factorial(k) for k in range(min(int(n), MOST)))
    return 1 - exp(-expected) * less < LEAST_LIKELY


def _density(value: float, part: float, others: np.ndarray, counts: np.ndarray) -> float:
    """How many of the other values each step around a value holds, one more than there are."""
    first, last = max(value * (1 - part), others.min()), min(value * (1 + part), others.max())
    step = DECIMAL if (others % 1).any() else 1.0
    near = counts[(others >= first) & (others <= last)].sum()
    return float(near + 1) / max((last - first) / step, 1.0)
