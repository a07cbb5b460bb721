"""The groups of a marker made alike by inverse probability weights: balance, curves, ratio and test."""

from dataclasses import dataclass, replace

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER, Estimate, NotEstimable, p_of
from cdanalysis.sections.models.candidate_models import fit_models
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.ratio_of import RatioOf, columns_of, ratio_of
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.survival.analysis import chosen_months, drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps, curve_steps, value_at
from cdanalysis.statistics.curves.kaplan_meier import curves_by_place
from cdanalysis.statistics.curves.logrank import logrank_by_place
from cdanalysis.statistics.time_axis import Observed, complete
from cdanalysis.statistics.weighting.propensity import Propensity, propensity, standardised_differences
from cdanalysis.statistics.weighting.weighted_survival import WeightedCurve, weighted_cox, weighted_curve

MOST_CELLS = 20_000_000  # patients times event times
TOO_MANY = NotEstimable("so many patients had so many events that the weighted curves need more memory than there is")


@dataclass(frozen=True)
class Balance:
    """A covariate's term: the standardised difference above less below, as they are and weighted; whether weighted for."""

    label: str
    weighted_for: bool
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class WeightedGroups:
    """Groups below, above in every pair. n patients complete in what is weighted for; effective: what the weighted are worth.

    at: each chosen month that both groups were observed to, with survival below and above, weighted.
    """

    marker: Marker
    labels: tuple[str, str]
    weighted_for: tuple[str, ...]
    n: int
    n_dropped: int
    scores: Propensity
    balance: tuple[Balance, ...]
    steps: tuple[CurveSteps, ...]
    plain_steps: tuple[CurveSteps, ...]
    risk_times: tuple[float, ...]
    at: tuple[tuple[float, tuple[Estimate, Estimate]], ...]
    plain: RatioOf
    weighted: RatioOf
    plain_p: float | NotEstimable
    weighted_p: float | NotEstimable
    origin: str
    noun: str


@dataclass(frozen=True, eq=False)
class Scored:
    """The weights of the patients who are complete in what is weighted for: kept (n,) of the outcome's, scores of those."""

    found: Predictors
    chosen: Covariate
    others: list[Covariate]
    kept: np.ndarray
    scores: Propensity

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each patient who has one, by id."""
        ids = np.array(self.found.endpoint.patient_ids, object)[self.kept]
        return dict(zip(ids.tolist(), self.scores.weights.tolist(), strict=True))


def weighted(cohort: Cohort, settings: Settings) -> WeightedGroups | NotEstimable:
    """Curves of the scanned marker's groups, weighted to be alike in the other candidates that the screening let in."""
    given = scored(cohort, settings)
    return given if isinstance(given, NotEstimable) else _result(given, cohort.marker(given.chosen.code), settings)


def scored(cohort: Cohort, settings: Settings) -> Scored | NotEstimable:
    """The weights of the scanned marker's groups."""
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    code = scan_code(cohort, settings)
    if not code:
        return NO_MARKER
    chosen = covariates.cut(cohort, found.endpoint.patient_ids, code, settings)
    others = found.entered(code)
    data = observations(found.endpoint)
    if not others:
        return NotEstimable("no other candidate is in the multivariable model, so there is nothing to weight for")
    if data.entry is not None:
        return NotEstimable("weighted curves are not computed with late entry; choose another time zero")
    columns = columns_of(others).to_numpy(float)
    kept = complete(np.column_stack([chosen.columns, columns]))
    if kept.sum() * max(len(np.unique(data.time[data.event])), 1) > MOST_CELLS:
        return TOO_MANY
    scores = propensity(chosen.columns[kept, 0], columns[kept])
    if isinstance(scores, NotEstimable):
        return NotEstimable(f"{chosen.label} cannot be weighted: {scores.reason}")
    return Scored(found, chosen, others, kept, scores)


def _result(given: Scored, marker: Marker, settings: Settings) -> WeightedGroups | NotEstimable:
    found, chosen, others, kept, scores = given.found, given.chosen, given.others, given.kept, given.scores
    data, marked = observations(found.endpoint)[kept], chosen.columns[kept, 0]
    if not data.event.any():
        return NotEstimable(f"no {found.endpoint.noun} was observed")
    labels, places = (chosen.terms[0].reference, chosen.terms[0].label), marked.astype(int)
    parts = [(data[places == side], scores.weights[places == side]) for side in (0, 1)]
    curves = [weighted_curve(part, own, settings.conf_level) for part, own in parts]
    months, risk_times = chosen_months(settings.at_months), risk_table_times(float(data.time.max()))
    plain = curves_by_place(data, labels, places, settings.km_interval, settings.conf_level)
    shared = min(float(part.time.max()) for part, _ in parts)
    fitted = weighted_cox(data, marked, scores.weights, labels[1], settings.conf_level)
    once = replace(chosen, columns=chosen.columns[kept])
    failed = isinstance(fitted, NotEstimable)
    test = logrank_by_place(data, labels, places)
    return WeightedGroups(
        marker=marker,
        labels=labels,
        weighted_for=tuple(one.label for one in others),
        n=int(kept.sum()),
        n_dropped=int((~kept).sum()),
        scores=scores,
        balance=tuple(_balance(found, chosen, others, kept, scores)),
        steps=tuple(_steps(curve, *part, risk_times) for curve, part in zip(curves, parts, strict=True)),
        plain_steps=tuple(
            drawn_steps(curve, part, risk_times) for curve, (part, _) in zip(plain.curves, parts, strict=True)
        ),
        risk_times=risk_times,
        at=tuple((month, (_at(curves[0], month), _at(curves[1], month))) for month in months if month <= shared),
        plain=ratio_of(fit_models(data, [[once]], settings)[0], 0),
        weighted=RatioOf(fitted, float("nan")) if failed else RatioOf(fitted[0].hazard_ratio, fitted[0].p_value),
        plain_p=p_of(test),
        weighted_p=fitted if failed else fitted[1].p_value,
        origin=found.endpoint.origin,
        noun=found.endpoint.noun,
    )


def _balance(
    found: Predictors, chosen: Covariate, others: list[Covariate], kept: np.ndarray, scores: Propensity
) -> list[Balance]:
    """Every candidate's, those weighted for first; of one that was not measured in all, where it was."""
    codes = {one.code for one in others}
    rest = [one for one in found.candidates if one.code not in codes and one.code != chosen.code]
    told = []
    for one in (*others, *rest):
        columns = one.columns[kept]
        known = complete(columns)
        marked, weights = chosen.columns[kept, 0][known], scores.weights[known]
        if not 0 < marked.sum() < len(marked):
            continue
        gaps = (standardised_differences(marked, columns[known], own) for own in (None, weights))
        pairs = zip(one.terms, *gaps, strict=True)
        told += [Balance(term.label, one.code in codes, float(a), float(b)) for term, a, b in pairs]
    return told


def _steps(curve: WeightedCurve, part: Observed, weights: np.ndarray, risk_times: tuple[float, ...]) -> CurveSteps:
    """As drawn: the weighted number at risk, rounded; the patients and events are those that were seen."""
    band = (curve.survival, curve.lower, curve.upper)
    steps = curve_steps(curve.time, band, part.time, part.event, risk_times)
    at_risk = tuple(round(float(weights[part.time >= time].sum())) for time in risk_times)
    return replace(steps, n_at_risk=at_risk)


def _at(curve: WeightedCurve, month: float) -> Estimate:
    return value_at(month, curve.time, (curve.survival, curve.lower, curve.upper), before=1.0)
