"""How good predicted risks of an event by a time are: AUC, Brier score, calibration, net benefit.

AUC (cumulative cases, dynamic controls) and Brier score by inverse probability of censoring weights, the censoring by
Kaplan-Meier of everybody, as riskRegression's Score(cens.model = "km"). Calibration: predicted against Kaplan-Meier's risk in
groups of equal size. Net benefit: Vickers and Elkin, Med Decis Making 2006;26:565, the risk of those above a threshold by
Kaplan-Meier, as dcurves. Blanche and others, Stat Med 2013;32:5381; Gerds and Schumacher, Biom J 2006;48:1029.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.time_axis import Observed

LEAST_IN_GROUP = 5


@dataclass(frozen=True)
class Scores:
    """At one time: AUC, Brier score of the model and of everybody's Kaplan-Meier risk."""

    time: float
    auc: float | NotEstimable
    brier: float
    brier_null: float

    @property
    def explained(self) -> float:
        """The share of the Brier score that the model takes away (index of prediction accuracy)."""
        return 1 - self.brier / self.brier_null


@dataclass(frozen=True)
class Calibrated:
    """A group of similar predicted risk: its patients, mean predicted risk, and the risk that was observed."""

    n: int
    predicted: float
    observed: Estimate


def predicted_risk(survival: float, predictor: np.ndarray) -> np.ndarray:
    """The risk by a time (n,) of a Cox model; survival: by then of a predictor of 0; predictor (n,): log hazard ratios."""
    return 1 - survival ** np.exp(np.clip(predictor, -300, 300))


def scores_at(data: Observed, risk: np.ndarray, time: float) -> Scores | NotEstimable:
    """risk (n,): predicted, of an event by the time."""
    if not (data.time > time).any() or not (data.event & (data.time <= time)).any():
        return NotEstimable("nobody is left, or nobody had the event by then")
    weights = _censoring_weights(data, time)
    if isinstance(weights, NotEstimable):
        return weights
    case, control = data.event & (data.time <= time), data.time > time
    null = 1 - float(kaplan_meier(data.time, data.event, at=(time,)).at[0].survival.value)
    score = float((weights * (case - risk) ** 2).mean())
    return Scores(time, _auc(risk, case, control, weights), score, float((weights * (case - null) ** 2).mean()))


def _censoring_weights(data: Observed, time: float) -> np.ndarray | NotEstimable:
    """1 / G of each patient (n,), 0 of those censored by the time: G just before an event, at the time for who is left."""
    times = np.unique(data.time)
    falls = np.concatenate([[1.0], _uncensored(data, times)])
    before, at = falls[np.searchsorted(times, data.time, "left")], falls[np.searchsorted(times, time, "right")]
    share = np.where(data.time > time, at, before)
    known = (data.time > time) | data.event
    if (share[known] <= 0).any():
        return NotEstimable(f"at {time:g} everybody still observed is censored")
    return np.where(known, 1 / np.where(share > 0, share, 1.0), 0.0)


def _uncensored(data: Observed, times: np.ndarray) -> np.ndarray:
    """Not censored up to each time; an event comes before a censoring at one time, so who had it is not at risk of that."""
    every, events = np.sort(data.time), np.sort(data.time[data.event])
    died = np.searchsorted(events, times, "right") - np.searchsorted(events, times, "left")
    gone = np.searchsorted(every, times, "right") - np.searchsorted(every, times, "left")
    at_risk = len(every) - np.searchsorted(every, times, "left") - died
    return np.cumprod(1 - np.where(at_risk > 0, (gone - died) / np.maximum(at_risk, 1), 0.0))


def _auc(risk: np.ndarray, case: np.ndarray, control: np.ndarray, weights: np.ndarray) -> float | NotEstimable:
    if not control.any():
        return NotEstimable("nobody is left")
    ordered = np.argsort(risk[control], kind="stable")
    values = risk[control][ordered]
    total = np.concatenate([[0.0], weights[control][ordered].cumsum()])
    below, upto = (total[np.searchsorted(values, risk[case], side)] for side in ("left", "right"))
    return float((weights[case] * (below + upto) / 2).sum() / (weights[case].sum() * total[-1]))


def calibration(
    data: Observed, risk: np.ndarray, time: float, groups: int, *, interval: str = "log-log", conf_level: float = 0.95
) -> tuple[Calibrated, ...]:
    """Groups of equal size by predicted risk (n,) at a time, ascending; fewer where they would hold too few patients.

    interval, conf_level: of what was observed, as of a Kaplan-Meier curve.
    """
    groups = max(1, min(groups, len(risk) // LEAST_IN_GROUP))
    parts = np.array_split(np.argsort(risk, kind="stable"), groups)
    found = []
    for part in parts:
        own = {"interval": interval, "conf_level": conf_level, "at": (time,)}
        seen = kaplan_meier(data.time[part], data.event[part], **own).at[0].risk
        found.append(Calibrated(len(part), float(risk[part].mean()), seen))
    return tuple(found)


def net_benefit(data: Observed, risk: np.ndarray, time: float, thresholds: Sequence[float]) -> np.ndarray:
    """(2, thresholds): of treating those above each threshold, and of treating everybody."""
    found = np.zeros((2, len(thresholds)))
    everybody = 1 - float(kaplan_meier(data.time, data.event, at=(time,)).at[0].survival.value)
    for place, threshold in enumerate(thresholds):
        odds, high = threshold / (1 - threshold), risk >= threshold
        found[1, place] = everybody - (1 - everybody) * odds
        if high.any():
            own = 1 - float(kaplan_meier(data.time[high], data.event[high], at=(time,)).at[0].survival.value)
            found[0, place] = high.mean() * (own - (1 - own) * odds)
    return found
