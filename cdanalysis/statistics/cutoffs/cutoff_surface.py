"""Two markers cut at once: the Cox model of both, for every pair of cut-offs of a grid.

Every model holds the two groups, above against below, and the same further covariates; all of them are chosen from one
set of columns and fitted in one batch, so a cell of the surface and the model of its two cut-offs are one number.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox_batch import cox_of_columns
from cdanalysis.statistics.time_axis import Observed, complete


@dataclass(frozen=True, eq=False)
class CutoffSurface:
    """A cut-offs of the first marker, B of the second; arrays of pairs are (A, B), those of both markers (2, A, B).

    coef, standard_error: of each marker beside the other, NaN where not estimable. n, n_events (2, 2, A, B): of the four
    groups, the first two axes below or above in the first and the second marker. log_likelihood: NaN where one is missing.
    """

    first: np.ndarray
    second: np.ndarray
    coef: np.ndarray
    standard_error: np.ndarray
    log_likelihood: np.ndarray
    n: np.ndarray
    n_events: np.ndarray
    n_patients: int
    n_dropped: int

    @cached_property
    def p_value(self) -> np.ndarray:
        """Wald P of each marker (2, A, B)."""
        return chdtrc(1, (self.coef / self.standard_error) ** 2)

    @property
    def n_blank(self) -> int:
        """Pairs at which one of the two hazard ratios at least is not estimable."""
        return int(np.isnan(self.log_likelihood).sum())


def cutoff_surface(
    data: Observed,
    above_first: np.ndarray,
    above_second: np.ndarray,
    cutoffs: tuple[np.ndarray, np.ndarray],
    beside: np.ndarray,
    *,
    ties: str = "efron",
) -> CutoffSurface | NotEstimable:
    """above_first (n, A), above_second (n, B): 1.0 above, 0.0 below, NaN not measured; beside (n, q) further covariates.

    Patients with a missing value anywhere are left out and counted. NotEstimable without a patient, an event or a cut-off.
    """
    known = complete(np.column_stack([above_first, above_second, beside]))
    part, one, two, more = data[known], above_first[known], above_second[known], beside[known]
    if not len(part) or not part.event.any():
        return NotEstimable("no patient with both markers had the event")
    if not one.shape[1] or not two.shape[1]:
        return NotEstimable("one of the markers has no admissible cut-off")
    fitted = cox_of_columns(part, np.column_stack([one, two, more]), _pairs(one, two, more), ties=ties)
    shape = one.shape[1], two.shape[1]
    known_both = fitted.estimable[:, :2].all(axis=1)
    return CutoffSurface(
        *cutoffs,
        np.moveaxis(fitted.coef[:, :2].reshape(*shape, 2), 2, 0),
        np.moveaxis(fitted.standard_error[:, :2].reshape(*shape, 2), 2, 0),
        np.where(known_both, fitted.log_likelihood, np.nan).reshape(shape),
        _four_groups(one, two, np.ones(len(part))),
        _four_groups(one, two, part.event.astype(float)),
        len(part),
        int((~known).sum()),
    )


def _pairs(one: np.ndarray, two: np.ndarray, more: np.ndarray) -> np.ndarray:
    """The columns (K, 2 + q) of every pair's model, the second cut-off running faster."""
    a, b, q = one.shape[1], two.shape[1], more.shape[1]
    first, second = np.repeat(np.arange(a), b), a + np.tile(np.arange(b), a)
    return np.column_stack([first, second, *(np.full(a * b, a + b + column) for column in range(q))])


def _four_groups(one: np.ndarray, two: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """How many of the counted lie in each of the four groups of every pair (2, 2, A, B)."""
    sides = [(1 - one, one), (1 - two, two)]
    return np.array([[(i * counted[:, None]).T @ j for j in sides[1]] for i in sides[0]]).astype(int)
