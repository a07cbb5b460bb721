"""Groups of a survival figure compared: the log-rank test and its weighted kin, every pair, restricted mean times."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.logrank import WEIGHTINGS, LogRank, logrank_by_place
from cdanalysis.statistics.rmst import Rmst, rmst
from cdanalysis.statistics.time_axis import Observed

HORIZON_STEP_MONTHS = 6.0


@dataclass(frozen=True)
class Pair:
    """Two groups and the log-rank P between them, as it is and by Holm's correction for the number of pairs."""

    first: str
    second: str
    p_value: float | NotEstimable
    holm_p: float


@dataclass(frozen=True)
class GroupComparison:
    """tests: each weighting's; pairs: empty for two groups; means: restricted to what every group was observed for."""

    tests: tuple[tuple[str, LogRank | NotEstimable], ...]
    pairs: tuple[Pair, ...]
    means: Rmst | NotEstimable


def compare_groups(
    data: Observed, labels: tuple[str, ...], places: np.ndarray, conf_level: float
) -> GroupComparison | None:
    """Everything about the groups at once; None for one group."""
    present = [place for place in range(len(labels)) if (places == place).any()]
    if len(present) < 2:
        return None
    tests = tuple((name, logrank_by_place(data, labels, places, name)) for name in WEIGHTINGS)
    return GroupComparison(tests, _pairs(data, labels, places, present), _means(data, labels, places, conf_level))


def _pairs(data: Observed, labels: tuple[str, ...], places: np.ndarray, present: list[int]) -> tuple[Pair, ...]:
    if len(present) < 3:
        return ()
    found = []
    for one, other in combinations(present, 2):
        inside = (places == one) | (places == other)
        test = logrank_by_place(data[inside], labels, places[inside])
        found.append((labels[one], labels[other], getattr(test, "p_value", test)))
    holm = holm_correction([p if isinstance(p, float) else np.nan for *_, p in found])
    return tuple(Pair(*pair, corrected) for pair, corrected in zip(found, holm, strict=True))


def holm_correction(p_values: list[float]) -> list[float]:
    """Holm's step-down correction; a NaN is not counted and stays. Holm, Scand J Stat 1979;6:65."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p == p)
    corrected, largest = [np.nan] * len(p_values), 0.0
    for rank, (p, place) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - rank)))
        corrected[place] = largest
    return corrected


def _means(data: Observed, labels: tuple[str, ...], places: np.ndarray, conf_level: float) -> Rmst | NotEstimable:
    if data.entry is not None:
        return NotEstimable("restricted means are not computed with late entry")
    longest = min(data.time[places == place].max() for place in set(places[places >= 0].tolist()))
    horizon = longest // HORIZON_STEP_MONTHS * HORIZON_STEP_MONTHS
    if horizon <= 0:
        return NotEstimable(f"a group was followed for less than {HORIZON_STEP_MONTHS:g} months")
    known = places >= 0
    names = np.array(labels, object)[places[known]]
    ordered = [
        f"{places[known][i]:02d} {name}" for i, name in enumerate(names)
    ]  # the groups' own order, not the alphabet's
    found = rmst(data.time[known], data.event[known], np.array(ordered, object), horizon=horizon, conf_level=conf_level)
    groups = tuple(type(one)(**{**vars(one), "group": str(one.group)[3:]}) for one in found.groups)
    return type(found)(**{**vars(found), "groups": groups})
