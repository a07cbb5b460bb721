"""Events that come again: how many a patient has by a month, by group, and the rate ratios of the markers."""

from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates, endpoints
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints import Recurrent
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.ratio_of import RatioOf, columns_of, ratio_of
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.describe.proportions import rate_by_patient
from cdanalysis.statistics.recurrent.mean_cumulative import MeanCumulative, MeanCumulativeCurve, mean_cumulative
from cdanalysis.statistics.recurrent.recurrent_cox import recurrent_cox
from cdanalysis.units import DAYS_PER_MONTH

PATIENT_YEARS = 100.0
MOST_CELLS = 20_000_000  # patients times distinct times of events: beyond, the variance takes the memory of a server
TOO_MANY = NotEstimable("so many patients had so many events that the mean number needs more memory than there is")


@dataclass(frozen=True)
class RecurrentGroup:
    """One group: patients, events, patients with one and with several, events per 100 patient-years (robust), means by month.

    means: one a chosen month; None where nobody was observed to it.
    """

    name: str
    n: int
    n_events: int
    n_with: int
    n_several: int
    rate: Estimate
    means: tuple[Estimate | None, ...]


@dataclass(frozen=True, eq=False)
class ByVariable:
    """The mean number of events of everybody (label "") or by the groups of a variable; steps: of each curve, in its order."""

    code: str
    label: str
    curves: MeanCumulative | NotEstimable
    steps: tuple[CurveSteps, ...]
    groups: tuple[RecurrentGroup, ...]


@dataclass(frozen=True)
class RecurrentRatio:
    """One term: the hazard ratio of the first event, Andersen-Gill's rate ratio, PWP's gap-time ratio; alone in each model."""

    label: str
    first: RatioOf
    andersen_gill: RatioOf
    pwp_gap: RatioOf


@dataclass(frozen=True, eq=False)
class RecurrentEvents:
    """Everything the view shows; n_same_day: events left out of the ratios because the patient had another that day."""

    endpoint: Recurrent
    by_variable: tuple[ByVariable, ...]
    ratios: tuple[RecurrentRatio, ...]
    months: tuple[float, ...]
    risk_times: tuple[float, ...]
    n_same_day: int

    @property
    def whole(self) -> ByVariable:
        """Everybody in one group."""
        return self.by_variable[0]


def recurrent(cohort: Cohort, settings: Settings) -> RecurrentEvents | NotEstimable:
    """All events of the chosen outcome, of everybody, by the chosen groups or the markers under the handles."""
    endpoint = endpoints.recurrent_events(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    if endpoint.events.empty:
        return NotEstimable(f"no {endpoint.noun} was observed")
    ids, end = endpoint.patients["patient_id"].tolist(), endpoint.patients["end_months"].to_numpy(float)
    if len(ids) * endpoint.events["months"].nunique() > MOST_CELLS:
        return TOO_MANY
    months, risk_times = chosen_months(settings.at_months), risk_table_times(float(end.max()))
    codes = ("", *((settings.survival_group,) if settings.survival_group else handles_of(cohort, settings)))
    chosen = ((code, grouping(cohort, tuple(ids), code, settings)) for code in codes)
    views = tuple(
        _by_variable(endpoint, code, groups, months, risk_times, settings)
        for code, groups in chosen
        if not isinstance(groups, NotEstimable)
    )
    day = (endpoint.events["months"] * DAYS_PER_MONTH).round()
    n_same_day = int(pd.DataFrame({"who": endpoint.events["patient_id"], "day": day}).duplicated().sum())
    return RecurrentEvents(endpoint, views, _ratios(cohort, endpoint, settings), months, risk_times, n_same_day)


def _by_variable(
    endpoint: Recurrent, code: str, groups: Grouping, months: tuple[float, ...], risk_times: tuple[float, ...],
    settings: Settings,
) -> ByVariable:  # fmt: skip
    ids, end = endpoint.patients["patient_id"], endpoint.patients["end_months"].to_numpy(float)
    names = [groups.labels[place] if place >= 0 else None for place in groups.places.tolist()]
    curves = mean_cumulative(
        endpoint.events["patient_id"].tolist(),
        endpoint.events["months"],
        end=dict(zip(ids, end, strict=True)),
        groups=dict(zip(ids, names, strict=True)) if code else None,
        conf_level=settings.conf_level,
    )
    if isinstance(curves, NotEstimable):
        return ByVariable(code, groups.label, curves, (), ())
    by_name = {str(curve.group): curve for curve in curves.curves}
    present = [
        (by_name[label], groups.places == place) for place, label in enumerate(groups.labels) if label in by_name
    ]
    own = [(curve, mine) for curve, mine in present if mine.any()]
    steps = tuple(_steps(curve, end[mine], risk_times) for curve, mine in own)
    told = tuple(_group(endpoint, curve, mine, months, settings) for curve, mine in own)
    return ByVariable(code, groups.label, curves, steps, told)


def _steps(curve: MeanCumulativeCurve, end: np.ndarray, risk_times: tuple[float, ...]) -> CurveSteps:
    """The curve as a figure draws it: from 0 to the end of the group's observation."""
    mean, lower, upper = (_whole(one) for one in (curve.mean, curve.lower, curve.upper))
    time = (0.0, *curve.time.tolist(), float(end.max(initial=0.0)))
    at_risk = tuple(int(np.count_nonzero(end >= at)) for at in risk_times)
    return CurveSteps(time, mean, lower, upper, (), (), n_at_risk=at_risk, n=curve.n, n_events=curve.n_events_total)


def _whole(values: np.ndarray) -> tuple[float, ...]:
    """From 0 at time 0 to where the last value holds until the end."""
    return (0.0, *values.tolist(), float(values[-1]) if len(values) else 0.0)


def _group(
    endpoint: Recurrent, curve: MeanCumulativeCurve, mine: np.ndarray, months: tuple[float, ...], settings: Settings
) -> RecurrentGroup:
    patients = endpoint.patients[mine]
    each = endpoint.events["patient_id"].value_counts().reindex(patients["patient_id"], fill_value=0).to_numpy()
    years = patients["end_months"].to_numpy(float) / 12
    rate = rate_by_patient(each, years, per=PATIENT_YEARS, conf_level=settings.conf_level)
    ends = patients["end_months"].to_numpy(float)
    means = tuple(_mean_at(curve, month) if (ends >= month).any() else None for month in months)
    return RecurrentGroup(
        str(curve.group), len(patients), int(each.sum()), int((each > 0).sum()), int((each > 1).sum()), rate, means
    )


def _mean_at(curve: MeanCumulativeCurve, month: float) -> Estimate:
    place = int(np.searchsorted(curve.time, month, "right")) - 1
    if place < 0:
        return Estimate(0.0, nan, nan)
    return Estimate(float(curve.mean[place]), float(curve.lower[place]), float(curve.upper[place]))


def _ratios(cohort: Cohort, endpoint: Recurrent, settings: Settings) -> tuple[RecurrentRatio, ...]:
    """Of each marker under a handle, cut, and of the variable that makes the groups."""
    ids = tuple(endpoint.patients["patient_id"])
    chosen = [covariates.cut(cohort, ids, code, settings) for code in handles_of(cohort, settings)]
    code = settings.survival_group
    if code in covariates.available(cohort) and code not in handles_of(cohort, settings):
        chosen.append(covariates.covariate(cohort, ids, code, settings))
    return tuple(row for one in chosen for row in _of_candidate(endpoint, one, settings))


def _of_candidate(endpoint: Recurrent, chosen: Covariate, settings: Settings) -> list[RecurrentRatio]:
    ids, end = endpoint.patients["patient_id"].tolist(), endpoint.patients["end_months"].to_numpy(float)
    days = (endpoint.events["months"] * DAYS_PER_MONTH).round() / DAYS_PER_MONTH  # two on one day are one
    of_patient = dict(zip(ids, end, strict=True))
    ends = endpoint.events["patient_id"].map(of_patient).astype(float)
    days = days.clip(upper=ends)
    columns, choices = columns_of([chosen]), {"ties": settings.ties, "conf_level": settings.conf_level}
    first = days.groupby(endpoint.events["patient_id"]).min().reindex(ids).to_numpy(float)
    once = cox(np.where(np.isnan(first), end, first), ~np.isnan(first), columns, **choices)
    columns.index = pd.Index(ids)
    again = [
        recurrent_cox(
            endpoint.events["patient_id"].tolist(), days, end=of_patient, covariates=columns, model=model, **choices
        )
        for model in ("andersen-gill", "pwp-gap")
    ]
    fits = (once, *again)
    return [
        RecurrentRatio(term.label, *(ratio_of(fit, place) for fit in fits)) for place, term in enumerate(chosen.terms)
    ]
