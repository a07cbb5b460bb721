"""Baseline variables as candidate predictors: which there are, their groups for the log-rank test, their design columns.

A marker is cut at its cut-off; a category is compared with its reference; a further numeric column enters as measured.
A header of the file is a label here, never code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.outcomes import groups
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


class Listed(NamedTuple):
    """How a column of the dictionary becomes a candidate: `high` are the levels compared with all others."""

    column: str
    label: str
    high: tuple[str, ...] = ()
    reference: str = ""
    kind: str = "binary"
    standard: bool = True


LISTED = {
    "sex": Listed("sex", "Male sex", ("male",), "female"),
    "location": Listed("disease_location", "Location", kind="levels"),
    "behaviour": Listed("disease_behaviour", "B2 or B3 behaviour", ("B2", "B3"), "B1"),
    "perianal": Listed("perianal", "Perianal disease"),
    "upper_gi": Listed("upper_gi", "Upper GI involvement"),
    "gi_surgery": Listed("gi_surgery", "Previous GI surgery"),
    "appendectomy": Listed("appendectomy", "Appendectomy"),
    "smoking": Listed("smoking", "Current smoking", ("current",), "never or former"),
    "prior_biologic": Listed("prior_biologic", "Previous biologic"),
    "haemoglobin": Listed("haemoglobin_g_per_l", "Haemoglobin, per g/L", kind="number"),
    "albumin": Listed("albumin_g_per_l", "Albumin, per g/L", kind="number"),
    "nudt15": Listed("nudt15_variant", "NUDT15 variant", standard=False),
    "cdai": Listed("cdai_points", "CDAI at baseline, per point", kind="number", standard=False),
}
EXTRA = "extra_"

# A moving handle asks for the same candidates again and again, all but one of them unchanged.
_BUILT: WeakKeyDictionary[Cohort, dict[tuple, Covariate]] = WeakKeyDictionary()
MOST_BUILT, LEAST_BUILT = 512, 16
MOST_PATIENTS = 5_000_000  # of all the columns together: a register keeps few


def available(cohort: Cohort) -> tuple[str, ...]:
    """Codes of every candidate the file offers; further columns as extra_1, extra_2, ..."""
    marked = [code for code, marker in MARKERS.items() if marker.column in cohort.measured]
    listed = [code for code, entry in LISTED.items() if entry.column in cohort.measured]
    extra = [f"{EXTRA}{index}" for index, name in enumerate(cohort.extra_columns, 1) if _kind(cohort.patients[name])]
    return (*marked, *listed, *extra)


def label_of(cohort: Cohort, code: str) -> str:
    """The name of a candidate in a list of choices."""
    if code in MARKERS:
        return MARKERS[code].label
    return LISTED[code].label if code in LISTED else _extra_column(cohort, code)


def standard(cohort: Cohort, patient_ids: Sequence[str], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The usual candidates, and a sentence for each one measured in too few of the patients to be among them."""
    usual = [code for code in available(cohort) if code in MARKERS or (code in LISTED and LISTED[code].standard)]
    codes, left_out = [], []
    for code in usual:
        n_missing = covariate(cohort, patient_ids, code, settings).n_missing
        n = len(patient_ids)
        if n - n_missing >= LEAST_MEASURED * n:
            codes.append(code)
        else:
            left_out.append(
                f"{label_of(cohort, code)} was measured in {n - n_missing} of {n} patients: not a candidate."
            )
    return tuple(codes), tuple(left_out)


def covariate(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Covariate:
    """A candidate's columns and groups for the patients, in their order; built once for the same patients and cut-off."""
    built = _BUILT.setdefault(cohort, {})
    ids = patient_ids if isinstance(patient_ids, tuple) else tuple(patient_ids)
    key = (code, getattr(settings, f"{code}_cutoff", None), getattr(settings, f"{code}_side", None), ids)
    found = built.get(key)  # sessions share the bundled cohort: another may empty it at any time
    if found is None:
        if len(built) >= min(MOST_BUILT, MOST_PATIENTS // (len(ids) + 1) + LEAST_BUILT):
            built.clear()
        found = built[key] = _covariate(cohort, patient_ids, code, settings)
    return found


def _covariate(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Covariate:
    if code in MARKERS:
        return _cut(cohort, patient_ids, code, settings)
    entry = LISTED.get(code) or _extra(cohort, code)
    if entry.kind == "number":
        values = groups.baseline_values(cohort, entry.column, patient_ids)
        term = Term(entry.label, "")
        return Covariate(code, entry.label, "number", (term,), values[:, None], None, int(np.isnan(values).sum()))
    values = cohort.patients.set_index("patient_id")[entry.column].reindex(list(patient_ids))
    return _levels(code, entry, values) if entry.kind == "levels" else _binary(code, entry, values)


def _cut(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Covariate:
    marker = MARKERS[code]
    cutoff, side = getattr(settings, f"{code}_cutoff"), getattr(settings, f"{code}_side", marker.side)
    above = groups.above(groups.baseline_values(cohort, marker.column, patient_ids), cutoff, side)
    below_label, above_label = groups.group_labels(marker, cutoff, side)
    return _two(code, marker.label, "cut", Term(above_label, below_label), above)


def _binary(code: str, entry: Listed, values: pd.Series) -> Covariate:
    if entry.high:
        marked = values.isin(entry.high).to_numpy(float)
        return _two(code, entry.label, "binary", Term(entry.label, entry.reference),
                    np.where(values.isna(), np.nan, marked))  # fmt: skip
    marked = values.astype("Float64").to_numpy(float, na_value=np.nan)
    return _two(code, entry.label, "binary", Term(entry.label, "none"), marked)


def _two(code: str, label: str, kind: str, term: Term, marked: np.ndarray) -> Covariate:
    names = np.where(np.isnan(marked), None, np.where(marked == 1, term.label, term.reference))
    return Covariate(code, label, kind, (term,), marked[:, None], names, int(np.isnan(marked).sum()))


def _levels(code: str, entry: Listed, values: pd.Series) -> Covariate:
    """Dummies against the first level in alphabetical order."""
    levels = sorted(values.dropna().astype(str).unique())
    text = values.astype(object).where(values.notna(), None)
    others = levels[1:] or levels
    columns = np.column_stack(
        [(text.astype(str) == level).to_numpy(float) for level in others] or [np.zeros(len(text))]
    )
    columns[values.isna().to_numpy()] = np.nan
    reference = f"{entry.label} {levels[0]}" if levels else ""
    terms = tuple(Term(f"{entry.label} {level}", reference) for level in others) or (Term(entry.label, ""),)
    return Covariate(code, entry.label, "levels", terms, columns, text.to_numpy(), int(values.isna().sum()))


def _extra_column(cohort: Cohort, code: str) -> str:
    return cohort.extra_columns[int(code.removeprefix(EXTRA)) - 1]


def _extra(cohort: Cohort, code: str) -> Listed:
    column = _extra_column(cohort, code)
    kind = _kind(cohort.patients[column])
    return Listed(column, f"{column}, per unit" if kind == "number" else column, kind=kind)


def _kind(values: pd.Series) -> str:
    """What a further column can be: a number, a few levels, or nothing."""
    if pd.api.types.is_bool_dtype(values):
        return "binary" if values.nunique() == 2 else ""
    if pd.api.types.is_numeric_dtype(values):
        return "number" if values.nunique() > 1 else ""
    return "levels" if 2 <= values.nunique() <= MOST_LEVELS else ""


def makes_groups(cohort: Cohort, code: str) -> bool:
    """Whether an available candidate has groups, not only a number."""
    return code in MARKERS or (LISTED.get(code) or _extra(cohort, code)).kind != "number"
