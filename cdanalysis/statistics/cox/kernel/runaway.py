"""Which estimates of a Cox model are infinite: the columns along which the likelihood rises for ever.

Along such a direction every Newton step is as long as the last one while the information vanishes; at a finite estimate
the steps shrink and the information stays, however little it was at b = 0. A column of the inverse information is then
the direction, so columns that separate the patients only together are all found.
"""

import numpy as np

LEAST_INFORMATION = 1e-3  # of what a column said at b = 0 beside the others, or of one event: below it is watched
CLEAR = (1e5, 1e9)  # how many times less information: the direction shows, and is not yet rounding
STEADY = 2.0  # times as long or as short as the one before: an infinite estimate's step
WITHIN = 1e-4  # of the column's own move: what moves less does not go along
LONGER = 6.0  # steps in one along an infinite estimate, where each alone gains one unit


class Runaways:
    """Of the models still iterated: which columns (K, p) have been seen to be infinite, and where each one is heading."""

    def __init__(self, step: np.ndarray, inverse: np.ndarray, informed: np.ndarray) -> None:
        """The first step, the inverse information at b = 0 and which columns it informs about."""
        self.infinite, self._heading = np.zeros_like(informed), np.zeros_like(informed)
        self._informed, self._before = informed, step
        self._watched = np.maximum(_spread(inverse), 1.0)

    def follow(
        self, newton: np.ndarray, inverse: np.ndarray, informed: np.ndarray, better: np.ndarray, ends: np.ndarray
    ) -> np.ndarray:
        """Note where the models are heading; what to add to the Newton step where an estimate is infinite.

        better (K,): the last step was an ascent; ends (K,): no further step is made.
        """
        fall = np.where(informed, _spread(inverse), 0.0) / self._watched
        size, before = np.abs(newton), np.abs(self._before)
        steady = better[:, None] & (size * STEADY > before) & (size < before * STEADY)
        lost = steady & (fall >= 1 / LEAST_INFORMATION)
        gone = self._informed & ~informed & better[:, None]
        if lost.any() or gone.any():
            self._heading |= _together(inverse, lost & (fall >= CLEAR[0]) & (fall < CLEAR[1]))
            self.infinite |= gone | (self._heading & (gone.any(axis=1) | (lost.any(axis=1) & ends))[:, None])
        self._informed = self._informed & (informed | ~better[:, None])
        self._before = np.where(better[:, None], newton, self._before)
        return _further(newton, inverse, np.where(lost, fall, 0.0))

    def keep(self, goes: np.ndarray) -> None:
        """Go on with these models only."""
        for name, value in vars(self).items():
            setattr(self, name, value[goes])


def _spread(inverse: np.ndarray) -> np.ndarray:
    return inverse.diagonal(axis1=1, axis2=2)


def _together(inverse: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The columns (K, p) that move where one of the chosen does, itself among them."""
    moves = np.abs(inverse) > WITHIN * _spread(inverse)[:, None]
    return np.any(moves & chosen[:, None], axis=2)


def _further(newton: np.ndarray, inverse: np.ndarray, fall: np.ndarray) -> np.ndarray:
    """What a step gains along the worst infinite estimate, the other columns following as its column of the inverse says.

    They may belong to the same direction, and a step of theirs that is as long as it would leave the ridge.
    """
    every, worst = np.arange(len(newton)), fall.argmax(axis=1)
    runs = fall[every, worst] > 0
    gain = np.where(runs, (LONGER - 1) * newton[every, worst], 0.0)
    return (gain / np.where(runs, inverse[every, worst, worst], 1.0))[:, None] * inverse[every, :, worst]
