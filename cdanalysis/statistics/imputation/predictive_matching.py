"""Predictive mean matching, as R's mice draws it: an estimator for scikit-learn's chained equations.

A missing value takes the observed value of one of the five patients whose prediction is nearest, predictions for the
missing being made with coefficients drawn from their posterior. Only values that occur are ever imputed.
Little, J Bus Econ Stat 1988;6:287; van Buuren, Flexible Imputation of Missing Data, 2018, algorithm 3.3.
"""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin

DONORS = 5
RIDGE = 1e-5  # of a column's sum of squares, as mice


class PredictiveMatching(RegressorMixin, BaseEstimator):
    """chance: the random numbers of one chain, shared by the estimators that the imputer clones."""

    def __init__(self, chance: np.random.Generator) -> None:
        self.chance = chance

    def __sklearn_clone__(self) -> PredictiveMatching:
        # A plain clone would copy the generator, and every column would be drawn with the same numbers.
        return PredictiveMatching(self.chance)

    def fit(self, X: np.ndarray, y: np.ndarray) -> PredictiveMatching:  # noqa: N803 - scikit-learn's name
        """Least squares on the patients who have the value, and one draw of its posterior."""
        self.centre_, spread = X.mean(axis=0), X.std(axis=0)
        self.scale_ = np.where(spread > 0, spread, np.inf)
        design = self._design(X)
        cross = design.T @ design
        inverse = np.linalg.inv(cross + RIDGE * np.diag(np.maximum(np.diag(cross), 1.0)))
        beta = inverse @ design.T @ y
        residual = y - design @ beta
        sigma = np.sqrt(residual @ residual / self.chance.chisquare(max(len(y) - design.shape[1], 1)))
        root = np.linalg.cholesky((inverse + inverse.T) / 2)
        self.drawn_ = beta + sigma * (root @ self.chance.standard_normal(len(beta)))
        order = np.argsort(design @ beta, kind="stable")
        self.predicted_, self.values_ = (design @ beta)[order], y[order]
        return self

    def predict(self, X: np.ndarray, return_std: bool = False) -> object:  # noqa: N803
        """A donor's value for each row; with a spread of 0, so that the imputer adds no noise of its own."""
        wanted = self._design(X) @ self.drawn_
        distance = np.abs(self.predicted_ - wanted[:, None])
        n_donors = min(DONORS, len(self.values_))
        nearest = np.argsort(distance, axis=1, kind="stable")[:, :n_donors]
        chosen = nearest[np.arange(len(nearest)), self.chance.integers(n_donors, size=len(nearest))]
        found = self.values_[chosen]
        return (found, np.zeros(len(found))) if return_std else found

    def _design(self, X: np.ndarray) -> np.ndarray:  # noqa: N803
        return np.column_stack([np.ones(len(X)), (X - self.centre_) / self.scale_])
