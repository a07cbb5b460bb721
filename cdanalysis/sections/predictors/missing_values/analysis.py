"""Who a model leaves out for a missing value, and which values are missing together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.settings import Settings

MULTIVARIABLE = "Multivariable model"


@dataclass(frozen=True)
class LostTo:
    """A column of a model: patients without it, and those of them who lack nothing else of the model."""

    label: str
    n_missing: int
    n_only: int


@dataclass(frozen=True)
class ModelAccount:
    """One model: patients and events of the endpoint, those it analyses, and the columns it loses patients to."""

    model: str
    n: int
    n_events: int
    n_used: int
    n_events_used: int
    lost: tuple[LostTo, ...]


@dataclass(frozen=True)
class Pattern:
    """Patients who lack the same candidates; missing: one per candidate."""

    missing: tuple[bool, ...]
    n: int


@dataclass(frozen=True)
class MissingValues:
    """Candidates in order with their missing counts; patterns: complete first, then the commonest; accounts: a model each."""

    labels: tuple[str, ...]
    n_missing: tuple[int, ...]
    patterns: tuple[Pattern, ...]
    accounts: tuple[ModelAccount, ...]
    n: int
    noun: str = "relapse"  # of the outcome

    @property
    def n_incomplete(self) -> int:
        """Patients who lack at least one candidate."""
        return sum(pattern.n for pattern in self.patterns if any(pattern.missing))


def missing_values(cohort: Cohort, settings: Settings) -> MissingValues | NotEstimable:
    """The accounting of the models of the Predictors page, and the map of its candidates."""
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    event = found.endpoint.patients["event"].to_numpy(bool)
    screened = found.entered()
    accounts = [account(MULTIVARIABLE, screened, event)] if screened else []
    accounts += [account(f"{one.label} alone", [one], event) for one in found.candidates if one.n_missing]
    return MissingValues(
        tuple(one.label for one in found.candidates),
        tuple(one.n_missing for one in found.candidates),
        _patterns(found),
        tuple(accounts),
        found.n,
        found.endpoint.noun,
    )


def account(model: str, chosen: Sequence[Covariate], event: np.ndarray) -> ModelAccount:
    """Who a model of these covariates analyses, and who it loses to each."""
    missing = _missing(chosen)
    used, alone = ~missing.any(axis=1), missing.sum(axis=1) == 1
    lost = tuple(
        LostTo(one.label, int(gone.sum()), int((gone & alone).sum()))
        for one, gone in zip(chosen, missing.T, strict=True)
        if gone.any()
    )
    return ModelAccount(model, len(event), int(event.sum()), int(used.sum()), int(event[used].sum()), lost)


def _missing(chosen: Sequence[Covariate]) -> np.ndarray:
    """(n, number of covariates): whether a patient lacks it."""
    return np.column_stack([np.isnan(one.columns).any(axis=1) for one in chosen])


def _patterns(found: Predictors) -> tuple[Pattern, ...]:
    if not found.candidates:
        return ()
    counted = Counter(map(tuple, _missing(found.candidates).tolist()))
    ordered = sorted(counted.items(), key=lambda one: (sum(one[0]) > 0, -one[1], one[0]))
    return tuple(Pattern(missing, n) for missing, n in ordered)
