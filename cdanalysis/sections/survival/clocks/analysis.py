"""The same patients on each clock - landmark, late entry, naive - and what of the cohort makes the difference."""

from dataclasses import dataclass, replace

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.courses import courses
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.alternative import Alternative, alternative
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.settings import Settings
from cdanalysis.units import days_to_weeks

CLOCKS = ("landmark", "late-entry", "naive")


@dataclass(frozen=True)
class Selection:
    """What the cohort itself selected on: n of n_patients are responders at `week`; shortest follow-up of the file, weeks."""

    week: int
    n: int
    n_patients: int
    shortest_weeks: float

    @property
    def follow_up_was_required(self) -> bool:
        """Nobody in the file was followed for less than the landmark week: shorter follow-up was an exclusion."""
        return self.shortest_weeks >= self.week


@dataclass(frozen=True, eq=False)
class Clocks:
    """The three clocks; months: where survival was asked for."""

    outcome: str
    noun: str
    clocks: tuple[Alternative, ...]
    months: tuple[float, ...]
    risk_times: tuple[float, ...]
    selection: Selection


def clocks(cohort: Cohort, settings: Settings) -> Clocks | NotEstimable:
    """Curve and hazard ratios of the chosen outcome on each clock; the settings' own clock is passed over."""
    months, found = chosen_months(settings.at_months), []
    for clock in CLOCKS:
        endpoint = endpoints.endpoint_of(cohort, replace(settings, clock=clock))
        if isinstance(endpoint, NotEstimable):
            return endpoint
        if not endpoint.derived:
            return NotEstimable("the file states the times itself, on one clock")
        if not endpoint.of_responders:
            return NotEstimable(
                f"{endpoint.noun} is counted from the start of therapy in every patient: there is one clock"
            )
        found.append((clock, endpoint, observations(endpoint)))
    risk_times = risk_table_times(max(float(data.time.max()) for *_, data in found))
    rows = tuple(
        alternative(clock, cohort, one.patient_ids, data, (months, risk_times), settings) for clock, one, data in found
    )
    _, endpoint, _ = found[-1]
    selection = _selection(cohort, rows[0].curve.n, settings)
    return Clocks(endpoint.code, endpoint.noun, rows, months, risk_times, selection)


def _selection(cohort: Cohort, n: int, settings: Settings) -> Selection:
    shortest = min(endpoints.end_of_follow_up(course) for course in courses(cohort, settings))
    return Selection(settings.landmark_week, n, len(cohort.patients), float(days_to_weeks(shortest)))
