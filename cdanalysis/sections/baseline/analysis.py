"""Table 1: every baseline variable of the file, overall or by group, with the test that fits it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.baseline import NOT_BASELINE
from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe import comparisons
from cdanalysis.statistics.describe.comparisons import Comparison, Description

MOST_LEVELS = 12


@dataclass(frozen=True)
class NumberRow:
    """A measurement: its distribution overall and in each group; `normal` says whether mean ± SD describes it."""

    column: str
    label: str
    unit: str
    overall: Description
    by_group: tuple[Description, ...]
    normal: bool
    test: Comparison | NotEstimable | None
    smd: float


@dataclass(frozen=True)
class CategoryRow:
    """A yes/no or a category: levels and their counts overall (L,) and in each group (G, L)."""

    column: str
    label: str
    levels: tuple[str, ...]
    overall: tuple[int, ...]
    by_group: tuple[tuple[int, ...], ...]
    n_missing: tuple[int, ...]  # overall, then each group
    test: Comparison | NotEstimable | None
    smd: float


@dataclass(frozen=True, eq=False)
class Baseline:
    """Table 1; sizes are the patients of each group, in the order of group_labels."""

    group_label: str
    group_labels: tuple[str, ...]
    sizes: tuple[int, ...]
    n: int
    rows: tuple[NumberRow | CategoryRow, ...]
    excluded: tuple[Exclusion, ...]


def baseline(cohort: Cohort, settings: Settings) -> Baseline | NotEstimable:
    """Every baseline variable with at least one value; patients in no group are left out and counted."""
    cohort = selected(cohort, settings)
    patient_ids = tuple(cohort.patients["patient_id"])
    chosen = grouping(cohort, patient_ids, settings.baseline_group, settings)
    if isinstance(chosen, NotEstimable):
        return chosen
    inside = chosen.places >= 0
    if not inside.any():
        return NotEstimable(f"{chosen.label or 'the group'} is not known for any patient")
    kept = Grouping(chosen.label, chosen.labels, chosen.places[inside])
    frame = cohort.patients[inside].reset_index(drop=True)
    rows = tuple(_rows(cohort, frame, kept, settings))
    excluded = excluded_for(f"{chosen.label} not known", int((~inside).sum()))
    sizes = tuple(np.bincount(kept.places, minlength=len(kept.labels)).tolist())
    return Baseline(chosen.label, chosen.labels, sizes, len(frame), rows, excluded)


def _rows(cohort: Cohort, frame: pd.DataFrame, by: Grouping, settings: Settings) -> Iterator[NumberRow | CategoryRow]:
    specs = {spec.name: spec for spec in COLUMNS["patients"]}
    for name in (*specs, *cohort.extra_columns):
        spec = specs.get(name) or ColumnSpec(name, "patients", "", name)
        if name.startswith(NOT_BASELINE) or spec.kind in ("id", "date", "text") or name not in cohort.measured:
            continue
        if spec.kind == "number" or (not spec.kind and _is_number(frame[name])):
            values = groups.baseline_values(cohort, name, tuple(frame["patient_id"]))
            yield _number_row(spec, values, by, settings)
        elif spec.kind or frame[name].nunique() <= MOST_LEVELS:
            yield _category_row(spec, frame[name], by, settings)


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _number_row(spec: ColumnSpec, values: np.ndarray, by: Grouping, settings: Settings) -> NumberRow:
    samples = [values[by.places == place] for place in range(len(by.labels))]
    known = [one[~np.isnan(one)] for one in samples]
    compared = len(samples) > 1
    return NumberRow(
        spec.name,
        spec.meaning,
        spec.unit,
        comparisons.describe(values, settings.convention),
        tuple(comparisons.describe(one, settings.convention) for one in samples),
        comparisons.is_normal([one for one in known if len(one)]) if any(map(len, known)) else False,
        comparisons.compare_numbers(samples, settings.convention) if compared else None,
        comparisons.smd_numbers(*samples) if len(samples) == 2 else nan,
    )


def _category_row(spec: ColumnSpec, values: pd.Series, by: Grouping, settings: Settings) -> CategoryRow:
    text = _as_text(values)
    there = set(text.dropna())
    levels = tuple(level for level in spec.categories or sorted(there) if level in there)
    known = text.isin(levels).to_numpy()
    counts = np.zeros((len(by.labels), len(levels)), int)
    np.add.at(counts, (by.places[known], text[known].map(levels.index).to_numpy(int)), 1)
    missing = text.isna().to_numpy()
    compared = len(by.labels) > 1
    return CategoryRow(
        spec.name,
        spec.meaning,
        levels,
        tuple(counts.sum(axis=0).tolist()),
        tuple(map(tuple, counts.tolist())),
        (int(missing.sum()), *(int(missing[by.places == place].sum()) for place in range(len(by.labels)))),
        comparisons.compare_counts(counts.T, settings.convention) if compared else None,
        comparisons.smd_counts(counts[0], counts[1]) if len(counts) == 2 else nan,
    )


def _as_text(values: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(values):
        return values.astype(object).map({True: "yes", False: "no"})
    return values.astype(object).map(lambda value: None if pd.isna(value) else str(value))
