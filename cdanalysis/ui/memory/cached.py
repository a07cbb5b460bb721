"""How the app comes by a result (`sections/recall.py`): remembered for the session by the cohort's fingerprint and the settings.

Display settings (figure size, curve direction) are reset before the look-up, so that they never recompute a result.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints import endpoint_of
from cdanalysis.outcomes.markers import at_first_cutoff, cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Curves
from cdanalysis.sections.parts import REGISTER
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.handle.section import handle_curves
from cdanalysis.sections.predictors.moving_curves import MovingCutoff, candidate_cutoffs, moving_curves
from cdanalysis.sections.predictors.moving_cutoff import moving_cutoff, with_adjusted
from cdanalysis.sections.recall import locked_cutoffs
from cdanalysis.settings import RESULT_FIELDS, Settings, only, that_decide
from cdanalysis.ui.memory import long_runs
from cdanalysis.ui.memory.session_memory import in_session, remembered
from cdanalysis.ui.report_page import ledger

Result = TypeVar("Result")


def recall(
    pipeline: Callable[..., Result], *given: Any, waiting: str = "", report: long_runs.Report | None = None
) -> Result:
    """The result of `pipeline(*given)`; waiting: it takes long, and this is said meanwhile; report: told of its progress."""
    chosen = [only(one, RESULT_FIELDS) if isinstance(one, Settings) else one for one in given]
    if waiting:
        return long_runs.long_run(pipeline, chosen, waiting, report)
    return OWN[pipeline](*given) if pipeline in OWN else remembered(pipeline, *chosen)


def _predictors_of(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    return _predictors(cohort, only(settings, RESULT_FIELDS))


def _moving_cutoff_of(cohort: Cohort, settings: Settings, marker_code: str, _: Any) -> MovingCutoff | NotEstimable:
    """Made once, wherever the marker's own cut-off stands."""
    found = _moving_cutoff(cohort, _elsewhere(cohort, settings, marker_code), marker_code)
    if isinstance(found, NotEstimable):
        return found
    return replace(found, current=found.cutoffs.index(cutoff_of(cohort, settings, marker_code).value))


def _handle_curves_of(cohort: Cohort, settings: Settings, marker_code: str, _: Any) -> Curves | NotEstimable:
    """Made once, wherever the cut-offs in use stand."""
    shown = settings.curve, settings.marker_axis
    return _handle_curves(cohort, _of_curves(cohort, settings, marker_code), marker_code, *shown)


# Pipelines whose results are made of others that are remembered too, or serve more settings than they were asked for.
OWN: dict[Callable[..., Any], Callable[..., Any]] = {
    predictors: _predictors_of,
    moving_cutoff: _moving_cutoff_of,
    handle_curves: _handle_curves_of,
    locked_cutoffs: ledger.locked_cutoffs,
}


@in_session
def _predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    return predictors(cohort, settings)


@in_session
def _moving_cutoff(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    found, curves = (
        _predictors(cohort, settings),
        _moving_curves(cohort, _of_curves(cohort, settings, marker_code), marker_code),
    )
    if isinstance(found, NotEstimable) or isinstance(curves, NotEstimable):
        return found if isinstance(found, NotEstimable) else curves
    return with_adjusted(curves, cohort, settings, found)


@in_session
def _moving_curves(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    endpoint = endpoint_of(cohort, settings)
    return endpoint if isinstance(endpoint, NotEstimable) else moving_curves(cohort, settings, marker_code, endpoint)


@in_session
def _handle_curves(
    cohort: Cohort, settings: Settings, marker_code: str, curve: str, marker_axis: str
) -> Curves | NotEstimable:
    endpoint = endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    return handle_curves(cohort, replace(settings, curve=curve, marker_axis=marker_axis), marker_code, endpoint)


def _elsewhere(cohort: Cohort, settings: Settings, marker_code: str) -> Settings:
    """The settings with the marker's own cut-off at its default: what other cut-offs give does not depend on it.

    Of a register only the cut-off in use has its model, and one that is none of the handle's own is among its cut-offs.
    """
    whole = only(settings, RESULT_FIELDS)
    if len(cohort.patients) > REGISTER or not _is_own(cohort, settings, marker_code):
        return whole
    return at_first_cutoff(cohort, whole, marker_code)


def _is_own(cohort: Cohort, settings: Settings, marker_code: str) -> bool:
    marker = cohort.marker(marker_code)
    return cutoff_of(cohort, settings, marker_code).value in candidate_cutoffs(marker, marker.cutoff)


def _of_curves(cohort: Cohort, settings: Settings, marker_code: str) -> Settings:
    """What decides the curves of a handle; a cut-off in use only where it is none of the handle's own."""
    chosen = only(settings, that_decide("endpoint", "handle"))
    marker, (cutoff, side) = cohort.marker(marker_code), cutoff_of(cohort, settings, marker_code)
    own = _is_own(cohort, settings, marker_code)
    return chosen.with_cutoff(marker_code, marker.cutoff if own else cutoff, side)
