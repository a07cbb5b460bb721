"""Patients split at a cut-off, on the side that the marker's row or the reader says; a missing marker is never "below"."""

from collections.abc import Sequence

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.results import is_above
from cdanalysis.units import number_text


def above(values: np.ndarray, cutoff: float, side: str) -> np.ndarray:
    """1.0 above the cut-off, 0.0 below, NaN where not measured."""
    values = np.asarray(values, float)
    return np.where(np.isnan(values), np.nan, is_above(values, cutoff, side))


def group_labels(marker: Marker, cutoff: float, side: str) -> tuple[str, str]:
    """("CRP ≤ 10 mg/L", "CRP > 10 mg/L"): below, above."""
    return marker.below(cutoff, side), marker.above(cutoff, side)


def three_group_labels(marker: Marker, cutoffs: tuple[float, float], side: str) -> tuple[str, str, str]:
    """("CRP ≤ 5 mg/L", "CRP 5-20 mg/L", "CRP > 20 mg/L"): low, middle, high; the outer two say where a boundary belongs."""
    between = marker.amount("-".join(map(number_text, cutoffs)))
    return marker.below(cutoffs[0], side), f"{marker.label} {between}", marker.above(cutoffs[1], side)


def baseline_values(cohort: Cohort, column: str, patient_ids: Sequence[str]) -> np.ndarray:
    """Baseline measurement of each patient: the patients sheet, else the last visit within 28 days up to day 0."""
    asked, values = (cohort.memory or {}).get(("baseline", column), (None, None))
    if asked is not patient_ids:
        values = cohort.baseline(column).reindex(list(patient_ids)).to_numpy(float, copy=True)
        values.flags.writeable = False
        if (
            cohort.memory is not None
        ):  # the newest patients of each column: a moving handle asks for them again and again
            cohort.memory["baseline", column] = patient_ids, values
    return values
