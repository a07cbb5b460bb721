"""What a moving cut-off needs: curves, log-rank test and hazard ratio of two groups at every candidate cut-off, at once.

Two histograms (event time x number of cut-offs below the value) give how many are at risk and have an event above every
cut-off at every event time; all else is arithmetic on those tables. Equal to one call per cut-off of kaplan_meier,
logrank and cox.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import z_value
from cdanalysis.statistics.cox.cox_split import cox_split
from cdanalysis.statistics.curves.kaplan_meier import survival_band
from cdanalysis.statistics.cutoffs.sides import n_passed
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.statistics.time_axis import Observed, observed


@dataclass(frozen=True, eq=False)
class GroupTables:
    """One side of K cut-offs at J event times: n_at_risk, n_events, survival, lower, upper (K, J); n, n_events_total (K,).

    The curves are computed when first asked for: a scan needs the counts alone.
    """

    n_at_risk: np.ndarray
    n_events: np.ndarray
    n: np.ndarray
    interval: str
    z: float

    @cached_property
    def n_events_total(self) -> np.ndarray:
        """Events of the group at any time (K,)."""
        return self.n_events.sum(axis=1)

    @cached_property
    def _band(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return survival_band(self.n_at_risk, self.n_events, self.interval, self.z)

    @property
    def survival(self) -> np.ndarray:
        """Kaplan-Meier survival after each event time (K, J)."""
        return self._band[0]

    @property
    def lower(self) -> np.ndarray:
        """Lower limit of the survival (K, J)."""
        return self._band[1]

    @property
    def upper(self) -> np.ndarray:
        """Upper limit of the survival (K, J)."""
        return self._band[2]


@dataclass(frozen=True, eq=False)
class CutoffGrid:
    """K cut-offs: the groups below and above, the tests, the hazard ratio of above against below (NaN with a reason).

    split (K,): the first cut-off that splits the patients identically.
    """

    cutoffs: np.ndarray
    event_times: np.ndarray
    below: GroupTables
    above: GroupTables
    logrank_p: np.ndarray
    hazard_ratio: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    p_value: np.ndarray
    reasons: tuple[str, ...]
    split: np.ndarray


def cutoff_grid(
    time: ArrayLike,
    event: ArrayLike,
    values: ArrayLike,
    cutoffs: ArrayLike,
    *,
    side: str = ">",
    interval: str = "log-log",
    conf_level: float = 0.95,
    ties: str = "efron",
    entry: ArrayLike | None = None,
) -> CutoffGrid:
    """Everything at every cut-off; time, event, values (n,), a NaN value leaves the patient out; cutoffs (K,) ascending."""
    marker, cuts = np.asarray(values, float), np.asarray(cutoffs, float)
    known = ~np.isnan(marker)
    data, marker = observed(time, event, entry)[known], marker[known]
    # Above cut-off k for every k < place.
    place = n_passed(cuts, marker, side)
    times = np.unique(data.time[data.event])
    z = z_value(conf_level)
    at_risk, n_events = _tables(data, place, times, len(cuts))
    n_above = len(marker) - np.searchsorted(np.sort(place), np.arange(len(cuts)), "right")
    above = GroupTables(at_risk[1], n_events[1], n_above, interval, z)
    below = GroupTables(at_risk[0], n_events[0], len(marker) - n_above, interval, z)
    split = np.searchsorted(-n_above, -n_above, "left")  # the groups are nested: the same size is the same split
    ratios = _ratios(below, above, ties, z)
    reasons = tuple(_reason(below, above, k) if np.isnan(ratios[0][k]) else "" for k in range(len(cuts)))
    p = chdtrc(1, _logrank(below.n_at_risk, below.n_events, above.n_at_risk, above.n_events) ** 2)
    return CutoffGrid(cuts, times, below, above, p, *ratios, reasons, split)


def logrank_of_cutoffs(data: Observed, marker: np.ndarray, cutoffs: np.ndarray, side: str) -> np.ndarray:
    """The root of the log-rank statistic at every cut-off (K,), above 0 where those above have more events than expected;
    NaN where it cannot be computed; no value missing."""
    place = n_passed(cutoffs, marker, side)
    at_risk, n_events = _tables(data, place, np.unique(data.time[data.event]), len(cutoffs))
    return _logrank(at_risk[0], n_events[0], at_risk[1], n_events[1])


def _tables(
    data: Observed, place: np.ndarray, times: np.ndarray, n_cuts: int
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """At risk and events, each (below, above), of shape (K, J)."""

    def cumulated(row: np.ndarray, column: np.ndarray) -> np.ndarray:
        """Patients with row >= j and column > k, as (K, J)."""
        table = np.bincount(row * (n_cuts + 1) + column, minlength=(len(times) + 1) * (n_cuts + 1))
        table = table.reshape(len(times) + 1, n_cuts + 1)
        return table[::-1, ::-1].cumsum(0).cumsum(1)[::-1, ::-1][1:].T

    reached = np.searchsorted(times, data.time, "right")
    risk = cumulated(reached, place)
    if data.entry is not None:
        risk = risk - cumulated(np.searchsorted(times, data.entry, "right"), place)
    ends = cumulated(reached[data.event], place[data.event])
    events = ends - np.concatenate([ends[:, 1:], np.zeros((len(ends), 1), int)], axis=1)
    return (risk[0] - risk[1:], risk[1:]), (events[0] - events[1:], events[1:])


def _logrank(
    below_at_risk: np.ndarray, below_events: np.ndarray, above_at_risk: np.ndarray, above_events: np.ndarray
) -> np.ndarray:
    n, d = below_at_risk[0] + above_at_risk[0], below_events[0] + above_events[0]  # the same at every cut-off
    share = above_at_risk / n
    difference = above_events.sum(axis=1) - share @ d
    variance = (share * (1 - share)) @ (d * (n - d) / np.maximum(n - 1, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > 1e-12, difference / np.sqrt(variance), np.nan)


def _ratios(
    below: GroupTables, above: GroupTables, ties: str, z: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Hazard ratio, its limits and P of every cut-off."""
    coef, error = cox_split(below.n_at_risk, below.n_events, above.n_at_risk, above.n_events, ties)
    ratio, lower, upper = (exp_within(end) for end in (coef, coef - z * error, coef + z * error))
    return ratio, lower, upper, chdtrc(1, (coef / error) ** 2)


def _reason(below: GroupTables, above: GroupTables, k: int) -> str:
    """Why there may be no hazard ratio at a cut-off; empty where both groups have patients and events."""
    for side, group in (("below", below), ("above", above)):
        if group.n[k] == 0:
            return f"no patient is {side} the cut-off"
    if below.n_events_total[k] + above.n_events_total[k] == 0:
        return "no event was observed"
    for side, group in (("below", below), ("above", above)):
        if group.n_events_total[k] == 0:
            return f"no event among the patients {side} the cut-off"
    return ""
