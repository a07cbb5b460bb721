"""The mean number of events per patient by a time, where a patient can have several.

The estimate of Nelson, with the variance of Lawless and Nadeau, which holds whether or not a patient's events depend on
each other: as R's survfit with id, for events that end nobody's observation. Nelson, Technometrics 1988;30:187; Lawless
and Nadeau, Technometrics 1995;37:158. The test of two or more groups compares the whole curves by the same residuals.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from cdanalysis.results import NotEstimable, z_value
from cdanalysis.statistics.cox.cox_result import ChiSquare
from cdanalysis.statistics.time_axis import check_conf_level, labels_in_order, numbers, observed


@dataclass(frozen=True, eq=False)
class MeanCumulativeCurve:
    """One group; arrays hold one value a distinct time of an event, in the unit of time given.

    mean: events per patient by then; lower, upper: limits on its log scale; n_at_risk: patients observed to then.
    """

    group: object
    time: np.ndarray
    mean: np.ndarray
    standard_error: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    n_at_risk: np.ndarray
    n: int
    n_events_total: int


@dataclass(frozen=True, eq=False)
class MeanCumulative:
    """The curves by group, and the test of equal rates; None for one group. n_after_end: events left out, after the end."""

    curves: tuple[MeanCumulativeCurve, ...]
    test: ChiSquare | NotEstimable | None
    conf_level: float
    n_after_end: int


def places_of(subject: Sequence[Hashable], end: Mapping[Hashable, float]) -> np.ndarray:
    """The place in `end` of each event's patient (m,). Raises ValueError for one who has no end."""
    place = {one: index for index, one in enumerate(end)}
    unknown = [one for one in subject if one not in place]
    if unknown:
        raise ValueError(f"subject holds {unknown[0]!r}, of whom end has no value")
    return np.array([place[one] for one in subject], int)


def mean_cumulative(
    subject: Sequence[Hashable],
    time: ArrayLike,
    *,
    end: Mapping[Hashable, float],
    groups: Mapping[Hashable, object] | None = None,
    conf_level: float = 0.95,
) -> MeanCumulative | NotEstimable:
    """Mean number of events per patient over time, by group.

    subject, time (m,): one row per event, time 0 or more in any unit. end, groups: a value for every patient, those without
    an event too; a missing group leaves the patient out. An event after its patient's end is left out and counted.
    NotEstimable for no patient or no event. Raises ValueError for an event of a patient who has no end.
    """
    check_conf_level(conf_level)
    patients = list(end)
    stop = observed([end[one] for one in patients], np.zeros(len(patients))).time
    who, when = places_of(subject, end), numbers("time", time, len(subject))
    within = (when >= 0) & (when <= stop[who])
    labels, of_group = _groups(patients, groups)
    counted = within & (of_group[who] >= 0)
    if not counted.any():
        return NotEstimable("no event was observed" if patients else "there is no patient")
    who, when = who[counted], when[counted]
    chosen = [of_group == number for number in range(len(labels))]
    curves = tuple(
        _curve(label, stop[mine], *_of(mine, who, when), z_value(conf_level))
        for label, mine in zip(labels, chosen, strict=True)
    )
    test = _test(stop, of_group, who, when, len(labels)) if len(labels) > 1 else None
    return MeanCumulative(curves, test, conf_level, int((~within).sum()))


def _groups(patients: Sequence[Hashable], groups: Mapping[Hashable, object] | None) -> tuple[list[object], np.ndarray]:
    if groups is None:
        return [""], np.zeros(len(patients), int)
    given = pd.Series([groups.get(one) for one in patients], dtype=object)
    return labels_in_order("groups", given, len(patients))


def _of(mine: np.ndarray, who: np.ndarray, when: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The events of the chosen patients, renumbered among themselves."""
    number, own = np.cumsum(mine) - 1, mine[who]
    return number[who[own]], when[own]


def _curve(label: object, stop: np.ndarray, who: np.ndarray, when: np.ndarray, z: float) -> MeanCumulativeCurve:
    times = np.unique(when)
    at_risk = len(stop) - np.searchsorted(np.sort(stop), times, "left")
    events = np.bincount(np.searchsorted(times, when), minlength=len(times))
    mean = np.cumsum(events / at_risk)
    error = np.sqrt(
        (np.cumsum(_residuals(stop, who, when, times, events / at_risk) / at_risk, axis=1) ** 2).sum(axis=0)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.exp(z * error / mean)
    return MeanCumulativeCurve(
        group=label,
        time=times,
        mean=mean,
        standard_error=error,
        lower=mean / factor,
        upper=mean * factor,
        n_at_risk=at_risk,
        n=len(stop),
        n_events_total=len(when),
    )


def _residuals(stop: np.ndarray, who: np.ndarray, when: np.ndarray, times: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Events of each patient at each time less those expected while observed, (patients, times)."""
    happened = np.zeros((len(stop), len(times)))
    np.add.at(happened, (who, np.searchsorted(times, when)), 1.0)
    return happened - (stop[:, None] >= times) * rate


def _test(
    stop: np.ndarray, of_group: np.ndarray, who: np.ndarray, when: np.ndarray, n: int
) -> ChiSquare | NotEstimable:
    """Equal rates in all groups: the log-rank score of the rates, its covariance by patient."""
    times = np.unique(when)
    inside = of_group == np.arange(n)[:, None]
    observed_to = (stop[:, None] >= times) & (of_group >= 0)[:, None]
    share = (inside.astype(float) @ observed_to) / np.maximum(observed_to.sum(axis=0), 1)
    events = np.bincount(np.searchsorted(times, when), minlength=len(times))
    left = _residuals(stop, who, when, times, events / np.maximum(observed_to.sum(axis=0), 1)) * observed_to
    by_patient = (left.sum(axis=1)[:, None] * inside.T - left @ share.T)[:, :-1]
    score, spread = by_patient.sum(axis=0), by_patient.T @ by_patient
    if np.linalg.matrix_rank(spread) < n - 1:
        return NotEstimable("a group has no patient at risk at any event")
    statistic = float(score @ np.linalg.solve(spread, score))
    return ChiSquare(statistic, n - 1, float(chdtrc(n - 1, statistic)))
