"""The pipelines of `analyses`, remembered for the session by the cohort's fingerprint and the settings they read.

Display settings (figure size, curve direction) are reset before the look-up, so that they never recompute a result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from cdanalysis import analyses
from cdanalysis.analyses import Cutoffs, MovingCutoff, Predictors
from cdanalysis.cohort import Cohort
from cdanalysis.drawing.live import live_curves, live_now
from cdanalysis.outcomes.endpoints import ENDPOINT_FIELDS, TimeToEvent
from cdanalysis.outcomes.groups import group_labels
from cdanalysis.outcomes.markers import cutoff_of, marker_of, scan_code
from cdanalysis.results import NotEstimable
from cdanalysis.settings import RESULT_FIELDS, Settings, only
from cdanalysis.ui.memory import long_runs
from cdanalysis.ui.memory.kept import Kept, Live, kept
from cdanalysis.ui.memory.session_memory import REGISTER, in_session
from cdanalysis.ui.report_page import ledger

remember = st.cache_data(
    scope="session", max_entries=256, show_spinner=False, hash_funcs={Cohort: lambda cohort: cohort.fingerprint}
)


def predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    """`analyses.predictors`; the ledger notes that it was looked at."""
    found = _predictors(cohort, only(settings, RESULT_FIELDS))
    ledger.note(cohort, settings, found)
    return found


def moving_cutoff(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    """`analyses.moving_cutoff` of a marker; made once, wherever the marker's own cut-off stands."""
    found = _moving_cutoff(cohort, _elsewhere(cohort, settings, marker_code), marker_code)
    if isinstance(found, NotEstimable):
        return found
    return replace(found, current=found.cutoffs.index(cutoff_of(cohort, settings, marker_code).value))


def live(cohort: Cohort, settings: Settings, moving: MovingCutoff) -> Live:
    """What the handle of a moving cut-off is sent: the curves, made once wherever the cut-offs in use stand, and the rest."""
    code = moving.marker.code
    curves = _live_curves(cohort, _of_curves(cohort, settings, code), code, settings.curve == "cumulative")
    return Live(curves, live_now(moving))


def page(name: str, cohort: Cohort, settings: Settings) -> Any:
    """The pipeline of `analyses` with that name; the ledger notes a search."""
    found = _page(name, cohort, only(settings, RESULT_FIELDS))
    ledger.note_search(name, cohort, settings, found)
    return found


def unnoted(name: str, cohort: Cohort, settings: Settings) -> Any:
    """`page` for what is not shown specification by specification: the ledger notes nothing."""
    return _page(name, cohort, only(settings, RESULT_FIELDS))


def cutoffs(cohort: Cohort, settings: Settings, *, noted: bool = True) -> Cutoffs | NotEstimable:
    """`analyses.cutoffs`; the scan is made once, wherever the marker's own cut-off stands, and noted where it is shown."""
    anywhere = _at_default(cohort, settings, scan_code(cohort, settings))
    scanned = long_runs.long_run("scan", cohort, anywhere, "Shuffling the marker…")
    found = scanned if isinstance(scanned, NotEstimable) else analyses.cutoffs(cohort, settings, scanned)
    if noted:
        ledger.note_search("cutoffs", cohort, settings, found)
    return found


def check(name: str, cohort: Cohort, settings: Settings, *choices: Any) -> Any:
    """A check of the predictors' models by its name in `analyses`, with the choices made beside the settings."""
    return _check(name, cohort, only(settings, RESULT_FIELDS), choices)


def marker_form(cohort: Cohort, settings: Settings, marker_code: str) -> Any:
    """`analyses.marker_form` of a marker."""
    return _marker_form(cohort, only(settings, RESULT_FIELDS), marker_code)


def lifelines_check(cohort: Cohort, settings: Settings) -> Any:
    """`analyses.lifelines_check` of the predictors."""
    return _lifelines_check(cohort, only(settings, RESULT_FIELDS))


@remember
def _lifelines_check(cohort: Cohort, settings: Settings) -> Any:
    found = _predictors(cohort, settings)
    return found if isinstance(found, NotEstimable) else analyses.lifelines_check(found)


@remember
def _marker_form(cohort: Cohort, settings: Settings, marker_code: str) -> Any:
    found = _predictors(cohort, settings)
    return found if isinstance(found, NotEstimable) else analyses.marker_form(cohort, settings, found, marker_code)


@remember
def _check(name: str, cohort: Cohort, settings: Settings, choices: tuple[Any, ...]) -> Any:
    found = _predictors(cohort, settings)
    return found if isinstance(found, NotEstimable) else getattr(analyses, name)(found, settings, *choices)


@remember
def _page(name: str, cohort: Cohort, settings: Settings) -> Any:
    return getattr(analyses, name)(cohort, settings)


@in_session
def _relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    return analyses.relapse(cohort, settings)


@in_session
def _predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    return analyses.predictors(cohort, settings, endpoint=_relapse(cohort, only(settings, ENDPOINT_FIELDS)))


@in_session
def _moving_cutoff(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    found, curves = (
        _predictors(cohort, settings),
        _moving_curves(cohort, _of_curves(cohort, settings, marker_code), marker_code),
    )
    if isinstance(found, NotEstimable) or isinstance(curves, NotEstimable):
        return found if isinstance(found, NotEstimable) else curves
    return analyses.with_adjusted(curves, cohort, settings, found)


@in_session
def _moving_curves(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    endpoint = _relapse(cohort, only(settings, ENDPOINT_FIELDS))
    return (
        endpoint
        if isinstance(endpoint, NotEstimable)
        else analyses.moving_curves(cohort, settings, marker_code, endpoint)
    )


@in_session
def _live_curves(cohort: Cohort, settings: Settings, marker_code: str, cumulative: bool) -> Kept:
    moving = _moving_curves(cohort, settings, marker_code)

    def labels(cutoff: float) -> tuple[str, str]:
        return group_labels(moving.marker, cutoff, moving.side)

    return kept(live_curves(moving, labels, cumulative=cumulative))


def _elsewhere(cohort: Cohort, settings: Settings, marker_code: str) -> Settings:
    """The settings with the marker's own cut-off at its default: what other cut-offs give does not depend on it.

    Of a register only the cut-off in use has its model, and one that is none of the handle's own is among its cut-offs.
    """
    whole = only(settings, RESULT_FIELDS)
    if len(cohort.patients) > REGISTER or not _is_own(cohort, settings, marker_code):
        return whole
    return _at_default(cohort, whole, marker_code)


def _at_default(cohort: Cohort, settings: Settings, marker_code: str) -> Settings:
    """The settings with a marker's cut-off where it is at first; its side stays."""
    if not marker_code:
        return settings
    first = marker_of(cohort, marker_code).cutoff
    return settings.with_cutoff(marker_code, first, cutoff_of(cohort, settings, marker_code).side)


def _is_own(cohort: Cohort, settings: Settings, marker_code: str) -> bool:
    marker = marker_of(cohort, marker_code)
    return cutoff_of(cohort, settings, marker_code).value in analyses.candidate_cutoffs(marker, marker.cutoff)


def _of_curves(cohort: Cohort, settings: Settings, marker_code: str) -> Settings:
    """What decides the curves of a handle; a cut-off in use only where it is none of the handle's own."""
    chosen = only(settings, (*ENDPOINT_FIELDS, "km_interval", "conf_level", "ties", "screening_p"))
    marker, (cutoff, side) = marker_of(cohort, marker_code), cutoff_of(cohort, settings, marker_code)
    own = _is_own(cohort, settings, marker_code)
    return chosen.with_cutoff(marker_code, marker.cutoff if own else cutoff, side)
