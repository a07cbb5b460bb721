"""Pipelines that may take a while: a progress bar and a way out, and the last few results kept with the session.

Not `st.cache_data`: that replays what a run drew, and a bar is not part of the result.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cdanalysis import analyses
from cdanalysis.cohort import Cohort
from cdanalysis.settings import RESULT_FIELDS, Settings, only
from cdanalysis.ui.report_page.recorder import running

MOST_LONG_RUNS, PATIENCE_SECONDS = 12, 0.5


def long_run(name: str, cohort: Cohort, settings: Settings, words: str, **given: Any) -> Any:
    """A pipeline that may take a while, with a progress bar and a way out."""
    kept = st.session_state.setdefault("long-runs", {})
    key = _key(name, cohort, settings, given)
    if key not in kept:
        place = st.empty()
        found = getattr(analyses, name)(cohort, settings, progress=_progress(name, place, words), **given)
        place.empty()
        while len(kept) >= MOST_LONG_RUNS:
            del kept[next(iter(kept))]
        kept[key] = found
    return kept[key]


def is_there(name: str, cohort: Cohort, settings: Settings, /, **given: Any) -> bool:
    """Whether the session holds that pipeline's result already."""
    return _key(name, cohort, settings, given) in st.session_state.get("long-runs", {})


def _key(name: str, cohort: Cohort, settings: Settings, given: dict[str, Any]) -> tuple[Any, ...]:
    return name, cohort.fingerprint, only(settings, RESULT_FIELDS), tuple(sorted(given.items()))


def _progress(name: str, place: DeltaGenerator, words: str) -> Callable[[int, int], None]:
    """What a pipeline reports to: a bar and a button, drawn once the run has proved to be long."""
    recorder = running()
    if recorder is not None:  # the bundle has a bar and a cancel of its own
        return lambda done, total: recorder.within(min(done / total, 1.0))
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
