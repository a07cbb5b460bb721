"""Columns whose values fit another unit than the one they were read in: said, never changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.values import plain_number
from cdanalysis.reading.headers.kinds import held_cells
from cdanalysis.reading.headers.matching import CHOSEN, MatchRow, specs_of
from cdanalysis.reading.headers.unit_words import DATES, UNIT_FACTORS
from cdanalysis.results import Fault

LEAST_VALUES = 20
# CRP in mg/dL: the whole distribution lies where that of an active cohort in mg/L hardly reaches.
CRP, CRP_MEDIAN_BELOW, CRP_HIGHEST_BELOW = "crp_mg_per_l", 2.0, 30.0
OTHER_UNITS = ("mg/dl", "g/dl", "days", "weeks", "years", "months")


def suspicions(
    sheet: str, table: RawSheet, matched: Sequence[MatchRow], frame: pd.DataFrame, *, flat: bool
) -> list[Fault]:
    """A warning for each column that looks as if it were in another unit."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=flat)}
    faults = []
    for place, match in enumerate(matched):
        spec = specs.get(match.column)
        if spec is None or spec.kind != "number" or match.factor != 1 or match.unit in DATES or _settled(match):
            continue
        other = _crp_unit(spec, frame, match) or _fitting_unit(spec, table, place)
        if other:
            accepted = f"{spec.unit}; if it is {other}, choose that unit under How each column was understood"
            faults.append(Fault(sheet, None, match.column, f"values that look like {other}", accepted, "warning"))
    return faults


def _settled(match: MatchRow) -> bool:
    """Whether the reader has said the unit."""
    return match.how == CHOSEN and bool(match.unit)


def _crp_unit(spec: ColumnSpec, frame: pd.DataFrame, match: MatchRow) -> str:
    if spec.name != CRP:
        return ""
    values = frame[spec.name if match.week is None else (spec.name, match.week)].dropna().to_numpy(float)
    if len(values) < LEAST_VALUES or len(np.unique(values)) < LEAST_VALUES / 2:
        return ""
    return "mg/dL" if np.median(values) < CRP_MEDIAN_BELOW and values.max() < CRP_HIGHEST_BELOW else ""


def _fitting_unit(spec: ColumnSpec, table: RawSheet, place: int) -> str:
    """The unit in which most values would lie in the column's range, where most of them now lie beyond it."""
    factors = UNIT_FACTORS.get(spec.unit, {})
    held = held_cells(row[place] for _, row in table.rows)
    numbers = [plain_number(cell, table.decimal_comma)[0] for cell in held] if factors else []
    values = np.array([number for number in numbers if number is not None])
    if len(values) < 3 or _share_within(spec, values) > 0.5:
        return ""
    fitting = [unit for unit in OTHER_UNITS if unit in factors and _share_within(spec, values * factors[unit]) > 0.9]
    return fitting[0] if fitting else ""


def _share_within(spec: ColumnSpec, values: np.ndarray) -> float:
    return float(np.mean((values >= spec.lowest) & (values <= spec.highest)))
