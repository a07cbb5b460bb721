"""Harrell's C of a fitted model with its interval, as R's concordance of a coxph.

Standard error by the infinitesimal jackknife: what each patient's pairs contribute. Harrell, JAMA 1982;247:2543; Therneau and
Atkinson, the vignette "Concordance" of R's survival.
"""

from math import sqrt

import numpy as np

from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.statistics.cox.cox_result import CoxResult, comparable_pairs
from cdanalysis.statistics.time_axis import Observed

MOST_PAIRS = 50_000_000  # events times patients: beyond, a page would wait for seconds


def concordance_of(model: CoxResult, conf_level: float = 0.95) -> Estimate | NotEstimable:
    """C of a model in its own patients, Wald limits within 0 and 1."""
    return concordance_index(model.data, model.linear_predictor, model.strata, conf_level)


def concordance_index(
    data: Observed, predictor: np.ndarray, strata: np.ndarray | None = None, conf_level: float = 0.95
) -> Estimate | NotEstimable:
    """The share of comparable pairs in which the earlier event has the higher predictor (n,); ties count half."""
    if int(data.event.sum()) * len(data) > MOST_PAIRS:
        return NotEstimable("there are too many pairs of patients")
    agreeing, pairs = _per_patient(data, predictor, strata)
    total = float(pairs.sum()) / 2
    if not total:
        return NotEstimable("no two patients can be compared")
    value = float(agreeing.sum()) / 2 / total
    error = sqrt(float((((agreeing - value * pairs) / total) ** 2).sum()))
    reach = z_value(conf_level) * error
    return Estimate(value, max(value - reach, 0.0), min(value + reach, 1.0))


def _per_patient(data: Observed, predictor: np.ndarray, strata: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """How many comparable pairs each patient has (n,): those that agree, ties as half, and all of them."""
    agreeing, pairs = np.zeros(len(data)), np.zeros(len(data))
    for k, later, score in comparable_pairs(data, predictor, strata):
        agreeing[later] += score
        pairs[later] += 1
        agreeing[k] += score.sum()
        pairs[k] += len(score)
    return agreeing, pairs
