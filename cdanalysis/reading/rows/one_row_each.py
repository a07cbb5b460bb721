"""Several rows per patient -> one: the outcome of any row, what never changes from any, what was measured from the baseline row.

Rows are taken in order of their time, not of the file. The baseline row is the last within four weeks up to day 0; a table
without such a row has the first of each patient.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS, TIME_COLUMNS
from cdanalysis.dictionary.outcomes import ENTRY, column_of, outcomes_among
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

ID = "patient_id"
MEASURES = tuple(spec.name for spec in COLUMNS["visits"] if spec.name not in (ID, *TIME_COLUMNS["visits"]))
ENDS = (
    "follow_up_months",
    "follow_up_days",
    "last_follow_up_date",
    "combination_end_months",
    "combination_end_days",
    "combination_end_date",
    "follow_up_tolerance_days",  # 0 in a row without an end
    "combination_end_tolerance_days",
)
TOLERANCES = ENDS[-2:]
BASELINE_DAYS = 28.0


def put_together(table: pd.DataFrame, times: Sequence[str]) -> tuple[pd.DataFrame, list[Fault]]:
    """One row per patient of a table of visits; the times are left to the visits."""
    days = _days(table)
    ordered = table.assign(**{_DAYS: days}).sort_values(_DAYS, kind="stable", na_position="last")
    by_patient = ordered.groupby(ID, sort=False)
    patients = table[[ID]].dropna().drop_duplicates().set_index(ID)
    patients["row"] = table.dropna(subset=[ID]).groupby(ID)["row"].first()
    at_start = _at_start(ordered).groupby(ID)
    differing = changing(table, [column for column in table.columns if column not in ("row", ID, *times)])
    faults: list[Fault] = []
    outcomes = outcomes_among(table.columns)
    stated = {column_of(code, part) for code in outcomes for part in ("event", "months")}
    stated |= {column_of(code, "date") for code in _dated(outcomes, table)}
    entries = {column_of(code, ENTRY) for code in outcomes}
    for column in [column for column in table.columns if column not in ("row", ID, *times)]:
        if column in stated:
            continue
        if column in ENDS:
            patients[column] = by_patient[column].max()
        elif column in entries:
            patients[column] = by_patient[column].min()
        elif column in differing or column in MEASURES:
            patients[column] = at_start[column].last()
            faults += _late(ordered, column, OF_VISITS) if column in MEASURES else []
        else:
            patients[column] = by_patient[column].first()
            faults += _late(ordered, column, ONLY_ONE)
        faults += (
            _said(column, "the value at baseline is used")
            if column in differing and column not in (*ENDS, *MEASURES, *entries)
            else []
        )
    for code in outcomes:
        faults += _outcome(code, ordered, patients, differing)
    kept = patients.drop(columns=[name for name in MEASURES if name in patients and patients[name].isna().all()])
    return kept.reset_index()[_order(table, kept)], faults


def without_times(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """One row per patient where no two rows of a patient contradict each other; else the table as it is."""
    columns = [column for column in table.columns if column not in ("row", ID, *TOLERANCES)]
    named = table[table[ID].notna()]
    if not columns or changing(named, columns) or not _complete_each_other(named, columns):
        return table, []
    whole = named.groupby(ID, sort=False, as_index=False).first()[list(table.columns)]
    for name in [name for name in TOLERANCES if name in whole]:
        whole[name] = named.groupby(ID, sort=False)[name].max().to_numpy()
    said = f"rows of one patient put together: {len(named)} rows of {len(whole)} patients"
    return pd.concat([whole, table[table[ID].isna()]], ignore_index=True), [
        warned("patients", said, "one row per patient", column=ID)
    ]


ONLY_ONE, OF_VISITS = "its only value of each patient is used", "a value of the visits; there is none at baseline"
_DAYS = "days from the start, for the order of rows"


def _days(table: pd.DataFrame) -> pd.Series:
    """Days from the start of each row, NaN where nothing says it; of dates without a start, from the patient's first."""
    days = pd.Series(np.nan, index=table.index)
    if "visit_date" in table:
        dates = table["visit_date"]
        start = table["start_date"] if "start_date" in table else pd.Series(np.nan, index=table.index)
        whole = start.groupby(table[ID]).transform("first").fillna(dates.groupby(table[ID]).transform("min"))
        days = dates - whole
    for name, scale in (("days", 1.0), ("week", DAYS_PER_WEEK), ("months", DAYS_PER_MONTH)):
        if name in table:
            days = days.fillna(table[name] * scale)
    return days


def _at_start(ordered: pd.DataFrame) -> pd.DataFrame:
    """The rows of the baseline: up to day 0, or without a time; the first of each patient where none is up to day 0."""
    days = ordered[_DAYS]
    if (days <= 0).any():
        return ordered[days.between(-BASELINE_DAYS, 0) | days.isna()].sort_values(
            _DAYS, kind="stable", na_position="first"
        )
    return ordered[ordered[_DAYS] == ordered.groupby(ID)[_DAYS].transform("min")]


def changing(table: pd.DataFrame, columns: Sequence[str]) -> set[str]:
    """The columns that hold different values in the rows of one patient."""
    return {column for column in columns if (table.groupby(ID)[column].nunique() > 1).any()}


def _complete_each_other(table: pd.DataFrame, columns: Sequence[str]) -> bool:
    """Whether no two rows of a patient are the same in all that they hold: those are a row twice."""
    return not table.duplicated([ID, *columns]).any()


def _late(ordered: pd.DataFrame, column: object, how: str) -> list[Fault]:
    """Said of a number that no patient has before the start: it may be no property of the patient; how: what is done with it."""
    held = ordered[ordered[column].notna()]
    is_number = held[column].dtype == float
    if not is_number or held.empty or not (held[_DAYS] > 0).all():
        return []
    return _said(column, how, "measured after the start in every patient")


def _outcome(name: str, ordered: pd.DataFrame, patients: pd.DataFrame, differing: set[str]) -> list[Fault]:
    """State and time of an outcome into `patients`: the first event of any row, with the time in it; else the last time."""
    event, months = column_of(name, "event"), column_of(name, "months")
    if months not in ordered and event not in ordered:
        return []
    if name in _dated([name], ordered):
        return _with_date(name, ordered, patients, differing)
    stated = ordered[months] if months in ordered else ordered[_DAYS] / DAYS_PER_MONTH
    happened = ordered[event] > 0 if event in ordered else pd.Series(False, index=ordered.index)
    known = stated.where(ordered[event].notna()) if event in ordered and months not in ordered else stated
    by_patient = ordered[ID]
    at_event = stated.where(happened).groupby(by_patient).first()
    last = known.groupby(by_patient).max()
    if event in ordered:
        first = ordered[event].where(happened).groupby(by_patient).first()
        patients[event] = first.fillna(ordered[event].groupby(by_patient).max())
    patients[months] = at_event.reindex(patients.index).fillna(last)
    if months not in ordered:
        return _said(
            event,
            "its time is that of the first row with the event, else of the last row",
            "the event by row, without a time",
        )
    return _said(event, "the event of any row is used, with the time in it") if {event, months} & differing else []


def _dated(outcomes: Sequence[str], table: pd.DataFrame) -> list[str]:
    """The outcomes of which a row says whether it happened and on which day, and no column the time: `Date of relapse`."""
    parts = {code: [column_of(code, part) in table for part in ("event", "date", "months")] for code in outcomes}
    return [code for code, has in parts.items() if has == [True, True, False]]


def _with_date(name: str, ordered: pd.DataFrame, patients: pd.DataFrame, differing: set[str]) -> list[Fault]:
    """State and date of an outcome into `patients`: the first event of any row, with its date; else the last date."""
    event, date = column_of(name, "event"), column_of(name, "date")
    happened, by_patient = ordered[event] > 0, ordered[ID]
    first = ordered[event].where(happened).groupby(by_patient).first()
    patients[event] = first.fillna(ordered[event].groupby(by_patient).max())
    at_event = ordered[date].where(happened).groupby(by_patient).min()
    patients[date] = at_event.fillna(ordered[date].groupby(by_patient).max())
    return _said(event, "the event of any row is used, with its date") if {event, date} & differing else []


def _said(column: object, how: str, found: str = "different values in the rows of one patient") -> list[Fault]:
    return [warned("patients", found, how, column=str(column))]


def _order(table: pd.DataFrame, patients: pd.DataFrame) -> list[object]:
    """The columns in the table's order, those that were made at the end."""
    first = [column for column in table.columns if column == ID or column in patients.columns]
    return [*first, *(column for column in patients.columns if column not in first)]
