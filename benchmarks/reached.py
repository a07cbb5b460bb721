"""Which test reaches which line of `cdanalysis`, for `mutants.py`.

A line that runs in another process, or whose result another test left in a cache, is not seen.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType
from typing import Any


class Watch:
    """Of one test: its seconds of CPU, and the lines that ran in it by file below the room."""

    def __init__(self, room: Path) -> None:
        self.room = f"{room}/"
        self.seconds = 0.0
        self.lines: dict[str, set[int]] = defaultdict(set)
        self._left: dict[CodeType, set[int]] = {}

    def __enter__(self) -> Watch:
        self._began = time.process_time()
        sys.settrace(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        self.seconds = time.process_time() - self._began

    def _called(self, frame: FrameType, *_: object) -> Any:
        """Follows a function of the room until each of its lines has run."""
        code = frame.f_code
        if not code.co_filename.startswith(self.room):
            return None
        if code not in self._left:
            self._left[code] = {line for *_, line in code.co_lines() if line}
        return self._ran if self._left[code] else None

    def _ran(self, frame: FrameType, *_: object) -> Any:
        self._left[frame.f_code].discard(frame.f_lineno)
        self.lines[frame.f_code.co_filename.removeprefix(self.room)].add(frame.f_lineno)
        return self._ran
