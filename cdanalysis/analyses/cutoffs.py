"""The Cut-offs page: a marker's hazard ratio and P at every admissible cut-off, and what is left of the smallest P."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis import endpoints, groups
from cdanalysis.analyses.relapse_predictors import predictors
from cdanalysis.analyses.screening import observations
from cdanalysis.markers import MARKERS, Marker
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox import cox_models
from cdanalysis.statistics.cox_result import CoxResult
from cdanalysis.statistics.cutoff_scan import CutoffScan, ScannedCutoff, cutoff_scan

PERMUTATIONS, SEED = 2000, 20201106


@dataclass(frozen=True, eq=False)
class Cutoffs:
    """A marker's scan; current: the row of the cut-off in use, None where it is not admissible.

    adjusted_for: labels of the covariates beside the marker. values: the marker of the patients scanned. continuous: the
    marker kept continuous, per doubling or per its step; cut: the model of the cut-off in use, for comparison.
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


def cutoffs(cohort: Cohort, settings: Settings) -> Cutoffs | NotEstimable:
    """The scan of the chosen marker on the relapse endpoint, alone or adjusted for what the model holds beside it."""
    endpoint = endpoints.relapse(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    data = observations(endpoint)
    if data.entry is not None:
        return NotEstimable(
            "patients enter late on this clock: the corrected P values are for a clock without late entry"
        )
    marker = MARKERS[settings.scan_marker]
    values = groups.baseline_values(cohort, marker.column, endpoint.patients["patient_id"])
    beside, labels = _beside(cohort, settings, marker.code) if settings.scan_adjusted else (None, ())
    scan = cutoff_scan(
        data.time, data.event, values, side=getattr(settings, f"{marker.code}_side", marker.side),
        min_fraction=settings.scan_least_percent / 100, adjust=beside, ties=settings.ties,
        conf_level=settings.conf_level, permutations=PERMUTATIONS, seed=SEED,
    )  # fmt: skip
    if isinstance(scan, NotEstimable):
        return scan
    cutoff = getattr(settings, f"{marker.code}_cutoff")
    dropped = (Exclusion(f"{marker.label} or a covariate not measured", scan.n_dropped),) if scan.n_dropped else ()
    known = tuple(values[~np.isnan(values)].tolist())
    above = groups.above(values, cutoff, scan.side)
    columns = [([marker.label], one[:, None]) for one in (on_its_scale(values, marker), above)]
    continuous, cut = cox_models(data, columns, ties=settings.ties, conf_level=settings.conf_level)
    excluded = (*endpoint.excluded, *dropped)
    return Cutoffs(marker, cutoff, scan, _at(scan, known, cutoff), labels, known, continuous, cut, excluded)


def on_its_scale(values: np.ndarray, marker: Marker) -> np.ndarray:
    """A marker per step, or its base-2 logarithm; a value of 0 counts as half the smallest one measured."""
    if marker.continuous_step:
        return values / marker.continuous_step
    positive = values[values > 0]
    return np.log2(np.where(values > 0, values, positive.min(initial=1.0) / 2) if len(positive) else values * np.nan)


def _beside(cohort: Cohort, settings: Settings, code: str) -> tuple[pd.DataFrame | None, tuple[str, ...]]:
    """What the multivariable model of the Predictors page holds beside the marker."""
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return None, ()
    chosen = [one for one in found.candidates if one.code in found.screened_in and one.code != code]
    if not chosen:
        return None, ()
    return pd.DataFrame(np.column_stack([one.columns for one in chosen])), tuple(one.label for one in chosen)


def _at(scan: CutoffScan, values: tuple[float, ...], cutoff: float) -> ScannedCutoff | None:
    """The scanned row that splits the patients as the cut-off does."""
    inside = np.array(values)
    n_above = int((inside >= cutoff).sum() if scan.side == ">=" else (inside > cutoff).sum())
    return next((row for row in scan.rows if row.n_above == n_above), None)
