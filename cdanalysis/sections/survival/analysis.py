"""Kaplan-Meier curves of relapse, hospitalization, surgery or adverse events, of everybody or by group."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.results import Estimate, Exclusion, NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.group_comparison import GroupComparison, compare_groups
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps, curve_steps
from cdanalysis.statistics.curves.kaplan_meier import (
    KaplanMeierCurve,
    KaplanMeierResult,
    curves_by_place,
    median_follow_up,
    survival_quantile,
)
from cdanalysis.statistics.curves.logrank import LogRank, logrank_by_place
from cdanalysis.statistics.curves.spss_quantile import spss_quantile
from cdanalysis.statistics.describe.comparisons import quantiles
from cdanalysis.statistics.time_axis import Observed

QUARTILES = (0.75, 0.5, 0.25)
MOST_TIMES = 12
MONTHS_PER_YEAR = 12


@dataclass(frozen=True, eq=False)
class Survival:
    """Everything the Survival page shows; times in months.

    quantiles[i]: of curve i, the times by which 25, 50 and 75 % had the event. follow_up: of everybody, by reverse
    Kaplan-Meier; observed: quartiles of the plain times. logrank: None for one curve.
    """

    outcome: str
    endpoint: TimeToEvent
    group_label: str
    kaplan_meier: KaplanMeierResult
    steps: tuple[CurveSteps, ...]
    risk_times: tuple[float, ...]
    quantiles: tuple[tuple[Estimate, ...], ...]
    follow_up: Estimate
    observed: tuple[float, ...]
    logrank: LogRank | NotEstimable | None
    comparison: GroupComparison | None
    excluded: tuple[Exclusion, ...]
    person_years: tuple[float, ...] = ()  # under observation, by curve

    @property
    def n(self) -> int:
        """Patients in a curve."""
        return sum(curve.n for curve in self.kaplan_meier.curves)

    @property
    def n_events(self) -> int:
        """Events among them."""
        return sum(curve.n_events_total for curve in self.kaplan_meier.curves)


def survival(
    cohort: Cohort, settings: Settings, derive: endpoints.Derive = endpoints.endpoint_of
) -> Survival | NotEstimable:
    """Kaplan-Meier curves of the chosen outcome, or of the one that `derive` gives, by the chosen groups, and their test."""
    endpoint = derive(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    groups = grouping(cohort, endpoint.patient_ids, settings.survival_group, settings)
    if isinstance(groups, NotEstimable):
        return groups
    data, known = observations(endpoint), groups.places >= 0
    if not known.any():
        return NotEstimable(f"{groups.label} is not known for any of these patients")
    curves = curves_by_place(
        data, groups.labels, groups.places, settings.km_interval, settings.conf_level, chosen_months(settings.at_months)
    )
    comparison = None
    if settings.survival_group:
        comparison = compare_groups(
            data, groups, _stratum(cohort, endpoint, settings), chosen_months(settings.at_months), settings
        )
    parts = [data[groups.places == groups.labels.index(curve.group)] for curve in curves.curves]
    seen = data[known]
    risk_times = risk_table_times(float(seen.time.max()))
    return Survival(
        outcome=endpoint.code,
        endpoint=endpoint,
        group_label=groups.label,
        kaplan_meier=curves,
        steps=tuple(drawn_steps(curve, part, risk_times) for curve, part in zip(curves.curves, parts, strict=True)),
        risk_times=risk_times,
        quantiles=tuple(quartiles(curve, settings.convention) for curve in curves.curves),
        follow_up=median_follow_up(
            seen.time, seen.event, interval=settings.km_interval, conf_level=settings.conf_level, entry=seen.entry
        ),
        observed=quantiles(seen.time, (0.25, 0.5, 0.75), settings.convention),
        logrank=logrank_by_place(data, groups.labels, groups.places) if settings.survival_group else None,
        comparison=comparison,
        excluded=(*endpoint.excluded, *excluded_for(f"{groups.label} not known", int((~known).sum()))),
        person_years=tuple(map(_years, parts)),
    )


def _years(data: Observed) -> float:
    """Patient-years under observation."""
    entered = 0.0 if data.entry is None else np.maximum(data.entry, 0.0)
    return float((data.time - entered).sum()) / MONTHS_PER_YEAR


def _stratum(cohort: Cohort, endpoint: TimeToEvent, settings: Settings) -> Grouping | NotEstimable | None:
    """The strata of the log-rank test, if it is to have any; a marker's are those of its own cut-off."""
    if not settings.survival_stratum:
        return None
    return grouping(cohort, endpoint.patient_ids, settings.survival_stratum, settings)


def quartiles(curve: KaplanMeierCurve, convention: str) -> tuple[Estimate, ...]:
    """The times by which 25, 50 and 75 % had the event, by the convention's interval."""
    quantile = spss_quantile if convention == "spss" else survival_quantile
    return tuple(quantile(curve, level) for level in QUARTILES)


def chosen_months(text: str) -> tuple[float, ...]:
    """The months a setting lists, ascending; what is not a number from 0 to 600 is passed over."""
    found = set()
    for word in text.replace(";", ",").split(","):
        try:
            value = float(word)
        except ValueError:
            continue
        if 0 <= value <= 600:
            found.add(value)
    return tuple(sorted(found)[:MOST_TIMES])


def drawn_steps(curve: KaplanMeierCurve, data: Observed, risk_times: tuple[float, ...]) -> CurveSteps:
    """A curve's steps with its band, censor marks and number at risk; data: the curve's own patients."""
    falls = curve.n_events > 0
    band = curve.survival[falls], curve.lower[falls], curve.upper[falls]
    return curve_steps(curve.time[falls], band, data.time, data.event, risk_times, data.entry)
