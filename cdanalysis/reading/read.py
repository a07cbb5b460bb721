"""A file -> a cohort: sheets and headers matched, cells read, every fault collected, days counted from day 0.

The only exception is CohortError. A cell that cannot be read becomes missing, a row that cannot be used is left out and
counted, and nothing of either is silent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.columns import COLUMNS, TIME_COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.files import RawFile, RawSheet, read_file
from cdanalysis.reading.bytes.text_form import TextForm, merged
from cdanalysis.reading.cells import tables
from cdanalysis.reading.checks import checks
from cdanalysis.reading.checks.frames import complete_patients, complete_sheet
from cdanalysis.reading.checks.suspicions import suspicions
from cdanalysis.reading.headers.layouts import flat_sheets
from cdanalysis.reading.headers.matching import Matching, MatchRow
from cdanalysis.reading.headers.pseudonyms import pseudonymous
from cdanalysis.reading.headers.sheet_names import match_sheet
from cdanalysis.reading.headers.understanding import FileLook, faults_of, look_at, understand
from cdanalysis.reading.questions import Asking, Question
from cdanalysis.reading.study import Study, as_study
from cdanalysis.results import Fault


@dataclass(frozen=True, eq=False)
class Opened:
    """A file that was opened: its cohort or why it has none, what is open, and how it was understood.

    questions: each answered by `study.answered({question.id: option})`, with which it is opened again. study: how the file
    was read, to read the next export alike. look: its columns with a few values, where it could be read.
    """

    cohort: Cohort | None
    refusal: str
    look: FileLook | None
    questions: tuple[Question, ...] = ()
    study: Study = field(default_factory=Study)


def read_cohort(
    source: str | Path | bytes, *, file_name: str = "", study: Study | None = None, matching: Matching | None = None,
    encoding: str | None = None, delimiter: str | None = None, decimal: str | None = None,
) -> Cohort:  # fmt: skip
    """Read a cohort from a path or from bytes; what is certain is used, and `Cohort.questions` say what is left open.

    study: how the file is to be read, with the answers to its questions; a matching alone decides headers and sheets.
    encoding, delimiter and decimal are for a text file and replace what the study says or what would be decided
    (`Cohort.text` says how it was read).
    Raises CohortError, and nothing else, for a file that cannot be analysed.
    """
    given = as_study(study if study is not None else matching)
    content, name = _content(source, file_name)
    with _structure_understood():
        file = read_file(content, _form(TextForm(encoding, delimiter, decimal), given.matching))
        return _read(file, content, name, given, Asking(dict(given.answers)))


def open_cohort(source: str | Path | bytes, file_name: str = "", study: Study | None = None) -> Opened:
    """Open a file from a path or from bytes: a cohort or a refusal in a sentence, its questions, its study. Raises nothing."""
    try:
        content, name = _content(source, file_name)
    except CohortError as refusal:
        return Opened(None, str(refusal), None)
    return open_file(content, file_name=name, study=study)


def open_file(
    content: bytes, *, file_name: str, study: Study | Matching | None = None, form: TextForm | None = None
) -> Opened:
    """As `open_cohort`, from bytes; form: how a text file is to be read."""
    given, look = as_study(study), None
    asking = Asking(dict(given.answers))
    try:
        with _structure_understood():
            file = read_file(content, _form(form, given.matching))
            look = replace(look_at(file.sheets, given.matching), text=file.text)
            cohort = _read(file, content, file_name or "upload", given, asking)
            return Opened(cohort, "", look, asking.questions, cohort.study)
    except CohortError as refusal:
        return Opened(None, str(refusal), look, asking.questions, given)


@contextmanager
def _structure_understood() -> Iterator[None]:
    """Whatever a file makes go wrong is a CohortError."""
    try:
        yield
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


def _form(given: TextForm | None, matching: Matching | None) -> TextForm:
    """How a text file is to be read: as given, else as the matching says, else as it is found."""
    return merged(given, matching.text if matching else None)


def _content(source: str | Path | bytes, file_name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or "upload"
    try:
        return Path(source).read_bytes(), file_name or Path(source).name
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise CohortError(f"The file {Path(source).name} could not be opened.") from error


def _read(file: RawFile, content: bytes, file_name: str, given: Study, asking: Asking) -> Cohort:
    found = understand(file.sheets, given.matching)
    named = any(one.sheet == "patients" for one in found.sheets)
    if not named and any(match_sheet(table.name) == "patients" for table in file.sheets if not table.rows):
        raise CohortError("The patients sheet holds no row below its headers.")
    faults = [*file.faults, *faults_of(found)]
    frames: dict[str, pd.DataFrame] = {}
    for sheet, table in found.tables.items():
        frames[sheet], more = tables.typed(sheet, table, found.rows[sheet], flat=found.flat)
        faults += [*table.faults, *more, *suspicions(sheet, table, found.rows[sheet], frames[sheet], flat=found.flat)]
    frames, more = pseudonymous(frames)
    faults += more
    if found.flat:
        frames, more = flat_sheets(frames["patients"])
        faults += more
    matching = replace(found.matching, text=file.text.choice if file.text else None)
    _require(frames, list(matching.rows))
    cohort = _assembled(frames, faults, matching, file_name, _says_synthetic(file.sheets))
    return replace(
        cohort,
        text=file.text,
        study=Study(matching, given.answers),
        questions=asking.questions,
        fingerprint=_fingerprint(content, matching, file.text, given.answers),
        content_sha256=hashlib.sha256(content).hexdigest(),
    )


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
    frames: dict[str, pd.DataFrame], faults: list[Fault], matching: Matching, name: str, synthetic: bool
) -> Cohort:
    patients, found, excluded = checks.patients(frames["patients"])
    sheets = {}
    for sheet in ("visits", "events", "endoscopy", "adverse_events"):
        frame, more, left_out = checks.timed(sheet, frames.get(sheet), patients)
        sheets[sheet] = complete_sheet(sheet, frame)
        found, excluded = found + more, excluded + left_out
    patients = complete_patients(patients.drop(columns="row"))
    further = tables.further_names([row for row in matching if row.sheet == "patients"])
    extra = tuple(name for name in further if name in patients)
    screening = frames["screening"].drop(columns="row") if "screening" in frames else None
    found += checks.whole(patients, sheets["visits"], sheets["events"])
    return Cohort(
        patients=patients, **sheets, screening=complete_sheet("screening", screening), extra_columns=extra,
        faults=tuple(faults + found), excluded=tuple(excluded), matching=matching, fingerprint="",
        file_name=name, synthetic=synthetic,
    )  # fmt: skip


def _fingerprint(
    content: bytes, matching: Matching, form: TextForm | None, answers: tuple[tuple[str, str], ...]
) -> str:
    """What decides the cohort: the bytes, and how they were read."""
    how = (matching.rows, matching.sheets, form.parts if form else None, answers)
    return hashlib.sha256(content + repr(how).encode("utf-8", "backslashreplace")).hexdigest()
