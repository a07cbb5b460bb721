"""A cohort: what was read from one file, every fault found on the way, and how its columns were understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

import pandas as pd

from cdanalysis.results import Exclusion, Fault, Outcome, StatedOutcome


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
    stated: tuple[StatedOutcome, ...] = ()  # the outcomes that the patients' table states itself

    @cached_property
    def measured(self) -> frozenset[str]:
        """The columns of patients and visits that hold at least one value."""
        filled = (frame.columns[frame.notna().any()] for frame in (self.patients, self.visits))
        return frozenset(column for columns in filled for column in columns)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Every time-to-event outcome that the file states or allows, by code, the default one first.

        They are derived a room above, so the module is looked up when it is first asked for.
        """
        return import_module("cdanalysis.outcomes.endpoints.declared").offered(self)

    def stated_outcome(self, code: str) -> StatedOutcome:
        """What the file states of an outcome; of one that nothing is known of, its code as words."""
        return next((one for one in self.stated if one.code == code), StatedOutcome(code, code.replace("_", " ")))

    def states(self, outcome: str) -> bool:
        """Whether the file carries time and event of an outcome, used as they are; of relapse only without CDAI visits."""
        carried = {f"{outcome}_months", f"{outcome}_event"} <= set(self.patients.columns)
        return carried and (outcome != "relapse" or not self.visits["cdai_points"].notna().any())
