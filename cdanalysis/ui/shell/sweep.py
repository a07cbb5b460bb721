"""Readers who have left are forgotten on time: their file, their results and their exports leave the memory.

Streamlit keeps a session for `server.disconnectedSessionTTL` seconds after its page was closed, and looks for those whose
time is up only when another session comes or goes: the last reader's file would stay until the next one's visit.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st

from cdanalysis.ui.shell import inside

LONGEST_WAIT = 15.0  # seconds


@asynccontextmanager
async def sweeping(_app: object) -> AsyncIterator[dict[str, Any]]:
    """The server's life: a sweep every few seconds, on the loop that Streamlit's own sessions live on."""
    sweeper = asyncio.create_task(_for_ever())
    try:
        yield {}
    finally:
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper


async def _for_ever() -> None:
    wait = min(LONGEST_WAIT, max(st.get_option("server.disconnectedSessionTTL") / 4, 0.5))
    while True:
        await asyncio.sleep(wait)
        sweep()


def sweep() -> int:
    """End every session whose reader has been away too long; how many."""
    left = inside.expired_sessions()
    for session in left:
        session.shutdown()
        session.session_state.clear()  # whoever still holds the session holds no cohort
    return len(left)
