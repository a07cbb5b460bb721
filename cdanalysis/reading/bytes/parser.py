"""The child process that parses a file: bytes on standard input, lines of JSON on standard output.

Started by `child.py` as a program of its own. The package's `__init__` imports the statistics, which this does not need,
so the modules beside it are imported without it.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import types
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

MEMORY = 2_000_000_000  # bytes of address space
CPU_SECONDS = 45
BATCH = 500  # rows a line
READING = Path(__file__).parents[1]


def main(kind: str) -> None:
    """Parse standard input as a kind of file; a refusal is a line of its own, and the last line says that all is there."""
    _limit()
    gc.disable()  # it frees nothing here and looks at every cell again and again
    for name, folder in (("cdanalysis", READING.parent), ("cdanalysis.reading", READING)):
        package = sys.modules.setdefault(name, types.ModuleType(name))
        package.__path__ = [str(folder)]
    from cdanalysis.errors import CohortError
    from cdanalysis.reading.bytes.formats import WORKBOOKS

    content = sys.stdin.buffer.read()
    try:
        if kind in WORKBOOKS:
            from cdanalysis.reading.bytes.workbook import read_workbook as read
        else:
            from cdanalysis.reading.bytes.statistical import read_statistical as read
        for about, rows in read(kind, content):
            _write(about)
            numbered = ([number, *cells] for number, cells in rows)
            while batch := list(islice(numbered, BATCH)):
                _write(batch)
    except CohortError as refusal:
        _write({"refused": str(refusal)})
    _write("end")


def _limit() -> None:
    """Memory and CPU of this process, where the system can limit them; no core file, which would hold patients."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time-out alone
        return
    for limit, most in (("RLIMIT_CORE", 0), ("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", CPU_SECONDS)):
        try:
            resource.setrlimit(getattr(resource, limit), (most, most))
        except (ValueError, OSError, AttributeError):  # macOS refuses some
            continue


def _write(line: object) -> None:
    sys.stdout.buffer.write(_ENCODER.encode(line).encode("ascii") + b"\n")


def _tagged(value: object) -> object:
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    for kind in (datetime, date, time):
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat()}
    return value.item() if hasattr(value, "item") else str(value)


_ENCODER = json.JSONEncoder(default=_tagged)

if __name__ == "__main__":
    try:
        main(sys.argv[1])
        sys.stdout.flush()
    except BaseException:  # a traceback would print a patient's row; the exit code says enough
        os._exit(3)
