"""A marker's survival curves adjusted for the screened-in candidates, beside the Kaplan-Meier curves of the same patients."""

from dataclasses import dataclass, replace

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER, Estimate, NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months, drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.adjusted_curves import AdjustedCurves, adjusted_curves
from cdanalysis.statistics.curves.curve_steps import CurveSteps, curve_steps
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult, curves_by_place
from cdanalysis.statistics.time_axis import Observed

RESAMPLES, SEED = 1000, 0


@dataclass(frozen=True, eq=False)
class AdjustedSurvival:
    """The curves in months; groups below, above in every pair. adjusted_for: labels of the other covariates of the model.

    at: each chosen month that somebody was still observed at, with survival below, above, and above less below.
    """

    marker: Marker
    labels: tuple[str, str]
    adjusted_for: tuple[str, ...]
    curves: AdjustedCurves
    kaplan_meier: KaplanMeierResult
    steps: tuple[CurveSteps, ...]
    plain_steps: tuple[CurveSteps, ...]
    risk_times: tuple[float, ...]
    at: tuple[tuple[float, tuple[Estimate, Estimate, Estimate]], ...]
    origin: str
    noun: str = "relapse"  # of the outcome


def adjusted(cohort: Cohort, settings: Settings) -> AdjustedSurvival | NotEstimable:
    """The curves of the scanned marker, adjusted for the other candidates that the screening let in."""
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    code, patient_ids = scan_code(cohort, settings), found.endpoint.patient_ids
    if not code:
        return NO_MARKER
    marker, chosen = cohort.marker(code), covariates.cut(cohort, patient_ids, code, settings)
    others = found.entered(marker.code)
    if not others:
        return NotEstimable("no other candidate is in the multivariable model, so there is nothing to adjust for")
    data = observations(found.endpoint)
    curves = adjusted_curves(
        data.time, data.event, chosen.columns[:, 0], np.column_stack([one.columns for one in others]),
        ties=settings.ties, entry=data.entry, resamples=RESAMPLES, seed=SEED, conf_level=settings.conf_level,
        names=[term.label for one in (chosen, *others) for term in one.terms],
    )  # fmt: skip
    if isinstance(curves, NotEstimable):
        return curves
    return _result(found, marker, chosen, others, data, curves, settings)


def _result(
    found: Predictors, marker: Marker, chosen: Covariate, others: list[Covariate], data: Observed, curves: AdjustedCurves,
    settings: Settings,
) -> AdjustedSurvival:  # fmt: skip
    """The adjusted curves as steps and numbers, with the same patients' Kaplan-Meier curves beside."""
    kept = data[curves.kept]
    labels = chosen.terms[0].reference, chosen.terms[0].label
    places = chosen.columns[curves.kept, 0].astype(int)
    months, last = chosen_months(settings.at_months), float(kept.time.max())
    plain = curves_by_place(kept, labels, places, settings.km_interval, settings.conf_level, months)
    risk_times, parts = risk_table_times(last), [kept[places == place] for place in (0, 1)]
    at = tuple((month, curves.at(month)) for month in months if month <= last)
    return AdjustedSurvival(
        marker=marker,
        labels=labels,
        adjusted_for=tuple(one.label for one in others),
        curves=curves,
        kaplan_meier=plain,
        steps=tuple(_adjusted_steps(curves, side, part, risk_times) for side, part in enumerate(parts)),
        plain_steps=tuple(
            drawn_steps(curve, part, risk_times) for curve, part in zip(plain.curves, parts, strict=True)
        ),
        risk_times=risk_times,
        at=at,
        origin=found.endpoint.origin,
        noun=found.endpoint.noun,
    )


def _adjusted_steps(curves: AdjustedCurves, side: int, part: Observed, risk_times: tuple[float, ...]) -> CurveSteps:
    """Drawn as far as the group itself was observed; without censor marks, which are the Kaplan-Meier curve's."""
    inside = curves.time <= part.time.max()
    band = (curves.survival[side], *curves.band[:, side])
    steps = curve_steps(
        curves.time[inside], tuple(values[inside] for values in band), part.time, part.event, risk_times, part.entry
    )
    return replace(steps, censored_time=(), censored_survival=())
