"""The Predictors page refitted with lifelines: what is shown, and the largest difference."""

from collections.abc import Iterator

import numpy as np

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import MarkerAnalysis, Predictors
from cdanalysis.statistics.checks.lifelines_check import Comparison, check_cox, check_curves, check_logrank


def lifelines_check(found: Predictors) -> tuple[Comparison, ...]:
    """What the Predictors page shows, computed again by lifelines: curves and tests of the handles, every model."""
    by_code = {one.code: one for one in found.candidates}
    return tuple(
        comparison
        for part in (
            *(_marker(found, one, by_code) for one in found.handles),
            _univariable(found),
            _multivariable(found),
        )
        for comparison in part
    )


def _marker(found: Predictors, shown: MarkerAnalysis, by_code: dict[str, Covariate]) -> Iterator[Comparison]:
    name = shown.marker.label
    if shown.marker.code not in by_code or isinstance(shown.kaplan_meier, NotEstimable):
        return
    groups = by_code[shown.marker.code].groups
    if groups is None:
        return
    known = np.array([group is not None for group in groups])
    data = observations(found.endpoint)
    if data.entry is not None:
        yield Comparison(f"{name}: curves and test", 0, float("nan"), "late entry is compared in the models only")
        return
    yield check_curves(data.time[known], data.event[known], groups[known], shown.kaplan_meier, name)
    if not isinstance(shown.logrank, NotEstimable):
        yield check_logrank(data.time[known], data.event[known], groups[known], shown.logrank, name)


def _univariable(found: Predictors) -> Iterator[Comparison]:
    data = observations(found.endpoint)
    for candidate, fit in zip(found.candidates, found.univariable, strict=True):
        if not isinstance(fit, NotEstimable):
            yield check_cox(data, candidate.columns, fit, f"{candidate.label}: univariable model")


def _multivariable(found: Predictors) -> Iterator[Comparison]:
    if isinstance(found.multivariable, NotEstimable):
        return
    chosen = [one.columns for one in found.entered()]
    data = observations(found.endpoint)
    yield check_cox(data, np.column_stack(chosen), found.multivariable, "Multivariable model")
