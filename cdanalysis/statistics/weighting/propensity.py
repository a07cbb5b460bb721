"""Weights that make two groups alike in measured covariates, and how alike they are then.

The propensity is a logistic regression (maximum likelihood, as R's glm); weights are those of the average effect in everybody,
the inverse of the probability of one's own group, scaled to the size of the group. Robins, Hernan and Brumback, Epidemiology
2000;11:550; Austin and Stuart, Stat Med 2015;34:3661 (standardised differences: unweighted pooled standard deviation).
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.results import NotEstimable

MOST_STEPS, CLOSE = 50, 1e-12
FARTHEST = 15.0  # of a linear predictor: beyond it a covariate separates the groups
RARE = 1e-10  # a spread below it is none


@dataclass(frozen=True, eq=False)
class Propensity:
    """coef (p + 1,): intercept first; scores, weights (n,); effective: by group (0, 1), patients the weighted ones are worth."""

    coef: np.ndarray
    scores: np.ndarray
    weights: np.ndarray
    effective: tuple[float, float]


def propensity(marked: np.ndarray, covariates: np.ndarray) -> Propensity | NotEstimable:
    """Weights of complete patients: marked (n,) 0 or 1, covariates (n, p) numbers without a gap."""
    if not 0 < marked.sum() < len(marked):
        return NotEstimable("all patients are in one group")
    spread = covariates.std(axis=0)
    varying = spread > RARE
    scaled = (covariates[:, varying] - covariates[:, varying].mean(axis=0)) / spread[varying]
    fitted = _logistic(marked.astype(float), np.column_stack([np.ones(len(marked)), scaled]))
    if isinstance(fitted, NotEstimable):
        return fitted
    scores = 1 / (1 + np.exp(-(fitted[0] + scaled @ fitted[1:])))
    coef = np.zeros(covariates.shape[1] + 1)
    coef[1:][varying] = fitted[1:] / spread[varying]
    coef[0] = fitted[0] - coef[1:] @ covariates.mean(axis=0)
    first = marked == 1
    inverse = np.where(first, 1 / scores, 1 / (1 - scores))
    weights = inverse.copy()
    for own in (~first, first):
        weights[own] *= own.sum() / inverse[own].sum()
    sizes = [float(weights[own].sum() ** 2 / (weights[own] ** 2).sum()) for own in (~first, first)]
    return Propensity(coef=coef, scores=scores, weights=weights, effective=(sizes[0], sizes[1]))


def _logistic(y: np.ndarray, x: np.ndarray) -> np.ndarray | NotEstimable:
    """Coefficients (p,) by Newton's steps."""
    coef = np.zeros(x.shape[1])
    for _ in range(MOST_STEPS):
        predictor = np.clip(x @ coef, -FARTHEST - 10, FARTHEST + 10)
        share = 1 / (1 + np.exp(-predictor))
        information = (x * (share * (1 - share))[:, None]).T @ x
        step = np.linalg.lstsq(information, x.T @ (y - share), rcond=None)[0]
        coef = coef + step
        if np.abs(x @ coef).max() > FARTHEST:
            return NotEstimable("a covariate separates the groups: some patients could only be in their own")
        if np.abs(step).max() < CLOSE:
            break
    return coef


def standardised_differences(
    marked: np.ndarray, covariates: np.ndarray, weights: np.ndarray | None = None
) -> np.ndarray:
    """(p,): mean of the marked less that of the others, in pooled standard deviations; NaN where nobody differs."""
    weights = np.ones(len(marked)) if weights is None else weights
    first, second = covariates[marked == 1], covariates[marked == 0]
    pooled = np.sqrt((_variance(first) + _variance(second)) / 2)
    gap = np.average(first, axis=0, weights=weights[marked == 1]) - np.average(
        second, axis=0, weights=weights[marked == 0]
    )
    return np.where(pooled > RARE, gap / np.where(pooled > RARE, pooled, 1.0), np.nan)


def _variance(values: np.ndarray) -> np.ndarray:
    """p(1 - p) of a column of 0 and 1, else with n - 1."""
    binary = ((values == 0) | (values == 1)).all(axis=0)
    n = len(values)
    return values.var(axis=0) * np.where(binary, 1.0, n / max(n - 1, 1))
