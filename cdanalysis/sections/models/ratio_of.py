"""A hazard ratio with its P as a table sets it beside those of other models of the same term."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import Estimate, NotEstimable, numbers_of
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.cox.frailty import FrailtyResult


@dataclass(frozen=True)
class RatioOf:
    """A ratio with its P, NaN where there is no ratio."""

    ratio: Estimate | NotEstimable
    p_value: float

    @property
    def numbers(self) -> tuple[float, float, float, float]:
        """Ratio, limits and P; NaN where there is no ratio."""
        return *numbers_of(self.ratio), self.p_value if isinstance(self.ratio, Estimate) else nan


def ratio_of(fit: CoxResult | FrailtyResult | NotEstimable, place: int = 0) -> RatioOf:
    """The ratio of a model's term."""
    if isinstance(fit, NotEstimable):
        return RatioOf(fit, nan)
    return RatioOf(fit.terms[place].hazard_ratio, fit.terms[place].p_value)


def numbers_beside(
    lines: Sequence[tuple[tuple[object, ...], Sequence[RatioOf]]], named: Sequence[str], kinds: Sequence[str]
) -> pd.DataFrame:
    """Ratios of several models beside each other as numbers, unrounded; empty where there is no ratio.

    lines: what names each line, and its ratios by kind; named: the columns of the names.
    """
    columns = [f"{kind}_{what}" for kind in kinds for what in ("ratio", "lower", "upper", "p")]
    cells = [(*names, *(value for one in ratios for value in one.numbers)) for names, ratios in lines]
    return pd.DataFrame(cells, columns=[*named, *columns])


def columns_of(model: Sequence[Covariate]) -> pd.DataFrame:
    """The design columns of several candidates together, under their terms' labels."""
    labels = [term.label for one in model for term in one.terms]
    return pd.DataFrame(np.column_stack([one.columns for one in model]), columns=labels)
