"""What the file holds of one patient, in order of day: visits, events, endoscopies, therapy, the outcome, the end of follow-up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, I2B, RUTGEERTS
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.courses import courses
from cdanalysis.outcomes.endoscopic_scores import I2A
from cdanalysis.outcomes.endpoints import TimeToEvent, end_of_follow_up
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import THE_START, NotEstimable
from cdanalysis.sections.response.analysis import followed_columns
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH, number_text

MOST_MEASURED = 4  # panels: the index, the markers under the handles, then others
VISIT, OUTCOME, OUTCOME_ENDS, THERAPY_ENDS, LAST_SEEN = (
    "Visit", "Outcome", "Observed no longer", "Therapy ends", "Follow-up ends",
)  # fmt: skip
ENDOSCOPY, ADVERSE = "Endoscopy", "Adverse event"


@dataclass(frozen=True)
class Entry:
    """Something dated: the day of therapy, what it is (of the kinds above, or the event's own name), what is told of it."""

    day: float
    what: str
    told: str = ""


@dataclass(frozen=True)
class Measured:
    """A measurement of one patient over the days; the baseline's stands on day 0 where no visit has one."""

    label: str
    unit: str
    days: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Observed:
    """For the chosen outcome: from and to in days, whether it came, what ended it."""

    noun: str
    start: float
    stop: float
    event: bool
    ended_by: str


@dataclass(frozen=True, eq=False)
class Timeline:
    """One patient's record; days from the start of therapy, or from `origin` where the file dates nothing but the outcome.

    observed: None of who is not analysed for `noun`, why_not says why. therapy_end, follow_up_end: NaN where not known.
    """

    origin: str
    noun: str
    entries: tuple[Entry, ...]
    measured: tuple[Measured, ...]
    observed: Observed | None
    why_not: str
    therapy_end: float
    follow_up_end: float


def timeline(cohort: Cohort, settings: Settings, patient_id: str) -> Timeline | NotEstimable:
    """The timeline of one patient; NotEstimable where nothing of it has a day."""
    settings = cohort.indexed(settings)
    own = cohort.patients[cohort.patients["patient_id"] == patient_id].iloc[0]
    endpoint = endpoints.endpoint_of(cohort, settings)
    observed, origin = _observed(endpoint, patient_id)
    measured = tuple(_measured(cohort, settings, patient_id))
    course = next(one for one in courses(cohort, settings) if one.patient_id == patient_id)
    dated = [*_visits(cohort, settings, patient_id), *_events(cohort, patient_id), *_endoscopies(cohort, patient_id)]
    follow_up_end, therapy_end = end_of_follow_up(course), float(own.get("combination_end_days", np.nan))
    if origin and (dated or follow_up_end > 0):  # its clock need not be that of the visits
        observed, origin = None, ""
    entries = [*dated, *_ends(own, therapy_end, follow_up_end, observed)]
    if not entries:
        return NotEstimable("the file dates nothing of this patient")
    return Timeline(
        origin=origin or THE_START,
        noun="" if isinstance(endpoint, NotEstimable) else endpoint.noun,
        entries=tuple(sorted(entries, key=lambda entry: entry.day)),
        measured=measured,
        observed=observed,
        why_not="" if observed else _why_not(endpoint, patient_id),
        therapy_end=therapy_end,
        follow_up_end=follow_up_end if follow_up_end > 0 else np.nan,
    )


def _observed(endpoint: TimeToEvent | NotEstimable, patient_id: str) -> tuple[Observed | None, str]:
    """The time of the outcome in days of therapy; with a time zero of the file's own, in days from that and its name."""
    if isinstance(endpoint, NotEstimable) or patient_id not in endpoint.patient_ids:
        return None, ""
    row = endpoint.patients.iloc[endpoint.patient_ids.index(patient_id)]
    zero = float(row.get("origin_days", 0.0))
    start, stop = (zero + float(row[name]) * DAYS_PER_MONTH for name in ("entry_months", "time_months"))
    own_clock = "" if endpoint.derived else endpoint.origin
    return Observed(endpoint.noun, start, stop, bool(row["event"]), str(row["ended_by"])), own_clock


def _why_not(endpoint: TimeToEvent | NotEstimable, patient_id: str) -> str:
    if isinstance(endpoint, NotEstimable):
        return endpoint.reason
    if patient_id not in endpoint.patient_ids:
        return endpoint.why.get(patient_id, "not among the patients analysed")
    row = endpoint.patients.iloc[endpoint.patient_ids.index(patient_id)]
    return (
        f"{row['ended_by']} after {row['time_months']:.1f} months from {endpoint.origin}, which need not be day 0 here"
    )


def _of(frame: pd.DataFrame, patient_id: str) -> pd.DataFrame:
    return frame[(frame["patient_id"] == patient_id) & frame["days"].notna()].sort_values("days", kind="stable")


def _columns(cohort: Cohort, settings: Settings) -> Mapping[str, tuple[str, str]]:
    """The measurements of the visits: the index in use, the markers under the handles, the others."""
    named = followed_columns(cohort, settings)
    handles = {cohort.marker(code).column for code in handles_of(cohort, settings)}
    order = sorted(named, key=lambda column: (column != settings.index_row.column, column not in handles))
    return {column: named[column] for column in order}


def _measured(cohort: Cohort, settings: Settings, patient_id: str) -> Iterator[Measured]:
    visits = _of(cohort.visits, patient_id)
    for column, (label, unit) in list(_columns(cohort, settings).items())[:MOST_MEASURED]:
        known = visits[visits[column].notna()]
        days, values = known["days"].astype(float).tolist(), known[column].astype(float).tolist()
        first = float(cohort.baseline(column).get(patient_id, np.nan))
        if days and first == first and min(days) > 0:
            days, values = [0.0, *days], [first, *values]
        if days:
            yield Measured(label, unit, tuple(days), tuple(values))


def _visits(cohort: Cohort, settings: Settings, patient_id: str) -> Iterator[Entry]:
    columns = _columns(cohort, settings)
    for row in _of(cohort.visits, patient_id).to_dict("records"):
        told = [f"{label} {number_text(float(row[column]))} {unit}".strip()
                for column, (label, unit) in columns.items() if row[column] == row[column]]  # fmt: skip
        yield Entry(float(row["days"]), VISIT, ", ".join(told))


def _events(cohort: Cohort, patient_id: str) -> Iterator[Entry]:
    for row in _of(cohort.events.dropna(subset=["event"]), patient_id).to_dict("records"):
        unrelated = row.get("cd_related") in (False, 0)
        name = str(row["event"]).replace("_", " ").capitalize()
        yield Entry(float(row["days"]), name, "not related to the disease" if unrelated else "")
    for row in _of(cohort.adverse_events, patient_id).to_dict("records"):
        told = [str(row[name]).replace("_", " ") for name in ("term", "action") if row.get(name) not in (None, "none")]
        yield Entry(float(row["days"]), ADVERSE, ", ".join(one for one in told if one not in ("nan", "<NA>")))


def _endoscopies(cohort: Cohort, patient_id: str) -> Iterator[Entry]:
    for row in _of(cohort.endoscopy, patient_id).to_dict("records"):
        known = {name: value for name, value in row.items() if not pd.isna(value)}
        told = [f"{one.label} {number_text(float(known[one.column]))}" for one in BY_LEVEL if one.column in known]
        told += [f"Rutgeerts i{known[RUTGEERTS]:g}{_letter(known)}"] if RUTGEERTS in known else []
        told += [("" if known["ulceration"] else "no ") + "ulceration"] if "ulceration" in known else []
        yield Entry(float(row["days"]), ENDOSCOPY, ", ".join(told))


def _letter(known: Mapping[Any, Any]) -> str:
    """Which i2 it is, where the file says so."""
    return ("b" if known[I2B] else "a") if known[RUTGEERTS] == I2A and I2B in known else ""


def _ends(own: pd.Series, therapy_end: float, follow_up_end: float, observed: Observed | None) -> Iterator[Entry]:
    """The outcome or the end of its observation, of therapy and of follow-up, with what the file says why."""
    if observed:
        yield Entry(observed.stop, OUTCOME if observed.event else OUTCOME_ENDS, observed.ended_by)
    reason = own.get("combination_end_reason")
    if therapy_end == therapy_end:
        yield Entry(therapy_end, THERAPY_ENDS, "" if pd.isna(reason) else str(reason))
    if follow_up_end > 0:
        stated = not pd.isna(own.get("follow_up_days", np.nan))
        yield Entry(follow_up_end, LAST_SEEN, "" if stated else "the last dated entry; the file states no end")
