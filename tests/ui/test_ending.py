"""A run ends with its reader, and only while it computes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from threading import Thread
from types import FrameType, SimpleNamespace

import numpy as np
import pytest
from streamlit.runtime.scriptrunner import StopException

from cdanalysis.statistics.cutoffs.maxstat import maxstat
from cdanalysis.ui.server import ending, inside

MINUTE = 60.0


def for_ever() -> None:
    """An analysis that takes days."""
    dice = np.random.default_rng(1)
    time, event, values = dice.random(200), dice.random(200) < 0.5, dice.random(200)
    maxstat(time, event, values, permutations=10**9)


def test_what_is_computed_is_stopped_by_streamlits_own_exception() -> None:
    met: list[BaseException] = []

    def run() -> None:
        try:
            for_ever()
        except BaseException as error:
            met.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    while not ending.end(thread) and thread.is_alive():
        thread.join(0.01)
    thread.join(MINUTE)
    assert not thread.is_alive()
    assert [type(error) for error in met] == [StopException]


def frame_in(*files: str) -> FrameType:
    """The frame of the innermost (last) of functions in these files, each called by the one before."""
    source = "def call(rest):\n    return rest[0](rest[1:]) if rest else sys._getframe()"
    called: list[Callable] = []
    for file in files:
        names = {"sys": sys}
        exec(compile(source, file, "exec"), names)
        called.append(names["call"])  # type: ignore[arg-type]
    return called[0](called[1:])


@pytest.mark.parametrize(
    ("files", "computes"),
    [
        (("app.py", f"{ending.OURS}sections/a.py", "/lib/numpy/b.py"), True),
        (("app.py", f"{ending.STREAMLIT}runner.py", f"{ending.OURS}statistics/a.py"), True),
        (("app.py", f"{ending.OURS}ui/a.py", f"{ending.STREAMLIT}button.py"), False),
        (("app.py", f"{ending.OURS}ui/a.py", f"{ending.STREAMLIT}button.py", "/lib/json.py"), False),
        (("app.py", f"{ending.OURS}ui/a.py", f"{ending.LOADING}>", "/lib/lifelines/b.py"), False),
        (("app.py", f"{ending.LOADING}>", f"{ending.OURS}sections/new.py"), False),
        (("/lib/threading.py", "/lib/queue.py"), False),
    ],
)
def test_nothing_is_stopped_inside_streamlit_or_while_a_module_is_loaded(
    files: tuple[str, ...], computes: bool
) -> None:
    assert ending.computes(frame_in(*files)) is computes


def test_a_thread_that_does_not_compute_is_left_alone() -> None:
    assert not ending.computes(None)
    assert not ending.end(Thread(target=print))
    gate = threading.Event()
    waits = Thread(target=gate.wait, daemon=True)
    waits.start()
    assert not ending.end(waits)
    gate.set()
    waits.join(MINUTE)


def test_only_runs_of_sessions_without_a_page_are_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    here = SimpleNamespace(session=SimpleNamespace(id="here"))
    manager = SimpleNamespace(list_active_sessions=lambda: [here])
    instance = SimpleNamespace(_session_mgr=manager)
    monkeypatch.setattr(inside, "runtime", SimpleNamespace(exists=lambda: True, get_instance=lambda: instance))
    gate = threading.Event()
    threads = {name: Thread(target=gate.wait, daemon=True) for name in ("here", "gone", "none")}
    for name, thread in threads.items():
        if name != "none":
            setattr(thread, inside.SCRIPT_RUN_CONTEXT_ATTR_NAME, SimpleNamespace(session_id=name))
        thread.start()
    try:
        assert [one for one in inside.runs_left_behind() if one in threads.values()] == [threads["gone"]]
    finally:
        gate.set()
