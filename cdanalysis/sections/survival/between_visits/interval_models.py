"""Cox models of a relapse known only to lie between two visits, beside those that take a date; Turnbull's curve by group."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.candidate_models import candidate_models, fit_models
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.ratio_of import RatioOf, columns_of, ratio_of
from cdanalysis.sections.survival.between_visits.analysis import bracketed
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.cox.interval_cox import interval_cox
from cdanalysis.statistics.curves.turnbull import Turnbull, innermost, turnbull
from cdanalysis.statistics.time_axis import observed

ALONE, TOGETHER = "alone", "together"
MOST_JUMPS = 400  # of the baseline: a Newton step is cubic in them, and beyond takes seconds
TOO_MANY = NotEstimable("the relapses lie in too many different intervals for this model to be fitted in seconds")


@dataclass(frozen=True)
class DatedRatio:
    """One term with the relapse dated at the visit that found it, midway, and known to lie between the visits."""

    label: str
    model: str
    found: RatioOf
    midway: RatioOf
    interval: RatioOf


@dataclass(frozen=True, eq=False)
class GroupCurve:
    """Turnbull's estimate of one group of a variable; p_value: of equal groups, by likelihood ratio, the same in each."""

    variable: str
    group: str
    n: int
    n_events: int
    curve: Turnbull | NotEstimable
    p_value: float | NotEstimable


@dataclass(frozen=True, eq=False)
class IntervalModels:
    """rows: each marker under a handle alone, then the multivariable model. n patients with n_events."""

    n: int
    n_events: int
    rows: tuple[DatedRatio, ...]
    groups: tuple[GroupCurve, ...]


@dataclass(frozen=True, eq=False)
class _Known:
    """The last time known to be free, the time and event of each patient (n,)."""

    early: np.ndarray
    late: np.ndarray
    event: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """The end of the interval that holds the relapse; inf where there was none."""
        return np.where(self.event, self.late, np.inf)

    def cox(self, columns: pd.DataFrame, settings: Settings) -> CoxResult | NotEstimable:
        """The interval-censored model; where it would take minutes, that it would."""
        known = columns.notna().all(axis=1).to_numpy()
        if known.any() and len(innermost(self.early[known], self.right[known])[0]) > MOST_JUMPS:
            return TOO_MANY
        return interval_cox(self.early, self.right, columns, conf_level=settings.conf_level)


def interval_models(cohort: Cohort, settings: Settings) -> IntervalModels | NotEstimable:
    """The markers and the multivariable model of relapse, by each way to date it and by none."""
    endpoint = bracketed(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    early, late, event = (endpoint.patients[name].to_numpy() for name in ("free_months", "time_months", "event"))
    if not event.any():
        return NotEstimable("no relapse was observed")
    told = _Known(early.astype(float), late.astype(float), event.astype(bool))
    groups = tuple(_groups(cohort, endpoint, told, settings))
    return IntervalModels(len(late), int(event.sum()), tuple(_rows(cohort, endpoint, told, settings)), groups)


def _rows(cohort: Cohort, endpoint: TimeToEvent, told: _Known, settings: Settings) -> Iterator[DatedRatio]:
    found = candidate_models(cohort, endpoint, observations(endpoint), settings)
    handles = set(handles_of(cohort, settings))
    models = [(ALONE, [one]) for one in found.candidates if one.code in handles]
    together = found.entered()
    models += [(TOGETHER, together)] if together else []
    midway = observed((told.early + told.late) / 2, told.event)
    dated = [fit_models(data, [model for _, model in models], settings) for data in (observations(endpoint), midway)]
    for place, (which, model) in enumerate(models):
        interval = told.cox(columns_of(model), settings)
        labels = [term.label for one in model for term in one.terms]
        for j, label in enumerate(labels):
            yield DatedRatio(label, which, *(ratio_of(fit, j) for fit in (dated[0][place], dated[1][place], interval)))


def _groups(cohort: Cohort, endpoint: TimeToEvent, told: _Known, settings: Settings) -> Iterator[GroupCurve]:
    """By the chosen groups, else by each marker under a handle."""
    codes = (settings.survival_group,) if settings.survival_group else handles_of(cohort, settings)
    for code in codes:
        chosen = grouping(cohort, endpoint.patient_ids, code, settings)
        if not isinstance(chosen, NotEstimable) and (chosen.places >= 0).any():
            yield from _by_group(chosen, told, settings)


def _by_group(chosen: Grouping, told: _Known, settings: Settings) -> Iterator[GroupCurve]:
    p_value = _equal(chosen, told, settings)
    for place, label in enumerate(chosen.labels):
        mine = chosen.places == place
        curve = turnbull(told.early[mine], told.right[mine])
        yield GroupCurve(chosen.label, label, int(mine.sum()), int(told.event[mine].sum()), curve, p_value)


def _equal(chosen: Grouping, told: _Known, settings: Settings) -> float | NotEstimable:
    """The likelihood-ratio P of the groups in an interval-censored Cox model."""
    others = chosen.labels[1:]
    if not others:
        return NotEstimable("there is one group only")
    marks = (chosen.places[:, None] == np.arange(1, len(chosen.labels))).astype(float)
    columns = pd.DataFrame(np.where(chosen.places[:, None] < 0, np.nan, marks), columns=list(others))
    fit = told.cox(columns, settings)
    return fit if isinstance(fit, NotEstimable) else fit.likelihood_ratio.p_value
