"""A file -> a cohort: sheets and headers matched, cells read, every fault collected, days counted from day 0.

The only exception is CohortError. A cell that cannot be read becomes missing, a row that cannot be used is left out and
counted, and nothing of either is silent.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from cdanalysis.columns import COLUMNS, TIME_COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading import checks, tables
from cdanalysis.reading.cohort import Cohort
from cdanalysis.reading.files import RawSheet, read_sheets
from cdanalysis.reading.frames import complete_patients, complete_sheet
from cdanalysis.reading.layouts import flat_sheets, is_flat
from cdanalysis.reading.matching import Matching, MatchRow, match_headers, match_sheet
from cdanalysis.results import Fault


def read_cohort(source: str | Path | bytes, *, file_name: str = "", matching: Matching | None = None) -> Cohort:
    """Read a cohort from a path or from bytes; a matching of an earlier reading replaces the automatic one.

    Raises CohortError, and nothing else, for a file that cannot be analysed.
    """
    content, name = _content(source, file_name)
    try:
        return _read(content, name, matching)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        ArithmeticError,
        RecursionError,
        UnicodeError,
        MemoryError,
    ) as bug:
        raise CohortError("The file has a structure that could not be understood.") from bug


def _content(source: str | Path | bytes, file_name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or "upload"
    try:
        return Path(source).read_bytes(), file_name or Path(source).name
    except OSError as error:
        raise CohortError(f"The file {Path(source).name} could not be opened.") from error


def _read(content: bytes, file_name: str, given: Matching | None) -> Cohort:
    raw = read_sheets(content)
    known = _by_sheet(raw)
    if "patients" not in known and any(match_sheet(table.name) == "patients" for table in raw):
        raise CohortError("The patients sheet holds no row below its headers.")
    flat = is_flat(known, raw)
    rows: list[MatchRow] = []
    faults: list[Fault] = []
    frames: dict[str, pd.DataFrame] = {}
    for sheet, table in ({"patients": flat} if flat else known).items():
        matched = _given(given, sheet, table) or match_headers(sheet, table.headers, flat=flat is not None)
        frames[sheet], found = tables.typed(sheet, table, matched, flat=flat is not None)
        rows += matched
        faults += found
    if flat:
        frames, found = flat_sheets(frames["patients"])
        faults += found
    _require(frames, rows)
    return _assembled(frames, faults, Matching(tuple(rows)), content, file_name, _says_synthetic(raw))


def _by_sheet(raw: list[RawSheet]) -> dict[str, RawSheet]:
    """The workbook's sheets under the dictionary's names; the first of two that fit."""
    known: dict[str, RawSheet] = {}
    for table in raw:
        sheet = match_sheet(table.name)
        if sheet and table.rows:
            known.setdefault(sheet, table)
    return known


def _given(given: Matching | None, sheet: str, table: RawSheet) -> tuple[MatchRow, ...]:
    """The rows of an earlier matching, if they are for these headers."""
    rows = tuple(row for row in given.rows if row.sheet == sheet) if given else ()
    return rows if [row.header for row in rows] == list(table.headers) else ()


def _require(frames: dict[str, pd.DataFrame], rows: list[MatchRow]) -> None:
    """Name every required column that is missing, with the headers that would be accepted."""
    if "patients" not in frames:
        raise CohortError("No sheet of patients was found: name it `patients`, with one row a patient.")
    missing = [
        f"sheet {sheet}: {spec.name} (or {', '.join(spec.synonyms[:4])})"
        for sheet, frame in frames.items() for spec in COLUMNS[sheet]
        if spec.required and spec.name not in frame.columns
    ] + [
        f"sheet {sheet}: one of {', '.join(names)}"
        for sheet, names in TIME_COLUMNS.items() if sheet in frames and not set(names) & set(frames[sheet].columns)
    ]  # fmt: skip
    if missing:
        found = ", ".join(row.header for row in rows[:12] if row.header) or "none"
        raise CohortError(f"Columns are missing. {'; '.join(missing)}. Headers found: {found}.")


def _says_synthetic(raw: list[RawSheet]) -> bool:
    """A sheet that is not of the dictionary and says that the patients are synthetic."""
    texts = (
        str(cell) for table in raw if not match_sheet(table.name)
        for row in (table.headers, *(cells for _, cells in table.rows[:50])) for cell in row
    )  # fmt: skip
    return any("synthetic" in text.casefold() for text in texts)


def _assembled(
    frames: dict[str, pd.DataFrame], faults: list[Fault], matching: Matching, content: bytes, name: str, synthetic: bool
) -> Cohort:
    patients, found, excluded = checks.patients(frames["patients"])
    sheets = {}
    for sheet in ("visits", "events", "endoscopy", "adverse_events"):
        frame, more, left_out = checks.timed(sheet, frames.get(sheet), patients)
        sheets[sheet] = complete_sheet(sheet, frame)
        found, excluded = found + more, excluded + left_out
    patients = complete_patients(patients.drop(columns="row"))
    extra = tuple(
        row.header for row in matching if row.sheet == "patients" and row.header in patients and not row.column
    )
    screening = frames["screening"].drop(columns="row") if "screening" in frames else None
    found += checks.whole(patients, sheets["visits"], sheets["events"])
    fingerprint = hashlib.sha256(content + repr(matching).encode()).hexdigest()
    return Cohort(
        patients=patients, **sheets, screening=complete_sheet("screening", screening), extra_columns=extra,
        faults=tuple(faults + found), excluded=tuple(excluded), matching=matching, fingerprint=fingerprint,
        file_name=name, synthetic=synthetic, content_sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
