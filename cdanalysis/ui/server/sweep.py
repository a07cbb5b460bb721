"""Readers who have left are forgotten on time: their file, their results and their exports leave the memory.

Streamlit keeps a session for `server.disconnectedSessionTTL` seconds after its page was closed, and looks for those whose
time is up only when another session comes or goes: the last reader's file would stay until the next one's visit. What is being
computed for a reader ends as soon as the page is gone (ui/server/ending.py).

Garbage is collected here too. Streamlit does so after every run, and each time walks what every session holds while nobody
else computes: of twenty readers' releases that was a third.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from cdanalysis.ui.server import ending, inside, warming

EVERY = 1.0  # seconds
COLLECT_EVERY = 120  # times that


@asynccontextmanager
async def sweeping(_app: object) -> AsyncIterator[dict[str, Any]]:
    """The server's life: warmed up, then a sweep every few seconds, on the loop that Streamlit's own sessions live on."""
    warming.start()
    sweeper = asyncio.create_task(_for_ever())
    try:
        yield {}
    finally:
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper


async def _for_ever() -> None:
    for second in count(1):
        await asyncio.sleep(EVERY)
        if sweep() or second % COLLECT_EVERY == 0:
            gc.collect()
        for thread in inside.runs_left_behind():
            ending.end(thread)


def sweep() -> int:
    """End every session whose reader has been away too long; how many."""
    left = inside.expired_sessions()
    for session in left:
        session.shutdown()
        session.session_state.clear()  # whoever still holds the session holds no cohort
    return len(left)
