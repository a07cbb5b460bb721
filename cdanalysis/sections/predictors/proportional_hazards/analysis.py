"""Is a hazard ratio one number over time: the test by factor, the residuals' course, log-log curves; and if it is not."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.model_design import ModelDesign, model_design
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.proportional_hazards import ProportionalHazards, proportional_hazards
from cdanalysis.statistics.checks.spline import Smooth, natural_smooth
from cdanalysis.statistics.checks.time_split import TimeSplit, time_split
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, curves_by_place
from cdanalysis.statistics.time_axis import labels_in_order

LEAST_EVENTS_FOR_A_SMOOTH = 8


@dataclass(frozen=True, eq=False)
class Proportionality:
    """test: a term a factor; labels: of the factors. smooths: of the residuals of each of test.columns.

    terms: every term of the model with its candidate's code. median_event: the month up to which half of the events happened.
    """

    test: ProportionalHazards
    labels: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    smooths: tuple[Smooth | NotEstimable, ...]
    conf_level: float
    median_event: float
    noun: str = "relapse"  # of the outcome


@dataclass(frozen=True, eq=False)
class ChangingHazard:
    """What to do when one term's hazards are not proportional: its ratio before and after a month, or strata of its groups.

    beside: the model's terms as they are; stratified: the other terms where the factor's groups are strata.
    """

    label: str
    split: TimeSplit | NotEstimable
    beside: CoxResult
    stratified: CoxResult | NotEstimable
    noun: str = "relapse"  # of the outcome


def proportionality(found: Predictors, settings: Settings, transform: str) -> Proportionality | NotEstimable:
    """R's cox.zph of the multivariable model, a test a factor."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    codes = [one.code for one in design.candidates]
    test = proportional_hazards(
        **design.time_axis, covariates=design.columns, transform=transform, ties=settings.ties, factors=codes
    )
    if isinstance(test, NotEstimable):
        return test
    label_of = {one.code: _label(one) for one in design.candidates}
    smooths = tuple(_smooth(test, place) for place in range(len(test.columns)))
    labels = tuple(label_of[one.name] for one in test.terms)
    terms = tuple(zip(map(str, design.columns.columns), codes, strict=True))
    middle = float(np.median(test.event_time))
    return Proportionality(test, labels, terms, smooths, settings.conf_level, middle, found.endpoint.noun)


def log_log_curves(found: Predictors, settings: Settings, code: str) -> tuple[KaplanMeierCurve, ...] | NotEstimable:
    """Kaplan-Meier curves by the groups of a candidate, for log(-log S) against log time."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    groups = _groups(design, code)
    if isinstance(groups, NotEstimable):
        return groups
    labels, places = labels_in_order("groups", groups, len(design.data))
    (term, *others) = next(one for one in design.candidates if one.code == code).terms
    if not others and labels[0] == term.label:  # the reference comes first, as in every figure
        labels, places = labels[::-1], np.where(places >= 0, len(labels) - 1 - places, -1)
    curves = curves_by_place(design.data, labels, places, settings.km_interval, settings.conf_level).curves
    drawn = tuple(curve for curve in curves if curve.n_events_total)
    return drawn if drawn else NotEstimable("no group has an event")


def changing_hazard(
    found: Predictors, settings: Settings, term: str, at_months: float
) -> ChangingHazard | NotEstimable:
    """The term's hazard ratio before and after a month, and the model stratified by the term's candidate."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    place = list(design.columns.columns).index(term)
    chosen = {"ties": settings.ties, "conf_level": settings.conf_level}
    split = time_split(**design.time_axis, covariates=design.columns, place=place, at=at_months, **chosen)
    stratified = _stratified(design, design.candidates[place].code, chosen)
    return ChangingHazard(term, split, design.model, stratified, found.endpoint.noun)


def _stratified(design: ModelDesign, code: str, chosen: dict) -> CoxResult | NotEstimable:
    groups = _groups(design, code)
    if isinstance(groups, NotEstimable):
        return groups
    others = [place for place, one in enumerate(design.candidates) if one.code != code]
    if not others:
        return NotEstimable("the model has no other term")
    return cox(**design.time_axis, covariates=design.columns.iloc[:, others], strata=groups, **chosen)


def _groups(design: ModelDesign, code: str) -> np.ndarray | NotEstimable:
    candidate = next(one for one in design.candidates if one.code == code)
    if candidate.groups is None:
        return NotEstimable(f"{candidate.label} is a number and makes no groups")
    return candidate.groups[design.kept]


def _label(candidate: Covariate) -> str:
    """The one term's own words, or the factor's."""
    return candidate.terms[0].label if len(candidate.terms) == 1 else candidate.label


def _smooth(test: ProportionalHazards, place: int) -> Smooth | NotEstimable:
    if len(test.event_time) < LEAST_EVENTS_FOR_A_SMOOTH:
        return NotEstimable(f"fewer than {LEAST_EVENTS_FOR_A_SMOOTH} events")
    y = test.scaled_residuals[:, place]
    return natural_smooth(test.transformed_time, y, variance=float(test.residual_variance[place]))
