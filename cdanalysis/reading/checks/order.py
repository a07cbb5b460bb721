"""Times that contradict each other though each is possible: said as warnings, row by row."""

import pandas as pd

from cdanalysis.dictionary.columns import DATE_OF
from cdanalysis.reading.checks.frames import by_patient
from cdanalysis.results import Fault

TOLERANCE_DAYS = 7.0  # months and weeks are rounded
EARLIEST_BASELINE = -60.0  # a visit in the two months before the start is a baseline visit
SAME_DAY = 0.5
AFTER_START = ("events", "adverse_events")


def of_patients(patients: pd.DataFrame) -> list[Fault]:
    """An end of therapy after the end of follow-up; patients holds `row` and the days of both ends."""
    beyond = patients["combination_end_days"] - patients["follow_up_days"]
    return late(patients, "combination_end_months", beyond)


def of_sheet(sheet: str, frame: pd.DataFrame, patients: pd.DataFrame) -> list[Fault]:
    """Rows before the start of therapy, and rows after the end of the patient's follow-up; frame holds `row` and `days`."""
    earliest = 0.0 if sheet in AFTER_START else EARLIEST_BASELINE if sheet == "visits" else float("-inf")
    column, days = DATE_OF[sheet], frame["days"]
    what = "a time at or after the start" if earliest == 0 else "at most 60 days before the start"
    faults = said_where(sheet, frame, days < earliest, column, days, "day {:g}", what)
    beyond = days - frame["patient_id"].map(by_patient(patients, "follow_up_days"))
    exact = (days % 1 == 0) if sheet in AFTER_START else pd.Series(False, frame.index)
    told = "follow_up_tolerance_days" in patients
    unsure = frame["patient_id"].map(by_patient(patients, "follow_up_tolerance_days")) if told else 0.0
    allowed = unsure + TOLERANCE_DAYS * ~exact
    return faults + late(frame, column, beyond, sheet, allowed)


def late(
    frame: pd.DataFrame,
    column: str,
    beyond: pd.Series,
    sheet: str = "patients",
    allowed: pd.Series | float = TOLERANCE_DAYS,
) -> list[Fault]:
    """The rows that lie more days beyond the end of follow-up than rounding explains."""
    told, accepted = "{:.0f} days after the end of follow-up", "a time up to the end of follow-up"
    return said_where(sheet, frame, beyond > allowed + SAME_DAY, column, beyond, told, accepted)


def said_where(
    sheet: str,
    frame: pd.DataFrame,
    doubtful: pd.Series,
    column: str,
    values: pd.Series,
    told: str,
    accepted: str,
    severity: str = "warning",
) -> list[Fault]:
    """One fault for each doubtful row; told: how its value is said, as `day {:g}`."""
    if not doubtful.any():
        return []
    return said_of_rows(sheet, column, frame[doubtful], values[doubtful].map(told.format), accepted, severity)


def said_of_rows(
    sheet: str, column: str, rows: pd.DataFrame, found: pd.Series, accepted: str, severity: str = "warning"
) -> list[Fault]:
    """One fault per row."""
    return [
        Fault(sheet, int(row), column, value, accepted, severity) for row, value in zip(rows["row"], found, strict=True)
    ]
