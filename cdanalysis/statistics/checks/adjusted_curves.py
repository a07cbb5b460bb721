"""Adjusted survival curves: what everybody's survival would be below, and above, the cut-off, by the fitted Cox model.

Marginal (g-computation): S_m(t) = mean over the patients of exp(-H0(t) exp(x b with the marker set to m)), H0 the baseline
of the model's own ties (Breslow's, or Efron's under Efron's ties), as R's survfit.coxph. The interval is a percentile
bootstrap over patients, baseline and coefficients fitted again each time. Makuch, J Chronic Dis 1982;35:437.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.kernel import cox_newton
from cdanalysis.statistics.cox.kernel.risk_sets import SortedRiskSets, sorted_risk_sets
from cdanalysis.statistics.cox.kernel.thinned_ties import thinned_ties
from cdanalysis.statistics.time_axis import Observed, complete, merged, observed


@dataclass(frozen=True, eq=False)
class AdjustedCurves:
    """time (J,): the distinct event times; survival (2, J): below, above; draws (B, 2, J): the same of each resample.

    n, n_events, n_dropped: patients of the model, and those left out for a missing value.
    """

    time: np.ndarray
    survival: np.ndarray
    draws: np.ndarray
    n: int
    n_events: int
    n_dropped: int
    conf_level: float
    kept: np.ndarray  # (n given,): who is in the model

    @cached_property
    def band(self) -> np.ndarray:
        """Limits (2, 2, J): lower and upper of each curve; NaN without resamples."""
        return self._limits(self.draws)

    def at(self, t: float) -> tuple[Estimate, Estimate, Estimate]:
        """Survival below and above the cut-off at a time, and above less below, each with its interval."""
        place = int(np.searchsorted(self.time, merged(self.time, [t])[0], "right")) - 1
        if place < 0:
            return Estimate(1.0, 1.0, 1.0), Estimate(1.0, 1.0, 1.0), Estimate(0.0, 0.0, 0.0)
        values, draws = self.survival[:, place], self.draws[:, :, place]
        values, draws = np.append(values, values[1] - values[0]), np.column_stack([draws, draws[:, 1] - draws[:, 0]])
        lower, upper = self._limits(draws)
        below, above, gap = (Estimate(*map(float, one)) for one in zip(values, lower, upper, strict=True))
        return below, above, gap

    def _limits(self, draws: np.ndarray) -> np.ndarray:
        if not len(draws):
            return np.full((2, *draws.shape[1:]), np.nan)
        tail = (1 - self.conf_level) / 2
        return np.quantile(draws, [tail, 1 - tail], axis=0)


def adjusted_curves(
    time: ArrayLike,
    event: ArrayLike,
    marked: ArrayLike,
    covariates: ArrayLike,
    *,
    ties: str = "efron",
    entry: ArrayLike | None = None,
    resamples: int = 0,
    seed: int = 0,
    conf_level: float = 0.95,
    names: Sequence[str] = (),
) -> AdjustedCurves | NotEstimable:
    """Survival of all patients as if each were below the cut-off, and as if each were above it, by a Cox model.

    time (n,): 0 or more, any unit; event (n,): True = event; marked (n,): 1 above, 0 below, NaN not measured; covariates
    (n, p): numbers of the model beside it, NaN not measured; who lacks a value is left out. ties: "efron" or "breslow".
    entry (n,): late entry. resamples: bootstrap draws behind the intervals, none for 0; seed: of the draws. names (p + 1,):
    what marked and each column say, for the reasons of what cannot be estimated.
    NotEstimable where the marker's hazard ratio is: there is no finite curve of everybody on its side.
    """
    x = np.column_stack(
        [np.asarray(marked, float), np.asarray(covariates, float).reshape(len(np.atleast_1d(marked)), -1)]
    )
    data = observed(time, event, entry)
    told = names or ["the marker", *(f"covariate {place}" for place in range(1, x.shape[1]))]
    fitted = cox_models(data, [(told, x)], ties=ties)[0]
    if isinstance(fitted, NotEstimable):
        return fitted
    if isinstance(fitted.terms[0].hazard_ratio, NotEstimable):
        return fitted.terms[0].hazard_ratio
    kept = complete(x)
    n = int(kept.sum())
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
    times, curves = _marginal(data[kept], x[kept], np.vstack([np.ones(n), weights]), ties)
    draws = curves[1:][np.isfinite(curves[1:]).all(axis=(1, 2))]
    return AdjustedCurves(times, curves[0], draws, n, fitted.n_events, fitted.n_dropped, conf_level, kept)


def _marginal(data: Observed, x: np.ndarray, weights: np.ndarray, ties: str) -> tuple[np.ndarray, np.ndarray]:
    """Distinct event times (J,) and the curves (K, 2, J) of K weightings of the patients, each fitted anew."""
    sets = sorted_risk_sets(data, ties)
    spread = x.std(axis=0)
    scaled = ((x - x.mean(axis=0)) / np.where(spread > 1e-10 * np.abs(x).max(axis=0, initial=1), spread, np.inf)).T
    columns = np.broadcast_to(scaled, (len(weights), *scaled.shape))
    coef = cox_newton.fit(sets, columns, weights).coef
    effect = coef[:, 0] / spread[0]
    predictor = coef @ scaled
    predictor -= predictor.max(axis=1, keepdims=True)
    hazard = baseline_hazard(sets, weights, np.exp(predictor))
    # Everybody's predictor with the marker at 0, then at 1.
    others = predictor - effect[:, None] * x[:, 0]
    curves = [_mean_survival(hazard, others + m * effect[:, None], weights) for m in (0, 1)]
    return data.time[sets.by_time[sets.dead[sets.first]]], np.stack(curves, axis=1)


def baseline_hazard(sets: SortedRiskSets, weights: np.ndarray, risk: np.ndarray) -> np.ndarray:
    """Cumulative baseline hazard (K, J) at the distinct event times."""
    ties, weighted_risk = thinned_ties(sets, sets.arranged(weights)), sets.arranged(weights * risk)
    at_risk = np.where(ties.weight > 0, ties.at_risk(weighted_risk[:, None])[:, 0], 1.0)
    return np.add.reduceat(ties.weight / at_risk, sets.first, axis=-1).cumsum(axis=-1)


def _mean_survival(hazard: np.ndarray, predictor: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Mean over the patients, (K, J)."""
    total = weights.sum(axis=1)
    with np.errstate(over="ignore", under="ignore"):
        risk = np.exp(predictor)
        each = [(weights * np.exp(-at[:, None] * risk)).sum(axis=1) / total for at in hazard.T]
    return np.stack(each, axis=1)
