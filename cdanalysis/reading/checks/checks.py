"""What can only be seen over rows and sheets: duplicate and unknown patients, order of dates, days from day 0."""

from collections.abc import Collection, Mapping
from functools import partial

import numpy as np
import pandas as pd

from cdanalysis.dictionary.columns import COLUMNS, DATE_OF
from cdanalysis.dictionary.indices.indices import OF_AN_INDEX
from cdanalysis.dictionary.outcomes import outcomes_among
from cdanalysis.reading.checks import contradictions, order, twice_told
from cdanalysis.reading.checks.same_day import one_a_day
from cdanalysis.results import Exclusion, Fault
from cdanalysis.units import DAYS_PER_MONTH

EARLIEST_DAY = -365.0  # a visit more than a year before day 0 is more likely a mistyped date
MOST_SINGLE = 5  # rows that are each named
ENDS = {
    "follow_up": ("follow_up_months", "last_follow_up_date"),
    "combination_end": ("combination_end_months", "combination_end_date"),
}
Checked = tuple[pd.DataFrame, list[Fault], list[Exclusion]]


def patients(frame: pd.DataFrame, bare: pd.Series) -> Checked:
    """One row per patient with follow_up_days and combination_end_days; of a duplicate id the first row is kept.

    bare: which rows hold an identifier and nothing else, so that they are no patient.
    """
    named = frame[frame["patient_id"].notna() & ~bare]
    nameless = frame[frame["patient_id"].isna()]
    faults = [Fault("patients", int(row), "patient_id", "empty", "an identifier") for row in nameless["row"]]
    twice = named[named["patient_id"].duplicated(keep=False)]
    again = named["patient_id"].duplicated()
    faults += [
        Fault(
            "patients", int(row), "patient_id", str(identity), "an identifier that no other row has; the first is kept"
        )
        for row, identity in zip(twice["row"], twice["patient_id"], strict=True)
    ]
    kept, found = _ends(named[~again].reset_index(drop=True))
    found += order.of_patients(kept) + twice_told.same_patient(kept)
    if bare.any():
        said = f"{int(bare.sum())} × an identifier and nothing else: left out"
        faults.append(Fault("patients", None, "patient_id", said, "a value of each patient", "warning"))
    counted = (
        ("patient without an identifier", len(nameless)),
        ("second row of a patient", int(again.sum())),
        ("identifier and nothing else", int(bare.sum())),
    )
    return kept, faults + found, [Exclusion(reason, n) for reason, n in counted if n]


def bare_rows(frames: Mapping[str, pd.DataFrame], alone: Collection[int]) -> pd.Series:
    """Which rows of the patients a table that was numbered beforehand has below its patients: identifiers alone.

    alone: the numbers of the rows whose other cells are empty; a cell that could not be read is none. An identifier that another
    sheet has is a patient's, and a text unlike the other identifiers was asked about.
    """
    frame = frames["patients"]
    ids, empty = frame["patient_id"].astype("string"), frame["row"].isin(list(alone))
    if not empty.any():
        return empty
    shape = ids.str.replace(r"\d+", "0", regex=True)
    others = [other["patient_id"] for name, other in frames.items() if name != "patients" and "patient_id" in other]
    return empty & shape.isin(shape[~empty].dropna()) & ~ids.isin([one for known in others for one in known])


def _ends(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Days of the two ends, from a duration or from dates; an end before day 0 is a fault and missing."""
    whole, faults = frame.copy(), []
    for name, (months, day) in ENDS.items():
        days = whole[f"{name}_days"] if f"{name}_days" in whole else pd.Series(np.nan, index=whole.index)
        if months in whole:
            days = days.fillna(whole[months] * DAYS_PER_MONTH)
        column = months if months in whole else f"{name}_days"
        if day in whole and "start_date" in whole:
            column = day if whole[day].notna().any() else column
            days = days.fillna(whole[day] - whole["start_date"])
        early = days < 0
        faults += [
            Fault("patients", int(row), column, f"{value:g} days before the start", "an end at or after the start")
            for row, value in zip(whole.loc[early, "row"], -days[early], strict=True)
        ]
        whole[f"{name}_days"] = days.mask(early)
    return whole, faults


def timed(
    sheet: str, whole: pd.DataFrame | None, known: pd.DataFrame, died: pd.Series
) -> tuple[pd.DataFrame | None, list[Fault], list[Exclusion]]:
    """The rows of a timed sheet of known days; those of unknown patients and those without a time are counted.

    whole: with `days`. died: patient -> the day of death.
    """
    if whole is None:
        return None, [], []
    unknown = ~whole["patient_id"].isin(known["patient_id"])
    undated = whole["days"].isna() & ~unknown
    early = (whole["days"] < EARLIEST_DAY) & ~unknown
    time = DATE_OF[sheet]
    said = partial(order.said_where, sheet, whole, severity="error")
    faults = [
        *said(unknown, "patient_id", whole["patient_id"], "{}", "a patient of the patients sheet"),
        *said(undated, time, whole["days"], "no time", "a date, a week or a month"),
        *_before(sheet, whole, early),
    ]
    what = sheet.replace("_", " ").removesuffix("s")
    counted = (
        (f"{what} of an unknown patient", unknown),
        (f"{what} without a time", undated),
        (f"{what} long before the start", early),
    )
    kept = whole[~(unknown | undated | early)]
    faults += [*order.of_sheet(sheet, kept, known), *twice_told.after_death(sheet, kept, time, died)]
    if sheet == "events":
        faults += twice_told.denied(kept, known)
    if sheet == "visits":
        faults += twice_told.weeks_and_dates(kept)
        kept, twice = one_a_day(kept)
        faults += [*twice, *contradictions.at_start(kept, known)]
    return (
        kept.drop(columns="row"),
        faults,
        [Exclusion(f"row left out: {reason}", int(rows.sum()), "row") for reason, rows in counted if rows.any()],
    )


def _before(sheet: str, frame: pd.DataFrame, early: pd.Series) -> list[Fault]:
    """Rows long before the start: a few are slips, each named; many are a history, said once."""
    n, column, accepted = int(early.sum()), DATE_OF[sheet], "at most a year before the start"
    if n <= MOST_SINGLE:
        return order.said_where(sheet, frame, early, column, frame["days"], "day {:g}", accepted, severity="error")
    found = f"{n} × a row long before the start, up to {-frame['days'][early].min() / 365.25:.1f} years: left out"
    return [Fault(sheet, None, column, found, accepted)]


def whole(patients: pd.DataFrame, visits: pd.DataFrame, events: pd.DataFrame) -> list[Fault]:
    """What the cohort as a whole lacks: said as warnings, because the rest can be analysed."""
    derived, empty = {f"{name}_days" for name in ENDS}, patients.columns[patients.isna().all()]
    faults = [
        Fault("patients", None, spec.name, "no value in any patient", "at least one value", "warning")
        for spec in COLUMNS["patients"]
        if spec.name in empty and spec.name not in derived
    ]
    stated = outcomes_among(patients)
    if patients["follow_up_days"].isna().all() and not stated:
        faults.append(Fault("patients", None, "follow_up_months", "no end of follow-up",
                            "follow_up_months, or last_follow_up_date with start_date", "warning"))  # fmt: skip
    if visits.empty and events.empty and not stated:
        faults.append(
            Fault("visits", None, "", "no visit and no event", f"{OF_AN_INDEX}, or relapse_months", "warning")
        )
    return faults
