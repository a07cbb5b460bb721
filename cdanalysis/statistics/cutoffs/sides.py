"""The side of a cut-off (`results.is_above`) counted over sorted values: how many are below, how many cut-offs are passed."""

import numpy as np
from numpy.typing import ArrayLike


def n_below(ordered: ArrayLike, cutoffs: ArrayLike, side: str) -> np.ndarray:
    """How many of the ascending values are not above each cut-off."""
    return np.searchsorted(np.asarray(ordered), cutoffs, "right" if side == ">" else "left")


def n_passed(cutoffs: ArrayLike, values: ArrayLike, side: str) -> np.ndarray:
    """How many of the ascending cut-offs each value is above."""
    return np.searchsorted(np.asarray(cutoffs), values, "left" if side == ">" else "right")
