"""The multivariable model as a prediction: is the cohort large enough, how well does it tell apart, are its risks right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.model_design import ModelDesign, model_design
from cdanalysis.sections.predictors.relapse_predictors import Predictors
from cdanalysis.sections.survival.survival import chosen_months
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.adjusted_curves import baseline_hazard
from cdanalysis.statistics.cox.concordance import concordance_of
from cdanalysis.statistics.cox.kernel.risk_sets import sorted_risk_sets
from cdanalysis.statistics.prediction.optimism import Optimism, optimism
from cdanalysis.statistics.prediction.sample_size import SampleSize, sample_size
from cdanalysis.statistics.prediction.scores import Calibrated, Scores, calibration, net_benefit, scores_at
from cdanalysis.statistics.time_axis import Observed

RESAMPLES, SEED, GROUPS, MONTHS_PER_YEAR = 200, 0, 3, 12
LEAST_AT_RISK = 10  # at the month of calibration and risks
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 16))


@dataclass(frozen=True)
class Term:
    """A term of the model: coefficient, mean in the model's patients, points where all terms together span 100."""

    label: str
    coef: float
    mean: float
    points: float


@dataclass(frozen=True, eq=False)
class PrognosticModel:
    """month: of the risks. benefit (2, thresholds) of the model and of everybody, terms and baseline: None where the cohort is
    too small for a model that others could use. baseline: survival at the month of a patient with every term 0.
    """

    noun: str
    n: int
    n_events: int
    n_terms: int
    size: SampleSize
    concordance: Estimate | NotEstimable
    month: float
    scores: tuple[Scores | NotEstimable, ...]
    calibration: tuple[Calibrated, ...]
    benefit: np.ndarray | None
    terms: tuple[Term, ...]
    baseline: float

    @property
    def large_enough(self) -> bool:
        """Whether the patients meet all three criteria."""
        return self.n >= self.size.needed


def prognostic_model(found: Predictors, settings: Settings) -> PrognosticModel | NotEstimable:
    """Of the page's multivariable model, in its complete cases."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    data = design.data
    if data.entry is not None:
        return NotEstimable("risks by a month are not predicted with late entry; choose another time zero")
    unknown = [term.name for term in design.model.terms if isinstance(term.hazard_ratio, NotEstimable)]
    if unknown:
        return NotEstimable(f"{unknown[0]} has no estimate in the model, so no risk can be predicted")
    months = chosen_months(settings.at_months)
    month = _month(data, months)
    if month is None:
        return NotEstimable(f"at none of the chosen months somebody is left and a {found.endpoint.noun} came before")
    return _told(found, design, months, month, settings)


def _month(data: Observed, months: tuple[float, ...]) -> float | None:
    """The last chosen month with enough patients left, else the first that any risk can be compared at."""
    first = float(data.time[data.event].min())
    possible = [month for month in months if month >= first and (data.time > month).any()]
    steady = [month for month in possible if (data.time >= month).sum() >= LEAST_AT_RISK]
    return (steady[-1] if steady else possible[0]) if possible else None


def _told(
    found: Predictors, design: ModelDesign, months: tuple[float, ...], month: float, settings: Settings
) -> PrognosticModel:
    data, model, columns = design.data, design.model, design.columns.to_numpy(float)
    coef = np.array([term.coef for term in model.terms])
    years = float(data.time.sum()) / MONTHS_PER_YEAR
    size = sample_size(len(coef), model.n_events, years, model.n, month / MONTHS_PER_YEAR)
    risk, baseline = _risks(data, columns @ coef, month, settings.ties)
    enough = model.n >= size.needed
    return PrognosticModel(
        noun=found.endpoint.noun,
        n=model.n,
        n_events=model.n_events,
        n_terms=len(coef),
        size=size,
        concordance=concordance_of(model, settings.conf_level),
        month=month,
        scores=tuple(
            scores_at(data, _risks(data, columns @ coef, one, settings.ties)[0], one) for one in months if one > 0
        ),
        calibration=calibration(data, risk, month, GROUPS),
        benefit=net_benefit(data, risk, month, THRESHOLDS) if enough else None,
        terms=_terms(design, coef) if enough else (),
        baseline=baseline,
    )


def _risks(data: Observed, predictor: np.ndarray, month: float, ties: str) -> tuple[np.ndarray, float]:
    """The risk by a month (n,), and the survival of a patient with a predictor of 0."""
    sets, shift = sorted_risk_sets(data, ties), float(predictor.mean())
    hazard = baseline_hazard(sets, np.ones((1, len(data))), np.exp(predictor - shift)[None])[0]
    times = np.unique(data.time[data.event])
    place = int(np.searchsorted(times, month, "right")) - 1
    own = float(hazard[place]) if place >= 0 else 0.0
    return 1 - np.exp(-own * np.exp(predictor - shift)), float(np.exp(-own * np.exp(-shift)))


def _terms(design: ModelDesign, coef: np.ndarray) -> tuple[Term, ...]:
    columns = design.columns.to_numpy(float)
    spans = np.abs(coef) * np.ptp(columns, axis=0)
    scale = 100 / spans.max() if spans.max() > 0 else 0.0
    names = [term.name for term in design.model.terms]
    return tuple(
        Term(name, float(b), float(mean), float(b * scale))
        for name, b, mean in zip(names, coef, columns.mean(axis=0), strict=True)
    )


def in_other_patients(
    found: Predictors, settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Optimism | NotEstimable:
    """The optimism of the page's multivariable model, its terms taken as given."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    return optimism(
        design.data,
        design.columns.to_numpy(float),
        ties=settings.ties,
        resamples=RESAMPLES,
        seed=SEED,
        progress=progress,
    )
