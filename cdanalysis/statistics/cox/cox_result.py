"""What a Cox model returns: its terms, its overall tests, its concordance, and why a term is not estimable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np
from scipy.special import chdtrc

from cdanalysis.results import Caution, Estimate, NotEstimable
from cdanalysis.statistics.ratios import FARTHEST, wald_ratio
from cdanalysis.statistics.time_axis import Observed

FEW_EVENTS_PER_PARAMETER = 10
SAME = 1e-12  # two predictors closer than that are tied
# What a caution is about.
UNKNOWN, BEYOND_NUMBERS, FEW_EVENTS, NOT_CONVERGED = "not estimable", "beyond numbers", "few events", "not converged"
BEYOND = "the hazard ratio of {name} is beyond any number: its unit is too large for its values"


@dataclass(frozen=True)
class ChiSquare:
    """An overall test of the model."""

    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True)
class CoxTerm:
    """One column of the model; coef, standard_error, z and p_value are NaN where the hazard ratio is not estimable."""

    name: str
    coef: float
    standard_error: float
    hazard_ratio: Estimate | NotEstimable
    z: float
    p_value: float


@dataclass(frozen=True, eq=False)
class CoxResult:
    """A fitted model; n and n_events are those of its complete cases, n_dropped the patients left out for a missing value.

    With clusters the errors, wald and robust_score are robust; likelihood_ratio and score take the rows as independent, as
    R's do, and n counts rows, n_clusters what they belong to.
    """

    terms: tuple[CoxTerm, ...]
    log_likelihood: float
    log_likelihood_null: float
    likelihood_ratio: ChiSquare
    score: ChiSquare
    wald: ChiSquare
    n: int
    n_events: int
    n_dropped: int
    ties: str
    conf_level: float
    cautions: tuple[Caution, ...]
    linear_predictor: np.ndarray
    data: Observed
    strata: np.ndarray | None = None
    n_clusters: int | None = None
    robust_score: ChiSquare | None = None

    @property
    def events_per_parameter(self) -> float:
        """Events a term of the model stands on."""
        return self.n_events / len(self.terms)

    @cached_property
    def concordance(self) -> float:
        """Harrell's C as R's: tied predictors count half, tied event times are not compared."""
        return concordance(self.data, self.linear_predictor, self.strata)


def comparable_pairs(
    data: Observed, predictor: np.ndarray, strata: np.ndarray | None = None
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Of each patient with an event: his place, who outlived him under observation (n,), and how each of these pairs agrees.

    1 where the earlier event has the higher predictor, 0.5 where the two are tied, else 0.
    """
    for k in np.flatnonzero(data.event).tolist():
        later = (data.time > data.time[k]) | ((data.time == data.time[k]) & ~data.event)
        if data.entry is not None:
            later &= data.entry < data.time[k]
        if strata is not None:
            later &= strata == strata[k]
        gap = predictor[k] - predictor[later]
        yield k, later, np.where(np.abs(gap) < SAME, 0.5, gap > 0)


def concordance(data: Observed, predictor: np.ndarray, strata: np.ndarray | None = None) -> float:
    """Share of comparable pairs in which who had the earlier event has the higher predictor (n,), ties half; NaN without a pair."""
    agree = comparable = 0.0
    for _, _, score in comparable_pairs(data, predictor, strata):
        agree += float(score.sum())
        comparable += len(score)
    return agree / comparable if comparable else nan


def wald_term(name: str, coef: float, error: float, z: float) -> CoxTerm:
    """A term with its Wald interval and P on the log scale; without an estimate where its error is 0."""
    if error == 0:
        return unknown_term(name, f"nothing in the data varies about {name}: its standard error is 0")
    statistic = coef / error
    return CoxTerm(name, coef, error, wald_ratio(coef, error, z), statistic, float(chdtrc(1, statistic**2)))


def unknown_term(name: str, reason: str) -> CoxTerm:
    """A term without an estimate."""
    return CoxTerm(name, nan, nan, NotEstimable(reason), nan, nan)


def chi_square(statistic: float, df: int) -> ChiSquare:
    """A test with its P."""
    return ChiSquare(statistic, df, float(chdtrc(df, max(statistic, 0.0))))


def reason_of(data: Observed, column: np.ndarray, name: str, aliased: bool, together: Sequence[str] = ()) -> str:
    """Why a term would not be estimable, in words about its patients; together: the terms that are infinite beside it."""
    values = np.unique(column)
    if len(values) < 2:
        return f"{name} is the same in every patient"
    if aliased:
        return f"{name} follows from the other covariates or is the same in everybody at risk at each event"
    with_events = np.unique(column[data.event])
    if len(values) == 2 and len(with_events) == 1:
        return f"no event among patients {'with' if with_events[0] == values[0] else 'without'} {name}"
    beside = f", alone or with {' and '.join(together)}," if together else ""
    return f"{name}{beside} separates the patients with an event from the others"


def reasons_of(
    data: Observed, x: np.ndarray, names: Sequence[str], estimable: np.ndarray, aliased: np.ndarray
) -> list[str]:
    """The reason of every term of a model with columns x (p, n), empty where it has an estimate."""
    infinite = [name for name, finite, alias in zip(names, estimable, aliased, strict=True) if not (finite or alias)]
    return [
        "" if estimable[j] else reason_of(data, x[j], name, bool(aliased[j]), [one for one in infinite if one != name])
        for j, name in enumerate(names)
    ]


def cautions_of(data: Observed, terms: Sequence[CoxTerm], converged: bool) -> list[Caution]:
    """What a reader must know: terms without an estimate or beyond numbers, few events, a fit that did not converge."""
    reasons = [(term.name, term.hazard_ratio) for term in terms]
    unknown = [f"{name} is not estimable: {one.reason}" for name, one in reasons if isinstance(one, NotEstimable)]
    found = [Caution(text, UNKNOWN) for text in unknown]
    found += [Caution(BEYOND.format(name=term.name), BEYOND_NUMBERS) for term in terms if abs(term.coef) > FARTHEST]
    each = data.event.sum() / len(terms)
    if each < FEW_EVENTS_PER_PARAMETER:
        words = f"{each:.1f} events per covariate, fewer than {FEW_EVENTS_PER_PARAMETER}"
        found.append(Caution(words, FEW_EVENTS))
    return found if converged else [*found, Caution("the fit did not converge", NOT_CONVERGED)]


def refusal_of(data: Observed, n_terms: int) -> NotEstimable | None:
    """Why there is nothing to fit, if there is not."""
    if n_terms == 0:
        return NotEstimable("no covariate was given")
    if len(data.time) == 0:
        return NotEstimable("no patient has every covariate measured")
    return None if data.event.any() else NotEstimable("no event was observed")
