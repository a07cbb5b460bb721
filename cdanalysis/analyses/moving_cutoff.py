"""What every candidate cut-off of a marker gives, all at once: what a slider needs to answer while it moves.

The numbers are those of `predictors` at each cut-off (same axis, same kernels), so what is seen during the drag and
after it are one number. Cut-offs that split the patients identically share one answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cdanalysis import groups
from cdanalysis.analyses.relapse_predictors import Predictors, observed
from cdanalysis.covariates import Covariate
from cdanalysis.markers import MARKERS, Marker
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox import cox_batch
from cdanalysis.statistics.curve_steps import CurveSteps, curve_steps
from cdanalysis.statistics.cutoff_grid import CutoffGrid, cutoff_grid
from scipy.special import ndtr


@dataclass(frozen=True)
class CutoffAnswer:
    """What one split of the patients gives; `adjusted` is None where the screening leaves the marker out."""

    below: CurveSteps
    above: CurveSteps
    logrank_p: float | NotEstimable
    univariable: Estimate | NotEstimable
    univariable_p: float
    adjusted: Estimate | NotEstimable | None
    adjusted_p: float


@dataclass(frozen=True, eq=False)
class MovingCutoff:
    """Every candidate cut-off of a marker and its answer.

    cutoffs: ascending, in the marker's unit, the current one among them; answer_of[k]: the place of cut-off k's answer
    in `answers`. values: the marker of the analysed patients (for its distribution). n_covariates: in the adjusted
    model beside the marker.
    """

    marker: Marker
    side: str
    cutoffs: tuple[float, ...]
    current: int
    answer_of: tuple[int, ...]
    answers: tuple[CutoffAnswer, ...]
    values: tuple[float, ...]
    risk_times: tuple[float, ...]
    screening_p: float


def moving_cutoff(
    cohort: Cohort, settings: Settings, marker_code: str, found: Predictors
) -> MovingCutoff | NotEstimable:
    """Curves, log-rank P, univariable and adjusted hazard ratio at every candidate cut-off of a marker."""
    marker = MARKERS[marker_code]
    current, side = getattr(settings, f"{marker_code}_cutoff"), getattr(settings, f"{marker_code}_side")
    values = groups.baseline_values(cohort, marker.column, found.endpoint.patients["patient_id"])
    if np.isnan(values).all():
        return NotEstimable(f"{marker.label} was not measured in any of these patients")
    time, event, entry = observed(found.endpoint.patients)
    cutoffs = candidate_cutoffs(marker, current)
    grid = cutoff_grid(
        time, event, values, cutoffs, side=side, interval=settings.km_interval,
        conf_level=settings.conf_level, entry=entry, ties=settings.ties,
    )  # fmt: skip
    splits, answer_of = np.unique(grid.split, return_inverse=True)
    risk_times = risk_table_times(float(time.max()))
    adjusted = _adjusted(found, marker_code, values, grid, splits, settings)
    known = ~np.isnan(values)
    late = None if entry is None else entry[known]
    return MovingCutoff(
        marker, side, tuple(cutoffs.tolist()), int(np.searchsorted(cutoffs, current)), tuple(answer_of.tolist()),
        tuple(
            _answer(grid, k, groups.above(values[known], cutoffs[k], side) == 1, time[known], event[known], late,
                    risk_times, *adjusted[u])
            for u, k in enumerate(splits)
        ),
        tuple(values[known].tolist()), risk_times, settings.screening_p,
    )  # fmt: skip


def candidate_cutoffs(marker: Marker, current: float) -> np.ndarray:
    """The marker's slider positions and the cut-off in use."""
    n_steps = round((marker.highest - marker.lowest) / marker.step)
    return np.unique(np.append(np.round(marker.lowest + marker.step * np.arange(n_steps + 1), 6), current))


def risk_table_times(last_time: float, *, most: int = 8) -> tuple[float, ...]:
    """Round times (multiples of 6 or 12 months) from 0 to the last time, at most `most` of them."""
    step = next(months for months in (1, 3, 6, 12, 24, 36, 60, 120, 240, 1200) if last_time / months <= most)
    return tuple(float(step * index) for index in range(int(last_time // step) + 1))


def _answer(
    grid: CutoffGrid,
    k: int,
    is_above: np.ndarray,
    time: np.ndarray,
    event: np.ndarray,
    entry: np.ndarray | None,
    risk_times: tuple[float, ...],
    adjusted: Estimate | NotEstimable | None,
    adjusted_p: float,
) -> CutoffAnswer:
    below, above = (
        _steps(grid, k, name, time[inside], event[inside], None if entry is None else entry[inside], risk_times)
        for name, inside in (("below", ~is_above), ("above", is_above))
    )
    reason = NotEstimable(grid.reasons[k]) if grid.reasons[k] else None
    alone = Estimate(grid.hazard_ratio[k], grid.lower[k], grid.upper[k])
    return CutoffAnswer(
        below,
        above,
        NotEstimable(grid.reasons[k] or "no difference can be tested")
        if np.isnan(grid.logrank_p[k])
        else float(grid.logrank_p[k]),
        reason if reason and np.isnan(grid.hazard_ratio[k]) else alone,
        float(grid.p_value[k]),
        adjusted,
        adjusted_p,
    )
