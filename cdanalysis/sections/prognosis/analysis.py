"""A Cox model as a prediction: is the cohort large enough, how well does it tell apart, are its risks right, what would shrink."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.prognosis.model_terms import Design, design_of
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedModel
from cdanalysis.statistics.batches import Progress, Run, one_by_one
from cdanalysis.statistics.checks.adjusted_curves import baseline_hazard
from cdanalysis.statistics.cox.concordance import concordance_of
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.cox_result import ChiSquare, CoxResult
from cdanalysis.statistics.cox.kernel.risk_sets import sorted_risk_sets
from cdanalysis.statistics.cox.ridge import Ridge, ridge
from cdanalysis.statistics.prediction.optimism import Optimism, optimism
from cdanalysis.statistics.prediction.sample_size import SampleSize, sample_size
from cdanalysis.statistics.prediction.scores import Calibrated, Scores, calibration, scores_at
from cdanalysis.statistics.time_axis import Observed

RESAMPLES, SEED, GROUPS, MONTHS_PER_YEAR = 200, 0, 3, 12
MADE_OF = 12  # letters of the hash of a file that a model keeps
LEAST_AT_RISK = 10  # at the month of calibration and risks


@dataclass(frozen=True, eq=False)
class PrognosticModel:
    """month: of the risks; months: of the scores. model: as it is saved.

    shrunk: ridge, shrunk_model: as it is saved.
    """

    endpoint: TimeToEvent
    design: Design
    fit: CoxResult
    names: tuple[str, ...]
    size: SampleSize
    concordance: Estimate | NotEstimable
    month: float
    months: tuple[float, ...]
    scores: tuple[Scores | NotEstimable, ...]
    calibration: tuple[Calibrated, ...]
    model: SavedModel
    shrunk: Ridge | NotEstimable
    shrunk_model: SavedModel | None

    @property
    def noun(self) -> str:
        """The noun of the outcome."""
        return self.endpoint.noun

    @property
    def n(self) -> int:
        """Patients of the model."""
        return self.fit.n

    @property
    def n_events(self) -> int:
        """Events among them."""
        return self.fit.n_events

    @property
    def n_terms(self) -> int:
        """Columns of the model, those of a spline each."""
        return len(self.names)

    @property
    def large_enough(self) -> bool:
        """Whether the patients meet all three criteria."""
        return self.n >= self.size.needed

    @property
    def test(self) -> ChiSquare:
        """Likelihood ratio test of the whole model."""
        return self.fit.likelihood_ratio


def prognostic_model(cohort: Cohort, settings: Settings) -> PrognosticModel | NotEstimable:
    """A model that predicts the risk of the outcome in use by a month from the chosen covariates, in the complete cases."""
    found = predictors(cohort, settings)
    design = found if isinstance(found, NotEstimable) else design_of(cohort, found, settings)
    if isinstance(design, NotEstimable) or isinstance(found, NotEstimable):
        return design if isinstance(design, NotEstimable) else NotEstimable("there is no outcome")
    data, noun = design.data, found.endpoint.noun
    if data.entry is not None:
        return NotEstimable("risks by a month are not predicted with late entry; choose another time zero")
    fit = cox_models(data, [(design.names, design.columns)], ties=settings.ties, conf_level=settings.conf_level)[0]
    if isinstance(fit, NotEstimable):
        return fit
    unknown = [term.name for term in fit.terms if isinstance(term.hazard_ratio, NotEstimable)]
    if unknown:
        return NotEstimable(f"{unknown[0]} has no estimate in the model, so no risk can be predicted")
    months = chosen_months(settings.at_months)
    month = _month(data, months)
    if month is None:
        return NotEstimable(f"at none of the chosen months somebody is left and a {noun} came before")
    return _model(found.endpoint, design, fit, months, month, settings, cohort.content_sha256)


def _month(data: Observed, months: tuple[float, ...]) -> float | None:
    """The last chosen month with enough patients left, else the first that any risk can be compared at."""
    first = float(data.time[data.event].min())
    possible = [month for month in months if month > 0 and month >= first and (data.time > month).any()]
    steady = [month for month in possible if (data.time >= month).sum() >= LEAST_AT_RISK]
    return (steady[-1] if steady else possible[0]) if possible else None


def _model(
    endpoint: TimeToEvent, design: Design, fit: CoxResult, months: tuple[float, ...], month: float, settings: Settings,
    made_of: str,
) -> PrognosticModel:  # fmt: skip
    data, columns, noun = design.data, design.columns, endpoint.noun
    coef = np.array([term.coef for term in fit.terms])
    size = sample_size(
        len(coef), fit.n_events, float(data.time.sum()) / MONTHS_PER_YEAR, fit.n, month / MONTHS_PER_YEAR
    )
    risk, _ = _risks(data, columns @ coef, month, settings.ties)
    later = tuple(one for one in months if one > 0)
    model = _saved(design, coef, noun, month, settings.ties, made_of)
    shrunk = ridge(data, columns, ties=settings.ties)
    by_ridge = None
    if not isinstance(shrunk, NotEstimable):
        by_ridge = _saved(design, shrunk.coef, noun, month, settings.ties, made_of)._replace(penalty=shrunk.theta)
    return PrognosticModel(
        endpoint=endpoint,
        design=design,
        fit=fit,
        names=tuple(design.names),
        size=size,
        concordance=concordance_of(fit, settings.conf_level),
        month=month,
        months=later,
        scores=tuple(scores_at(data, _risks(data, columns @ coef, one, settings.ties)[0], one) for one in later),
        calibration=calibration(
            data, risk, month, GROUPS, interval=settings.km_interval, conf_level=settings.conf_level
        ),
        model=model,
        shrunk=shrunk,
        shrunk_model=by_ridge,
    )


def _saved(design: Design, coef: np.ndarray, noun: str, month: float, ties: str, made_of: str) -> SavedModel:
    """The model with these coefficients (p,), the baseline survival by the month that goes with them."""
    predictor = design.columns @ coef
    own = [tuple(coef[design.places == place].tolist()) for place in range(len(design.terms))]
    return SavedModel(
        outcome=noun,
        months=month,
        centre=float(predictor.mean()),
        baseline=_risks(design.data, predictor, month, ties)[1],
        n=len(design.data),
        n_events=int(design.data.event.sum()),
        terms=tuple(one._replace(coef=given) for one, given in zip(design.terms, own, strict=True)),
        made_of=made_of[:MADE_OF],
    )


def _risks(data: Observed, predictor: np.ndarray, month: float, ties: str) -> tuple[np.ndarray, float]:
    """The risk by a month (n,), and the survival of a patient with the mean predictor."""
    sets, shift = sorted_risk_sets(data, ties), float(predictor.mean())
    hazard = baseline_hazard(sets, np.ones((1, len(data))), np.exp(predictor - shift)[None])[0]
    times = np.unique(data.time[data.event])
    place = int(np.searchsorted(times, month, "right")) - 1
    own = float(hazard[place]) if place >= 0 else 0.0
    return 1 - np.exp(-own * np.exp(predictor - shift)), float(np.exp(-own))


def in_other_patients(
    cohort: Cohort, settings: Settings, progress: Progress | None = None, run: Run = one_by_one
) -> Optimism | NotEstimable:
    """How much too well the prognostic model seems to predict: by bootstrap, its terms and knots taken as given.

    progress(done, total); run: who does the batches.
    """
    found = predictors(cohort, settings)
    design = found if isinstance(found, NotEstimable) else design_of(cohort, found, settings)
    if isinstance(design, NotEstimable):
        return design
    return optimism(
        design.data, design.columns, ties=settings.ties, resamples=RESAMPLES, seed=SEED, progress=progress, run=run
    )
