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
from cdanalysis.sections.models.most_frequent import with_most_frequent
from cdanalysis.sections.models.screening import observations, screen, screening_p
from cdanalysis.sections.multiverse.specifications import ALONE, FILLED, Chosen
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.cutoffs.specification_curve import CurveJob

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
class FittedPart:
    """Specifications of one endpoint; each has a model, or the reason why it has none. fits: by the models' covariates."""

    cohort: Cohort
    chosen: Sequence[Chosen]
    endpoint: TimeToEvent | NotEstimable
    models: tuple[Model | NotEstimable, ...] = ()
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
        models = tuple(_model(one, candidates, p, code) for one, candidates in zip(chosen, offered, strict=True))
        wanted = tuple(dict.fromkeys(model for model in models if isinstance(model, tuple)))
        return cls(cohort, chosen, endpoint, models, dict(zip(wanted, fit_models(data, wanted, first), strict=True)))

    def results(self, code: str) -> Iterator[Specification]:
        """Each specification with the marker's hazard ratio."""
        known = isinstance(self.endpoint, TimeToEvent)
        everybody = (len(self.endpoint.patients), int(self.endpoint.patients["event"].sum())) if known else (0, 0)
        for one, model, fit in self._fitted():
            if isinstance(fit, NotEstimable):
                yield Specification(one.words, one.settings, fit, np.nan, *everybody)
            else:
                term = fit.terms[_first_term(model, code)]
                yield Specification(one.words, one.settings, term.hazard_ratio, term.p_value, fit.n, fit.n_events)

    def jobs(self, code: str, place: dict[str, int]) -> Iterator[CurveJob]:
        """The models that give the marker a hazard ratio, those of the same patients and size together; place: of each."""
        counted: dict[tuple[bytes, int], dict[Model, list[float]]] = {}
        for one, model, fit in self._fitted():
            if isinstance(fit, NotEstimable) or isinstance(
                fit.terms[_first_term(model, code)].hazard_ratio, NotEstimable
            ):
                continue
            same = counted.setdefault((_complete(model).tobytes(), len(fit.terms)), {})
            same.setdefault(model, [cutoff_of(self.cohort, one.settings, code).value, 0.0])[1] += 1
        for same in counted.values():
            yield self._job(code, place, list(same), np.array(list(same.values())))

    def _job(self, code: str, place: dict[str, int], models: list[Model], told: np.ndarray) -> CurveJob:
        kept = _complete(models[0])
        places = np.array([place[patient] for patient in self.endpoint.patients["patient_id"]])
        designs = np.stack(
            [np.column_stack([one.columns for one in _marker_first(model, code)])[kept] for model in models]
        )
        return CurveJob(observations(self.endpoint)[kept], designs, places[kept], told[:, 0], told[:, 1])

    def _fitted(self) -> Iterator[tuple[Chosen, Model | NotEstimable, CoxResult | NotEstimable]]:
        for one, model in zip(self.chosen, self.models, strict=True):
            yield one, model, model if isinstance(model, NotEstimable) else self.fits[model]


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


def _model(one: Chosen, candidates: Model, p: dict[Covariate, float | NotEstimable], code: str) -> Model | NotEstimable:
    """The covariates of a specification's model; the reason where the marker is not among them."""
    if all(each.code != code for each in candidates):
        return NO_CANDIDATE
    if one.model == ALONE:
        return tuple(each for each in candidates if each.code == code)
    entered = screen(candidates, [p[each] for each in candidates], one.settings)
    return entered if any(each.code == code for each in entered) else LEFT_OUT


def _marker_first(model: Model, code: str) -> list[Covariate]:
    return sorted(model, key=lambda one: one.code != code)


def _first_term(model: Model, code: str) -> int:
    """The place of the marker's term among those of the model."""
    place = next(index for index, one in enumerate(model) if one.code == code)
    return sum(len(one.terms) for one in model[:place])


def _complete(model: Model) -> np.ndarray:
    """Who has every covariate of the model (n,)."""
    return ~np.isnan(np.column_stack([one.columns for one in model])).any(axis=1)
