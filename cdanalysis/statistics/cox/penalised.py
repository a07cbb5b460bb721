"""The partial likelihood with Firth's penalty, half the logarithm of the information's determinant: maximum and profile.

Breslow's ties. With p the weights at risk at an event (they sum to 1), m their mean of x and A the inverse information, the
penalty's derivative is half the sum over events of sum p (x - m)'A(x - m)(x_k - m_k). Heinze and Schemper, Biometrics
2001;57:114.
"""

from dataclasses import dataclass, field

import numpy as np

from cdanalysis.statistics.cox.kernel.thinned_ties import RiskSets

STEP = 1e-5  # of the difference quotients of the gradient, on columns of unit variance
TOLERANCE = 1e-13  # of the Newton decrement; the last step is taken
MOST_STEPS, MOST_HALVINGS, MOST_DOUBLINGS = 60, 40, 40
CLOSE = 1e-10  # of a limit: how near the likelihood must be to the level


@dataclass(frozen=True, eq=False)
class Penalised:
    """x (p, n): columns of unit variance, linearly independent within the risk sets."""

    sets: RiskSets
    x: np.ndarray
    _columns: np.ndarray = field(init=False)
    _event: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        columns = self.sets.arranged(self.x)
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_event", columns @ self.sets.event)

    def at(self, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Penalised log-likelihood (K,), its gradient (K, p), and the information (K, p, p) at b (K, p).

        Far out, where the weights at risk at an event vanish beside those before it, the likelihood is -inf.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._at(b)

    def _at(self, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        x, p = self._columns, len(self._columns)
        eta = b @ x
        top = eta.max(axis=1, keepdims=True)
        w = np.exp(eta - top)
        w[:, self.sets.filling] = 0
        pairs = (x[:, None] * x).reshape(p * p, -1)
        sums = self.sets.at_risk(w[:, None] * np.concatenate([np.ones((1, x.shape[1])), x, pairs]))
        den = sums[:, 0]
        mean, square = sums[:, 1 : p + 1] / den[:, None], (sums[:, p + 1 :] / den[:, None]).reshape(len(b), p, p, -1)
        spread = square - mean[:, :, None] * mean[:, None]
        information = spread.sum(axis=-1)
        known = np.isfinite(information).all(axis=(1, 2))
        information[~known] = np.eye(p)
        sign, size = np.linalg.slogdet(information)
        value = b @ self._event - (np.log(den) + top).sum(axis=1) + 0.5 * size
        gradient = self._event - mean.sum(axis=-1) + 0.5 * self._pull(w, den, mean, spread, information)
        return np.where(known & (sign > 0), value, -np.inf), gradient, information

    def _pull(
        self, w: np.ndarray, den: np.ndarray, mean: np.ndarray, spread: np.ndarray, information: np.ndarray
    ) -> np.ndarray:
        """The sums of the penalty's derivative (K, p)."""
        inverse = np.linalg.pinv(information, hermitian=True)
        x = self._columns
        size = np.einsum("in,kij,jn->kn", x, inverse, x)
        sized = self.sets.at_risk(w[:, None] * size[:, None] * np.concatenate([np.ones((1, x.shape[1])), x]))
        sized = sized / den[:, None]
        beside = 2 * np.einsum("kie,kij,kjle->kle", mean, inverse, spread)
        return (sized[:, 1:] - mean * sized[:, :1] - beside).sum(axis=-1)

    def maximum(self, start: np.ndarray, free: np.ndarray) -> tuple[np.ndarray, float, np.ndarray, bool]:
        """The largest value over the free columns: where, how large, the gradient there, and whether it was found."""
        b, places = start.copy(), np.flatnonzero(free)
        aside = np.concatenate([np.zeros((1, len(b))), *(s * STEP * np.eye(len(b))[places] for s in (1, -1))])
        for _ in range(MOST_STEPS):
            value, gradient, information = self.at(b + aside)
            if not np.isfinite(value[0]):
                break
            move = self._move(gradient[:, places], information[0][np.ix_(places, places)])
            step = _spread_out(move, places, len(b))
            if not len(places) or step @ gradient[0] < TOLERANCE:
                return b + step, float(value[0]), gradient[0], True
            further = self._risen(b, step, float(value[0]))
            if further is None:
                # The likelihood cannot be told from its neighbours' any more.
                return b, float(value[0]), gradient[0], bool(step @ gradient[0] < CLOSE)
            b = further
        return b, np.nan, np.full(len(b), np.nan), False

    def _risen(self, b: np.ndarray, move: np.ndarray, value: float) -> np.ndarray | None:
        """The end of the longest of the halved steps that rises above the value; None where none does."""
        for halvings in (np.ones(1), 0.5 ** np.arange(1, MOST_HALVINGS)):
            tried = b + halvings[:, None] * move
            risen = np.flatnonzero(self.at(tried)[0] > value)
            if len(risen):
                return tried[risen[0]]
        return None

    def _move(self, gradient: np.ndarray, information: np.ndarray) -> np.ndarray:
        """The Newton step from the gradient and its difference quotients; a scoring step where it would go downhill."""
        q = len(information)
        curved = (gradient[q + 1 :] - gradient[1 : q + 1]) / (2 * STEP)
        curved = (curved + curved.T) / 2
        if q and np.isfinite(curved).all() and np.linalg.eigvalsh(curved)[0] > 0:
            return np.linalg.solve(curved, gradient[0])
        return np.linalg.pinv(information, hermitian=True) @ gradient[0]

    def limit(self, at: np.ndarray, j: int, first: float, level: float) -> float:
        """Where the profile of column j has fallen to the level, on the side of `first`; NaN where it does not.

        at: the maximum. Newton on the profile, whose slope is the gradient's; a step out of its bracket is halved into it.
        """
        free = np.arange(len(at)) != j
        inside, outside, b, v = float(at[j]), np.nan, at, float(at[j]) + first
        for _ in range(MOST_STEPS + MOST_DOUBLINGS):
            b, value, gradient, found = self.maximum(np.where(free, b, v), free)
            if not found:
                return np.nan
            if abs(value - level) < CLOSE:
                return v
            inside, outside = (v, outside) if value > level else (inside, v)
            v = _next(v - (value - level) / gradient[j] if gradient[j] else np.nan, inside, outside, first)
        return np.nan


def _next(wanted: float, inside: float, outside: float, first: float) -> float:
    """The wanted place if it lies between; before an outside is known, at most twice as far out as the last."""
    if np.isnan(outside):
        farthest = inside + 2 * first
        return wanted if (wanted - inside) * (farthest - wanted) > 0 else farthest
    return wanted if (wanted - inside) * (outside - wanted) > 0 else (inside + outside) / 2


def _spread_out(move: np.ndarray, places: np.ndarray, p: int) -> np.ndarray:
    whole = np.zeros(p)
    whole[places] = move
    return whole
