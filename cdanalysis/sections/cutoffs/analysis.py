"""The Cut-offs page: a marker's hazard ratio and P at every admissible cut-off, and what is left of the smallest P."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.markers import at_first_cutoff, cutoff_of, scan_code
from cdanalysis.results import NO_MARKER, Exclusion, NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.cutoffs.cutoff_scan import CutoffScan, ScannedCutoff, cutoff_scan
from cdanalysis.statistics.time_axis import Observed

PERMUTATIONS, SEED = 2000, 20201106
SHUFFLING = "Shuffling the marker…"  # what is said while a scan is made
IN_THE_MODEL = "model"  # of scan_adjust: whatever the multivariable model of the Predictors page holds


@dataclass(frozen=True, eq=False)
class Cutoffs:
    """A marker's scan; current: the row of the cut-off in use, None where it is not admissible.

    adjusted_for: labels of the covariates beside the marker. values: the marker of the patients scanned. continuous: the
    marker kept continuous, per doubling or per its step; cut: the model of the cut-off in use, for comparison. outcome,
    noun: code and noun of the outcome.
    """

    marker: Marker
    cutoff: float
    scan: CutoffScan
    current: ScannedCutoff | None
    adjusted_for: tuple[str, ...]
    values: tuple[float, ...]
    continuous: CoxResult | NotEstimable
    cut: CoxResult | NotEstimable
    excluded: tuple[Exclusion, ...]
    outcome: str = "relapse"
    noun: str = "relapse"


@dataclass(frozen=True, eq=False)
class MarkerData:
    """The patients of the relapse endpoint and the marker whose cut-offs are looked at; values (n,): NaN not measured."""

    marker: Marker
    side: str
    cutoff: float
    endpoint: TimeToEvent
    data: Observed
    values: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Who was measured (n,)."""
        return ~np.isnan(self.values)


def marker_data(cohort: Cohort, settings: Settings, code: str = "") -> MarkerData | NotEstimable:
    """The data of a marker, that of the Cut-offs page where none is named; not for a clock on which patients enter late."""
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    data = observations(endpoint)
    if data.entry is not None:
        return NotEstimable(
            "patients enter late on this clock: the corrected P values are for a clock without late entry"
        )
    code = code or scan_code(cohort, settings)
    if not code:
        return NO_MARKER
    marker, (cutoff, side) = cohort.marker(code), cutoff_of(cohort, settings, code)
    values = groups.baseline_values(cohort, marker.column, endpoint.patient_ids)
    return MarkerData(marker, side, cutoff, endpoint, data, values)


def scan(
    cohort: Cohort, settings: Settings, *, progress: Callable[[int, int], None] | None = None
) -> CutoffScan | NotEstimable:
    """Every admissible cut-off of the chosen marker, alone or adjusted; progress(done, total) of its shuffles."""
    given = marker_data(cohort, settings)
    if isinstance(given, NotEstimable):
        return given
    beside, labels = covariates_beside(cohort, settings, given.endpoint, (given.marker.code,))
    return cutoff_scan(
        given.data.time, given.data.event, given.values, side=given.side,
        min_fraction=settings.scan_least_percent / 100, min_events=settings.scan_least_events,
        adjust=pd.DataFrame(beside) if labels else None, ties=settings.ties,
        conf_level=settings.conf_level, permutations=PERMUTATIONS, seed=SEED, progress=progress,
    )  # fmt: skip


def cutoffs(
    cohort: Cohort, settings: Settings, scanned: CutoffScan | NotEstimable | None = None
) -> Cutoffs | NotEstimable:
    """The scan and what the cut-off in use gives beside it; `scanned` spares scanning again while only that cut-off moves."""
    given = marker_data(cohort, settings)
    if isinstance(given, NotEstimable):
        return given
    scanned = scan(cohort, settings) if scanned is None else scanned
    if isinstance(scanned, NotEstimable):
        return scanned
    marker = given.marker
    dropped = excluded_for(f"{marker.label} or a covariate not measured", scanned.n_dropped)
    known = tuple(given.values[given.known].tolist())
    kinds = on_its_scale(given.values, marker), groups.above(given.values, given.cutoff, given.side)
    columns = [([marker.label], one[:, None]) for one in kinds]
    continuous, cut = cox_models(given.data, columns, ties=settings.ties, conf_level=settings.conf_level)
    labels = covariates_beside(cohort, settings, given.endpoint, (marker.code,))[1]
    return Cutoffs(
        marker=marker,
        cutoff=given.cutoff,
        scan=scanned,
        current=scanned.splitting_as(known, given.cutoff),
        adjusted_for=labels,
        values=known,
        continuous=continuous,
        cut=cut,
        excluded=(*given.endpoint.excluded, *dropped),
        outcome=given.endpoint.code,
        noun=given.endpoint.noun,
    )


def searched(cohort: Cohort, settings: Settings, recall: Recall) -> Cutoffs | NotEstimable:
    """`cutoffs`, its scan asked for wherever the marker's own cut-off stands: what may be remembered is made once."""
    scanned = recall(scan, cohort, anywhere(cohort, settings, scan_code(cohort, settings)), waiting=SHUFFLING)
    return scanned if isinstance(scanned, NotEstimable) else cutoffs(cohort, settings, scanned)


def anywhere(cohort: Cohort, settings: Settings, code: str) -> Settings:
    """The settings of a marker's scan, the same wherever its cut-off stands; another marker's counts where it is adjusted for."""
    chosen = at_first_cutoff(cohort, replace(settings, scan_marker=code), code)
    if settings.scan_adjust or not code:
        return chosen
    own = cutoff_of(cohort, chosen, code)
    return replace(chosen, cutoffs="").with_cutoff(code, own.value, own.side)


def on_its_scale(values: np.ndarray, marker: Marker) -> np.ndarray:
    """A marker per step, or its base-2 logarithm; a value of 0 counts as half the smallest one measured. NaN stays."""
    if marker.continuous_step:
        return values / marker.continuous_step
    positive = values[values > 0]
    return np.log2(np.where(values <= 0, positive.min() / 2, values) if len(positive) else values * np.nan)


def covariates_beside(
    cohort: Cohort, settings: Settings, endpoint: TimeToEvent, without: tuple[str, ...]
) -> tuple[np.ndarray, tuple[str, ...]]:
    """The columns (n, q) and labels of what the marker is adjusted for: chosen covariates, or the multivariable model's."""
    codes: Sequence[str] = split(settings.scan_adjust)
    if IN_THE_MODEL in codes:
        found = predictors(cohort, settings)
        codes = () if isinstance(found, NotEstimable) else found.screened_in
    offered = covariates.available(cohort)
    patients = endpoint.patient_ids
    chosen = [
        covariates.covariate(cohort, patients, code, settings)
        for code in codes
        if code in offered and code not in without
    ]
    columns = np.column_stack([np.empty((len(patients), 0)), *(one.columns for one in chosen)])
    return columns, tuple(one.label for one in chosen)
