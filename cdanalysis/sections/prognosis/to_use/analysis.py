"""What a clinician would use of a prognostic model, where its cohort is large enough for one."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.prognosis.analysis import PrognosticModel
from cdanalysis.sections.prognosis.to_use.scales import Points, points_of, scales_of
from cdanalysis.sections.survival.analysis import drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedModel
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.prediction.scores import net_benefit, predicted_risk
from cdanalysis.statistics.time_axis import Observed

TOO_SMALL = "the cohort is too small for a model that others could use"
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 16))
GROUPS = 3


@dataclass(frozen=True, eq=False)
class RiskGroup:
    """Patients of similar predicted risk by the month of the model, who lie above lower and at most at upper.

    predicted: their mean risk; observed: by the same month. steps: of their Kaplan-Meier curve.
    """

    lower: float
    upper: float
    n: int
    n_events: int
    predicted: float
    observed: Estimate
    steps: CurveSteps


@dataclass(frozen=True, eq=False)
class ToUse:
    """benefit (2, thresholds): net benefit of the model and of treating everybody; groups: ascending; points: of its covariates."""

    noun: str
    origin: str
    month: float
    model: SavedModel
    benefit: np.ndarray
    groups: tuple[RiskGroup, ...]
    risk_times: tuple[float, ...]
    points: Points

    def risk(self, worth: float) -> float:
        """The risk by the month of a patient whose covariates are worth so much together."""
        return float(_risks(self.model, np.array([worth]))[0])


def to_use(cohort: Cohort, settings: Settings, told: PrognosticModel) -> ToUse | NotEstimable:
    """What a prognostic model of these settings gives to use, or why nothing."""
    if not told.large_enough:
        return NotEstimable(TOO_SMALL)
    design, endpoint = told.design, told.endpoint
    data, coef = design.data, np.array([value for one in told.model.terms for value in one.coef])
    risk, times = _risks(told.model, design.columns @ coef), risk_table_times(float(data.time.max()))
    return ToUse(
        noun=told.noun,
        origin=endpoint.origin,
        month=told.month,
        model=told.model,
        benefit=net_benefit(data, risk, told.month, THRESHOLDS),
        groups=tuple(_groups(data, risk, told.month, times, settings)),
        risk_times=times,
        points=points_of(scales_of(cohort, endpoint.patient_ids, design, told.model.terms, settings)),
    )


def _risks(model: SavedModel, worth: np.ndarray) -> np.ndarray:
    """The risk by the model's month (n,) of patients whose terms times coefficients add up to worth (n,)."""
    return predicted_risk(model.baseline, worth - model.centre)


def _groups(
    data: Observed, risk: np.ndarray, month: float, times: tuple[float, ...], settings: Settings
) -> list[RiskGroup]:
    """Thirds by predicted risk; patients of one risk stay together, so that there may be fewer groups."""
    ends = np.unique(np.quantile(risk, np.arange(1, GROUPS + 1) / GROUPS, method="inverted_cdf"))
    places = np.searchsorted(ends, risk, "left")
    look = {"interval": settings.km_interval, "conf_level": settings.conf_level, "at": (month,)}
    groups = []
    for place, upper in enumerate(ends.tolist()):
        part = data[places == place]
        km = kaplan_meier(part.time, part.event, **look)
        groups.append(
            RiskGroup(
                lower=float(ends[place - 1]) if place else 0.0,
                upper=upper,
                n=len(part),
                n_events=int(part.event.sum()),
                predicted=float(risk[places == place].mean()),
                observed=km.at[0].risk,
                steps=drawn_steps(km.curves[0], part, times),
            )
        )
    return groups
