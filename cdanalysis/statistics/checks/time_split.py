"""A hazard ratio that changes once: before and after a time, as R's coxph on the data of survSplit.

Each patient still followed at the split becomes two episodes, up to it and from it; a covariate enters once for each.
Risk sets of the two never overlap, so every other covariate keeps one coefficient. Therneau and Grambsch 2000, 6.5.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import CoxResult, CoxTerm, unknown_term
from cdanalysis.statistics.time_axis import Observed, complete, merged, observed


@dataclass(frozen=True, eq=False)
class TimeSplit:
    """The term before and after `at`, and how its log hazard ratio changes; model holds all terms.

    n_events: the events before (up to and at) and after the split. change: its P is the test of no change.
    """

    at: float
    before: CoxTerm
    after: CoxTerm
    change: CoxTerm
    n_events: tuple[int, int]
    model: CoxResult


def time_split(
    time: ArrayLike,
    event: ArrayLike,
    covariates: pd.DataFrame,
    place: int,
    at: float,
    *,
    ties: str = "efron",
    entry: ArrayLike | None = None,
    conf_level: float = 0.95,
) -> TimeSplit | NotEstimable:
    """Split the column at `place` at a time; arguments as `cox`. NotEstimable where no event lies on one side."""
    x = covariates.to_numpy(float)
    kept = complete(x)
    data, x = observed(time, event, entry)[kept], x[kept]
    episodes, patient, late = split(data, float(merged(data.time, [at])[0]))
    n_events = int((episodes.event & ~late).sum()), int((episodes.event & late).sum())
    if not all(n_events):
        return NotEstimable(f"no event {'up to' if n_events[1] else 'after'} {at:g}")
    columns, names = x[patient], [str(one) for one in covariates.columns]
    name = names.pop(place)
    others, split_column = np.delete(columns, place, axis=1), columns[:, place]
    models = [
        ([*names, "before", "after"], np.column_stack([others, split_column * ~late, split_column * late])),
        ([*names, name, "change"], np.column_stack([others, split_column, split_column * late])),
    ]
    parted, together = cox_models(episodes, models, ties=ties, conf_level=conf_level)
    if isinstance(parted, NotEstimable):
        return parted
    change = unknown_term("change", together.reason) if isinstance(together, NotEstimable) else together.terms[-1]
    return TimeSplit(at, parted.terms[-2], parted.terms[-1], change, n_events, parted)


def split(data: Observed, at: float) -> tuple[Observed, np.ndarray, np.ndarray]:
    """The episodes, the patient of each (place in data), and whether it lies after the split."""
    entry = np.full(len(data), -np.inf) if data.entry is None else data.entry
    early, late = np.flatnonzero(entry < at), np.flatnonzero(data.time > at)
    until = np.minimum(data.time[early], at)
    time = np.concatenate([until, data.time[late]])
    event = np.concatenate([data.event[early] & (data.time[early] <= at), data.event[late]])
    start = np.concatenate([entry[early], np.maximum(entry[late], at)])
    return Observed(time, event, start), np.concatenate([early, late]), np.arange(len(time)) >= len(early)
