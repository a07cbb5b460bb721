"""Restricted cubic splines: smooth between the knots, straight beyond the outer ones.

Harrell's truncated powers (Regression Modeling Strategies, 2nd ed., 2.4.5; R's rms::rcs); what they span is R's splines::ns
with the same knots, so a least-squares curve of either is the same.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.results import NotEstimable

# Harrell's places of the knots, as quantiles (type 7) of the values.
KNOT_QUANTILES = {3: (0.10, 0.50, 0.90), 4: (0.05, 0.35, 0.65, 0.95), 5: (0.05, 0.275, 0.5, 0.725, 0.95)}
SMOOTH_POINTS = 40


@dataclass(frozen=True, eq=False)
class Smooth:
    """A least-squares curve at the points x (m,): value and standard_error (m,)."""

    x: np.ndarray
    value: np.ndarray
    standard_error: np.ndarray


def knots_of(values: np.ndarray, n_knots: int = 4) -> np.ndarray | NotEstimable:
    """Harrell's knots (n_knots,) of the values (n,); NotEstimable where two fall together, or the values are fewer than they."""
    found = np.quantile(values, KNOT_QUANTILES[n_knots]) if len(values) else np.zeros(n_knots)
    if min(len(np.unique(found)), len(np.unique(values))) < n_knots:
        return NotEstimable(f"too few distinct values for a curve with {n_knots} knots")
    return found


def basis(values: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """Columns (n, k - 1) by k knots: the value itself, then k - 2 bends, each divided by the squared width of the knots."""
    last, before = knots[-1], knots[-2]
    width = (last - knots[0]) ** 2

    def above(knot: float) -> np.ndarray:
        return np.maximum(values - knot, 0) ** 3

    bends = [
        (above(k) - above(before) * (last - k) / (last - before) + above(last) * (before - k) / (last - before)) / width
        for k in knots[:-2]
    ]
    return np.column_stack([values, *bends])


def natural_smooth(x: np.ndarray, y: np.ndarray, *, variance: float | None = None) -> Smooth | NotEstimable:
    """A curve of 4 degrees of freedom through y (n,) over x (n,), as R's plot.cox.zph draws it.

    variance: of one y; None estimates it from the residuals. Knots as R's: ends of x and thirds of points and x together.
    """
    at = np.linspace(x.min(), x.max(), SMOOTH_POINTS)
    knots = np.quantile(np.concatenate([at, x]), [0, 1 / 3, 2 / 3, 1])
    if len(np.unique(knots)) < len(knots):
        return NotEstimable("too few distinct values for a smooth curve")
    centre, spread = x.mean(), x.std()
    design, shown = (
        np.column_stack([np.ones(len(v)), basis((v - centre) / spread, (knots - centre) / spread)]) for v in (x, at)
    )
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return NotEstimable("too few distinct values for a smooth curve")
    coef, *_ = np.linalg.lstsq(design, y, rcond=None)
    if variance is None:
        left = len(y) - design.shape[1]
        variance = float(((y - design @ coef) ** 2).sum() / left) if left > 0 else np.nan
    inverse = np.linalg.inv(design.T @ design)
    error = np.sqrt(variance * np.einsum("ij,jk,ik->i", shown, inverse, shown))
    return Smooth(at, shown @ coef, error)
