"""What every candidate cut-off of a marker gives, all at once: what a slider needs to answer while it moves.

The numbers are those of `predictors` at each cut-off (same axis, same kernels), so what is seen during the drag and
after it are one number; `moving_cutoff` adds the adjusted hazard ratios. Cut-offs that split the patients identically
share one answer.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import ON_RELEASE, Estimate, NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps, curve_steps
from cdanalysis.statistics.cutoffs.cutoff_grid import CutoffGrid, GroupTables, cutoff_grid
from cdanalysis.statistics.time_axis import Observed

MOST_TIMES = 9  # of the table under the curves
MOST_STEPS = 300  # of a curve that moves, within a pixel of the whole one: 100 cut-offs of a register are sent at once


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
    in `answers`. values: the marker of the analysed patients (for its distribution). risk_times: in months.
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
    conf_level: float
    noun: str = "relapse"

    @property
    def is_register(self) -> bool:
        """Whether only the cut-off in use has its adjusted hazard ratio; the others show it on release."""
        return any(answer.adjusted == ON_RELEASE for answer in self.answers)


def moving_curves(
    cohort: Cohort, settings: Settings, marker_code: str, endpoint: TimeToEvent
) -> MovingCutoff | NotEstimable:
    """Curves, log-rank P and univariable hazard ratio at every candidate cut-off of a marker, whatever is in use elsewhere.

    The adjusted hazard ratios, which other cut-offs change, are None or ON_RELEASE; `with_adjusted` fills them in.
    """
    marker, (current, side) = cohort.marker(marker_code), cutoff_of(cohort, settings, marker_code)
    values = groups.baseline_values(cohort, marker.column, endpoint.patient_ids)
    if np.isnan(values).all():
        return NotEstimable(f"{marker.label} was not measured in any of these patients")
    cutoffs = candidate_cutoffs(marker, current)
    everyone = observations(endpoint, cohort.memory)
    grid = cutoff_grid(
        everyone.time, everyone.event, values, cutoffs, side=side, interval=settings.km_interval,
        conf_level=settings.conf_level, ties=settings.ties, entry=everyone.entry,
    )  # fmt: skip
    splits, answer_of = np.unique(grid.split, return_inverse=True)
    in_order = np.argsort(everyone.time, kind="stable")
    in_order = in_order[~np.isnan(values[in_order])]
    known, ordered = everyone[in_order], values[in_order]
    risk_times = risk_table_times(float(everyone.time.max()))
    answers = tuple(
        _answer(grid, k, known, groups.above(ordered, float(cutoffs[k]), side) == 1, risk_times, settings.screening_p)
        for k in splits
    )
    return MovingCutoff(
        marker=marker,
        side=side,
        cutoffs=tuple(cutoffs.tolist()),
        current=int(np.searchsorted(cutoffs, current)),
        answer_of=tuple(answer_of.tolist()),
        answers=answers,
        values=tuple(values[~np.isnan(values)].tolist()),
        risk_times=risk_times,
        screening_p=settings.screening_p,
        conf_level=settings.conf_level,
        noun=endpoint.noun,
    )


def candidate_cutoffs(marker: Marker, current: float) -> np.ndarray:
    """The marker's slider positions and the cut-off in use, ascending (k,), in its unit."""
    n_steps = round((marker.highest - marker.lowest) / marker.step)
    return np.unique(np.append(np.round(marker.lowest + marker.step * np.arange(n_steps + 1), 6), current))


def risk_table_times(last_time: float) -> tuple[float, ...]:
    """Round times (multiples of 6 or 12 months) from 0 to the last time, at most MOST_TIMES of them."""
    step = next(months for months in (1, 3, 6, 12, 24, 36, 60, 120, 240, 1200) if last_time / months <= MOST_TIMES)
    return tuple(float(step * index) for index in range(int(last_time // step) + 1))


def _answer(
    grid: CutoffGrid, k: int, data: Observed, is_above: np.ndarray, risk_times: tuple[float, ...], screening_p: float
) -> CutoffAnswer:
    reason = grid.reasons[k] or "the two groups are never at risk together"
    ratio = Estimate(float(grid.hazard_ratio[k]), float(grid.lower[k]), float(grid.upper[k]))
    p = float(grid.logrank_p[k])
    return CutoffAnswer(
        _steps(grid, grid.below, k, data[~is_above], risk_times),
        _steps(grid, grid.above, k, data[is_above], risk_times),
        NotEstimable(reason) if np.isnan(p) else p,
        NotEstimable(reason) if np.isnan(ratio.value) else ratio,
        float(grid.p_value[k]),
        ON_RELEASE if p < screening_p else None,
        np.nan,
    )


def _steps(grid: CutoffGrid, group: GroupTables, k: int, data: Observed, risk_times: tuple[float, ...]) -> CurveSteps:
    """The steps of one group at one cut-off: only the times at which that group has an event."""
    falls = group.n_events[k] > 0
    band = group.survival[k][falls], group.lower[k][falls], group.upper[k][falls]
    return curve_steps(grid.event_times[falls], band, data.time, data.event, risk_times, data.entry, most=MOST_STEPS)
