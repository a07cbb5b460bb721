"""A run ends with its reader: what is computed for a page that nobody looks at any more is stopped where it stands.

Streamlit asks such a run to stop, and the run hears it at the next thing that it draws; an analysis draws nothing until it is
done, so it would hold a core for as long as it takes. Here its thread is given the exception by which Streamlit itself stops
a page. That is done only while it computes: never inside Streamlit, whose own steps end soon, nor while a module is loaded.
"""

import ctypes
import os
import sys
from pathlib import Path
from threading import Thread
from types import FrameType

import streamlit
from streamlit.runtime.scriptrunner import StopException

OURS, STREAMLIT = (f"{Path(place).parent}{os.sep}" for place in (Path(__file__).parents[1], streamlit.__file__))
LOADING = "<frozen importlib._bootstrap"


def end(thread: Thread) -> bool:
    """Stop what a thread computes; whether it was computing. It stops at its next step in Python, after a library's own."""
    frame = sys._current_frames().get(thread.ident or 0)
    if frame is None or not computes(frame):
        return False
    return bool(
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(StopException))
    )


def computes(frame: FrameType | None) -> bool:
    """Whether the innermost code that is ours or Streamlit's is ours, and no module is being loaded."""
    files = []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    whose = next((file for file in files if file.startswith((OURS, STREAMLIT))), "")
    return whose.startswith(OURS) and not any(file.startswith(LOADING) for file in files)
