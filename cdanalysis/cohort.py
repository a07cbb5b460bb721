"""A cohort: what was read from one file, every fault found on the way, and how its columns were understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isnan, nan
from typing import Any

import pandas as pd

from cdanalysis.dictionary import measured
from cdanalysis.dictionary.baseline import BASELINE_NUMBERS, LISTED, SHORT_NAMES
from cdanalysis.dictionary.markers import MARKERS, MOST_HANDLES, Marker
from cdanalysis.dictionary.measured import Spread
from cdanalysis.results import Exclusion, Fault

BASELINE_WINDOW_DAYS = 28.0
LEAST_VALUES = 3  # different ones: a column with fewer is cut already
PERCENTILES = (0.02, 0.25, 0.5, 0.75, 0.98)
TAKEN_CODES = {*MARKERS, *LISTED, "relapse", "endoscopy", "model"}  # the last three: groups and models, not columns


@dataclass(frozen=True, eq=False)
class Cohort:
    """What was read; frames hold canonical columns, times also as `days` (float, day 0 = start of combination therapy).

    patients: one row a patient: patient_id (str), the canonical columns the file has (numbers float64, yes/no as
    pandas "boolean", categories as str or None), always `follow_up_days` and `combination_end_days` (NaN where unknown),
    and every further column of the file under its own header (named in `extra_columns`).
    visits: patient_id, days, week, months, cdai_points, crp_mg_per_l, esr_mm_per_h, tgn_pmol_per_8e8_rbc; sorted by
    patient and day. events: patient_id, days, months, event. endoscopy: patient_id, days, months, cdeis_points,
    rutgeerts_score, ulceration. adverse_events: patient_id, days, months, term, action. screening: step, n.
    A sheet that the file does not have is an empty frame with these columns.
    """

    patients: pd.DataFrame
    visits: pd.DataFrame
    events: pd.DataFrame
    endoscopy: pd.DataFrame
    adverse_events: pd.DataFrame
    screening: pd.DataFrame
    extra_columns: tuple[str, ...]
    faults: tuple[Fault, ...]
    excluded: tuple[Exclusion, ...]
    matching: Any
    fingerprint: str
    file_name: str
    synthetic: bool = False
    content_sha256: str = ""  # of the file itself, as sha256sum gives it
    text: Any = None  # of a text file: its encoding, delimiter and decimal mark (`text_form.TextForm`)
    study: Any = None  # how it was read, to read the next export alike (`reading.study.Study`)
    questions: tuple[Any, ...] = ()  # what the file leaves open (`reading.questions.Question`)

    @cached_property
    def measured(self) -> frozenset[str]:
        """The columns of patients and visits that hold at least one value."""
        filled = (frame.columns[frame.notna().any()] for frame in (self.patients, self.visits))
        return frozenset(column for columns in filled for column in columns)

    def states(self, outcome: str) -> bool:
        """Whether the file carries time and event of an outcome, used as they are; of relapse only without CDAI visits."""
        carried = {f"{outcome}_months", f"{outcome}_event"} <= set(self.patients.columns)
        return carried and (outcome != "relapse" or not self.visits["cdai_points"].notna().any())

    @cached_property
    def markers(self) -> tuple[str, ...]:
        """Codes of every numeric column that a handle can cut: the dictionary's codes first, then the file's headers."""
        return tuple(self._by_code)

    def marker(self, code: str) -> Marker:
        """The marker of a code of `markers`: the dictionary's row fitted to these data, or what the data make of a column."""
        return self._by_code[code]

    def handles(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """The chosen codes that the cohort has; where it has none of them, as many of its first markers."""
        held = tuple(code for code in chosen if code in self._by_code)
        return held or self.markers[:MOST_HANDLES]

    def baseline(self, column: str) -> pd.Series:
        """A measurement at baseline by patient: the patients sheet, else the last visit within 28 days up to day 0."""
        ids = self.patients["patient_id"]
        held = self.patients[column] if column in self.patients else pd.Series(nan, self.patients.index)
        values = pd.Series(held.to_numpy(float, na_value=nan), index=ids)
        if column not in self.visits or not values.isna().any():
            return values
        visits = self.visits
        before = visits[visits["days"].between(-BASELINE_WINDOW_DAYS, 0) & visits[column].notna()]
        last = before.sort_values("days", kind="stable").groupby("patient_id")[column].last()
        return values.fillna(last.reindex(ids))

    @cached_property
    def _by_code(self) -> dict[str, Marker]:
        """Every marker of these data by its code."""
        found = {
            code: measured.fitted(marker, spread)
            for code, marker in MARKERS.items()
            if marker.column in self.measured
            and ((spread := self._spread(marker.column)).n_distinct >= LEAST_VALUES or not isnan(marker.cutoff))
        }
        rows = {marker.column for marker in MARKERS.values()}
        for column, label, unit in self._without_row():
            spread = self._spread(column) if column in self.measured and column not in rows else None
            if spread is not None and spread.n_distinct >= LEAST_VALUES:
                code = free_code(column)
                found[code] = measured.of_data(code, column, label, unit, spread)
        return found

    def _without_row(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and unit of every numeric column that has no row among the markers, as far as the names tell."""
        yield from (
            (spec.name, SHORT_NAMES.get(spec.name, spec.meaning), spec.unit) for spec in BASELINE_NUMBERS.values()
        )
        kinds = ((column, self.patients[column]) for column in self.extra_columns)
        yield from (
            (column, *measured.label_and_unit(column))
            for column, values in kinds
            if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        )

    def _spread(self, column: str) -> Spread:
        values = self.baseline(column).replace([inf, -inf], nan).dropna()
        if not len(values):
            return Spread(*[nan] * 7, n_distinct=0, is_whole=False)
        low, q1, median, q3, high = values.quantile(PERCENTILES).tolist()
        ends = float(values.min()), float(values.max())
        return Spread(
            ends[0], low, q1, median, q3, high, ends[1], n_distinct=int(values.nunique()),
            is_whole=bool((values % 1 == 0).all()),
        )  # fmt: skip


def free_code(header: str) -> str:
    """The code of a further column: its header, or where that is the code of another variable a text that none has."""
    return f"{header} (as in the file)" if header in TAKEN_CODES else header
