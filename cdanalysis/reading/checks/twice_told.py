"""What a file tells twice, in two columns or two sheets, and not alike: said by row, for either may be the slip."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from cdanalysis.dictionary.outcomes import column_of, outcomes_among
from cdanalysis.reading.checks.frames import by_patient
from cdanalysis.reading.checks.order import TOLERANCE_DAYS, said_of_rows, said_where
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

APART_DAYS, APART_SHARE = 28.0, 0.15  # of a visit's own day: whoever comes so early or late is booked for another visit
MOSTLY = 0.5  # of the rows: then it is no slip of single ones
LEAST_SAME, MOST_AGAIN = 5, 0.1  # columns that two patients have alike, and the share of such patients that is a slip
OF_THE_ROW = ("row", "patient_id")


def outcomes(patients: pd.DataFrame, stated: Sequence[StatedOutcome]) -> list[Fault]:
    """Patients who had an outcome by one column and not by another: `relapse` and `relapse-free` are both yes."""
    faults: list[Fault] = []
    for one, again in _told_twice(stated):
        columns = [column_of(code, "event") for code in (one.code, again.code)]
        if any(column not in patients for column in columns):
            continue
        first, second = (patients[column].astype("boolean") for column in columns)
        differing = (first != second).fillna(False).to_numpy(bool)
        if 0 < differing.sum() <= MOSTLY * len(patients):
            had = f"{one.label}, and none by {again.headers[-1]}"
            told = first[differing].map({True: had, False: f"no {one.label}, and one by {again.headers[-1]}"})
            column = column_of(one.code, "event")
            faults += said_of_rows("patients", column, patients[differing], told, "the same in both columns")
    return faults


def _told_twice(stated: Sequence[StatedOutcome]) -> Iterator[tuple[StatedOutcome, StatedOutcome]]:
    """An outcome and another of the same name, numbered."""
    codes = {one.code: one for one in stated}
    for one in stated:
        root, _, number = one.code.rpartition("_")
        if number.isdecimal() and root in codes:
            yield codes[root], one


def denied(events: pd.DataFrame, patients: pd.DataFrame) -> list[Fault]:
    """Events of patients who had none of their kind by the patients' own columns; both hold `row`."""
    faults: list[Fault] = []
    for code in [code for code in outcomes_among(patients.columns) if column_of(code, "event") in patients]:
        had, column = by_patient(patients, column_of(code, "event")), column_of(code, "months")
        free = events["patient_id"].map(had).eq(False).fillna(False).astype(bool)
        until = events["patient_id"].map(by_patient(patients, column)) if column in patients else np.nan
        within = ~(events["days"] > until * DAYS_PER_MONTH + TOLERANCE_DAYS)
        rows = events[(events["event"] == code) & free & within]
        found = pd.Series(f"{code.replace('_', ' ')}, and none by the patients' own column", rows.index)
        faults += said_of_rows("events", "event", rows, found, "the same in both sheets")
    return faults


def deaths(events: pd.DataFrame | None, patients: pd.DataFrame) -> pd.Series:
    """Patient -> the day of death that the file states, by the events, which hold `days`, or by the patients' own columns."""
    died = pd.Series(np.nan, patients["patient_id"])
    for code in ("death", "os"):
        columns = [column_of(code, role) for role in ("event", "months")]
        if all(column in patients for column in columns):
            event, months = (by_patient(patients, column) for column in columns)
            died = died.fillna(months.where(event.fillna(False).astype(bool)) * DAYS_PER_MONTH)
    if events is not None and "event" in events and "patient_id" in events:
        rows = events[events["event"] == "death"]
        died = died.fillna(rows["days"].groupby(rows["patient_id"]).min())
    return died.dropna()


def after_death(sheet: str, frame: pd.DataFrame, column: str, died: pd.Series) -> list[Fault]:
    """Rows of patients who were dead by then."""
    beyond = frame["days"] - frame["patient_id"].map(died).astype(float)
    told, accepted = "{:.0f} days after death", "a time up to the patient's death"
    return said_where(sheet, frame, beyond > TOLERANCE_DAYS, column, beyond, told, accepted)


def weeks_and_dates(visits: pd.DataFrame) -> list[Fault]:
    """Visits whose week is not that of their date, which counts; visits holds `days` by the date, and `row`."""
    if "week" not in visits or "visit_date" not in visits:
        return []
    stated, day = visits["week"].astype(float) * DAYS_PER_WEEK, visits["days"].where(visits["visit_date"].notna())
    apart = (day - stated).abs() > np.maximum(APART_DAYS, APART_SHARE * stated)
    if not apart.any():
        return []
    accepted = "a week and a date of the same day"
    if apart.sum() > MOSTLY * day.notna().sum():
        said = f"{int(apart.sum())} × a week that is not that of its date: the date counts"
        return [warned("visits", said, accepted, column="week")]
    rows = visits[apart]
    told = "week " + rows["week"].map("{:.4g}".format) + ", and week "
    told += (rows["days"] / DAYS_PER_WEEK).map("{:.1f}".format) + " by its date, which counts"
    return said_of_rows("visits", "week", rows, told, accepted)


def same_patient(patients: pd.DataFrame) -> list[Fault]:
    """Patients who have every value of another, and enough of them; said where they are few."""
    codes = np.column_stack([pd.factorize(values)[0] for name, values in patients.items() if name not in OF_THE_ROW])
    held = codes[:, codes.max(axis=0, initial=-1) > 0]  # of each different value a number, -1 of none
    alike = pd.Series([row.tobytes() for row in held], patients.index)
    again = alike.duplicated() & ((held >= 0).sum(axis=1) >= LEAST_SAME)
    if not 0 < again.sum() <= MOST_AGAIN * len(patients):
        return []
    first = patients["row"].groupby(alike).transform("first")[again]
    found = "the same values as in row " + first.astype(int).astype(str) + ", under another identifier"
    return said_of_rows("patients", "patient_id", patients[again], found, "one row per patient")
