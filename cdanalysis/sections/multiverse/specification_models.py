"""The models of the specifications that share an endpoint, ties and the handling of missing values: fitted in two batches.

One batch fits every candidate at every cut-off alone (for the screening), the other every distinct joint model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import chosen_candidates, fit_models, fit_univariable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.screening import screen, screening_p
from cdanalysis.sections.multiverse.specifications import ALONE, FILLED, Chosen, with_most_frequent
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult, CoxTerm
from cdanalysis.statistics.cutoffs.specification_curve import CurveJob
from cdanalysis.statistics.time_axis import complete

NO_CANDIDATE = NotEstimable("the marker is no candidate: measured in too few")
LEFT_OUT = NotEstimable("screening left the marker out")

Model = tuple[Covariate, ...]


@dataclass(frozen=True)
class Specification:
    """One combination: the choice on each axis in words, and the marker's hazard ratio under it.

    n, n_events: of the patients its model is fitted on; of all with the endpoint where there is no model.
    """

    choices: tuple[str, ...]
    settings: Settings
    hazard_ratio: Estimate | NotEstimable
    p_value: float
    n: int
    n_events: int


@dataclass(frozen=True, eq=False)
class Plan:
    """How a specification comes to its model: the marker, and the covariates that enter beside it whatever the marker does.

    threshold: the log-rank P below which the marker itself enters; infinite where it is not screened. model: None where the
    screening left the marker out.
    """

    marker: Covariate
    beside: Model
    threshold: float
    model: Model | None


@dataclass(frozen=True, eq=False)
class FittedPart:
    """Specifications of one endpoint; each has a plan, or the reason why it has none. fits: by the models' covariates."""

    cohort: Cohort
    chosen: Sequence[Chosen]
    endpoint: TimeToEvent | NotEstimable
    plans: tuple[Plan | NotEstimable, ...] = ()
    fits: dict[Model, CoxResult | NotEstimable] = field(default_factory=dict)

    @classmethod
    def of(cls, cohort: Cohort, chosen: Sequence[Chosen], code: str) -> FittedPart:
        """Fit them for a marker; all of one endpoint, ties and handling of missing values."""
        first = chosen[0].settings
        endpoint = endpoints.endpoint_of(cohort, first)
        if isinstance(endpoint, NotEstimable):
            return cls(cohort, chosen, endpoint, (endpoint,) * len(chosen))
        data = observations(endpoint, cohort.memory)
        offered = _candidates(cohort, endpoint, chosen)
        distinct = tuple(dict.fromkeys(one for candidates in offered for one in candidates))
        alone = fit_univariable(data, distinct, first, cohort.memory)
        p = dict(zip(distinct, screening_p(data, distinct, alone, cohort.memory), strict=True))
        plans = tuple(_plan(one, candidates, p, code) for one, candidates in zip(chosen, offered, strict=True))
        wanted = tuple(dict.fromkeys(one.model for one in plans if isinstance(one, Plan) and one.model))
        return cls(cohort, chosen, endpoint, plans, dict(zip(wanted, fit_models(data, wanted, first), strict=True)))

    def results(self, code: str) -> Iterator[Specification]:
        """Each specification with the marker's hazard ratio."""
        everybody = (0, 0)
        if isinstance(self.endpoint, TimeToEvent):
            everybody = (len(self.endpoint.patients), int(self.endpoint.patients["event"].sum()))
        for one, plan in zip(self.chosen, self.plans, strict=True):
            found = self._fitted(plan, code)
            if isinstance(found, NotEstimable):
                yield Specification(one.words, one.settings, found, np.nan, *everybody)
            else:
                term, fit = found
                yield Specification(one.words, one.settings, term.hazard_ratio, term.p_value, fit.n, fit.n_events)

    def _fitted(self, plan: Plan | NotEstimable, code: str) -> tuple[CoxTerm, CoxResult] | NotEstimable:
        """The marker's term and its model, or why there is none."""
        if isinstance(plan, NotEstimable):
            return plan
        if plan.model is None:
            return LEFT_OUT
        fit = self.fits[plan.model]
        return fit if isinstance(fit, NotEstimable) else (fit.terms[_first_term(plan.model, code)], fit)

    def jobs(self, code: str, place: dict[str, int]) -> Iterator[CurveJob]:
        """Every plan as the shuffled marker is put through it, those of the same patients and size together; place: of each."""
        if isinstance(self.endpoint, NotEstimable):
            return
        counted: dict[tuple[bytes, int], dict[tuple[Model, float, float], int]] = {}
        for one, plan in zip(self.chosen, self.plans, strict=True):
            if isinstance(plan, Plan):
                model = (plan.marker, *plan.beside)
                same = counted.setdefault((_complete(model).tobytes(), sum(len(each.terms) for each in model)), {})
                key = plan.beside, cutoff_of(self.cohort, one.settings, code).value, plan.threshold
                same[key] = same.get(key, 0) + 1
        for (known, _), same in counted.items():
            yield self._job(self.endpoint, place, np.flatnonzero(np.frombuffer(known, bool)), same)

    def _job(
        self,
        endpoint: TimeToEvent,
        place: dict[str, int],
        kept: np.ndarray,
        counted: dict[tuple[Model, float, float], int],
    ) -> CurveJob:
        none = np.empty((len(endpoint.patients), 1))
        designs = [np.column_stack([none, *(one.columns for one in beside)])[kept] for beside, *_ in counted]
        return CurveJob(
            data=observations(endpoint),
            places=np.array([place[patient] for patient in endpoint.patients["patient_id"]]),
            kept=kept,
            designs=np.stack(designs),
            cutoffs=np.array([cutoff for _, cutoff, _ in counted]),
            thresholds=np.array([threshold for *_, threshold in counted]),
            weights=np.array(list(counted.values())),
            filled=self.chosen[0].missing == FILLED,
        )


def _candidates(cohort: Cohort, endpoint: TimeToEvent, chosen: Sequence[Chosen]) -> list[Model]:
    """The candidates of each specification; those of equal settings are the same objects."""
    filled: dict[Covariate, Covariate] = {}
    found = []
    for one in chosen:
        candidates, _ = chosen_candidates(cohort, endpoint, one.settings)
        if one.missing == FILLED:
            candidates = tuple(filled.setdefault(each, with_most_frequent(each)) for each in candidates)
        found.append(candidates)
    return found


def _plan(one: Chosen, candidates: Model, p: dict[Covariate, float | NotEstimable], code: str) -> Plan | NotEstimable:
    """How the specification comes to its model; the reason where the marker cannot be in it."""
    marker = next((each for each in candidates if each.code == code), None)
    if marker is None:
        return NO_CANDIDATE
    if one.model == ALONE:
        return Plan(marker, (), np.inf, (marker,))
    entered = screen(candidates, [p[each] for each in candidates], one.settings)
    beside = tuple(each for each in entered if each is not marker)
    return Plan(marker, beside, one.settings.screening_p, entered if marker in entered else None)


def _first_term(model: Model, code: str) -> int:
    """The place of the marker's term among those of the model."""
    place = next(index for index, one in enumerate(model) if one.code == code)
    return sum(len(one.terms) for one in model[:place])


def _complete(model: Model) -> np.ndarray:
    """Who has every covariate of the model (n,)."""
    return complete(np.column_stack([one.columns for one in model]))
