"""The multivariable model of a page as its checks refit it: its time axis, its columns, the candidate of each."""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pandas as pd

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.ratio_of import columns_of
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.time_axis import Observed


class TimeAxis(TypedDict):
    """The arrays (n,) of a time axis as arguments of the statistics."""

    time: np.ndarray
    event: np.ndarray
    entry: np.ndarray | None


@dataclass(frozen=True, eq=False)
class ModelDesign:
    """Complete cases only. columns (n, p) under the terms' labels; candidates (p,): whose term each column is.

    kept (patients of the endpoint,): who is among the complete cases.
    """

    model: CoxResult
    data: Observed
    columns: pd.DataFrame
    candidates: tuple[Covariate, ...]
    kept: np.ndarray

    @property
    def time_axis(self) -> TimeAxis:
        """time, event and entry, by the names that the statistics give them."""
        return {"time": self.data.time, "event": self.data.event, "entry": self.data.entry}


def model_design(found: Predictors) -> ModelDesign | NotEstimable:
    """What the multivariable model was fitted on; why there is none."""
    if isinstance(found.multivariable, NotEstimable):
        return found.multivariable
    chosen = found.entered()
    columns = columns_of(chosen)
    kept = columns.notna().all(axis=1).to_numpy()
    owners = tuple(one for one in chosen for _ in one.terms)
    return ModelDesign(found.multivariable, observations(found.endpoint)[kept], columns[kept], owners, kept)
