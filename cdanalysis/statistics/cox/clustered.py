"""Standard errors of a Cox model whose rows come in clusters: a patient's start-stop rows, the patients of a centre.

The covariance is D'D, D the dfbeta summed over each cluster; the score test likewise, with the score residuals at b = 0: as
R's coxph(cluster=). Lin and Wei, JASA 1989;84:1074.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.results import Caution
from cdanalysis.statistics.cox.cox_result import ChiSquare, chi_square
from cdanalysis.statistics.cox.kernel.cox_newton import NewtonFit
from cdanalysis.statistics.cox.residuals import dfbeta
from cdanalysis.statistics.time_axis import Observed

FEW_CLUSTERS = 20


@dataclass(frozen=True, eq=False)
class ClusteredErrors:
    """covariance (p, p) of the coefficients, score: R's robust score test, how many clusters there are."""

    covariance: np.ndarray
    score: ChiSquare
    n_clusters: int

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What a reader of robust errors must know."""
        if self.n_clusters >= FEW_CLUSTERS:
            return ()
        words = f"robust standard errors on {self.n_clusters} clusters, fewer than {FEW_CLUSTERS}, tend to be too small"
        return (Caution(words, "few clusters"),)


def clustered_errors(
    data: Observed, x: np.ndarray, fitted: NewtonFit, ties: str, strata: np.ndarray | None, cluster: np.ndarray
) -> ClusteredErrors:
    """Of one model's standardised columns x (p, n) and its fit; cluster (n,): numbered."""
    informed = ~fitted.aliased
    pull = _summed(dfbeta(data, x.T, fitted.coef, fitted.covariance, ties, strata), cluster)
    at_zero = dfbeta(data, x[informed].T, np.zeros(informed.sum()), np.eye(informed.sum()), ties, strata)
    residuals = _summed(at_zero, cluster)
    score = residuals.sum(axis=0)
    spread = residuals.T @ residuals
    statistic = float(score @ np.linalg.pinv(spread, hermitian=True) @ score)
    return ClusteredErrors(covariance=pull.T @ pull, score=chi_square(statistic, len(score)), n_clusters=len(pull))


def _summed(values: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Sums (clusters, p) of rows (n, p)."""
    places = np.unique(cluster, return_inverse=True)[1]
    total = np.zeros((places.max() + 1, values.shape[1]))
    np.add.at(total, places, values)
    return total
