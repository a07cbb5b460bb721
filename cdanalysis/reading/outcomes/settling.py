"""What each patient had and when: the event's time where it happened, the end of follow-up where it did not.

A date of those who had the event, beside a last follow-up of everybody, says of the others that they had none. An event
denied beside a date of it is a contradiction: the patient is left out of this outcome, and the row is named.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.dictionary.column_spec import accepted
from cdanalysis.dictionary.outcomes import ENTRY, NOUNS, column_of, outcome_spec
from cdanalysis.reading.checks.order import TOLERANCE_DAYS, late, said_of_rows
from cdanalysis.reading.outcomes.codes.meanings import COMPETING
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.stated import UNREAD, Claim
from cdanalysis.reading.warned import counted
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH

START, END = "start_date", "follow_up_days"
MOSTLY = 0.5
_LAST = {noun.code for noun in NOUNS if noun.ends}
LEAST_LOST = 2  # patients: the one there is may be typed wrong


def settled(
    patients: pd.DataFrame, claims: Sequence[Claim]
) -> tuple[pd.DataFrame, tuple[StatedOutcome, ...], list[Fault]]:
    """The patients with months, event and state of each outcome; patients holds `row`, the ends' days and the claims' columns."""
    read = {name for claim in claims for name in (claim.event, claim.months, claim.date) if name}
    frame, outcomes, faults = patients.drop(columns=[name for name in read if name in patients]), [], []
    for claim in claims:
        if column_of(claim.code, "months") in patients and not claim.months and claim.event:
            claim = replace(
                claim, months=column_of(claim.code, "months"), lone=False, visits=True
            )  # made of the visits
        time, state, found = _settled(claim, patients)
        if claim.months or claim.date or claim.ends:
            frame[column_of(claim.code, "months")] = time
            beyond = frame[column_of(claim.code, "months")] * DAYS_PER_MONTH - frame[END]
            allowed = frame.get("follow_up_tolerance_days", 0.0) + TOLERANCE_DAYS
            faults += late(frame, column_of(claim.code, "months"), beyond, allowed=allowed)
        if claim.event or not claim.lone:
            frame[column_of(claim.code, "event")] = (
                pd.Series(state == 1, frame.index).astype("boolean").mask(np.isnan(state))
            )
        competing = tuple(_competitor(code.value, claim) for code in claim.codes if code.meaning == COMPETING)
        if competing:
            frame[f"{claim.code}_state"] = state
        faults += found + _entered(claim, frame)
        if not claim.lone:
            outcomes.append(StatedOutcome(claim.code, claim.label, claim.codes, competing, claim.headers))
    return frame, tuple(outcomes), faults


def _entered(claim: Claim, frame: pd.DataFrame) -> list[Fault]:
    """Said of late entry: it stays in the frame where anybody enters after time zero, who enters at no known time is left out."""
    entry, months = column_of(claim.code, ENTRY), column_of(claim.code, "months")
    if entry not in frame:
        return []
    late = frame.pop(entry)
    frame[months] = frame[months].mask(np.isinf(late))
    known = late.mask(np.isinf(late) | frame[months].isna())
    if not (known > 0).any():
        return []
    frame[entry] = known
    n, first = counted(int((known > 0).sum()), "patient"), known[known > 0].median()
    return [
        _note(
            claim, f"{n} observed from an entry after time zero on (median {first:.1f} months): late entry", "warning"
        )
    ]


def _competitor(value: str, claim: Claim) -> str:
    """What a competing code is called: its word, by the header where that says it, or `status 2`."""
    told = dict(said_by(claim.headers[-1]).coding).get(value, "") if value.isdecimal() else value
    return told or f"{claim.headers[-1]} {value}"


def _settled(claim: Claim, patients: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[Fault]]:
    """Months (n,) and state (n,) of an outcome, NaN where not known, and what has to be said."""
    end = patients[END].to_numpy(float) / DAYS_PER_MONTH
    own, faults = _own_time(claim, patients)
    state = patients[claim.event].to_numpy(float) if claim.event else np.full(len(patients), np.nan)
    if claim.lone or claim.ends:
        return (end if claim.ends else np.where(np.isinf(own), np.nan, own)), state, faults
    if claim.event and claim.date and not claim.both:
        state, found = _without_contradictions(claim, patients, state)
        faults += found
    if not claim.event:
        state = np.where(~np.isnan(own), 1.0, np.where(np.isnan(end), np.nan, 0.0))
    of_all = claim.visits and claim.code in _LAST  # a death noted at a visit without a time: at the end
    stands_in = np.isnan(own) & ((state == 0) | (of_all & (state == 1))) & ~np.isnan(end)
    time = np.where(stands_in, end, np.where(np.isinf(own), np.nan, own))
    if stands_in.any():
        faults.append(
            _note(
                claim,
                f"{int(stands_in.sum())} × without a time, taken as {'followed' if of_all else f'free of {claim.label}'} up to the "
                "last follow-up",
            )
        )
    lost = _lost(claim, time, state, own, nothing=np.isnan(own) & np.isnan(end), endless=np.isnan(end))
    if lost:
        return time, np.full(len(time), np.nan), [*faults, _note(claim, lost, "error")]
    return time, state, faults


def _lost(
    claim: Claim, time: np.ndarray, state: np.ndarray, own: np.ndarray, *, nothing: np.ndarray, endless: np.ndarray
) -> str:
    """Why the outcome cannot be analysed: all with it, or all without it, have no time; the others alone would be a false curve.

    own: the times as stated, infinite where one cannot be read or waits for an answer. nothing: whether the file states
    neither a time nor a last follow-up of a patient; endless: whether it states no last follow-up.
    """
    known = state[~np.isnan(time) & ~np.isnan(state)]
    if not claim.event and len(known) and (known == 1).all() and np.isinf(own).sum() >= LEAST_LOST:
        return (
            f"the {claim.label} of {int(np.isinf(own).sum())} patients cannot be read: only those with it would be left"
        )
    free = (state == 0) & ~np.isnan(time)
    if free.sum() >= LEAST_LOST and endless[free].all() and not time[free].any() and (time[state == 1] > 0).any():
        return f"the time of all without {claim.label} is 0: no time of theirs, nor a last follow-up"
    if (state == 0).any() and nothing[state == 0].all():
        return f"no time of those without {claim.label}, nor a last follow-up"
    for which, who in ((state == 1, "with"), (state == 0, "without")):
        if which.sum() >= LEAST_LOST and np.isnan(time[which]).all():
            return f"no time of anybody {who} {claim.label} is known"
    return ""


def _note(claim: Claim, found: str, severity: str = "warning") -> Fault:
    return Fault(
        "patients",
        None,
        claim.headers[0],
        found,
        "a time of the event or of the last follow-up of every patient",
        severity,
    )


def _own_time(claim: Claim, patients: pd.DataFrame) -> tuple[np.ndarray, list[Fault]]:
    """Months as the outcome's own columns state them, else counted from its date."""
    stated = patients[claim.months].to_numpy(float) if claim.months else np.full(len(patients), np.nan)
    if not claim.date:
        return stated, []
    dated, faults = _from_dates(claim, patients)
    return np.where(np.isnan(stated), dated, stated), faults


def _from_dates(claim: Claim, patients: pd.DataFrame) -> tuple[np.ndarray, list[Fault]]:
    """Months from the start date; a date out of range is a fault and missing."""
    spec = outcome_spec(column_of(claim.code, "months"), shown=claim.dated_as)
    assert spec is not None
    dates = patients[claim.date]
    if START not in patients:
        said = Fault("patients", None, spec.name, "dates, and no start_date", "a start_date to count them from")
        return np.full(len(dates), np.nan), [said]
    months = (dates - patients[START]) / DAYS_PER_MONTH
    beyond = np.isfinite(months) & ~months.between(spec.lowest, spec.highest)
    faults = [
        Fault("patients", int(row), spec.name, f"{value:.4g} months after the start", accepted(spec))
        for row, value in zip(patients["row"][beyond], months[beyond], strict=True)
    ]
    return months.mask(beyond, UNREAD).to_numpy(float), faults


def _without_contradictions(claim: Claim, patients: pd.DataFrame, state: np.ndarray) -> tuple[np.ndarray, list[Fault]]:
    """The states without those that deny an event whose date stands beside them, unless most do: then it is the censoring's."""
    free = state == 0
    denied = free & patients[claim.date].notna().to_numpy()
    if denied.sum() > MOSTLY * free.sum() or not denied.any():
        return state, []
    rows = patients[denied]
    found = pd.Series(f"no {claim.label}, and a date of it", rows.index)
    faults = said_of_rows("patients", claim.dated_as, rows, found, "a date of those who had the event", "error")
    return np.where(denied, np.nan, state), faults
