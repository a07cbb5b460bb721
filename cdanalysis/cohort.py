"""A cohort: what was read from one file, every fault found on the way, and how its columns were understood."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from math import inf, nan
from typing import Any, TypeVar

import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.indices.indices import FIRST, followed, longest_followed
from cdanalysis.dictionary.markers import Marker
from cdanalysis.results import Exclusion, Fault, Outcome, StatedOutcome

BASELINE_WINDOW_DAYS = 28.0
RESPONSE_DAYS = 196.0  # week 24 and four weeks more: a file whose index ends there shows no relapse
VISIT_COLUMNS = {spec.name for spec in COLUMNS["visits"]}

Memory = MutableMapping[Any, Any]  # by whatever key its user chooses; of one cohort, and bounded by who keeps it
Made = TypeVar("Made")


def remembered(memory: Memory | None, key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made under that key, or what is made now; without a memory it is made every time."""
    if memory is None:
        return make()
    found = memory.get(key, memory)  # the memory itself stands for nothing found
    if found is memory:
        found = memory[key] = make()
    return found


@dataclass(frozen=True, eq=False)
class Derived:
    """A marker made of several values of each patient (`outcomes/markers/summaries.py`), and its value by patient, in order."""

    marker: Marker
    values: pd.Series


@dataclass(frozen=True, eq=False)
class Cohort:
    """What was read; frames hold canonical columns, times also as `days` (float, day 0 = start of combination therapy).

    patients: one row per patient: patient_id (str), the canonical columns the file has (numbers float64, yes/no as
    pandas "boolean", categories as str or None), always `follow_up_days` and `combination_end_days` (NaN where unknown),
    and every further column of the file under its own header (named in `extra_columns`).
    visits: patient_id, days, week, months, cdai_points, crp_mg_per_l, esr_mm_per_h, tgn_pmol_per_8e8_rbc, and further columns of
    numbers of the file; by patient and day. events: patient_id, days, months, event. endoscopy: patient_id, days, months,
    cdeis_points, rutgeerts_score, ulceration. adverse_events: patient_id, days, months, term, action. screening: step, n.
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
    file_name: str  # for its reader's own eyes; what is printed is the label
    label: str = "own file"
    synthetic: bool = False
    content_sha256: str = ""  # of the file itself, as sha256sum gives it
    text: Any = None  # of a text file: its encoding, delimiter and decimal mark (`text_form.TextForm`)
    study: Any = None  # how it was read, to read the next export alike (`reading.study.Study`)
    questions: tuple[Any, ...] = ()  # what the file leaves open (`reading.questions.Question`)
    stated: tuple[StatedOutcome, ...] = ()  # the outcomes that the patients' table states itself
    selection: Any = None  # who of the file's patients it holds (`outcomes.selection.Selection`); None: all
    derived: tuple[Derived, ...] = ()  # the summaries of repeated measurements in use, and what they were made by
    derived_by: tuple[Any, ...] = ()
    read_fingerprint: str = ""  # without them
    memory: Memory | None = field(default=None, repr=False)  # what is made again and again, where a session keeps that

    def with_memory(self, memory: Memory | None = None) -> Cohort:
        """The same cohort, remembering what is made of it: in a session's memory, else in the one it has or a new one."""
        if memory is None and self.memory is not None:
            return self
        return self._with(memory={} if memory is None else memory)

    def called(self, label: str) -> Cohort:
        """The same cohort under another name in figures and reports."""
        return self._with(label=label, memory=None)

    def _with(self, **changed: Any) -> Cohort:
        """The cohort with other fields that nothing is derived from; what is known of it stays known."""
        kept = replace(self, **changed)
        vars(kept).update({name: value for name, value in vars(self).items() if name not in vars(kept)})
        return kept

    def with_derived(self, derived: tuple[Derived, ...], by: tuple[Any, ...]) -> Cohort:
        """The cohort with these summaries in place of others; itself where it has none and gets none."""
        if by == self.derived_by:
            return self
        read = self.fingerprint_as_read
        own = sha256(f"{read} {by}".encode()).hexdigest() if by else read
        kept = self._with(derived=derived, derived_by=by, fingerprint=own, read_fingerprint=read, memory=None)
        for name in ("measured", "markers", "_by_code"):
            vars(kept).pop(name, None)
        return kept

    def summarised(self, settings: Any) -> Cohort:
        """The cohort with the summaries of repeated measurements that the settings name; derived a room above."""
        return import_module("cdanalysis.outcomes.markers.summaries").summaries_of(self, settings)

    @property
    def derived_codes(self) -> tuple[str, ...]:
        """Codes of the summaries in use."""
        return tuple(one.marker.code for one in self.derived)

    @property
    def fingerprint_as_read(self) -> str:
        """The fingerprint of the cohort without the summaries in use: what was looked at stays known when they change."""
        return self.read_fingerprint or self.fingerprint

    @cached_property
    def measured(self) -> frozenset[str]:
        """The columns of patients and visits that hold at least one value, and those of the summaries in use."""
        filled = (frame.columns[frame.notna().any()] for frame in (self.patients, self.visits))
        made = {one.marker.column for one in self.derived}
        return frozenset(column for columns in filled for column in columns) | made

    @cached_property
    def visit_columns(self) -> tuple[str, ...]:
        """The columns of numbers that the visits have beyond the dictionary's, under the headers of the file."""
        return tuple(str(name) for name in self.visits.select_dtypes("float") if name not in VISIT_COLUMNS)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Every time-to-event outcome that the file states or allows, by code, the default first; derived a room above."""
        return import_module("cdanalysis.outcomes.endpoints.declared").offered(self)

    def outcome_in_use(self, settings: Any) -> Outcome | None:
        """The outcome that the settings choose, under its noun; None where the cohort has none."""
        return import_module("cdanalysis.outcomes.endpoints.declared").in_use(self, settings)

    def stated_outcome(self, code: str) -> StatedOutcome:
        """What the file states of an outcome; of one that nothing is known of, its code as words."""
        return next((one for one in self.stated if one.code == code), StatedOutcome(code, code.replace("_", " ")))

    def states(self, outcome: str) -> bool:
        """Whether the file carries time and event of an outcome, used as they are; of relapse only without a course of an index."""
        carried = {f"{outcome}_months", f"{outcome}_event"} <= set(self.patients.columns)
        return carried and (outcome != "relapse" or not followed(self.visits, RESPONSE_DAYS))

    @cached_property
    def indices(self) -> tuple[str, ...]:
        """Codes of the indices that the visits hold, those that are followed longest first."""
        return longest_followed(self.visits, (RESPONSE_DAYS, 0.0, -inf))

    def indexed(self, settings: Any) -> Any:
        """The settings by an index that this cohort has: the chosen one, or else its first."""
        used = settings.index if settings.index in self.indices else next(iter(self.indices), FIRST)
        return settings if used == settings.index_row.code else settings.with_index("" if used == FIRST else used)

    @cached_property
    def markers(self) -> tuple[str, ...]:
        """Codes of every numeric column that a handle can cut: the dictionary's codes first, then the file's headers."""
        return tuple(self._by_code)

    def is_marker(self, code: str) -> bool:
        """Whether a code is one of `markers`."""
        return code in self._by_code

    def marker(self, code: str) -> Marker:
        """The marker of a code of `markers`: the dictionary's row fitted to these data, or what the data make of a column."""
        return self._by_code[code]

    def handles(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """The chosen codes that the cohort has; its own markers in place of those that nobody chose (`of_cohort`)."""
        return import_module("cdanalysis.outcomes.markers.of_cohort").handles_among(self, chosen)

    def baseline(self, column: str) -> pd.Series:
        """By patient: a measurement at baseline, in the patients sheet or at the last visit from day -28 to 0; or a summary."""
        ids = self.patients["patient_id"]
        for one in self.derived:
            if one.marker.column == column:
                return one.values.reindex(ids)
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
        """Every marker of these data by its code; made a room above."""
        return import_module("cdanalysis.outcomes.markers.of_cohort").by_code(self)
