"""Rate ratios where a patient can have several events: Andersen and Gill's model, and Prentice, Williams and Peterson's.

Andersen-Gill: one rate, whatever came before; PWP gap time: the hazard of the next event since the last, a baseline for each
number of events before. Standard errors are robust by patient, as R's coxph with start-stop rows and cluster. Events of a
patient at one time are one; one at time 0 counts halfway to the first later time. Andersen and Gill, Ann Stat 1982;10:1100;
Prentice, Williams and Peterson, Biometrika 1981;68:373.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.recurrent.mean_cumulative import places_of
from cdanalysis.statistics.time_axis import numbers, one_of

MODELS = ("andersen-gill", "pwp-gap")


@dataclass(frozen=True, eq=False)
class Spells:
    """Start-stop rows (rows,): whose each is (a place among the patients), from when to when, ended by an event or not.

    number: how many events the patient had before, 0, 1, ... n_same_time: events left out because the patient had another then.
    """

    patient: np.ndarray
    entry: np.ndarray
    time: np.ndarray
    event: np.ndarray
    number: np.ndarray
    n_same_time: int


def recurrent_cox(
    subject: Sequence[Hashable],
    time: ArrayLike,
    *,
    end: Mapping[Hashable, float],
    covariates: pd.DataFrame,
    model: str = "andersen-gill",
    ties: str = "efron",
    conf_level: float = 0.95,
) -> CoxResult | NotEstimable:
    """Fit one model of all events of each patient: a ratio for each covariate, its error, P and Wald test robust by patient.

    subject, time (m,): one row per event, time 0 or more in any unit; end: a value for every patient; covariates: a
    row for each patient, indexed by patient. model: "andersen-gill", the rate of all events, or "pwp-gap", the time from each
    event to the next. ties: "efron" or "breslow". An event after its patient's end is left out. NotEstimable where `cox` is.
    Raises ValueError for an event of a patient who has no end, or another model.
    """
    one_of("model", model, MODELS)
    rows = spells(subject, time, end)
    if not len(rows.time):
        return NotEstimable("there is no patient")
    x = covariates.reindex(list(end)).iloc[rows.patient].reset_index(drop=True)
    shared = {"ties": ties, "cluster": rows.patient, "conf_level": conf_level}
    if model == "pwp-gap":
        return cox(rows.time - rows.entry, rows.event, x, strata=rows.number, **shared)
    return cox(rows.time, rows.event, x, entry=rows.entry, **shared)


def spells(subject: Sequence[Hashable], time: ArrayLike, end: Mapping[Hashable, float]) -> Spells:
    """Each patient's time cut at his events, subject and time (m,); what follows the last one ends without an event."""
    who, when = places_of(subject, end), numbers("time", time, len(subject))
    stop = numbers("end", list(end.values()))
    later = np.concatenate([when[when > 0], stop[stop > 0]])
    least = later.min(initial=np.inf) / 2
    counted = (when >= 0) & (when <= stop[who])
    who, when = who[counted], np.where(when[counted] == 0, least, when[counted])
    distinct = np.unique(np.column_stack([who, when]), axis=0)
    patients = np.concatenate([distinct[:, 0].astype(int), np.arange(len(stop))])
    times = np.concatenate([distinct[:, 1], stop])
    return _cut(patients, times, len(distinct), len(who) - len(distinct))


def _cut(patients: np.ndarray, times: np.ndarray, n_events: int, n_same_time: int) -> Spells:
    """Rows from the ends of all spells, the events' first: each begins where the patient's one before ended."""
    happened = np.arange(len(times)) < n_events
    order = np.lexsort([~happened, times, patients])
    patients, times, happened = patients[order], times[order], happened[order]
    starts = np.diff(patients, prepend=-1) > 0
    entry = np.where(starts, 0.0, np.concatenate([[0.0], times[:-1]]))
    before = np.arange(len(patients)) - np.maximum.accumulate(np.where(starts, np.arange(len(patients)), 0))
    kept = times > entry
    return Spells(
        patient=patients[kept],
        entry=entry[kept],
        time=times[kept],
        event=happened[kept],
        number=before[kept],
        n_same_time=n_same_time,
    )
