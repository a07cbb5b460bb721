"""A given model's predictions against what was observed in other patients: discrimination, slope, level, error.

The model gives each patient a linear predictor and a survival S0(t)^exp(predictor) at one time t. Slope: of the Cox model of
the predictor, 1 where its differences are right. Intercept: the log of the cumulative hazard by t at a predictor of 0 that is
observed with the slope held at 1 (Breslow's, as R's coxph with an offset), less log of the one predicted; 0 where the level is
right, above it where more happened. van Houwelingen, Stat Med 2000;19:3401; Royston and Altman, BMC Med Res Methodol 2013;13:33.
"""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.special import chdtrc

from cdanalysis.results import Estimate, NotEstimable, z_value
from cdanalysis.statistics.cox.concordance import concordance_index
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.prediction.scores import Calibrated, Scores, calibration, predicted_risk, scores_at
from cdanalysis.statistics.time_axis import Observed

SAME = "the model predicts the same for everybody"


@dataclass(frozen=True, eq=False)
class Validated:
    """predicted: mean risk by the time; observed: Kaplan-Meier's, with its interval; ratio: observed to predicted, the predicted
    taken as known. slope_p: of a slope of 1.
    """

    n: int
    n_events: int
    concordance: Estimate | NotEstimable
    slope: Estimate | NotEstimable
    slope_p: float
    intercept: Estimate | NotEstimable
    predicted: float
    observed: Estimate
    ratio: Estimate
    scores: Scores | NotEstimable
    calibration: tuple[Calibrated, ...]


def validated(
    data: Observed, predictor: np.ndarray, survival: float, time: float, *, ties: str = "efron", conf_level: float = 0.95,
    interval: str = "log-log", groups: int = 3,
) -> Validated | NotEstimable:  # fmt: skip
    """predictor (n,) of each patient; survival: that of a predictor of 0 by the time, between 0 and 1."""
    if not len(data) or not data.event.any():
        return NotEstimable("no event was observed")
    if data.entry is not None:
        return NotEstimable("risks by a month are not compared with late entry; choose another time zero")
    risk = predicted_risk(survival, predictor)
    seen = kaplan_meier(data.time, data.event, at=(time,), interval=interval, conf_level=conf_level).at[0].risk
    predicted = float(risk.mean())
    slope, p = _slope(data, predictor, ties, conf_level)
    return Validated(
        n=len(data),
        n_events=int(data.event.sum()),
        concordance=concordance_index(data, predictor, conf_level=conf_level),
        slope=slope,
        slope_p=p,
        intercept=_intercept(data, predictor, survival, time, conf_level),
        predicted=predicted,
        observed=seen,
        ratio=Estimate(seen.value / predicted, seen.lower / predicted, seen.upper / predicted),
        scores=scores_at(data, risk, time),
        calibration=calibration(data, risk, time, groups, interval=interval, conf_level=conf_level),
    )


def _slope(
    data: Observed, predictor: np.ndarray, ties: str, conf_level: float
) -> tuple[Estimate | NotEstimable, float]:
    """The coefficient of the predictor with its Wald interval, and the P of its being 1."""
    fit = cox_models(data, [(["predictor"], predictor[:, None])], ties=ties, conf_level=conf_level)[0]
    if isinstance(fit, NotEstimable) or isinstance(fit.terms[0].hazard_ratio, NotEstimable):
        return NotEstimable(SAME if np.ptp(predictor) == 0 else "its slope has no finite estimate"), float("nan")
    term, reach = fit.terms[0], z_value(conf_level) * fit.terms[0].standard_error
    away = (term.coef - 1) / term.standard_error
    return Estimate(term.coef, term.coef - reach, term.coef + reach), float(chdtrc(1, away**2))


def _intercept(
    data: Observed, predictor: np.ndarray, survival: float, time: float, conf_level: float
) -> Estimate | NotEstimable:
    """The log cumulative hazard that was observed less the predicted one, by the time."""
    times, n_events = np.unique(data.time[data.event & (data.time <= time)], return_counts=True)
    if not len(times):
        return NotEstimable(f"nobody had the event by {time:g}")
    order = np.argsort(data.time)
    weight = np.exp(np.clip(predictor, -300, 300))[order]
    at_risk = np.cumsum(weight[::-1])[::-1][np.searchsorted(data.time[order], times, "left")]
    hazard, variance = float((n_events / at_risk).sum()), float((n_events / at_risk**2).sum())
    gap, reach = log(hazard) - log(-log(survival)), z_value(conf_level) * sqrt(variance) / hazard
    return Estimate(gap, gap - reach, gap + reach)
