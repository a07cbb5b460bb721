"""Who is analysed: the patients of a cohort who meet every condition, the others counted by the first that they do not meet.

A patient of whom a condition's column is not known does not meet it, and is counted apart.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.baseline import LISTED, SHORT_NAMES
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.results import Exclusion
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.conditions import Condition, from_text

FRAMES = ("patients", "visits", "events", "endoscopy", "adverse_events")
MOST_VALUES = 12
NOT_OFFERED = ("_state", "_date", "_tolerance_days", "patient_id")
YES_NO = {True: "yes", False: "no"}
NOT_THERE = "The file has no column {column}: nobody is left out by it."


@dataclass(frozen=True)
class Selection:
    """How the patients of a cohort were chosen from n_before; words: what they all have; why: the reason of who has not, by id.

    criteria: those left out by each condition in turn. notes: conditions that the file has no column for.
    """

    text: str
    words: str
    n_before: int
    criteria: tuple[Exclusion, ...]
    why: dict[str, str] = field(repr=False)
    notes: tuple[str, ...] = ()


def selected(cohort: Cohort, settings: Settings) -> Cohort:
    """The cohort of the patients who meet the settings' conditions; itself where there is none, or where it is that already."""
    if not settings.patients or (cohort.selection and cohort.selection.text == settings.patients):
        return cohort
    why, criteria, notes, words = {}, [], [], []
    kept = pd.Series(True, index=cohort.patients["patient_id"])
    for one in from_text(settings.patients):
        values = values_of(cohort, one.column)
        if values is None:
            notes.append(NOT_THERE.format(column=one.column))
            continue
        label = label_of(cohort, one.column)
        words.append(one.words(label))
        for reason, out in _left_out(one, values, label):
            gone = kept & out.to_numpy(bool)
            criteria += [Exclusion(reason, int(gone.sum()))] if gone.any() else []
            why.update(dict.fromkeys(kept.index[gone], reason))
            kept &= ~gone
    chosen = Selection(settings.patients, "; ".join(words), len(kept), tuple(criteria), why, tuple(notes))
    return _only(cohort, set(kept.index[kept]), chosen)


def _only(cohort: Cohort, ids: set[str], chosen: Selection) -> Cohort:
    frames = {name: getattr(cohort, name) for name in FRAMES}
    held = {name: frame[frame["patient_id"].isin(ids)].reset_index(drop=True) for name, frame in frames.items()}
    fingerprint = sha256(f"{cohort.fingerprint} {chosen.text}".encode()).hexdigest()
    return replace(cohort, **held, fingerprint=fingerprint, memory=None, selection=chosen)


def _left_out(one: Condition, values: pd.Series, label: str) -> list[tuple[str, pd.Series]]:
    """Who has another value, then who has none, each with the reason."""
    unknown = values.isna() if one.sign == "=" else pd.to_numeric(values, errors="coerce").isna()
    meets = meeting(one, values)
    return [(one.unmet(label), ~meets & ~unknown), (f"{label} not known", unknown)]


def meeting(one: Condition, values: pd.Series) -> pd.Series:
    """Who of some patients meets a condition, by their values of its column; who has none does not."""
    if one.sign == "=":
        return values.isin(one.values)
    numbers = pd.to_numeric(values, errors="coerce")
    return numbers >= one.number if one.sign == ">=" else numbers <= one.number


def values_of(cohort: Cohort, column: str) -> pd.Series | None:
    """A column's value of each patient: numbers at baseline, yes or no, else text; None where the file has no such column."""
    if column in cohort.patients and column != "patient_id":
        held = cohort.patients[column]
        if pd.api.types.is_bool_dtype(held):
            return held.map(YES_NO).astype(object)
        if not pd.api.types.is_numeric_dtype(held):
            return held.astype(object).map(lambda one: None if pd.isna(one) else str(one))
    numbers = column in cohort.visits and pd.api.types.is_numeric_dtype(cohort.visits[column])
    if (column in cohort.patients and column != "patient_id") or (numbers and column in cohort.measured):
        return cohort.baseline(column).reset_index(drop=True)
    return None


def offered(cohort: Cohort) -> dict[str, str]:
    """Every column that a patient can be chosen by, with its label: numbers, and texts of a few values; no column of an outcome."""
    return remembered(cohort.memory, "selection", lambda: _offered(cohort))


def _offered(cohort: Cohort) -> dict[str, str]:
    columns = [*cohort.patients.columns, *_markers(cohort)]
    told = dict.fromkeys(one for one in columns if not parted_column(one)[0] and not one.endswith(NOT_OFFERED))
    return {column: label_of(cohort, column) for column in told if _is_useful(values_of(cohort, column))}


def _markers(cohort: Cohort) -> dict[str, str]:
    """The labels of the markers by their columns."""
    found = (cohort.marker(code) for code in cohort.markers)
    return remembered(cohort.memory, "marker columns", lambda: {one.column: one.label for one in found})


def _is_useful(values: pd.Series | None) -> bool:
    if values is None or values.nunique() < 2:
        return False
    return pd.api.types.is_numeric_dtype(values) or values.nunique() <= MOST_VALUES


def label_of(cohort: Cohort, column: str) -> str:
    """What a sentence calls a column."""
    listed = next((one.label for one in LISTED.values() if one.column == column and not one.high), "")
    return _markers(cohort).get(column) or SHORT_NAMES.get(column) or listed or column.replace("_", " ")


def counts(values: pd.Series) -> dict[str, int]:
    """How many patients have each value of a text."""
    return {str(value): int(n) for value, n in values.value_counts().items()}


def n_meeting(cohort: Cohort, conditions: tuple[Condition, ...]) -> int:
    """How many patients meet all of some conditions."""
    meets = np.ones(len(cohort.patients), bool)
    for one in conditions:
        values = values_of(cohort, one.column)
        if values is not None:
            for _, out in _left_out(one, values, ""):
                meets &= ~out.to_numpy(bool)
    return int(meets.sum())
