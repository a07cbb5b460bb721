"""The reader's cross-check: the same curves, tests and models by lifelines, and the largest difference from ours.

lifelines knows Efron's ties and the log-log interval only; what it cannot compare is left out by name. It is imported
when asked for: importing costs seconds.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult
from cdanalysis.statistics.curves.logrank import LogRank
from cdanalysis.statistics.time_axis import Observed, complete

# lifelines stops one Newton step early by default: five digits agree, these give all nine.
EXACT = {"precision": 1e-12, "r_precision": 1e-15, "step_size": 1.0}


@dataclass(frozen=True)
class Comparison:
    """One quantity by both: how many numbers were compared and the largest absolute difference, or why it was not."""

    quantity: str
    n_compared: int
    largest_difference: float
    note: str = ""


def check_curves(
    time: np.ndarray, event: np.ndarray, groups: Sequence[object] | np.ndarray, ours: KaplanMeierResult, name: str
) -> Comparison:
    """Survival, and where both know it the interval, of every group at every observed time."""
    from lifelines import KaplanMeierFitter

    gaps: list[np.ndarray] = []
    labels = np.asarray(groups, object)
    for curve in ours.curves:
        inside = labels == curve.group
        theirs = KaplanMeierFitter(alpha=1 - ours.conf_level).fit(time[inside], event[inside])
        gaps.append(np.atleast_1d(theirs.predict(curve.time)) - curve.survival)  # one time gives a bare number
        if ours.interval == "log-log":
            band = theirs.confidence_interval_.loc[curve.time].to_numpy()
            gaps += [band[:, 0] - curve.lower, band[:, 1] - curve.upper]
    note = "" if ours.interval == "log-log" else f"lifelines has no {ours.interval} interval: survival only"
    return _comparison(f"{name}: curves", gaps, note)


def check_logrank(
    time: np.ndarray, event: np.ndarray, groups: Sequence[object] | np.ndarray, ours: LogRank, name: str
) -> Comparison:
    """The chi-square statistic and its P."""
    from lifelines.statistics import multivariate_logrank_test

    theirs = multivariate_logrank_test(time, np.asarray(groups, object), event)
    gaps = [np.array([theirs.test_statistic - ours.statistic, theirs.p_value - ours.p_value])]
    return _comparison(f"{name}: log-rank test", gaps)


def check_cox(data: Observed, columns: np.ndarray, ours: CoxResult, name: str) -> Comparison:
    """Coefficients and standard errors of a model whose every term is estimable."""
    if ours.ties != "efron":
        return Comparison(name, 0, float("nan"), "lifelines has Efron's ties only")
    if any(isinstance(term.hazard_ratio, NotEstimable) for term in ours.terms):
        return Comparison(name, 0, float("nan"), "a term is not estimable")
    fitter = _fitted(data, columns)
    mine = np.array([(term.coef, term.standard_error) for term in ours.terms])
    theirs = np.column_stack([fitter.params_.to_numpy(), fitter.standard_errors_.to_numpy()])
    return _comparison(name, [theirs - mine])


def _fitted(data: Observed, columns: np.ndarray) -> Any:
    from lifelines import CoxPHFitter

    kept = complete(columns)
    # Internal names: a header of the file never reaches lifelines' formulas.
    frame = pd.DataFrame(columns[kept], columns=[f"x{index}" for index in range(columns.shape[1])])
    frame = frame.assign(time=data.time[kept], event=data.event[kept])
    late = {} if data.entry is None else {"entry_col": "entry"}
    if data.entry is not None:
        frame["entry"] = np.maximum(data.entry[kept], 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CoxPHFitter().fit(frame, "time", "event", fit_options=EXACT, **late)


def _comparison(name: str, gaps: Sequence[np.ndarray], note: str = "") -> Comparison:
    every = np.concatenate([np.ravel(gap) for gap in gaps]) if gaps else np.empty(0)
    known = every[~np.isnan(every)]
    return Comparison(name, len(known), float(np.abs(known).max(initial=0.0)), note)
