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
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdanalysis.reading.bytes.budget import Told

MEMORY = 2_000_000_000  # bytes of address space
CPU_SECONDS = 45
LINE = 1 << 20  # bytes: a line is sent once it is as long
READING = Path(__file__).parents[1]


def main(kind: str) -> None:
    """Parse standard input as a kind of file; a refusal is a line of its own, and the last line says that all is there."""
    _limit()
    gc.disable()  # it frees nothing here and looks at every cell again and again
    for name, folder in (("cdanalysis", READING.parent), ("cdanalysis.reading", READING)):
        package = sys.modules.setdefault(name, types.ModuleType(name))
        package.__path__ = [str(folder)]
    from cdanalysis.errors import CohortError
    from cdanalysis.reading.bytes.budget import Told
    from cdanalysis.reading.bytes.formats import MARKUP, PARQUET, WORKBOOKS

    content, told = sys.stdin.buffer.read(), Told()
    try:
        if kind in WORKBOOKS:
            from cdanalysis.reading.bytes.workbook import read_workbook as read
        elif kind == PARQUET:
            from cdanalysis.reading.bytes.columnar import read_parquet as read
        elif kind == MARKUP:
            from cdanalysis.reading.bytes.markup.pages import read_markup as read
        else:
            from cdanalysis.reading.bytes.statistical import read_statistical as read
        for about, rows in read(kind, content):
            said = _ENCODER.encode(about)
            told.add(0, len(said))
            _write(said)
            for line in _lines(rows, told):
                _write(line)
    except CohortError as refusal:
        _write(_ENCODER.encode({"refused": str(refusal)}))
    _write('"end"')


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


def _lines(rows: Iterable[tuple[int, list[object]]], told: Told) -> Iterator[str]:
    """Rows as lists of lists, some a line; each is counted before the next is asked for."""
    line: list[str] = []
    length = 0
    for number, cells in rows:
        row = _ENCODER.encode([number, *cells])
        told.add(len(cells), len(row))
        line.append(row)
        length += len(row)
        if length > LINE:
            yield f"[{','.join(line)}]"
            line, length = [], 0
    if line:
        yield f"[{','.join(line)}]"


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("ascii") + b"\n")


def _tagged(value: object) -> object:
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    for kind in (datetime, date, time):
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat()}
    item = getattr(value, "item", None)
    return item() if item else str(value)


_ENCODER = json.JSONEncoder(default=_tagged)

if __name__ == "__main__":
    try:
        main(sys.argv[1])
        sys.stdout.flush()
    except BaseException:  # a traceback would print a patient's row; the exit code says enough
        os._exit(3)
