"""The partial likelihood of many Cox models of the same times and events: value, score and information, and their inverse.

With the sums over risk sets R of `risk_sets`, in which all ties, late entries and strata live:
    w = exp(x b)   den = R w   Z = R (w x) / den   v = w R'(1/den)
    log-likelihood = sum over events of x b - log den     score = x'(e - v)     information = x' diag(v) x - Z'Z
Efron, JASA 1977;72:557; Breslow, Biometrics 1974;30:89.
"""

import numpy as np

from cdanalysis.statistics.cox.kernel.thinned_ties import RiskSets, ThinnedTies

Weights = tuple[np.ndarray, ThinnedTies]  # of the patients (K,n arranged), and what their ties make of them
ALIASED = 2e-12  # of a column's information: what the other columns leave of it is rounding, as R's toler.chol
Terms = tuple[np.ndarray, np.ndarray, np.ndarray]  # log-likelihood (K,), score (K,p), information (K,p,p)


def terms(sets: RiskSets, x: np.ndarray, b: np.ndarray) -> Terms:
    """The likelihood of K models at b (K,p), x (K,p,n) in the order of the patients."""
    columns = with_ones(sets.arranged(x))
    return weighted_terms(sets, columns, b, columns @ sets.event, None)


def with_ones(x: np.ndarray) -> np.ndarray:
    """x (..., p, n) and a last row of ones: what sums the columns then sums the patients too."""
    return np.concatenate([x, np.ones((*x.shape[:-2], 1, x.shape[-1]))], axis=-2)


def weighted_terms(
    sets: RiskSets, x: np.ndarray, b: np.ndarray, at_events: np.ndarray, weights: Weights | None
) -> Terms:
    """The same for arranged x with its ones (K,p+1,n), its sums over the events (K,p+1), and weights.

    An event weighs what those tied with it weigh on average, as in R.
    """
    eta = (b[:, None] @ x[:, :-1])[:, 0]
    top = eta.max(axis=1)
    w = np.exp(eta - top[:, None]) if weights is None else weights[0] * np.exp(eta - top[:, None])
    w[:, sets.filling] = 0
    weighted, sums = x * w[:, None], sets if weights is None else weights[1]
    at_risk = sums.at_risk(weighted)
    den, weight = at_risk[:, -1], 1.0
    if weights is not None:
        weight = weights[1].weight
        den = np.where(weight > 0, den, 1.0)  # nobody of weight has that event, and perhaps nobody is at risk
    inverse = weight / den
    z = at_risk[:, :-1] / den[:, None]
    weighted *= sums.spread(inverse)[:, None]
    product = weighted @ x.swapaxes(1, 2)
    return (
        np.einsum("kp,kp->k", b, at_events[:, :-1]) - top * at_events[:, -1] - (weight * np.log(den)).sum(axis=1),
        at_events[:, :-1] - product[:, :-1, -1],
        product[:, :-1, :-1] - (z if weights is None else z * np.expand_dims(weight, -2)) @ z.swapaxes(1, 2),
    )


def sweep_inverse(information: np.ndarray, least: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Batched inverse by sweeping; a column without information of its own gets zero rows. Also which columns had it.

    least (K,p): what is no information any more; by default what rounding leaves of the column's.

    The models lie along the last axis meanwhile: numpy runs along that one, and p would be a short run.
    """
    a = np.moveaxis(information, 0, -1).copy(order="C")
    least = ALIASED * np.maximum(a.diagonal().T, 1) if least is None else least.T
    informed, outer = np.empty(a.shape[1:], bool), np.empty_like(a)
    for j in range(len(a)):
        column = a[j].copy()
        informed[j] = known = column[j] > least[j]
        pivot = known / np.where(known, column[j], 1)
        row = pivot * column
        a -= np.multiply(column[:, None], row, out=outer)
        a[j] = a[:, j] = row
        a[j, j] = -pivot
    return np.moveaxis(np.negative(a, out=a), -1, 0), informed.T
