"""A file's bytes are parsed by native code in a child process with limits; its death is a sentence, not the server's.

Nothing touches the disk: bytes in, lines of JSON out. No fork: the child is a plain program (`parser.py`), so it
is the same on Linux, macOS and Windows; memory and CPU limits are set by the child where the system has them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from cdanalysis.errors import CohortError

PARSER = Path(__file__).with_name("parser.py")
SECONDS = 60.0
# One thread each: a library's thread pool would reserve more memory than the child may have.
THREADS = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
DIED = (
    "The file could not be read: its reader ran out of memory or time, or failed. "
    "Save it again as .xlsx or .csv, with the table alone."
)
Cell = str | float | int | bool | datetime | date | time | timedelta | None


@dataclass
class ParsedSheet:
    """A sheet as the child gave it; about: visible, merged, unvalued, missing, notes. Rows hold something."""

    name: str
    about: dict[str, object]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def parse(kind: str, content: bytes, *, seconds: float = SECONDS) -> list[ParsedSheet]:
    """The sheets of a workbook or of a statistical file; CohortError for whatever stops the child."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PARSER), kind], input=content, capture_output=True, timeout=seconds, check=False,
            env={**os.environ, **THREADS}, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise CohortError(DIED) from error
    lines = done.stdout.splitlines()
    if done.returncode or not lines or lines[-1] != b'"end"':
        raise CohortError(DIED)
    return list(_sheets(lines[:-1]))


def _sheets(lines: list[bytes]) -> Iterator[ParsedSheet]:
    sheet: ParsedSheet | None = None
    for line in lines:
        if line.startswith(b"["):
            sheet.rows += [(number, cells) for number, *cells in _DECODER.decode(line.decode("ascii"))]
            continue
        if sheet:
            yield sheet
        about = json.loads(line)
        if "refused" in about:
            raise CohortError(about["refused"])
        sheet = ParsedSheet(about.pop("name"), about)
    if sheet:
        yield sheet


def _time(tagged: dict[str, str | float]) -> Cell:
    """A date, a time of day or a span, which JSON does not have."""
    ((kind, value),) = tagged.items()
    if kind == "timedelta":
        return timedelta(seconds=value)
    return {"datetime": datetime, "date": date, "time": time}[kind].fromisoformat(value)


_DECODER = json.JSONDecoder(object_hook=_time)
