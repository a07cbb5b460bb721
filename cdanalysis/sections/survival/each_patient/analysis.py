"""Each patient's time on the outcome's clock: how long observed, how it ended, what happened on the way; a swimmer plot."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.courses import courses
from cdanalysis.outcomes.endpoints import TimeToEvent, end_of_follow_up
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.grouping import grouping
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH

MOST_LANES = 200  # drawn: beyond, a lane is less than a pixel high


@dataclass(frozen=True)
class Lane:
    """One patient under a number, months since time zero: observed to, whether the outcome came, why it ended.

    followed: to when seen after that; therapy_end: NaN where not known. marks: (kind, month) of everything dated.
    """

    number: int
    group: str
    entry: float
    months: float
    event: bool
    ended_by: str
    followed: float
    therapy_end: float
    marks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class EachPatient:
    """lanes: those that are drawn, by group, then by time; n patients; kinds: of the marks, most frequent first.

    patient_ids: whose each lane is.
    """

    origin: str
    noun: str
    group_label: str
    groups: tuple[str, ...]
    n: int
    lanes: tuple[Lane, ...]
    kinds: tuple[str, ...]
    patient_ids: tuple[str, ...] = field(repr=False)


def each_patient(cohort: Cohort, settings: Settings) -> EachPatient | NotEstimable:
    """The patients of the chosen outcome, by the chosen groups; who is in no group is last."""
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    groups = grouping(cohort, endpoint.patient_ids, settings.survival_group, settings)
    if isinstance(groups, NotEstimable):
        return groups
    unknown = len(groups.labels)
    places = np.where(groups.places < 0, unknown, groups.places)
    patients, n = endpoint.patients, len(endpoint.patients)
    order = np.lexsort([patients["time_months"].to_numpy(float), places])
    drawn = order if n <= MOST_LANES else order[np.linspace(0, n - 1, MOST_LANES).astype(int)]
    labels = (*groups.labels, "not known")
    followed, ended = (values.tolist() for values in _beyond(cohort, settings, endpoint))
    marks = _marks(cohort, endpoint)
    lanes = tuple(
        _lane(number, labels[places[row]], patients.iloc[row], float(followed[row]), float(ended[row]), marks)
        for number, row in enumerate(drawn.tolist(), 1)
    )
    counted = pd.Series([kind for lane in lanes for kind, _ in lane.marks], dtype=object).value_counts()
    used = tuple(label for place, label in enumerate(labels) if (places[drawn] == place).any())
    return EachPatient(
        origin=endpoint.origin,
        noun=endpoint.noun,
        group_label=groups.label,
        groups=used,
        n=n,
        lanes=lanes,
        kinds=tuple(map(str, counted.index)),
        patient_ids=tuple(endpoint.patient_ids[row] for row in drawn.tolist()),
    )


def _lane(
    number: int, group: str, row: pd.Series, followed: float, ended: float, marks: dict[str, list[tuple[str, float]]]
) -> Lane:
    return Lane(
        number=number,
        group=group,
        entry=float(row["entry_months"]),
        months=float(row["time_months"]),
        event=bool(row["event"]),
        ended_by=str(row["ended_by"]),
        followed=max(followed, float(row["time_months"])),
        therapy_end=ended,
        marks=tuple(sorted(marks.get(row["patient_id"], ()), key=lambda mark: mark[1])),
    )


def _beyond(cohort: Cohort, settings: Settings, endpoint: TimeToEvent) -> tuple[np.ndarray, np.ndarray]:
    """Months to the last follow-up and to the end of therapy (n,)."""
    zero, ids = endpoint.zero_days, endpoint.patients["patient_id"]
    if zero is None:
        return endpoint.patients["time_months"].to_numpy(float), np.full(len(ids), np.nan)
    seen = {course.patient_id: end_of_follow_up(course) for course in courses(cohort, settings)}
    last = ids.map(seen).to_numpy(float)
    ended = ids.map(cohort.patients.set_index("patient_id")["combination_end_days"]).to_numpy(float)
    return np.nan_to_num((last - zero) / DAYS_PER_MONTH), (ended - zero) / DAYS_PER_MONTH


def _marks(cohort: Cohort, endpoint: TimeToEvent) -> dict[str, list[tuple[str, float]]]:
    """Every dated event after time zero, by patient."""
    zero = endpoint.zero_days
    if zero is None:
        return {}
    of_patient = dict(zip(endpoint.patients["patient_id"], zero, strict=True))
    named = cohort.events[["patient_id", "days", "event"]].rename(columns={"event": "kind"})
    adverse = cohort.adverse_events[["patient_id", "days"]].assign(kind="adverse event")
    found: dict[str, list[tuple[str, float]]] = {}
    dated = pd.concat([named, adverse]).dropna()
    for who, day, kind in zip(dated["patient_id"], dated["days"], dated["kind"], strict=True):
        if who in of_patient and day >= of_patient[who]:
            month = (day - of_patient[who]) / DAYS_PER_MONTH
            found.setdefault(str(who), []).append((str(kind).replace("_", " "), float(month)))
    return found
