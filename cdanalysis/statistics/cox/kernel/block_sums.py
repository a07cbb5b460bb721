"""Sums from a place to the end of a long axis, in blocks: what large risk sets are made of."""

from collections.abc import Callable

import numpy as np

BLOCK = 32
TRIANGLE = np.tril(np.ones((BLOCK, BLOCK)))


def filled_up(values: np.ndarray, rest: Callable[[int], np.ndarray]) -> np.ndarray:
    """Values (n,) up to whole blocks, one place at least beyond the last; `rest(size)` says what stands there."""
    n = len(values)
    filled = rest((n // BLOCK + 1) * BLOCK).astype(values.dtype)
    filled[:n] = values
    return filled


def sums_from(values: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Sums of the last axis (whole blocks) of values (..., n) from each start (m,) to the end: (..., m).

    From the end: late risk sets are small, and a difference of two large sums would lose their digits. Within a block by
    one product with a triangle: a running sum costs many times as much a number.
    """
    blocks = values.reshape(-1, BLOCK) @ TRIANGLE
    whole = blocks.reshape(*values.shape[:-1], -1, BLOCK)[..., 0]
    later = np.zeros_like(whole)
    later[..., :-1] = whole[..., :0:-1].cumsum(-1)[..., ::-1]
    return np.take(blocks.reshape(values.shape), start, axis=-1) + np.take(later, start // BLOCK, axis=-1)
