"""A file's bytes are parsed by native code in a child process with limits; its death is a sentence, not the server's.

Nothing touches the disk: bytes in, lines of JSON out. No fork: the child is a plain program (`parser.py`), so it
is the same on Linux, macOS and Windows; memory and CPU limits are set by the child where the system has them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import BoundedSemaphore, Timer
from typing import Any

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_TOLD

PARSER = Path(__file__).with_name("parser.py")
SECONDS = 60.0
END = b'"end"\n'
# One thread each: a library's thread pool would reserve more memory than the child may have.
THREADS = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
DIED = (
    "The file could not be read: its reader ran out of memory or time, or failed. "
    "Save it again as .xlsx or .csv, with the table alone."
)
_SEATS = BoundedSemaphore(2)  # children at once, whoever uploads: each may take as much memory as one is allowed
Cell = str | float | int | bool | datetime | date | time | timedelta | None


@dataclass
class ParsedSheet:
    """A sheet as the child gave it; about: visible, merged, unvalued, missing, notes. Rows hold something."""

    name: str
    about: dict[str, Any]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def parse(kind: str, content: bytes, *, seconds: float = SECONDS) -> list[ParsedSheet]:
    """The sheets of a workbook or of a statistical file; CohortError for whatever stops the child."""
    command, no_window = [sys.executable, "-I", str(PARSER), kind], getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with _SEATS:
        try:
            child = Popen(
                command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={**os.environ, **THREADS}, creationflags=no_window
            )
        except OSError as error:
            raise CohortError(DIED) from error
        late = Timer(seconds, child.kill)
        late.start()
        try:
            with child:
                sheets = _answer(child, content)
        finally:
            late.cancel()
    if child.returncode or sheets is None:
        raise CohortError(DIED)
    return sheets


def _answer(child: Popen[bytes], content: bytes) -> list[ParsedSheet] | None:
    """The sheets, taken a line at a time as they come; None where the last line does not say that all is there."""
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(OSError):  # it died before it had read all: its answer tells
        child.stdin.write(content)
        child.stdin.close()
    sheets: list[ParsedSheet] = []
    left = 2 * MOST_TOLD  # the marks between rows are not in the child's own count
    while left > 0 and (line := child.stdout.readline(left)):
        left -= len(line)
        if line == END:
            return sheets
        try:
            _take(line, sheets)
        except (ValueError, LookupError, TypeError, AttributeError):
            break
    child.kill()
    return None


def _take(line: bytes, sheets: list[ParsedSheet]) -> None:
    """A line of rows belongs to the last sheet; any other begins one, or refuses the file."""
    if line.startswith(b"["):
        sheets[-1].rows += [(number, cells) for number, *cells in _DECODER.decode(line.decode("ascii"))]
        return
    about = json.loads(line)
    if "refused" in about:
        raise CohortError(about["refused"])
    sheets.append(ParsedSheet(about.pop("name"), about))


def _time(tagged: dict[str, str | float]) -> Cell:
    """A date, a time of day or a span, which JSON does not have."""
    ((kind, value),) = tagged.items()
    return _WRITTEN[kind](value)


_WRITTEN: Mapping[str, Callable[[Any], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=float(seconds)),
}
_DECODER = json.JSONDecoder(object_hook=_time)
