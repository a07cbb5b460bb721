"""One comparison within subgroups: the hazard ratio in each, and whether the subgroups differ.

Each hazard ratio is that of its own patients alone (R: coxph on the subset). The interaction P is the likelihood ratio of
the model with marker, level and their products against the one without the products (R: anova of the two); a level in
which nobody had the event says nothing about it and is left out. Wang et al., NEJM 2007;357:2189.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import ChiSquare, CoxResult, chi_square
from cdanalysis.statistics.time_axis import Observed, labels_in_order, observed


@dataclass(frozen=True)
class Subgroup:
    """One level: its patients and events, those of them above the cut-off, and the hazard ratio of above against below."""

    level: str
    n: int
    n_events: int
    n_marked: int
    n_events_marked: int
    hazard_ratio: Estimate | NotEstimable
    p_value: float


@dataclass(frozen=True)
class SubgroupComparison:
    """The levels of one covariate in order, and the test that they differ; n_missing: patients without a level or marker."""

    subgroups: tuple[Subgroup, ...]
    interaction: ChiSquare | NotEstimable
    n_missing: int


def subgroups(
    time: np.ndarray,
    event: np.ndarray,
    marked: np.ndarray,
    levels: np.ndarray | pd.Series | pd.Categorical,
    *,
    ties: str = "efron",
    entry: np.ndarray | None = None,
    conf_level: float = 0.95,
    name: str = "the marker",
) -> SubgroupComparison:
    """The hazard ratio of those above a cut-off against those below within each level, and the test that the levels differ.

    time (n,): 0 or more, any unit; event (n,): True = event; marked (n,): 1 above, 0 below, NaN not measured; levels (n,): of
    the covariate that makes the subgroups, None not known. ties: "efron" or "breslow". entry (n,): late entry. name: what
    marked says, for the reasons of what cannot be estimated. Raises ValueError for an argument that is not as said.
    """
    data = observed(time, event, entry)
    labels, places = labels_in_order("levels", levels, len(data))
    texts = [str(label) for label in labels]
    return subgroups_by_place(data, np.asarray(marked, float), texts, places, ties, conf_level, name)


def subgroups_by_place(
    data: Observed, marked: np.ndarray, labels: Sequence[str], places: np.ndarray, ties: str, conf_level: float, name: str
) -> SubgroupComparison:  # fmt: skip
    """As `subgroups`, of levels already numbered: places (n,) into the labels, -1 where not known."""
    known = (places >= 0) & ~np.isnan(marked)
    data, marked, places = data[known], marked[known], places[known]
    parts = [places == place for place in range(len(labels))]
    found = tuple(
        one_subgroup(data[part], marked[part], label, ties, conf_level, name)
        for label, part in zip(labels, parts, strict=True)
    )
    return SubgroupComparison(found, _interaction(data, marked, places, ties, name), int((~known).sum()))


def one_subgroup(data: Observed, marked: np.ndarray, level: str, ties: str, conf_level: float, name: str) -> Subgroup:
    """The hazard ratio of above against below within some patients; marked (n,): 1 above, 0 below."""
    above = marked == 1
    sizes = level, len(data), int(data.event.sum()), int(above.sum()), int(data.event[above].sum())
    if not len(data):
        return Subgroup(*sizes, NotEstimable("no patient is in this subgroup"), nan)
    fit = cox_models(data, [([name], marked[:, None])], ties=ties, conf_level=conf_level)[0]
    if isinstance(fit, NotEstimable):
        return Subgroup(*sizes, fit, nan)
    return Subgroup(*sizes, fit.terms[0].hazard_ratio, fit.terms[0].p_value)


def _interaction(
    data: Observed, marked: np.ndarray, places: np.ndarray, ties: str, name: str
) -> ChiSquare | NotEstimable:
    with_events = np.unique(places[data.event])
    if len(with_events) < 2:
        return NotEstimable("fewer than two subgroups have an event")
    used = np.isin(places, with_events)
    levels = (places[used, None] == with_events).astype(float)
    # The level with the most events is the reference: an infinite estimate elsewhere then stays in its own columns.
    others = np.delete(levels, np.argmax(data.event[used] @ levels), axis=1)
    apart = np.column_stack([marked[used], others])
    together = np.column_stack([marked[used, None] * levels, others])
    models = [([name, *map(str, range(columns.shape[1] - 1))], columns) for columns in (apart, together)]
    return _likelihood_ratio(*cox_models(data[used], models, ties=ties))


def _likelihood_ratio(smaller: CoxResult | NotEstimable, larger: CoxResult | NotEstimable) -> ChiSquare | NotEstimable:
    """The test of nested models; its statistic is finite even where an estimate of the larger one is not."""
    if isinstance(smaller, NotEstimable) or isinstance(larger, NotEstimable):
        return NotEstimable("no estimate of the model with the interaction is finite")
    df = larger.likelihood_ratio.df - smaller.likelihood_ratio.df
    if df < 1:
        return NotEstimable("fewer than two subgroups have patients on both sides of the cut-off")
    return chi_square(2 * (larger.log_likelihood - smaller.log_likelihood), df)
