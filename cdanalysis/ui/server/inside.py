"""What of Streamlit's insides the program reaches into: in one place, because another release may name it differently.

Its sessions (those with a page, and those whose page has gone and may come back), what runs for them and when, the files that
they uploaded, and whom a session belongs to. Tests call each one on a running server.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

from streamlit import runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import SCRIPT_RUN_CONTEXT_ATTR_NAME

READER = (
    "reader"  # in a session's user information, which Streamlit compares before another socket may have the session
)


def expired_sessions() -> list[Any]:
    """The sessions without a page whose time is up, taken out of the store of those that may come back."""
    return [gone.session for _, gone in _sessions()._session_storage._cache.expire()] if runtime.exists() else []


def runs_left_behind() -> list[Thread]:
    """The threads that run a page, or work for one, of a session that no page is connected to."""
    if not runtime.exists():
        return []
    here = {info.session.id for info in _sessions().list_active_sessions()}
    contexts = [(thread, getattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME, None)) for thread in threading.enumerate()]
    return [thread for thread, context in contexts if context is not None and context.session_id not in here]


def reader_of(session_id: str) -> str:
    """Whom a session belongs to; empty of a session that is not there."""
    found = _sessions().get_session_info(session_id) if runtime.exists() else None
    return str(found.session._user_info.get(READER) or "") if found else ""


def uploaded_bytes() -> dict[str, int]:
    """Of each session, the bytes of its uploads that the server holds."""
    stored = uploads().file_storage if runtime.exists() else {}
    return {name: sum(len(file.data) for file in [*files.values()]) for name, files in [*stored.items()]}


def uploads() -> Any:
    """The manager of the files that sessions uploaded."""
    return runtime.get_instance().uploaded_file_mgr


def run_within(turn: Callable[[], AbstractContextManager[None]]) -> None:
    """Have every run of a page, or of a part of one, enter `turn()` first and leave it at its end."""
    run = ScriptRunner._run_script

    def in_turn(self: ScriptRunner, rerun_data: Any) -> None:
        with turn():
            run(self, rerun_data)

    ScriptRunner._run_script = in_turn


def _sessions() -> Any:
    """The manager of sessions, active and kept."""
    return runtime.get_instance()._session_mgr
