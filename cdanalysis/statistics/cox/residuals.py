"""Residuals of a Cox model, one row per patient: martingale without covariates, dfbeta of a fitted model; as R's residuals().

Tied events share their risk sets as the model's ties say, so the residuals are the likelihood's own derivatives by a
patient's weight. Therneau, Grambsch and Fleming, Biometrika 1990;77:147.
"""

import numpy as np

from cdanalysis.statistics.cox.kernel.risk_sets import SortedRiskSets, sorted_risk_sets
from cdanalysis.statistics.time_axis import Observed


def null_martingale(data: Observed, ties: str) -> np.ndarray:
    """Events observed less expected (n,) in the model without covariates; data must hold an event."""
    sets = sorted_risk_sets(data, ties)
    w = sets.arranged(np.ones(len(data)))
    return _back(sets, sets.event - w * sets.spread(1 / sets.at_risk(w)))


def dfbeta(
    data: Observed,
    x: np.ndarray,
    coef: np.ndarray,
    covariance: np.ndarray,
    ties: str,
    strata: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """How much each coefficient (n, p) would change without a patient, to first order; x (n, p), covariance (p, p).

    weights (n,): case weights of rows without an event; a row with one has weight 1.
    """
    sets = sorted_risk_sets(data, ties, strata)
    columns = sets.arranged((x - x.mean(axis=0)).T)
    ratio = np.exp((x - x.mean(axis=0)) @ coef)
    w = sets.arranged(ratio if weights is None else ratio * weights)
    den = sets.at_risk(w)
    mean = sets.at_risk(columns * w) / den
    score = -w * (columns * sets.spread(1 / den) - sets.spread(mean / den))
    of_slot = np.add.reduceat(mean, sets.first, -1) / np.diff(sets.first, append=len(sets.dead))
    score[:, sets.dead] += columns[:, sets.dead] - of_slot[:, sets.slot]
    return _back(sets, score).T @ covariance


def _back(sets: SortedRiskSets, arranged: np.ndarray) -> np.ndarray:
    """Arranged values (..., n filled up) in the order of the patients (..., n)."""
    values = np.empty((*arranged.shape[:-1], len(sets.by_time)))
    values[..., sets.by_time] = arranged[..., : len(sets.by_time)]
    return values
