"""Groups of a survival figure compared: weighted, stratified and trend tests, pairs, chosen months, restricted means."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from cdanalysis.results import NotEstimable, p_of
from cdanalysis.sections.survival.grouping import Grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.fixed_time import FixedTime, at_fixed_time
from cdanalysis.statistics.curves.kaplan_meier import curves_by_place
from cdanalysis.statistics.curves.logrank import WEIGHTINGS, LogRank, Weighting, logrank_by_place
from cdanalysis.statistics.curves.max_combo import MaxCombo, max_combo
from cdanalysis.statistics.curves.rmst import Rmst, rmst
from cdanalysis.statistics.describe.comparisons import corrected
from cdanalysis.statistics.time_axis import Observed

HORIZON_STEP_MONTHS = 6.0
FLEMING_HARRINGTON = {f"fh-{p}-{q}": ("fleming-harrington", p, q) for p, q in ((1, 0), (0, 1), (1, 1))}
TESTS: dict[str, Weighting] = {**{name: name for name in WEIGHTINGS}, **FLEMING_HARRINGTON}


@dataclass(frozen=True)
class Pair:
    """Two groups and the log-rank P between them, as it is and corrected for the number of pairs."""

    first: str
    second: str
    p_value: float | NotEstimable
    corrected_p: float


@dataclass(frozen=True)
class Stratified:
    """The log-rank test within the strata of another variable; n: patients whose stratum is known."""

    label: str
    n: int
    test: LogRank | NotEstimable


@dataclass(frozen=True)
class GroupComparison:
    """tests: each weighting's; max_combo: of two groups; trend and pairs: of three or more, in their order.

    at: each chosen month; means: restricted to what every group was observed for.
    """

    tests: tuple[tuple[str, LogRank | NotEstimable], ...]
    max_combo: MaxCombo | NotEstimable | None
    trend: LogRank | NotEstimable | None
    stratified: Stratified | NotEstimable | None
    pairs: tuple[Pair, ...]
    correction: str
    at: tuple[FixedTime, ...]
    means: Rmst | NotEstimable


def compare_groups(
    data: Observed,
    groups: Grouping,
    stratum: Grouping | NotEstimable | None,
    months: tuple[float, ...],
    settings: Settings,
) -> GroupComparison | None:
    """Everything about the groups at once; None for one group."""
    present = [place for place in range(len(groups.labels)) if (groups.places == place).any()]
    if len(present) < 2:
        return None
    axis = data, groups.labels, groups.places
    several = len(present) > 2
    # The test is of log(-log S), so the interval beside it is on that scale too, whatever the figure shows.
    curves = curves_by_place(*axis, "log-log", settings.conf_level).curves
    return GroupComparison(
        tests=tuple((name, logrank_by_place(*axis, weighting)) for name, weighting in TESTS.items()),
        max_combo=None if several else _max_combo(data, groups),
        trend=logrank_by_place(*axis, trend=True) if several else None,
        stratified=stratum if isinstance(stratum, NotEstimable | None) else _stratified(data, groups, stratum),
        pairs=_pairs(data, groups, present, settings.pair_correction) if several else (),
        correction=settings.pair_correction,
        at=tuple(at_fixed_time(curves, month) for month in months if month > 0),
        means=_means(data, groups, settings.conf_level),
    )


def _max_combo(data: Observed, groups: Grouping) -> MaxCombo | NotEstimable:
    named = pd.Categorical.from_codes(groups.places.tolist(), categories=pd.Index(groups.labels))
    return max_combo(data.time, data.event, named, entry=data.entry)


def _stratified(data: Observed, groups: Grouping, stratum: Grouping) -> Stratified:
    parts = stratum.places == np.arange(len(stratum.labels))[:, None]
    n = int((parts.any(axis=0) & (groups.places >= 0)).sum())
    return Stratified(stratum.label, n, logrank_by_place(data, groups.labels, groups.places, parts=parts))


def _pairs(data: Observed, groups: Grouping, present: list[int], correction: str) -> tuple[Pair, ...]:
    found = []
    for one, other in combinations(present, 2):
        inside = (groups.places == one) | (groups.places == other)
        test = logrank_by_place(data[inside], groups.labels, groups.places[inside])
        found.append((groups.labels[one], groups.labels[other], p_of(test)))
    p_values = corrected([p if isinstance(p, float) else np.nan for *_, p in found], correction)
    return tuple(Pair(one, other, p, after) for (one, other, p), after in zip(found, p_values, strict=True))


def _means(data: Observed, groups: Grouping, conf_level: float) -> Rmst | NotEstimable:
    if data.entry is not None:
        return NotEstimable("restricted means are not computed with late entry")
    known = groups.places >= 0
    longest = min(data.time[groups.places == place].max() for place in set(groups.places[known].tolist()))
    horizon = longest // HORIZON_STEP_MONTHS * HORIZON_STEP_MONTHS
    if horizon <= 0:
        return NotEstimable(f"a group was followed for less than {HORIZON_STEP_MONTHS:g} months")
    named = pd.Categorical.from_codes(groups.places[known].tolist(), categories=pd.Index(groups.labels))
    return rmst(data.time[known], data.event[known], named, horizon=horizon, conf_level=conf_level)
