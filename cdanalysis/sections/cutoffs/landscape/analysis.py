"""A closer look at cut-offs: both markers at once, how stable the best cut-off is, and two cut-offs of one marker."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import MOST_HANDLES, Marker
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.sections.cutoffs.analysis import PERMUTATIONS, SEED, MarkerData, covariates_beside, marker_data
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.batches import Progress, Run, one_by_one
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult, curves_by_place
from cdanalysis.statistics.curves.logrank import LogRank, logrank_by_place
from cdanalysis.statistics.cutoffs import cutoff_stability, cutoff_surface
from cdanalysis.statistics.cutoffs.cutoff_scan import admissible, cutoff_scan
from cdanalysis.statistics.cutoffs.cutoff_stability import CutoffStability
from cdanalysis.statistics.cutoffs.cutoff_surface import CutoffSurface
from cdanalysis.statistics.cutoffs.two_cutoffs import TwoCutoffs, two_cutoffs

RESAMPLES, MOST_A_SIDE = 1000, 40


@dataclass(frozen=True, eq=False)
class Surface:
    """One marker by the other: the grid, and the cut-offs in use; adjusted_for: labels of the covariates beside the two."""

    markers: tuple[Marker, Marker]
    in_use: tuple[float, float]
    grid: CutoffSurface
    adjusted_for: tuple[str, ...]
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True, eq=False)
class Stability:
    """The best cut-off of the marker over resamples, and its hazard ratio less the search."""

    marker: Marker
    found: CutoffStability
    n: int
    n_events: int


@dataclass(frozen=True, eq=False)
class ThreeGroups:
    """Every pair of cut-offs of the marker; of the best pair: the model against the low group, and the curves."""

    marker: Marker
    pairs: TwoCutoffs
    labels: tuple[str, str, str]
    model: CoxResult | NotEstimable
    endpoint: TimeToEvent
    kaplan_meier: KaplanMeierResult
    steps: tuple[CurveSteps, ...]
    risk_times: tuple[float, ...]
    logrank: LogRank | NotEstimable
    outcome: str = "relapse"


def surface(cohort: Cohort, settings: Settings) -> Surface | NotEstimable:
    """The adjusted hazard ratios of the markers under both handles over the grid of both cut-offs."""
    codes = handles_of(cohort, settings)
    if len(codes) < MOST_HANDLES:
        return NotEstimable("a second marker is needed for pairs of cut-offs")
    first, second = (_measured(cohort, settings, code) for code in codes)
    if isinstance(first, NotEstimable):
        return first
    if isinstance(second, NotEstimable):
        return second
    cuts = (_some_cutoffs(first, settings), _some_cutoffs(second, settings))
    beside, labels = covariates_beside(cohort, settings, first.endpoint, codes)
    columns = (_above(first, cuts[0]), _above(second, cuts[1]))
    grid = cutoff_surface.cutoff_surface(first.data, *columns, cuts, beside, ties=settings.ties)
    if isinstance(grid, NotEstimable):
        return grid
    dropped = excluded_for("a marker or a covariate not measured", grid.n_dropped)
    return Surface(
        (first.marker, second.marker), (first.cutoff, second.cutoff), grid, labels, (*first.endpoint.excluded, *dropped)
    )


def _measured(cohort: Cohort, settings: Settings, code: str) -> MarkerData | NotEstimable:
    """A marker that somebody was measured for."""
    found = marker_data(cohort, settings, code)
    if isinstance(found, NotEstimable) or found.known.any():
        return found
    return NotEstimable(f"{found.marker.label} was not measured in any of these patients")


def _above(given: MarkerData, cuts: np.ndarray) -> np.ndarray:
    """Who is above each of the cut-offs, (n, cut-offs)."""
    columns = [groups.above(given.values, cut, given.side) for cut in cuts.tolist()]
    return np.column_stack(columns or [np.empty((len(given.data), 0))])


def _some_cutoffs(given: MarkerData, settings: Settings) -> np.ndarray:
    """The admissible cut-offs, evenly thinned to at most MOST_A_SIDE."""
    least = settings.scan_least_percent / 100, settings.scan_least_events
    cuts = admissible(given.data[given.known], given.values[given.known], given.side, *least)
    places = np.linspace(0, len(cuts) - 1, min(len(cuts), MOST_A_SIDE)).round().astype(int)
    return cuts[places]


def stability(
    cohort: Cohort, settings: Settings, *, progress: Progress | None = None, run: Run = one_by_one
) -> Stability | NotEstimable:
    """Whether the search for a cut-off would end at the same one in other patients like these; run: who does the batches."""
    given = marker_data(cohort, settings)
    if isinstance(given, NotEstimable):
        return given
    data, values = given.data[given.known], given.values[given.known]
    least = {"min_fraction": settings.scan_least_percent / 100, "min_events": settings.scan_least_events}
    fitted = {"ties": settings.ties, "conf_level": settings.conf_level}
    scan = cutoff_scan(
        data.time, data.event, values, side=given.side, permutations=PERMUTATIONS, seed=SEED, **least, **fitted
    )
    if isinstance(scan, NotEstimable):
        return scan
    found = cutoff_stability.cutoff_stability(
        data, values, scan, resamples=RESAMPLES, seed=SEED, progress=progress, run=run, **least, **fitted
    )
    return Stability(given.marker, found, scan.n, scan.n_events)


def three_groups(cohort: Cohort, settings: Settings, *, progress: Progress | None = None) -> ThreeGroups | NotEstimable:
    """Every pair of cut-offs that makes three groups of the marker; the P of the best is corrected for the search."""
    given = marker_data(cohort, settings)
    if isinstance(given, NotEstimable):
        return given
    data, values = given.data[given.known], given.values[given.known]
    if not len(data):
        return NotEstimable(f"{given.marker.label} was not measured in any of these patients")
    pairs = two_cutoffs(
        data, values, side=given.side, min_fraction=settings.scan_least_percent / 100,
        permutations=PERMUTATIONS, seed=SEED, progress=progress,
    )  # fmt: skip
    if isinstance(pairs, NotEstimable):
        return pairs
    cut = float(pairs.lower[pairs.best]), float(pairs.upper[pairs.best])
    labels = groups.three_group_labels(given.marker, cut, given.side)
    above = np.column_stack([groups.above(values, one, given.side) for one in cut])
    places = above.sum(axis=1).astype(int)
    dummies = np.column_stack([places == 1, places == 2]).astype(float)
    (model,) = cox_models(data, [(labels[1:], dummies)], ties=settings.ties, conf_level=settings.conf_level)
    curves = curves_by_place(data, labels, places, settings.km_interval, settings.conf_level)
    risk_times = risk_table_times(float(data.time.max()))
    steps = tuple(drawn_steps(curve, data[places == place], risk_times) for place, curve in enumerate(curves.curves))
    return ThreeGroups(
        marker=given.marker,
        pairs=pairs,
        labels=labels,
        model=model,
        endpoint=given.endpoint,
        kaplan_meier=curves,
        steps=steps,
        risk_times=risk_times,
        logrank=logrank_by_place(data, labels, places),
    )
