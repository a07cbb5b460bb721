"""Predictive mean matching, as R's mice draws it.

A missing value takes the observed value of one of the five patients whose prediction is nearest, predictions for the
missing being made with coefficients drawn from their posterior. Only values that occur are ever imputed.
Little, J Bus Econ Stat 1988;6:287; van Buuren, Flexible Imputation of Missing Data, 2018, algorithm 3.3.

A category of several levels has no order: it is predicted on the scale that the other variables tell its levels apart best
by, the first canonical variate, as mice quantifies a factor (its code is a name and no number).
"""

import numpy as np

DONORS = 5
RIDGE = 1e-5  # of a column's sum of squares, as mice
ROUNDING = 1e-8  # of the largest direction: what is below it is no direction


def matched(known: np.ndarray, y: np.ndarray, wanted: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Places in y (n,) of a donor for each row of wanted (m, p); known (n, p): the rows of y."""
    centre, spread = known.mean(axis=0), known.std(axis=0)
    scale = np.where(spread > 0, spread, np.inf)
    design, asked = (np.column_stack([np.ones(len(x)), (x - centre) / scale]) for x in (known, wanted))
    cross = design.T @ design
    inverse = np.linalg.inv(cross + RIDGE * np.diag(np.maximum(np.diag(cross), 1.0)))
    beta = inverse @ design.T @ y
    residual = y - design @ beta
    sigma = np.sqrt(residual @ residual / chance.chisquare(max(len(y) - design.shape[1], 1)))
    root = np.linalg.cholesky((inverse + inverse.T) / 2)
    drawn = beta + sigma * (root @ chance.standard_normal(len(beta)))
    order = np.argsort(design @ beta, kind="stable")
    distance = np.abs((design @ beta)[order] - (asked @ drawn)[:, None])
    nearest = np.argsort(distance, axis=1, kind="stable")[:, : min(DONORS, len(y))]
    return order[nearest[np.arange(len(nearest)), chance.integers(nearest.shape[1], size=len(nearest))]]


def canonical_scores(x: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """codes (n,) of a category on their first canonical variate with x (n, p), of variance 1; zeros where x tells nothing."""
    levels, place, n_each = np.unique(codes, return_inverse=True, return_counts=True)
    centred = x - x.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred / np.maximum(centred.std(axis=0), ROUNDING), full_matrices=False)
    directions = left[:, sizes > ROUNDING * sizes.max(initial=1.0)]
    if not directions.size or len(levels) < 2:
        return np.zeros(len(codes))
    marked = (place[:, None] == np.arange(len(levels))) / np.sqrt(n_each)
    scores = (np.linalg.svd(directions.T @ marked)[2][0] / np.sqrt(n_each))[place]
    return (scores - scores.mean()) / scores.std()
