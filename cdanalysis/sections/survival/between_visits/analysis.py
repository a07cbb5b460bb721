"""How much it matters that a relapse lies between two visits: its date moved, and an estimate that needs no date."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.alternative import Alternative, alternative
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.turnbull import Turnbull, turnbull
from cdanalysis.statistics.time_axis import observed

# The share of the way from the visit that found the relapse back to the one before it.
DATES = {"found": 0.0, "midway": 0.5, "earliest": 1.0}


@dataclass(frozen=True, eq=False)
class BetweenVisits:
    """n_between of n_events relapses lie between two visits; gaps: those intervals in months, ascending."""

    origin: str
    n: int
    n_events: int
    n_between: int
    gaps: tuple[float, ...]
    dated: tuple[Alternative, ...]
    turnbull: Turnbull
    months: tuple[float, ...]
    risk_times: tuple[float, ...]


def bracketed(cohort: Cohort, settings: Settings) -> endpoints.TimeToEvent | NotEstimable:
    """Relapse and, of each patient, the last time known to be free of it; not with late entry."""
    if settings.clock == "late-entry":
        return NotEstimable("relapses are not moved between visits with late entry; choose another time zero")
    return endpoints.relapse_between_visits(cohort, settings)


def between_visits(cohort: Cohort, settings: Settings) -> BetweenVisits | NotEstimable:
    """Relapse dated at the visit that found it, midway and right after the visit before; and Turnbull's estimate."""
    endpoint = bracketed(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    patients = endpoint.patients
    late, event = patients["time_months"].to_numpy(float), patients["event"].to_numpy(bool)
    early = patients["free_months"].to_numpy(float)
    known = turnbull(early, np.where(event, late, np.inf))
    if isinstance(known, NotEstimable):
        return known
    months, risk_times = chosen_months(settings.at_months), risk_table_times(float(late.max()))
    between = early < late
    moved = {date: observed(late - share * (late - early), event) for date, share in DATES.items()}
    dated = tuple(
        alternative(date, cohort, endpoint.patient_ids, data, (months, risk_times), settings)
        for date, data in moved.items()
    )
    return BetweenVisits(
        origin=endpoint.origin,
        n=len(late),
        n_events=int(event.sum()),
        n_between=int(between.sum()),
        gaps=tuple(np.sort((late - early)[between]).tolist()),
        dated=dated,
        turnbull=known,
        months=months,
        risk_times=risk_times,
    )
