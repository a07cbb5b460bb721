"""Cox regression with a gamma frailty: each centre (or other group) multiplies the hazard of its patients by a factor of its own.

The factors have mean 1 and variance theta. For a theta the coefficients and log factors w maximise the partial likelihood plus
nu sum(w - exp(w)), nu = 1/theta; theta maximises the marginal likelihood, as R's coxph(... + frailty(centre, sparse = FALSE)).
Errors are those of the information at that theta, which is taken for known. Therneau, Grambsch and Pankratz, J Comput Graph
Stat 2003;12:156; Nielsen and others, Scand J Stat 1992;19:25.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtrc, digamma, gammaln

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import CoxTerm, unknown_term, wald_term
from cdanalysis.statistics.cox.kernel.cox_terms import weighted_terms, with_ones
from cdanalysis.statistics.cox.kernel.risk_sets import risk_sets
from cdanalysis.statistics.time_axis import Observed, complete, observed, places_of

LEAST_THETA, LARGEST_THETA = 1e-4, 50.0  # below the least nothing is left of the differences between the centres
Penalised = tuple[float, np.ndarray, np.ndarray]  # value, score, information
MOST_STEPS, MOST_HALVINGS, CLOSE = 100, 30, 1e-14  # of the Newton decrement; the last step is taken


@dataclass(frozen=True, eq=False)
class FrailtyResult:
    """terms: as a Cox model's. theta: variance of the factors (centres,), 0 where these differ no more than by chance.

    p_value: of theta = 0 by the likelihood ratio, half a chi-square of 1 degree of freedom, for theta is not below 0.
    """

    terms: tuple[CoxTerm, ...]
    theta: float
    factor: np.ndarray
    log_likelihood: float
    log_likelihood_null: float
    p_value: float
    n: int
    n_events: int
    n_dropped: int


def frailty_cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    centre: ArrayLike,
    *,
    ties: str = "efron",
    entry: ArrayLike | None = None,
    theta: float | None = None,
    conf_level: float = 0.95,
) -> FrailtyResult | NotEstimable:
    """Fit one Cox model with a gamma frailty: a factor of its own for the hazard of each centre.

    time (n,): 0 or more, any unit; event (n,): True = event; covariates: n rows, a numeric column for each term; centre (n,):
    where each patient was treated, as any label. ties: "efron" or "breslow". entry (n,): late entry. theta: the variance of
    the factors where it is given and not fitted. A row with a missing covariate or centre is left out and counted.
    NotEstimable where the model without a frailty is. Raises ValueError for an argument that is not as said.
    """
    data, x = observed(time, event, entry), covariates.to_numpy(float, na_value=np.nan)
    places = places_of("centre", centre, len(data))
    known = complete(x) & (places >= 0)
    found = frailty_by_place(
        data[known], [str(name) for name in covariates.columns], x[known], places[known], ties, conf_level, theta
    )
    return found if isinstance(found, NotEstimable) else replace(found, n_dropped=int((~known).sum()))


def frailty_by_place(
    data: Observed, names: list[str], x: np.ndarray, places: np.ndarray, ties: str = "efron", conf_level: float = 0.95,
    theta: float | None = None,
) -> FrailtyResult | NotEstimable:  # fmt: skip
    """As `frailty_cox`, of complete columns x (n, p) and centres already numbered (n,)."""
    plain = cox_models(data, [(names, x)], ties=ties, conf_level=conf_level)[0]
    if isinstance(plain, NotEstimable):
        return plain
    centres, numbered = np.unique(places, return_inverse=True)
    if len(centres) < 2:
        return NotEstimable("the patients are of one centre")
    kept = np.array([not isinstance(term.hazard_ratio, NotEstimable) for term in plain.terms])
    model = _Frailty(data, x[:, kept], numbered.ravel(), len(centres), ties)
    chosen = model.best() if theta is None else theta
    if isinstance(chosen, NotEstimable):
        return chosen
    if chosen == 0:
        same = np.ones(len(centres))
        return FrailtyResult(
            plain.terms, 0.0, same, plain.log_likelihood, plain.log_likelihood, 1.0, plain.n, plain.n_events, 0
        )
    b, error = model.fitted(1 / chosen)
    fitted = iter(zip((b[: model.n_columns] / model.scale).tolist(), (error / model.scale).tolist(), strict=True))
    z = z_value(conf_level)
    terms = tuple(
        wald_term(term.name, *next(fitted), z) if own else unknown_term(term.name, "no estimate without frailty")
        for term, own in zip(plain.terms, kept, strict=True)
    )
    likelihood = model.marginal(b, 1 / chosen)
    statistic = max(2 * (likelihood - plain.log_likelihood), 0.0)
    return FrailtyResult(
        terms=terms,
        theta=float(chosen),
        factor=np.exp(b[model.n_columns :]),
        log_likelihood=likelihood,
        log_likelihood_null=plain.log_likelihood,
        p_value=float(chdtrc(1, statistic)) / 2 if statistic > 0 else 1.0,
        n=plain.n,
        n_events=plain.n_events,
        n_dropped=0,
    )


class _Frailty:
    """The penalised likelihood of columns of variance 1 and a column a centre."""

    def __init__(self, data: Observed, x: np.ndarray, places: np.ndarray, n_centres: int, ties: str) -> None:
        self.scale, self.n_columns = x.std(axis=0), x.shape[1]
        own = (places == np.arange(n_centres)[:, None]).astype(float)
        self._sets = risk_sets(data, ties)
        self._x = with_ones(self._sets.arranged(np.concatenate([((x - x.mean(axis=0)) / self.scale).T, own])))
        self._at_events = self._x @ self._sets.event
        self._events = np.bincount(places[data.event], minlength=n_centres).astype(float)
        self._start = np.zeros(self.n_columns + n_centres)

    def best(self) -> float | NotEstimable:
        """theta where the marginal likelihood is largest; 0 where it falls from the least on."""
        grid = np.geomspace(LEAST_THETA, LARGEST_THETA, 15)
        slopes = [self._slope(theta) for theta in grid]
        steps = pairwise(zip(grid, slopes, strict=True))
        found = [self._root(low, high) for (low, rising), (high, falling) in steps if rising > 0 >= falling]
        if not found:
            return 0.0 if slopes[-1] <= 0 else NotEstimable("the centres differ beyond what a frailty can describe")
        likelihoods = [self.marginal(self.fitted(1 / theta)[0], 1 / theta) for theta in found]
        return found[int(np.argmax(likelihoods))]

    def _root(self, lower: float, upper: float) -> float:
        return float(np.exp(brentq(lambda log: self._slope(np.exp(log)), np.log(lower), np.log(upper), xtol=1e-13)))  # type: ignore[arg-type]

    def _slope(self, theta: float) -> float:
        """The marginal likelihood's derivative by theta, up to a positive factor: only the penalty depends on it directly."""
        nu, d = 1 / theta, self._events
        w = self.fitted(nu)[0][self.n_columns :]
        return -float((w - np.expm1(w) - np.log1p(d / nu) + digamma(nu + d) - digamma(nu)).sum())

    def marginal(self, b: np.ndarray, nu: float) -> float:
        """The likelihood with the factors integrated out, in units in which that of theta = 0 is the partial likelihood."""
        d = self._events
        spread = d + nu * np.log(nu) - (nu + d) * np.log(nu + d) + gammaln(nu + d) - gammaln(nu)
        return self._penalised(b, nu)[0] + float((nu + spread).sum())

    def _penalised(self, b: np.ndarray, nu: float) -> Penalised:
        value, score, information = (
            part[0] for part in weighted_terms(self._sets, self._x[None], b[None], self._at_events[None], None)
        )
        w = b[self.n_columns :]
        score, information, own = score.copy(), information.copy(), np.arange(self.n_columns, len(b))
        score[own] += nu * (1 - np.exp(w))
        information[own, own] += nu * np.exp(w)
        return float(value) + nu * float((w - np.exp(w)).sum()), score, information

    def fitted(self, nu: float) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and log factors, and the error of each coefficient; by Newton from where the last theta ended."""
        b = self._start
        value, score, information = self._penalised(b, nu)
        for _ in range(MOST_STEPS):
            step = np.linalg.solve(information, score)
            if step @ score < CLOSE:
                b = b + step
                break
            b, (value, score, information) = self._risen(b, step, value, nu)
        self._start = b
        return b, np.sqrt(np.linalg.inv(information).diagonal()[: self.n_columns])

    def _risen(self, b: np.ndarray, step: np.ndarray, value: float, nu: float) -> tuple[np.ndarray, Penalised]:
        """The end of the longest of the halved steps that does not fall below the value, and the likelihood there."""
        found = self._penalised(b + step, nu)
        for _ in range(MOST_HALVINGS):
            if found[0] >= value - 1e-12 * abs(value):
                break
            step = step / 2
            found = self._penalised(b + step, nu)
        return b + step, found
