"""The total of an index from its components at each visit, by the published formula; a stated total is used as it is."""

import numpy as np
import pandas as pd

from cdanalysis.dictionary.indices.index import Index, Item
from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.reading.checks.frames import by_patient
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault

SAME = 0.51  # points: a total that was rounded to whole points


def with_totals(visits: pd.DataFrame, patients: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """The visits with every total that its components give, and what is said of it."""
    faults: list[Fault] = []
    for index in INDICES.values():
        if index.items and all(item.column in visits for item in index.items):
            visits, more = _with_total(visits, patients, index)
            faults += more
    return visits, faults


def _with_total(visits: pd.DataFrame, patients: pd.DataFrame, index: Index) -> tuple[pd.DataFrame, list[Fault]]:
    made = total(visits, patients, index)
    stated = visits[index.column] if index.column in visits else pd.Series(np.nan, visits.index)
    added, differ = stated.isna() & made.notna(), (stated - made).abs() > SAME
    said = []
    if added.any():
        said.append(
            _said(index, f"computed from its {len(index.items)} components in {counted(int(added.sum()), 'visit')}")
        )
    if differ.any():
        n = counted(int(differ.sum()), "visit")
        said.append(_said(index, f"stated otherwise than its components give in {n}: used as stated"))
    return visits.assign(**{index.column: stated.fillna(made)}), said


def total(visits: pd.DataFrame, patients: pd.DataFrame, index: Index) -> pd.Series:
    """The points of each visit; NaN where a component, or the sex that one needs, is missing."""
    sex = visits["patient_id"].map(by_patient(patients, "sex")) if "sex" in patients else None
    return sum((_points(visits, item, sex) for item in index.items), start=pd.Series(0.0, visits.index))


def _points(visits: pd.DataFrame, item: Item, sex: pd.Series | None) -> pd.Series:
    values = (
        visits[item.column].astype("Float64").astype(float) if item.is_yes_no else visits[item.column].astype(float)
    )
    if item.under:
        men, women = item.under
        values = (np.nan if sex is None else sex.map({"male": men, "female": women}).astype(float)) - values
    return item.weight * values.clip(lower=item.least)


def _said(index: Index, what: str) -> Fault:
    return warned("visits", what, f"a column of the {index.label}, or nothing", column=index.column)
