"""One page at a time, in the order in which they came; who computes for long keeps nobody waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from cdanalysis.ui.server import inside
from cdanalysis.ui.server.turns import Turns

MOST_SECONDS = 20  # that a test waits for what must come


def taking(turns: Turns, act: Callable[[], object]) -> Thread:
    """A thread that takes a turn and acts."""

    def run() -> None:
        with turns.taken():
            act()

    thread = Thread(target=run)
    thread.start()
    return thread


def waiting(turns: Turns, act: Callable[[], object], place: int) -> Thread:
    """The same, returned once it is the one at that place of the line."""
    thread, until = taking(turns, act), monotonic() + MOST_SECONDS
    while len(turns) < place:
        assert monotonic() < until, "nobody came"
    return thread


def test_who_came_first_is_computed_first() -> None:
    turns, order = Turns(MOST_SECONDS), []
    with turns.taken():
        threads = [waiting(turns, lambda one=one: order.append(one), one + 2) for one in range(5)]
        assert order == []
    for thread in threads:
        thread.join(MOST_SECONDS)
    assert order == [0, 1, 2, 3, 4]
    assert len(turns) == 0


def test_who_computes_for_long_keeps_nobody_waiting() -> None:
    turns, end, done = Turns(0.02), Event(), Event()
    long = waiting(turns, lambda: end.wait(MOST_SECONDS), 1)
    short = taking(turns, done.set)
    assert done.wait(MOST_SECONDS)
    assert long.is_alive()
    end.set()
    long.join(MOST_SECONDS)
    short.join(MOST_SECONDS)
    assert len(turns) == 0


def test_a_turn_that_broke_is_given_back() -> None:
    turns = Turns(MOST_SECONDS)
    with pytest.raises(ValueError, match="broke"), turns.taken():
        raise ValueError("broke")
    assert len(turns) == 0


def test_every_run_of_a_page_takes_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, rerun_data: happened.append(rerun_data))

    @contextmanager
    def turn() -> Iterator[None]:
        happened.append("begins")
        yield
        happened.append("ends")

    inside.run_within(turn)
    ScriptRunner._run_script(None, "a run")  # type: ignore[arg-type]
    assert happened == ["begins", "a run", "ends"]


def test_who_is_ended_while_waiting_leaves_the_line() -> None:
    turns = Turns(MOST_SECONDS)

    def ended(*_: object) -> bool:
        raise SystemExit

    with turns.taken():
        turns._moved.wait = ended  # type: ignore[method-assign]
        with pytest.raises(SystemExit), turns.taken():
            raise AssertionError("it had no turn")
        assert len(turns) == 1
    assert len(turns) == 0
