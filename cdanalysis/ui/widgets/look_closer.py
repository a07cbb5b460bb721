"""What a page offers beyond its first view, the same way on every page: one part at a time, computed when it is chosen.

While the bundle is made (`ui/recorder.py`) every part runs, and what a part lets a reader choose runs for every choice;
what takes long only if that was asked for, or if its result is there already. The bundle says what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached, long_runs
from cdanalysis.ui.report_page.recorder import Recorder, file_words, running
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import controls

HELP = "Each part is computed when you choose it; choose it again to close it."
NOT_ASKED = "takes long and was not asked for"
HOW_TO_ASK = "To have what takes long, tick 'With the slow parts', or open it on its page before the bundle is made."


@dataclass(frozen=True)
class Part:
    """A part of a page: what it answers, and what draws it.

    once: the same whatever the page is run for. slow_beyond: of how many patients it takes long; long_run: the pipeline of
    `ui/long_runs.py` that makes it so.
    """

    title: str
    about: str
    draw: Callable[[Cohort, Settings], None]
    once: bool = False
    slow_beyond: int = cached.REGISTER
    long_run: str = ""


def look_closer(key: str, parts: tuple[Part, ...], cohort: Cohort, settings: Settings) -> None:
    """The parts to choose from, none at first, and the one that was chosen."""
    recorder = running()
    if recorder is not None:
        _record(recorder, parts, cohort, settings)
        return
    st.header("Look closer")
    by_title = {part.title: part for part in parts}
    chosen = st.pills("Look closer", list(by_title), key=key, label_visibility="collapsed", help=HELP)
    if chosen in by_title:
        st.caption(by_title[chosen].about)
        by_title[chosen].draw(cohort, settings)


def asked(
    label: str, explanation: str, long_run: str, cohort: Cohort, settings: Settings, /, *, slow_beyond: int = 0, **given: Any
) -> bool:  # fmt: skip
    """A switch for a piece that takes long; given: what its long run takes beside the settings."""
    recorder = running()
    if recorder is None:
        return st.toggle(label, key=f"run-{long_run}", help=explanation)
    return _wanted(recorder, cohort, slow_beyond, long_runs.is_there(long_run, cohort, settings, **given), label)


def each(
    label: str, options: Mapping[Any, str], key: str, explanation: str, draw: Callable[..., Any] = st.selectbox, **given: Any
) -> Iterable[Any]:  # fmt: skip
    """The option that the reader chose, or every option while recording; options: in words, by their value."""
    recorder = running()
    if recorder is not None:
        return _recorded(recorder, options)
    if key in st.session_state and st.session_state[key] not in options:  # a marker that is under no handle any more
        del st.session_state[key]
    return (draw(label, list(options), key=key, format_func=options.get, help=explanation, **given),)


def each_setting(field: str, label: str, options: Mapping[str, str], explanation: str) -> Iterable[Settings]:
    """The settings with the chosen value of a field, or with every value of it while recording."""
    recorder = running()
    if recorder is None:
        controls.choice(field, label, options, explanation)
        return (frame.settings(),)
    return (replace(frame.settings(), **{field: value}) for value in _recorded(recorder, options))


def _record(recorder: Recorder, parts: tuple[Part, ...], cohort: Cohort, settings: Settings) -> None:
    for part in parts:
        with recorder.part(part.title, once=part.once):
            there = bool(part.long_run) and long_runs.is_there(part.long_run, cohort, settings)
            if part not in recorder.once and _wanted(recorder, cohort, part.slow_beyond, there):
                part.draw(cohort, settings)
        if part.once:
            recorder.once.add(part)


def _wanted(recorder: Recorder, cohort: Cohort, slow_beyond: int, there: bool, label: str = "") -> bool:
    """Whether a piece is kept; if not the recorder is told."""
    if recorder.with_slow or there or len(cohort.patients) <= slow_beyond:
        return True
    recorder.leave_out(NOT_ASKED, label)
    return False


def _recorded(recorder: Recorder, options: Mapping[Any, str]) -> Iterator[Any]:
    words = file_words([str(option) for option in options])
    for place, (option, word) in enumerate(zip(options, words, strict=True)):
        with recorder.of(word, options[option], place):
            yield option
