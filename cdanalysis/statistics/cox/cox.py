"""Cox regression: hazard ratios with Wald intervals, the three overall tests, and what cannot be estimated.

Efron's ties by default, Breslow switchable; interval and P by Wald on the log scale; with clusters the standard errors are
robust. A term whose estimate is infinite (separation) or aliased is NotEstimable with its reason; the other terms stand at
their limit. Cox, JRSSB 1972;34:187.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import Caution, NotEstimable, z_value
from cdanalysis.statistics.cox.clustered import ClusteredErrors, clustered_errors
from cdanalysis.statistics.cox.cox_batch import fit_standardised
from cdanalysis.statistics.cox.cox_result import (
    ChiSquare,
    CoxResult,
    CoxTerm,
    cautions_of,
    chi_square,
    reasons_of,
    refusal_of,
    unknown_term,
    wald_term,
)
from cdanalysis.statistics.cox.kernel.cox_newton import NewtonFit
from cdanalysis.statistics.time_axis import Observed, complete, observed, places_of

Model = tuple[Sequence[str], np.ndarray]  # names and columns


@dataclass(frozen=True, eq=False)
class _Asked:
    """What the models of a call share; strata and cluster (n,): the number of each, None where there are none."""

    ties: str
    strata: np.ndarray | None
    cluster: np.ndarray | None
    n_dropped: int
    conf_level: float


def cox(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    *,
    ties: str = "efron",
    strata: ArrayLike | None = None,
    entry: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> CoxResult | NotEstimable:
    """Fit one Cox model: a hazard ratio for each column of the covariates, with its interval and P.

    time (n,): 0 or more, any unit; event (n,): True = event; covariates: n rows, a numeric column for each term, labelled by
    its header. ties: "efron" or "breslow", for events at one time. strata (n,): groups with a baseline hazard each.
    entry (n,): late entry or start-stop rows, each at risk from entry (exclusive) to time, with the patient as the cluster.
    cluster (n,): rows of one patient or centre; errors, z, P and the Wald test are then robust, as R's coxph(cluster=).
    A row with a missing covariate, stratum or cluster is left out and counted in n_dropped.
    NotEstimable for no covariate, no complete row, no event, or no term that can be estimated. Raises ValueError for an
    argument that is not as said.
    """
    data, columns = observed(time, event, entry), covariates.to_numpy(float, na_value=np.nan)
    if len(columns) != len(data):
        raise ValueError(f"covariates has {len(columns)} rows, expected {len(data)}, one per patient")
    given = {"strata": strata, "cluster": cluster}
    places = {name: None if of is None else places_of(name, of, len(data)) for name, of in given.items()}
    known = np.ones(len(data), bool)
    for place in places.values():
        known &= True if place is None else place >= 0
    kept = {name: None if place is None else place[known] for name, place in places.items()}
    model = [str(name) for name in covariates.columns], columns[known]
    found = cox_models(data[known], [model], ties=ties, conf_level=conf_level, **kept)[0]
    n_unknown = int((~known).sum())
    return found if isinstance(found, NotEstimable) else replace(found, n_dropped=found.n_dropped + n_unknown)


def cox_models(
    data: Observed,
    models: Sequence[Model],
    *,
    ties: str = "efron",
    strata: np.ndarray | None = None,
    cluster: np.ndarray | None = None,
    conf_level: float = 0.95,
) -> tuple[CoxResult | NotEstimable, ...]:
    """As `cox` for many models (names, columns (n, p)) of the same patients: those complete in the same ones in one batch.

    strata, cluster (n,): numbered. Shorter models are padded with columns of zeros, which say nothing and cost next to nothing.
    """
    known = np.array([complete(columns) for _, columns in models])
    results: dict[int, CoxResult | NotEstimable] = {}
    for kept in {row.tobytes(): row for row in known}.values():
        members = np.flatnonzero((known == kept).all(axis=1)).tolist()
        part = data if kept.all() else data[kept]
        refusals = {m: refusal_of(part, len(models[m][0])) for m in members}
        results.update({m: refusal for m, refusal in refusals.items() if refusal})
        fits = [m for m, refusal in refusals.items() if not refusal]
        chosen = [(models[m][0], models[m][1][kept].T) for m in fits]
        groups = (None if of is None else of[kept] for of in (strata, cluster))
        if fits:
            asked = _Asked(ties, *groups, n_dropped=int((~kept).sum()), conf_level=conf_level)
            results.update(zip(fits, _results(part, chosen, asked), strict=True))
    return tuple(results[m] for m in range(len(models)))


def _results(data: Observed, models: Sequence[Model], asked: _Asked) -> list[CoxResult | NotEstimable]:
    """A result for each model (names, columns (p, n)), all fitted in one batch."""
    padded = np.zeros((len(models), max(len(names) for names, _ in models), len(data)))
    for k, (names, x) in enumerate(models):
        padded[k, : len(names)] = x
    fitted, scale = fit_standardised(data, padded.swapaxes(1, 2), asked.ties, asked.strata)
    return [
        _result(data, x, names, _one(fitted, k, len(names)), scale[k, : len(names)], asked)
        for k, (names, x) in enumerate(models)
    ]


def _one(fitted: NewtonFit, k: int, p: int) -> NewtonFit:
    """Model k of a batch without the columns that padded it."""
    first = slice(p)
    return NewtonFit(
        coef=fitted.coef[k, first],
        covariance=fitted.covariance[k, first, first],
        log_likelihood=fitted.log_likelihood[k],
        converged=fitted.converged[k],
        estimable=fitted.estimable[k, first],
        aliased=fitted.aliased[k, first],
        null_score=fitted.null_score[k],
        null_log_likelihood=fitted.null_log_likelihood[k],
    )


def _result(
    data: Observed, x: np.ndarray, names: Sequence[str], fitted: NewtonFit, scale: np.ndarray, asked: _Asked
) -> CoxResult | NotEstimable:
    reasons = reasons_of(data, x, names, fitted.estimable, fitted.aliased)
    if not fitted.estimable.any():
        return NotEstimable(reasons[0] if len(names) == 1 else "; ".join(dict.fromkeys(reasons)))
    robust = None
    if asked.cluster is not None:
        robust = clustered_errors(data, x / scale[:, None], fitted, asked.ties, asked.strata, asked.cluster)
    covariance = fitted.covariance if robust is None else robust.covariance
    terms = _terms(names, reasons, fitted, np.sqrt(np.maximum(covariance.diagonal(), 0)), scale, asked.conf_level)
    df = int((~fitted.aliased).sum())
    log_likelihood, null = float(fitted.log_likelihood), float(fitted.null_log_likelihood)
    return CoxResult(
        terms=terms,
        log_likelihood=log_likelihood,
        log_likelihood_null=null,
        likelihood_ratio=chi_square(2 * (log_likelihood - null), df),
        score=chi_square(float(fitted.null_score), df),
        wald=_wald(fitted.coef, covariance, np.flatnonzero(fitted.estimable)),
        n=len(data),
        n_events=int(data.event.sum()),
        n_dropped=asked.n_dropped,
        ties=asked.ties,
        conf_level=asked.conf_level,
        cautions=_cautions(data, terms, bool(fitted.converged), robust),
        linear_predictor=np.where(np.isfinite(scale), fitted.coef / scale, 0.0) @ x,
        data=data,
        strata=asked.strata,
        n_clusters=None if robust is None else robust.n_clusters,
        robust_score=None if robust is None else robust.score,
    )


def _terms(
    names: Sequence[str], reasons: Sequence[str], fitted: NewtonFit, error: np.ndarray, scale: np.ndarray, conf_level: float
) -> tuple[CoxTerm, ...]:  # fmt: skip
    """Each term on the scale of its column."""
    z, of_scale = z_value(conf_level), zip((fitted.coef / scale).tolist(), (error / scale).tolist(), strict=True)
    return tuple(
        unknown_term(name, reason) if reason else wald_term(name, *own, z)
        for name, reason, own in zip(names, reasons, of_scale, strict=True)
    )


def _wald(coef: np.ndarray, covariance: np.ndarray, chosen: np.ndarray) -> ChiSquare:
    """The test of the chosen terms together; clusters may be fewer than they are."""
    inverse = np.linalg.pinv(covariance[np.ix_(chosen, chosen)], hermitian=True)
    return chi_square(float(coef[chosen] @ inverse @ coef[chosen]), len(chosen))


def _cautions(
    data: Observed, terms: tuple[CoxTerm, ...], converged: bool, robust: ClusteredErrors | None
) -> tuple[Caution, ...]:
    return (*cautions_of(data, terms, converged), *(() if robust is None else robust.cautions))
