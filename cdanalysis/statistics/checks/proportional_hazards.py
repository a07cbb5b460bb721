"""Do hazards stay proportional? R's cox.zph (survival 3.0 and newer): the score test of beta(t) = beta + theta g(t).

U2 = sum over events of g(t) (x - mean of x at risk), tested with its information given beta; Efron's ties average within
a tied set. g: "km" 1 - S(t-), "rank" of the time among all, "identity", "log"; centred over the events.
Grambsch and Therneau, Biometrika 1994;81:515. lifelines tests an older approximation that can contradict this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from cdanalysis.results import Caution, NotEstimable
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import TIES
from cdanalysis.statistics.cox.cox_result import UNKNOWN, ChiSquare, chi_square
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.time_axis import Observed, complete, observed, one_of

TRANSFORMS = ("km", "rank", "identity", "log")
LEAST_SHARE = 1e-9  # below it the information about a slope is rounding


@dataclass(frozen=True)
class ProportionalTerm:
    """The test of one column, or of the columns of one factor together."""

    name: str
    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True, eq=False)
class ProportionalHazards:
    """terms in the order of the columns (or factors), and the overall test.

    For a plot, one row an event in order of time: event_time (m,), transformed_time (m,), scaled_residuals (m, p), whose
    mean over a stretch of time estimates beta(t) there; columns (p,) names them, coef (p,) is the model's,
    residual_variance (p,) that of one residual. cautions: what was left out.
    """

    terms: tuple[ProportionalTerm, ...]
    overall: ChiSquare
    transform: str
    event_time: np.ndarray
    transformed_time: np.ndarray
    scaled_residuals: np.ndarray
    columns: tuple[str, ...]
    coef: np.ndarray
    residual_variance: np.ndarray
    cautions: tuple[Caution, ...]


def proportional_hazards(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    *,
    transform: str = "km",
    ties: str = "efron",
    entry: ArrayLike | None = None,
    factors: Sequence[str] | None = None,
) -> ProportionalHazards | NotEstimable:
    """Test whether the hazard ratio of each column of a Cox model is the same early and late, and of all together.

    time (n,): 0 or more, any unit; event (n,): True = event; covariates: n rows, a numeric column for each term; a row with a
    missing value is left out. transform: the scale of time, "km", "rank", "identity" or "log". ties: "efron" or "breslow".
    entry (n,): late entry. factors (p,): the factor that each column belongs to; its columns are then tested together, as
    R's terms = TRUE. A term without an estimate is left out and named among the cautions.
    NotEstimable where there is no model, or fewer than two distinct event times. Raises ValueError for an argument that is
    not as said.
    """
    one_of("transform", transform, TRANSFORMS)
    one_of("ties", ties, TIES)
    columns = covariates.to_numpy(float)
    kept = complete(columns)
    data, x = observed(time, event, entry)[kept], columns[kept]
    model = cox(time, event, covariates, ties=ties, entry=entry)
    if isinstance(model, NotEstimable):
        return model
    known = np.array([not isinstance(term.hazard_ratio, NotEstimable) for term in model.terms])
    unknown = [term for term in model.terms if isinstance(term.hazard_ratio, NotEstimable)]
    left_out = tuple(Caution(f"{term.name} has no estimate to test", UNKNOWN) for term in unknown)
    if len(np.unique(data.time[data.event])) < 2:
        return NotEstimable("all events are at one time")
    beta = np.array([term.coef for term in model.terms])[known]
    names = [term.name for term, is_known in zip(model.terms, known, strict=True) if is_known]
    tested = names if factors is None else [name for name, is_known in zip(factors, known, strict=True) if is_known]
    return _tested(data, x[:, known], beta, names, tested, transform, ties, left_out)


def _tested(
    data: Observed,
    x: np.ndarray,
    beta: np.ndarray,
    names: list[str],
    factors: list[str],
    transform: str,
    ties: str,
    left_out: tuple[Caution, ...],
) -> ProportionalHazards | NotEstimable:
    order, residuals, information = _at_events(data, x, beta, ties)
    times = data.time[order]
    g = _transformed(data, times, transform)
    centred = g - g.mean()
    plain = information.sum(axis=0)
    mixed, squared = np.tensordot(centred, information, 1), np.tensordot(centred**2, information, 1)
    score, given = centred @ residuals, squared - mixed @ np.linalg.solve(plain, mixed)
    # A slope over time needs information at two times at least.
    if np.linalg.eigvalsh(_scaled(given, squared))[0] < LEAST_SHARE:
        return NotEstimable("the events that bear on a covariate are at one time")
    # A column alone or a factor's together have a theta; every beta is estimated beside it.
    places = {name: [j for j, one in enumerate(factors) if one == name] for name in factors}
    terms = tuple(_term(name, score[j], given[np.ix_(j, j)]) for name, j in places.items())
    overall = _term("", score, given)
    variance = len(times) * np.linalg.inv(plain)
    return ProportionalHazards(
        terms=terms,
        overall=chi_square(overall.statistic, overall.df),
        transform=transform,
        event_time=times,
        transformed_time=g,
        scaled_residuals=beta + residuals @ variance,
        columns=tuple(names),
        coef=beta,
        residual_variance=variance.diagonal(),
        cautions=left_out,
    )


def _scaled(given: np.ndarray, squared: np.ndarray) -> np.ndarray:
    """The information about the slopes as a share of what it would be if every beta were known."""
    size = np.sqrt(np.maximum(squared.diagonal(), np.finfo(float).tiny))
    return given / np.outer(size, size)


def _term(name: str, score: np.ndarray, variance: np.ndarray) -> ProportionalTerm:
    test = chi_square(float(score @ np.linalg.solve(variance, score)), len(score))
    return ProportionalTerm(name, test.statistic, test.df, test.p_value)


def _at_events(data: Observed, x: np.ndarray, beta: np.ndarray, ties: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The events in order of time (m,), their Schoenfeld residuals (m, p) and shares of the information (m, p, p)."""
    weight = np.exp((x - x.mean(axis=0)) @ beta)
    order = np.flatnonzero(data.event)
    order = order[np.argsort(data.time[order], kind="stable")]
    residuals, information = np.empty((len(order), x.shape[1])), np.empty((len(order), x.shape[1], x.shape[1]))
    for t in np.unique(data.time[order]):
        here = np.flatnonzero(data.time[order] == t)
        at_risk = data.time >= t
        if data.entry is not None:
            at_risk &= data.entry < t
        tied = at_risk & data.event & (data.time == t)
        means, spreads = _moments(x, weight, at_risk, tied, len(here), ties)
        residuals[here] = x[order[here]] - means.mean(axis=0)
        information[here] = spreads.mean(axis=0)
    return order, residuals, information


def _moments(
    x: np.ndarray, weight: np.ndarray, at_risk: np.ndarray, tied: np.ndarray, d: int, ties: str
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean (d, p) and covariance (d, p, p) of x at risk, for each of d tied events."""
    means, spreads = [], []
    for k in range(d):
        w = weight * at_risk - (k / d if ties == "efron" else 0.0) * weight * tied
        mean = w @ x / w.sum()
        means.append(mean)
        spreads.append((x * w[:, None]).T @ x / w.sum() - np.outer(mean, mean))
    return np.array(means), np.array(spreads)


def _transformed(data: Observed, times: np.ndarray, transform: str) -> np.ndarray:
    if transform == "identity":
        return times.astype(float)
    if transform == "log":
        # A time of 0 has no logarithm: R fails there, we take half the first later one.
        first = times[times > 0].min(initial=np.inf)
        return np.log(np.where(times > 0, times, first / 2))
    if transform == "rank":
        return np.interp(times, *_ranks(data.time))
    entry = None if data.entry is None else np.where(np.isfinite(data.entry), data.entry, 0.0)
    curve = kaplan_meier(data.time, data.event, entry=entry).curves[0]
    before = np.concatenate([[1.0], curve.survival[:-1]])
    return 1 - before[np.searchsorted(curve.time, times)]


def _ranks(time: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct times and their mean rank among all times."""
    distinct, place = np.unique(time, return_index=True)
    return distinct, rankdata(time)[place]
