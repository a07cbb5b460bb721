"""What the file says twice and not alike, each value possible by itself: said by row, and asked where it can be two things."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cdanalysis.reading.checks.order import said_of_rows
from cdanalysis.reading.checks.same_day import NOT_MEASURED
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.sheets.ids import loosened
from cdanalysis.results import Fault
from cdanalysis.units import DAYS_PER_MONTH

ROUNDED = 0.011  # of the value: the same number with fewer digits
SHORT_DAYS, SHORT_SHARE = 183.0, 0.5  # censored so long before the end of follow-up, and before this share of it
TIME_OF_0, NOT_KNOWN = "a time of 0", "not known"


def at_start(visits: pd.DataFrame, patients: pd.DataFrame) -> list[Fault]:
    """Measurements of the patients that are not those of their visit on day 0; patients holds `row`."""
    first = visits[visits["days"] == 0].drop_duplicates("patient_id", keep="last").set_index("patient_id")
    faults: list[Fault] = []
    for name in [column for column in visits.columns if column not in NOT_MEASURED and column in patients]:
        stated = patients.set_index("patient_id")[name].astype(float)
        seen = first[name].astype(float).reindex(stated.index)
        differing = ((stated - seen).abs() > ROUNDED * stated.abs()).to_numpy()
        rows = patients[differing].set_index("patient_id")
        pairs = list(zip(rows["row"], stated[differing], seen[differing], strict=True))
        told = [f"{one:g}, and {other:g} at the visit of day 0{_of(pairs, one, other)}" for _, one, other in pairs]
        faults += said_of_rows("patients", name, rows, pd.Series(told, rows.index), "the value of the visit on day 0")
    return faults


def _of(pairs: Sequence[tuple[int, float, float]], stated: float, seen: float) -> str:
    """Whose value stands there, where two patients' visits seem to be exchanged."""
    rows = [row for row, one, other in pairs if (one, other) == (seen, stated) and one != other]
    return f", which is that of row {rows[0]}: are their visits exchanged?" if len(rows) == 1 else ""


def ids(patients: pd.DataFrame) -> list[Fault]:
    """Patients whose identifiers differ in their writing only."""
    keys = patients["patient_id"].map(loosened)
    rows = patients[keys.duplicated(keep=False)]
    found = pd.Series("differs from another identifier in capitals, blanks or zeros only", rows.index)
    return said_of_rows("patients", "patient_id", rows, found, "another identifier, or one row a patient")


def times(patients: pd.DataFrame, asking: Asking) -> tuple[pd.DataFrame, list[Fault]]:
    """The patients without the times of 0 that stand for "not known", as answered; and what is said of early censoring."""
    whole, faults = patients, []
    for code in [name.removesuffix("_months") for name in patients.columns if _is_outcome(name, patients)]:
        months, event = f"{code}_months", f"{code}_event"
        happened = whole[event].fillna(False).astype(bool)
        zero = whole[months] == 0
        if zero.any() and _answer(months, zero, happened, asking) == NOT_KNOWN:
            whole = whole.assign(**{months: whole[months].mask(zero)})
        faults += _censored_early(whole, months, whole[event].eq(False).fillna(False))
    return whole, faults


def _is_outcome(name: object, patients: pd.DataFrame) -> bool:
    return isinstance(name, str) and name.endswith("_months") and f"{name.removesuffix('_months')}_event" in patients


def _answer(months: str, zero: pd.Series, happened: pd.Series, asking: Asking) -> str | None:
    """What a time of 0 means; it is used as it stands until that is answered."""
    n, n_events = int(zero.sum()), int((zero & happened).sum())
    return asking.ask(
        "zero", "patients", months, f"{months} is 0 in {n} patients, {n_events} of them with the event. What does 0 mean?",
        (TIME_OF_0, NOT_KNOWN), f"{n} of {int(zero.size)} patients; used as a time of 0 until then",
    )  # fmt: skip


def _censored_early(patients: pd.DataFrame, months: str, free: pd.Series) -> list[Fault]:
    end, days = patients["follow_up_days"], patients[months] * DAYS_PER_MONTH
    short = free.astype(bool) & (end - days > SHORT_DAYS) & (days < SHORT_SHARE * end)
    rows = patients[short]
    found = (end - days)[short].map("censored {:.0f} days before the end of follow-up".format)
    return said_of_rows("patients", months, rows, found, "a time without the event up to the end of follow-up")
