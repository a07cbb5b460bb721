"""Patients split at a cut-off. CRP above is `>`, 6-TGN above is `>=` (as the study); a missing marker is never "below"."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker

BASELINE_WINDOW_DAYS = 28.0
# A moving handle asks for the same column of the same patients again and again; the newest patients of each are kept.
_BASELINE: WeakKeyDictionary[Cohort, dict[str, tuple[Sequence[str], np.ndarray]]] = WeakKeyDictionary()
SIGNS = {">": ("≤", ">"), ">=": ("<", "≥")}


def above(values: np.ndarray, cutoff: float, side: str) -> np.ndarray:
    """1.0 above the cut-off, 0.0 below, NaN where not measured."""
    values = np.asarray(values, float)
    inside = values >= cutoff if side == ">=" else values > cutoff
    return np.where(np.isnan(values), np.nan, inside)


def group_labels(marker: Marker, cutoff: float, side: str) -> tuple[str, str]:
    """("CRP ≤ 10 mg/L", "CRP > 10 mg/L"): below, above."""
    below_sign, above_sign = SIGNS[side]
    return (
        f"{marker.label} {below_sign} {cutoff:g} {marker.unit}",
        f"{marker.label} {above_sign} {cutoff:g} {marker.unit}",
    )


def three_group_labels(marker: Marker, cutoffs: tuple[float, float], side: str) -> tuple[str, str, str]:
    """("CRP ≤ 5 mg/L", "CRP 5-20 mg/L", "CRP > 20 mg/L"): low, middle, high; the outer two say where a boundary belongs."""
    (low, _), (_, high) = (group_labels(marker, cutoff, side) for cutoff in cutoffs)
    return low, f"{marker.label} {cutoffs[0]:g}-{cutoffs[1]:g} {marker.unit}", high


def baseline_values(cohort: Cohort, column: str, patient_ids: Sequence[str]) -> np.ndarray:
    """Baseline measurement of each patient: the patients sheet, else the last visit within 28 days up to day 0."""
    kept = _BASELINE.setdefault(cohort, {})
    asked, values = kept.get(column, (None, None))
    if asked is not patient_ids:
        values = _baseline_values(cohort, column, patient_ids)
        values.flags.writeable = False
        kept[column] = patient_ids, values
    return values


def _baseline_values(cohort: Cohort, column: str, patient_ids: Sequence[str]) -> np.ndarray:
    index = list(patient_ids)
    values = _of_patients(cohort, column).reindex(index).to_numpy(float, copy=True)
    if column in cohort.visits.columns and np.isnan(values).any():
        values = np.where(np.isnan(values), _of_visits(cohort, column).reindex(index).to_numpy(float), values)
    return values


def _of_patients(cohort: Cohort, column: str) -> pd.Series:
    patients = cohort.patients
    values = patients[column].to_numpy(float) if column in patients.columns else np.full(len(patients), np.nan)
    return pd.Series(values, index=patients["patient_id"])


def _of_visits(cohort: Cohort, column: str) -> pd.Series:
    visits = cohort.visits
    before = visits[visits["days"].between(-BASELINE_WINDOW_DAYS, 0) & visits[column].notna()]
    return before.sort_values("days", kind="stable").groupby("patient_id")[column].last()
