"""Exceptions without what they say: a message can hold a patient's row, so page and log get its kind and its place only.

Nor does the log hold the id of a session or of an upload.
"""

import hashlib
import logging
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import streamlit as st

MOST_FRAMES = 6
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)  # of a session or an upload


def places(error: BaseException) -> str:
    """The kinds of an exception and of those it came from, and the innermost lines that they passed; no message."""
    return " from ".join(_place(one) for one in _chain(error))


def error_id(error: BaseException) -> str:
    """Six characters that a page shows and the log repeats."""
    return hashlib.sha256(places(error).encode()).hexdigest()[:6]


def on_script_error(error: Exception) -> bool:
    """Say on the page that it broke, and under which id the log names the place."""
    st.error(
        f"This part could not be computed (error {error_id(error)}). The other pages work on; the log says where.",
        icon=":material/error:",
    )
    return True


def install() -> None:
    """Every log record of the process from now on: no exception's message or values reach it, and no session's id."""
    made = logging.getLogRecordFactory()
    if getattr(made, "quiet", False):
        return

    def quiet(*args: Any, **named: Any) -> logging.LogRecord:
        record = made(*args, **named)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is not None:
            record.msg = f"error {error_id(error)}: {places(error)}"
            record.args, record.exc_info, record.exc_text = (), None, None
        elif _ID.search(text := _said(record)):
            record.msg, record.args = _ID.sub("(an id)", text), ()
        return record

    quiet.quiet = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(quiet)


def _said(record: logging.LogRecord) -> str:
    """What a record says; empty where its parts do not fit, which logging itself tells when it writes the record."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    lines = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {lines or 'no line'}"
