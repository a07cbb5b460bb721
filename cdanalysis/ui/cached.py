"""The pipelines of `analyses`, remembered for the session by the cohort's fingerprint and the settings they read.

Display settings (figure size, curve direction) are reset before the look-up, so that they never recompute a result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from cdanalysis import analyses
from cdanalysis.analyses import Cutoffs, MovingCutoff, Predictors
from cdanalysis.endpoints import ENDPOINT_FIELDS, TimeToEvent
from cdanalysis.markers import MARKERS
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.settings import RESULT_FIELDS, Settings, only
from cdanalysis.ui import ledger, long_runs

remember = st.cache_data(
    scope="session", max_entries=256, show_spinner=False, hash_funcs={Cohort: lambda cohort: cohort.fingerprint}
)


def predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    """`analyses.predictors`; the ledger notes that it was looked at."""
    found = _predictors(cohort, only(settings, RESULT_FIELDS))
    ledger.note(cohort, settings, found)
    return found


def moving_cutoff(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    """`analyses.moving_cutoff` of a marker."""
    return _moving_cutoff(cohort, only(settings, RESULT_FIELDS), marker_code)


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
    anywhere = replace(settings, **{f"{settings.scan_marker}_cutoff": MARKERS[settings.scan_marker].cutoff})
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


@remember
def _relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    return analyses.relapse(cohort, settings)


@remember
def _predictors(cohort: Cohort, settings: Settings) -> Predictors | NotEstimable:
    return analyses.predictors(cohort, settings, endpoint=_relapse(cohort, only(settings, ENDPOINT_FIELDS)))


@remember
def _moving_cutoff(cohort: Cohort, settings: Settings, marker_code: str) -> MovingCutoff | NotEstimable:
    found = _predictors(cohort, settings)
    return found if isinstance(found, NotEstimable) else analyses.moving_cutoff(cohort, settings, marker_code, found)
