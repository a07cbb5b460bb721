"""Every admissible cut-off of a marker at once: groups, events, hazard ratio, log-rank P, and P corrected for the search.

The rows are those of one `cox` and one `logrank` a cut-off; the corrected P values are maxstat's. A P picked because it is
the smallest is too small: Altman et al., J Natl Cancer Inst 1994;86:829.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import SIDES, Estimate, NotEstimable, is_above, z_value
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cutoffs.cutoff_grid import CutoffGrid, cutoff_grid
from cdanalysis.statistics.cutoffs.maxstat import MaxStat, maxstat
from cdanalysis.statistics.cutoffs.sides import n_below
from cdanalysis.statistics.ratios import wald_ratio
from cdanalysis.statistics.time_axis import Observed, complete, numbers, observed, one_of


@dataclass(frozen=True)
class ScannedCutoff:
    """One cut-off: above against below; hazard_ratio is adjusted where covariates were given."""

    cutoff: float
    n_below: int
    n_above: int
    events_below: int
    events_above: int
    hazard_ratio: Estimate | NotEstimable
    p_value: float
    logrank_p: float


@dataclass(frozen=True, eq=False)
class CutoffScan:
    """Rows ascending by cut-off; best: the row of the smallest log-rank P; maxstat: the statistic and its corrected P values.

    maxstat splits at "> cut-off" whatever the side, over its own admissible cut-offs, as R's does.
    """

    rows: tuple[ScannedCutoff, ...]
    best: ScannedCutoff
    maxstat: MaxStat | None
    side: str
    n: int
    n_events: int
    n_dropped: int
    conf_level: float

    @property
    def corrected(self) -> Estimate | NotEstimable:
        """The best row's hazard ratio with the limits that hold after the search: as many standard errors as `maxstat` says."""
        ratio = self.best.hazard_ratio
        if isinstance(ratio, NotEstimable):
            return ratio
        if self.maxstat is None or self.maxstat.critical is None:
            return NotEstimable("the search was not repeated with the marker shuffled")
        error = log(ratio.upper / ratio.lower) / (2 * z_value(self.conf_level))
        return wald_ratio(log(ratio.value), error, max(self.maxstat.critical, z_value(self.conf_level)))

    def splitting_as(self, values: Sequence[float], cutoff: float) -> ScannedCutoff | None:
        """The row that splits these values, of the patients scanned, as a cut-off does."""
        n_above = int(is_above(np.array(values), cutoff, self.side).sum())
        return next((row for row in self.rows if row.n_above == n_above), None)

    def n_significant(self, alpha: float = 0.05) -> int:
        """How many of the cut-offs give a log-rank P below alpha."""
        return sum(row.logrank_p < alpha for row in self.rows)


def _known(
    time: ArrayLike, event: ArrayLike, values: ArrayLike, adjust: pd.DataFrame | None
) -> tuple[Observed, np.ndarray, np.ndarray]:
    """The patients with a value of everything: their follow-up, marker (m,) and columns beside it (m, q)."""
    marker, everyone = np.asarray(values, float), observed(time, event)
    numbers("values", np.nan_to_num(marker), len(everyone))
    beside = np.empty((len(everyone), 0)) if adjust is None else adjust.to_numpy(float)
    known = ~np.isnan(marker) & complete(beside)
    return everyone[known], marker[known], beside[known]


def cutoff_scan(
    time: ArrayLike,
    event: ArrayLike,
    values: ArrayLike,
    *,
    side: str = ">",
    min_fraction: float = 0.1,
    min_events: int = 0,
    adjust: pd.DataFrame | None = None,
    ties: str = "efron",
    conf_level: float = 0.95,
    permutations: int = 0,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> CutoffScan | NotEstimable:
    """Try every distinct value of a marker as its cut-off: hazard ratio and log-rank P at each, and P corrected for the search.

    time (n,): 0 or more, any unit; event (n,): True = event; values (n,): the marker; adjust: n rows of covariates beside it,
    for the hazard ratios; a missing value leaves the patient out. side: ">" where the cut-off itself counts as below, ">=" as
    above. Admissible: both groups hold at least min_fraction of the patients and min_events events. permutations: how many
    shuffles for the permutation P, `seed` their seed, progress(done, total) called between blocks.
    NotEstimable where nothing can be compared. Raises ValueError for an argument that is not as said.
    """
    one_of("side", side, SIDES)
    if not 0 <= min_fraction < 0.5:
        raise ValueError(f"min_fraction is {min_fraction:g}, expected 0 or more and less than 0.5")
    data, marker, beside = _known(time, event, values, adjust)
    refusal = _refusal(data, marker)
    if refusal:
        return refusal
    cuts = admissible(data, marker, side, min_fraction, min_events)
    if not len(cuts):
        return NotEstimable(
            f"no cut-off leaves {min_fraction:.0%} of the patients and {min_events} events on both sides"
        )
    grid = cutoff_grid(data.time, data.event, marker, cuts, side=side, ties=ties, conf_level=conf_level)
    ratios = _adjusted(data, marker, beside, cuts, side, ties, conf_level) if beside.shape[1] else _alone(grid)
    rows = tuple(_row(grid, k, *ratios[k]) for k in range(len(cuts)))
    tested = [row for row in rows if row.logrank_p == row.logrank_p]
    if not tested:
        return NotEstimable("at no cut-off were both groups at risk at an event")
    corrected = maxstat(
        data.time, data.event.astype(float), marker, min_fraction=min_fraction, permutations=permutations,
        conf_level=conf_level, seed=seed, progress=progress,
    )  # fmt: skip
    best = min(tested, key=lambda row: row.logrank_p)
    return CutoffScan(
        rows=rows,
        best=best,
        maxstat=corrected,
        side=side,
        n=len(data),
        n_events=int(data.event.sum()),
        n_dropped=np.size(values) - len(data),
        conf_level=conf_level,
    )


def _refusal(data: Observed, marker: np.ndarray) -> NotEstimable | None:
    if not len(data):
        return NotEstimable("the marker was not measured in any of these patients")
    if not data.event.any():
        return NotEstimable("no event was observed")
    return NotEstimable("every patient has the same value") if len(np.unique(marker)) < 2 else None


def admissible(data: Observed, marker: np.ndarray, side: str, min_fraction: float, min_events: int) -> np.ndarray:
    """The distinct values, ascending, of marker (n,) that leave enough patients and events on both sides."""
    cuts = np.unique(marker)
    below, events = (n_below(np.sort(some), cuts, side) for some in (marker, marker[data.event]))
    n, n_events = len(marker), int(data.event.sum())
    least = max(1, int(n * min_fraction))
    enough = (below >= least) & (n - below >= least) & (events >= min_events) & (n_events - events >= min_events)
    return cuts[enough]


def _alone(grid: CutoffGrid) -> list[tuple[Estimate | NotEstimable, float]]:
    limits = zip(grid.hazard_ratio, grid.lower, grid.upper, grid.p_value, grid.reasons, strict=True)
    return [
        (NotEstimable(reason or "the groups are never at risk together"), nan)
        if np.isnan(ratio)
        else (Estimate(float(ratio), float(lower), float(upper)), float(p))
        for ratio, lower, upper, p, reason in limits
    ]


def _adjusted(
    data: Observed, marker: np.ndarray, beside: np.ndarray, cuts: np.ndarray, side: str, ties: str, conf_level: float
) -> list[tuple[Estimate | NotEstimable, float]]:
    above = is_above(marker, cuts[:, None], side)
    shared = np.broadcast_to(beside, (len(cuts), *beside.shape))
    fitted = cox_batch(
        data.time, data.event, np.concatenate([above[..., None].astype(float), shared], axis=2), ties=ties
    )
    z, coef, error = z_value(conf_level), fitted.coef[:, 0], fitted.standard_error[:, 0]
    return [
        (NotEstimable("the groups are separated in the adjusted model"), nan)
        if np.isnan(b)
        else (wald_ratio(b, e, z), p)
        for b, e, p in zip(coef.tolist(), error.tolist(), fitted.p_value[:, 0].tolist(), strict=True)
    ]


def _row(grid: CutoffGrid, k: int, ratio: Estimate | NotEstimable, p: float) -> ScannedCutoff:
    below, above = grid.below, grid.above
    return ScannedCutoff(
        cutoff=float(grid.cutoffs[k]),
        n_below=int(below.n[k]),
        n_above=int(above.n[k]),
        events_below=int(below.n_events_total[k]),
        events_above=int(above.n_events_total[k]),
        hazard_ratio=ratio,
        p_value=p,
        logrank_p=float(grid.logrank_p[k]),
    )
