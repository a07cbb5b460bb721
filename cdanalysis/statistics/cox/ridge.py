"""Cox regression with a ridge penalty, theta / 2 times the sum of (coefficient x standard deviation)^2, as R's coxph with ridge().

theta by Akaike's criterion: the likelihood-ratio statistic less twice the effective degrees of freedom, the trace of the
information times the penalised information's inverse. Verweij and van Houwelingen, Stat Med 1994;13:2427; Gray, JASA 1992;87:942.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.kernel.cox_terms import Terms, weighted_terms, with_ones
from cdanalysis.statistics.cox.kernel.risk_sets import risk_sets
from cdanalysis.statistics.time_axis import Observed

LEAST, LARGEST, STEPS = 1e-3, 1e4, 29  # of theta, tried in so many steps of one ratio
MOST_STEPS, MOST_HALVINGS, CLOSE = 60, 40, 1e-16  # the last step is taken


@dataclass(frozen=True, eq=False)
class Ridge:
    """coef (p,) of the columns as given; df: effective degrees of freedom; aic: likelihood ratio less 2 df, larger is better."""

    theta: float
    coef: np.ndarray
    df: float
    log_likelihood: float
    aic: float


def ridge(data: Observed, x: np.ndarray, *, ties: str = "efron", theta: float | None = None) -> Ridge | NotEstimable:
    """A Cox model of complete columns x (n, p) shrunk at a given theta, or at the one where the criterion is largest."""
    if not data.event.any():
        return NotEstimable("no event was observed")
    scale = x.std(axis=0, ddof=1)
    if (scale <= 1e-10 * np.abs(x).max(axis=0)).any():
        return NotEstimable("a covariate is the same in every patient")
    model = _Penalised(data, (x - x.mean(axis=0)) / scale, ties)
    if theta is None:
        tried = np.geomspace(LEAST, LARGEST, STEPS)
        best = int(np.argmax([model.at(one).aic for one in tried]))
        lower, upper = np.log(tried[[max(best - 1, 0), min(best + 1, STEPS - 1)]]).tolist()
        found = minimize_scalar(
            lambda log: -model.at(float(np.exp(log))).aic,
            bounds=(lower, upper),
            method="bounded",
            options={"xatol": 1e-6},
        )
        theta = float(np.exp(found.x))
    one = model.at(theta)
    return Ridge(one.theta, one.coef / scale, one.df, one.log_likelihood, one.aic)


class _Penalised:
    """The penalised likelihood of standardised columns (n, p)."""

    def __init__(self, data: Observed, x: np.ndarray, ties: str) -> None:
        self._sets = risk_sets(data, ties)
        self._x = with_ones(self._sets.arranged(np.ascontiguousarray(x.T)))[None]
        self._at_events = self._x @ self._sets.event
        self._null = float(self._terms(np.zeros(x.shape[1]))[0])

    def _terms(self, b: np.ndarray) -> Terms:
        value, score, information = weighted_terms(self._sets, self._x, b[None], self._at_events, None)
        return value[0], score[0], information[0]

    def at(self, theta: float) -> Ridge:
        """The fit at a theta, by Newton with step halving."""
        b = np.zeros(self._x.shape[1] - 1)
        penalty = theta * np.eye(len(b))
        value, score, information = self._terms(b)
        for _ in range(MOST_STEPS):
            pull = score - theta * b
            step = np.linalg.solve(information + penalty, pull)
            b, (value, score, information) = self._risen(b, step, float(value - theta / 2 * b @ b), theta)
            if step @ pull < CLOSE:
                break
        df = float(np.trace(np.linalg.solve(information + penalty, information)))
        return Ridge(theta, b, df, float(value), 2 * (float(value) - self._null) - 2 * df)

    def _risen(self, b: np.ndarray, step: np.ndarray, value: float, theta: float) -> tuple[np.ndarray, Terms]:
        """The end of the longest of the halved steps that does not fall below the value, and the likelihood there."""
        for _ in range(MOST_HALVINGS):
            tried = b + step
            found = self._terms(tried)
            if found[0] - theta / 2 * tried @ tried >= value - 1e-12 * abs(value):
                return tried, found
            step = step / 2
        return b, self._terms(b)
