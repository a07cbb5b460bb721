"""An outcome where something else may come first: cumulative incidence beside 1 - Kaplan-Meier."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.results import Estimate, Exclusion, NotEstimable
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.competing.competing_risks import (
    AalenJohansen,
    IncidenceCurve,
    aalen_johansen,
    incidence_steps,
)
from cdanalysis.statistics.competing.gray_test import GrayTest, gray_test
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier

RELAPSE, COMPETING = 1, 2


@dataclass(frozen=True)
class IncidenceRow:
    """A group at a month: incidence of the outcome and of the competing event, and 1 - Kaplan-Meier of the outcome."""

    group: str
    months: float
    relapse: Estimate
    one_minus_km: float
    competing: Estimate
    n_at_risk: int

    @property
    def observed(self) -> bool:
        """Whether somebody was followed to the month, or everybody has had one of the events."""
        return self.n_at_risk > 0 or self.relapse.value + self.competing.value >= 1 - 1e-9

    @property
    def numbers(self) -> tuple[float, ...]:
        """Incidence of the outcome with its limits, 1 - Kaplan-Meier, incidence of the competing event with its limits."""
        return *self.relapse.numbers, self.one_minus_km, *self.competing.numbers

    @property
    def overstated(self) -> float:
        """By how much 1 - Kaplan-Meier is too high, a fraction."""
        return self.one_minus_km - self.relapse.value


@dataclass(frozen=True, eq=False)
class Competing:
    """The competing-risks view; one tuple entry a group. steps: 1 - incidence of the outcome, as survival steps.

    tests: Gray's of the outcome and of the competing event, None where that event was not observed; both empty for one group.
    """

    endpoint: TimeToEvent
    group_label: str
    labels: tuple[str, ...]
    relapse: tuple[IncidenceCurve, ...]
    competing: tuple[IncidenceCurve | None, ...]
    steps: tuple[CurveSteps, ...]
    one_minus_km: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
    risk_times: tuple[float, ...]
    rows: tuple[IncidenceRow, ...]
    tests: tuple[tuple[str, GrayTest | NotEstimable], ...]
    n_competing: int
    excluded: tuple[Exclusion, ...]

    @property
    def n(self) -> int:
        """Patients in a curve."""
        return sum(curve.n for curve in self.relapse)

    @property
    def n_events(self) -> int:
        """Outcomes among them."""
        return sum(curve.n_events_total for curve in self.relapse)


def competing(cohort: Cohort, settings: Settings) -> Competing | NotEstimable:
    """Cumulative incidence of the chosen outcome by the chosen groups, the chosen event competing."""
    endpoint = endpoints.competing_relapse(cohort, settings)
    if settings.clock == "late-entry" or (isinstance(endpoint, TimeToEvent) and endpoint.enters_late):
        return NotEstimable("cumulative incidence is not computed with late entry; choose another time zero")
    if isinstance(endpoint, NotEstimable):
        return endpoint
    groups = grouping(cohort, endpoint.patient_ids, settings.survival_group, settings)
    if isinstance(groups, NotEstimable):
        return groups
    known = groups.places >= 0
    patients = endpoint.patients[known]
    if not (patients["event_type"] == RELAPSE).any():
        return NotEstimable(
            f"no {endpoint.noun} was observed in these patients" if known.any() else f"{groups.label} is not known"
        )
    return _result(endpoint, patients, groups, known, settings)


def _result(
    endpoint: TimeToEvent, patients: pd.DataFrame, groups: Grouping, known: np.ndarray, settings: Settings
) -> Competing | NotEstimable:
    time, types = patients["time_months"].to_numpy(float), patients["event_type"].to_numpy(int)
    named = pd.Categorical.from_codes(groups.places[known].tolist(), categories=pd.Index(groups.labels))
    at, level = chosen_months(settings.at_months), settings.conf_level
    incidence = aalen_johansen(time, types, named, at=at, interval=settings.km_interval, conf_level=level)
    if isinstance(incidence, NotEstimable):
        return incidence
    alone = kaplan_meier(time, types == RELAPSE, named, interval=settings.km_interval, conf_level=level, at=at)
    relapse = tuple(curve for curve in incidence.curves if curve.event_type == RELAPSE)
    others = {curve.group: curve for curve in incidence.curves if curve.event_type == COMPETING}
    risk_times = risk_table_times(float(time.max()))
    return Competing(
        endpoint=endpoint,
        group_label=groups.label,
        labels=tuple(str(curve.group) for curve in relapse),
        relapse=relapse,
        competing=tuple(others.get(curve.group) for curve in relapse),
        steps=tuple(
            incidence_steps(curve, time[named == curve.group], types[named == curve.group], risk_times)
            for curve in relapse
        ),
        one_minus_km=tuple(
            (tuple(curve.time.tolist()), tuple((1 - curve.survival).tolist())) for curve in alone.curves
        ),
        risk_times=risk_times,
        rows=_rows(incidence, [one.survival.value for one in alone.at]),
        tests=_tests(time, types, named, endpoint.noun),
        n_competing=int((types == COMPETING).sum()),
        excluded=(*endpoint.excluded, *excluded_for(f"{groups.label} not known", int((~known).sum()))),
    )


def _rows(incidence: AalenJohansen, free: list[float]) -> tuple[IncidenceRow, ...]:
    """Both estimators list group by group, then time by time; where nobody had the competing event its incidence is 0."""
    none = Estimate(0.0, 0.0, 0.0)
    other = {(one.group, one.time): one.incidence for one in incidence.at if one.event_type == COMPETING}
    own = [one for one in incidence.at if one.event_type == RELAPSE]
    return tuple(
        IncidenceRow(
            str(one.group), one.time, one.incidence, 1 - survival, other.get((one.group, one.time), none), one.n_at_risk
        )
        for one, survival in zip(own, free, strict=True)
    )


def _tests(
    time: np.ndarray, types: np.ndarray, named: pd.Categorical, noun: str
) -> tuple[tuple[str, GrayTest | NotEstimable], ...]:
    if len(set(named.codes.tolist())) < 2:
        return ()
    causes = sorted(set(types[types > 0].tolist()))
    names = {RELAPSE: f"{noun[:1].upper()}{noun[1:]}", COMPETING: "Competing event"}
    return tuple((names[cause], test) for cause, test in zip(causes, gray_test(time, types, named), strict=True))
