"""How much it matters that a relapse lies between two visits: its date moved, and an estimate that needs no date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdanalysis import endpoints
from cdanalysis.analyses.marker_ratios import MarkerRatio, marker_ratios
from cdanalysis.analyses.moving_cutoff import risk_table_times
from cdanalysis.analyses.survival import chosen_months, drawn_steps
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.curve_steps import CurveSteps
from cdanalysis.statistics.kaplan_meier import KaplanMeierCurve, KaplanMeierResult, curves_by_place
from cdanalysis.statistics.time_axis import Observed, observed
from cdanalysis.statistics.turnbull import Turnbull, turnbull

# The share of the way from the visit that found the relapse back to the one before it.
DATES = {"found": 0.0, "midway": 0.5, "earliest": 1.0}


@dataclass(frozen=True, eq=False)
class Dated:
    """The relapses dated in one way: curve, survival at the chosen months, the markers' hazard ratios."""

    date: str
    kaplan_meier: KaplanMeierResult
    steps: CurveSteps
    ratios: tuple[MarkerRatio, ...]

    @property
    def curve(self) -> KaplanMeierCurve:
        """The curve of everybody."""
        return self.kaplan_meier.curves[0]


@dataclass(frozen=True, eq=False)
class BetweenVisits:
    """n_between of n_events relapses lie between two visits; gaps: those intervals in months, ascending."""

    origin: str
    n: int
    n_events: int
    n_between: int
    gaps: tuple[float, ...]
    dated: tuple[Dated, ...]
    turnbull: Turnbull
    months: tuple[float, ...]
    risk_times: tuple[float, ...]


def between_visits(cohort: Cohort, settings: Settings) -> BetweenVisits | NotEstimable:
    """Relapse dated at the visit that found it, midway and right after the visit before; and Turnbull's estimate."""
    if settings.clock == "late-entry":
        return NotEstimable("relapses are not moved between visits with late entry; choose another time zero")
    endpoint = endpoints.relapse_between_visits(cohort, settings)
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
    who = tuple(patients["patient_id"])
    dated = tuple(
        _dated(cohort, who, name, observed(late - share * (late - early), event), months, risk_times, settings)
        for name, share in DATES.items()
    )
    return BetweenVisits(
        endpoint.origin, len(late), int(event.sum()), int(between.sum()), tuple(np.sort((late - early)[between]).tolist()),
        dated, known, months, risk_times,
    )  # fmt: skip


def _dated(
    cohort: Cohort,
    who: tuple[str, ...],
    name: str,
    data: Observed,
    months: tuple[float, ...],
    risk_times: tuple[float, ...],
    settings: Settings,
) -> Dated:
    everyone = np.zeros(len(data), int)
    curves = curves_by_place(data, ("",), everyone, settings.km_interval, settings.conf_level, months)
    return Dated(
        name, curves, drawn_steps(curves.curves[0], data, risk_times), marker_ratios(cohort, who, data, settings)
    )
