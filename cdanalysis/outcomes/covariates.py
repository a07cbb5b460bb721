"""Baseline variables as candidate predictors: which there are, their groups for the log-rank test, their design columns.

A marker under a handle is cut at its cut-off, as is one whose row says so; another numeric column enters as measured. A
category is compared with its reference.
A header of the file is a label here, never code.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.baseline import LISTED, Listed
from cdanalysis.dictionary.markers import MARKERS, Marker
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.markers import cutoff_of, handles_of
from cdanalysis.outcomes.markers.of_cohort import free_code
from cdanalysis.settings import Settings

LEAST_MEASURED = 2 / 3  # of the analysed patients: below it, complete cases would be few
MOST_LEVELS = 6


class Term(NamedTuple):
    """One design column: what it marks, and against what."""

    label: str
    reference: str


@dataclass(frozen=True, eq=False)
class Covariate:
    """A candidate predictor of n patients.

    kind: "cut", "binary", "levels" or "number". columns (n, n_terms): NaN where not measured. groups (n,): labels for
    the log-rank test, None where not measured; None as a whole for a number.
    """

    code: str
    label: str
    kind: str
    terms: tuple[Term, ...]
    columns: np.ndarray
    groups: np.ndarray | None
    n_missing: int


def available(cohort: Cohort) -> tuple[str, ...]:
    """Codes of every candidate the file offers; a further column under its own header."""
    return remembered(cohort.memory, "available", lambda: tuple(dict.fromkeys(_available(cohort))))


def _available(cohort: Cohort) -> Iterator[str]:
    yield from (code for code in cohort.markers if cohort.marker(code).is_cut)
    yield from (code for code, entry in LISTED.items() if entry.column in cohort.measured)
    yield from cohort.markers
    yield from (code for code, column in _further(cohort).items() if _kind(cohort.patients[column]))


def label_of(cohort: Cohort, code: str) -> str:
    """The name of a candidate in a list of choices."""
    if cohort.is_marker(code):
        return cohort.marker(code).label
    return LISTED[code].label if code in LISTED else _further(cohort)[code]


def standard(
    cohort: Cohort, patient_ids: Sequence[str], settings: Settings
) -> tuple[tuple[Covariate, ...], tuple[str, ...]]:
    """The usual candidates and the markers under the handles; a sentence for each one measured in too few of the patients."""
    handles = handles_of(cohort, settings)
    usual = [code for code in available(cohort) if code in handles or _is_standard(code)]
    n, chosen, left_out = len(patient_ids), [], []
    for code in usual:
        one = covariate(cohort, patient_ids, code, settings)
        if n - one.n_missing >= LEAST_MEASURED * n:
            chosen.append(one)
        else:
            left_out.append(
                f"{label_of(cohort, code)} was measured in {n - one.n_missing} of {n} patients: not a candidate."
            )
    return tuple(chosen), tuple(left_out)


def _is_standard(code: str) -> bool:
    entry = MARKERS.get(code) or LISTED.get(code)
    return entry is not None and entry.standard


def covariate(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Covariate:
    """A candidate's columns and groups for the patients, in their order; built once for the same patients and cut-off."""
    if cohort.is_marker(code) and (cohort.marker(code).is_cut or code in handles_of(cohort, settings)):
        return cut(cohort, patient_ids, code, settings)
    return _remembered(cohort, patient_ids, (code,), lambda: _uncut(cohort, patient_ids, code))


def cut(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Covariate:
    """A marker of the cohort above and below its cut-off, whether a handle is on it or not."""
    marker, (cutoff, side) = cohort.marker(code), cutoff_of(cohort, settings, code)
    return _remembered(
        cohort, patient_ids, (code, cutoff, side), lambda: _cut(cohort, patient_ids, marker, cutoff, side)
    )


def as_measured(cohort: Cohort, patient_ids: Sequence[str], code: str) -> Covariate:
    """A candidate with a number as it was measured, whether a handle is on it or not."""
    return _remembered(cohort, patient_ids, (code, "as measured"), lambda: _uncut(cohort, patient_ids, code))


def _remembered(
    cohort: Cohort, patient_ids: Sequence[str], choices: tuple[object, ...], build: Callable[[], Covariate]
) -> Covariate:
    """A moving handle asks for the same candidates again and again, all but one of them unchanged."""
    ids = patient_ids if isinstance(patient_ids, tuple) else tuple(patient_ids)
    return remembered(cohort.memory, ("covariate", *choices, ids), build)


def _uncut(cohort: Cohort, patient_ids: Sequence[str], code: str) -> Covariate:
    if cohort.is_marker(code):
        return _number(cohort, patient_ids, code, cohort.marker(code).column, per(cohort.marker(code)))
    entry = LISTED.get(code) or _extra(cohort, code)
    if entry.kind == "number":
        return _number(cohort, patient_ids, code, entry.column, f"{entry.label}, per unit")
    values = pd.Series(cohort.patients[entry.column].array, cohort.patients["patient_id"]).reindex(list(patient_ids))
    return _levels(code, entry, values) if entry.kind == "levels" else _binary(code, entry, values)


def per(marker: Marker) -> str:
    """A marker as a number, in words: `Albumin, per g/L`."""
    return f"{marker.label}, per {'point' if marker.unit == 'points' else marker.unit or 'unit'}"


def _number(cohort: Cohort, patient_ids: Sequence[str], code: str, column: str, label: str) -> Covariate:
    values = groups.baseline_values(cohort, column, patient_ids)
    return Covariate(code, label, "number", (Term(label, ""),), values[:, None], None, int(np.isnan(values).sum()))


def _cut(cohort: Cohort, patient_ids: Sequence[str], marker: Marker, cutoff: float, side: str) -> Covariate:
    above = groups.above(groups.baseline_values(cohort, marker.column, patient_ids), cutoff, side)
    below_label, above_label = groups.group_labels(marker, cutoff, side)
    return _two(marker.code, marker.label, "cut", Term(above_label, below_label), above)


def _binary(code: str, entry: Listed, values: pd.Series) -> Covariate:
    if entry.high:
        marked = values.isin(entry.high).to_numpy(float)
        term = Term(entry.label, entry.reference)
        return _two(code, entry.label, "binary", term, np.where(values.isna(), np.nan, marked))
    marked = values.astype("Float64").to_numpy(float, na_value=np.nan)
    return _two(code, entry.label, "binary", Term(entry.label, "none"), marked)


def _two(code: str, label: str, kind: str, term: Term, marked: np.ndarray) -> Covariate:
    names = np.where(marked == 1, term.label, term.reference).astype(object)
    names[np.isnan(marked)] = None
    return Covariate(code, label, kind, (term,), marked[:, None], names, int(np.isnan(marked).sum()))


def _levels(code: str, entry: Listed, values: pd.Series) -> Covariate:
    """Dummies against the first level in alphabetical order."""
    levels = sorted(values.dropna().astype(str).unique())
    text = values.astype(object)
    text[values.isna()] = None
    others = levels[1:] or levels
    columns = np.column_stack(
        [(text.astype(str) == level).to_numpy(float) for level in others] or [np.zeros(len(text))]
    )
    columns[values.isna().to_numpy()] = np.nan
    reference = f"{entry.label} {levels[0]}" if levels else ""
    terms = tuple(Term(f"{entry.label} {level}", reference) for level in others) or (Term(entry.label, ""),)
    return Covariate(code, entry.label, "levels", terms, columns, text.to_numpy(), int(values.isna().sum()))


def _further(cohort: Cohort) -> dict[str, str]:
    """The further columns by their codes."""
    return {free_code(column): column for column in cohort.extra_columns}


def _extra(cohort: Cohort, code: str) -> Listed:
    column = _further(cohort)[code]
    return Listed(column, column, kind=_kind(cohort.patients[column]))


def _kind(values: pd.Series) -> str:
    """What a further column can be: a number, a few levels, or nothing."""
    if pd.api.types.is_bool_dtype(values):
        return "binary" if values.nunique() == 2 else ""
    if pd.api.types.is_numeric_dtype(values):
        return "number" if values.nunique() > 1 else ""
    return "levels" if 2 <= values.nunique() <= MOST_LEVELS else ""


def makes_groups(cohort: Cohort, code: str) -> bool:
    """Whether an available candidate has groups, not only a number; a marker is cut for it."""
    return cohort.is_marker(code) or (LISTED.get(code) or _extra(cohort, code)).kind != "number"
