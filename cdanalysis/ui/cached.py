"""The pipelines of `analyses`, remembered for the session by the cohort's fingerprint and the settings they read.

Display settings (figure size, curve direction) are reset before the look-up, so that they never recompute a result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cdanalysis import analyses
from cdanalysis.analyses import Cutoffs, MovingCutoff, Predictors
from cdanalysis.endpoints import ENDPOINT_FIELDS, TimeToEvent
from cdanalysis.markers import MARKERS
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings, only
from cdanalysis.ui import ledger

DISPLAY_FIELDS = {"curve", "show_interval", "png_dpi", "png_width_mm", "png_ground"}
RESULT_FIELDS = tuple(field.name for field in fields(Settings) if field.name not in DISPLAY_FIELDS)

MOST_LONG_RUNS, PATIENCE_SECONDS = 12, 0.5
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


def cutoffs(cohort: Cohort, settings: Settings, *, noted: bool = True) -> Cutoffs | NotEstimable:
    """`analyses.cutoffs`; the scan is made once, wherever the marker's own cut-off stands. noted: in the ledger."""
    anywhere = replace(settings, **{f"{settings.scan_marker}_cutoff": MARKERS[settings.scan_marker].cutoff})
    scanned = long_run("scan", cohort, anywhere, "Shuffling the marker…")
    found = scanned if isinstance(scanned, NotEstimable) else analyses.cutoffs(cohort, settings, scanned)
    if noted:
        ledger.note_search("cutoffs", cohort, settings, found)
    return found


def long_run(name: str, cohort: Cohort, settings: Settings, words: str, **given: Any) -> Any:
    """A pipeline that may take a while, with a progress bar and a way out; its last few results stay with the session.

    Not `st.cache_data`: that replays what a run drew, and a bar is not part of the result.
    """
    kept = st.session_state.setdefault("long-runs", {})
    key = (name, cohort.fingerprint, only(settings, RESULT_FIELDS), tuple(sorted(given.items())))
    if key not in kept:
        place = st.empty()
        found = getattr(analyses, name)(cohort, settings, progress=_progress(name, place, words), **given)
        place.empty()
        while len(kept) >= MOST_LONG_RUNS:
            del kept[next(iter(kept))]
        kept[key] = found
    return kept[key]


def _progress(name: str, place: DeltaGenerator, words: str) -> Callable[[int, int], None]:
    """What a pipeline reports to: a bar and a button, drawn once the run has proved to be long."""
    started, drawn = monotonic(), []

    def report(done: int, total: int) -> None:
        if not drawn and monotonic() - started > PATIENCE_SECONDS:
            with place.container():
                drawn.append(st.progress(0.0, words))
                st.button("Cancel", key=f"cancel-{name}", on_click=_cancel, args=(name,))
        for bar in drawn:
            bar.progress(min(done / total, 1.0), words)

    return report


def _cancel(name: str) -> None:
    """A press ends the run at its next report of progress; what asked for it is switched off."""
    for key in (f"run-{name}", "landscape-view"):
        if key in st.session_state:
            st.session_state[key] = None if key == "landscape-view" else False


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
