"""Pipelines that may take a while: a progress bar and a way out, and the last few results kept with the session.

Not `st.cache_data`: that replays what a run drew, and a bar is not part of the result.
"""

from collections.abc import Callable, Sequence
from inspect import signature
from time import monotonic
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cdanalysis.cohort import Cohort
from cdanalysis.running.several import on_several
from cdanalysis.settings import RESULT_FIELDS, Settings, only

MOST_LONG_RUNS, PATIENCE_SECONDS = 12, 0.5
OPEN_PART = "open-part"  # the session's key of the widget that chose the part which is drawn
Result = TypeVar("Result")


Report = Callable[[int, int], None]  # what is told how far a run has come: done, of how many


def long_run(
    pipeline: Callable[..., Result], given: Sequence[Any], waiting: str, report: Report | None = None
) -> Result:
    """A pipeline that may take a while; report: told of its progress instead of a bar with a way out on the page."""
    kept = st.session_state.setdefault("long-runs", {})
    key = _key(pipeline, given)
    if key not in kept:
        place = st.empty() if report is None else None
        told = _bar(pipeline.__name__, place, waiting) if place else report
        several = {"run": on_several} if "run" in signature(pipeline).parameters else {}
        found = pipeline(*given, progress=told, **several)
        if place:
            place.empty()
        while len(kept) >= MOST_LONG_RUNS:
            del kept[next(iter(kept))]
        kept[key] = found
    return kept[key]


def is_there(pipeline: Callable[..., Any], given: Sequence[Any]) -> bool:
    """Whether the session holds that pipeline's result already."""
    return _key(pipeline, given) in st.session_state.get("long-runs", {})


def _key(pipeline: Callable[..., Any], given: Sequence[Any]) -> tuple[Any, ...]:
    return pipeline.__name__, *map(_part_of_key, given)


def _part_of_key(one: Any) -> Any:
    if isinstance(one, Settings):
        return only(one, RESULT_FIELDS)
    return one.fingerprint if isinstance(one, Cohort) else one


def _bar(name: str, place: DeltaGenerator, words: str) -> Report:
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
    """A press ends the run at its next report of progress; what asked for it is switched off, or the open part closed."""
    if f"run-{name}" in st.session_state:
        st.session_state[f"run-{name}"] = False
    elif st.session_state.get(OPEN_PART) in st.session_state:
        st.session_state[st.session_state[OPEN_PART]] = None
