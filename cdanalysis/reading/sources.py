"""One file, or several that belong together - patients in one, visits in another -> the sheets of one workbook."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeGuard

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.files import Cell, RawFile, RawSheet, read_file
from cdanalysis.reading.bytes.text.text_form import TextForm

Named = tuple[str, bytes]
One = str | Path | bytes | Named
Source = One | Sequence[One]
MOST_FILES = 10
_COMMA_NUMBER = re.compile(r"\s*[<>≤≥]?\s*[+-]?\d+(?:\.\d{3})*,\d+\s*%?\s*")


def contents(source: Source, file_name: str = "") -> tuple[Named, ...]:
    """Each file's name and bytes, of a path, of bytes, or of several of them; CohortError where one cannot be opened."""
    if isinstance(source, str | Path | bytes) or _is_named(source):
        return (_content(source, file_name or "upload", file_name),)
    if not 1 <= len(source) <= MOST_FILES:
        raise CohortError(f"From 1 to {MOST_FILES} files can be read together.")
    return tuple(_content(one, f"file {place}") for place, one in enumerate(source, 1))


def _is_named(source: Named | Sequence[One]) -> TypeGuard[Named]:
    return isinstance(source, tuple) and [type(part) for part in source] == [str, bytes]


def _content(source: One, unnamed: str, name: str = "") -> Named:
    if isinstance(source, bytes):
        return unnamed, source
    if isinstance(source, tuple):
        return name or source[0], source[1]
    try:
        return name or Path(source).name, Path(source).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise CohortError(f"The file {Path(source).name} could not be opened.") from error


def name_of(files: Sequence[Named]) -> str:
    """What the cohort of these files is called."""
    return " + ".join(name for name, _ in files)


def read_sources(files: Sequence[Named], form: TextForm | None = None) -> RawFile:
    """The sheets of all files; of several, a table of text is named by its file. form: how those of text are to be read."""
    if len(files) == 1:
        return read_file(files[0][1], form)
    read = [(name, _read(name, content, form)) for name, content in files]
    sheets: list[RawSheet] = []
    for name, file in read:
        taken = {table.name for table in sheets}
        sheets += [_named(table, Path(name).stem, taken, alone=len(file.sheets) == 1) for table in file.sheets]
    faults = tuple(fault for _, file in read for fault in file.faults)
    return RawFile(sheets, faults, next((file.text for _, file in read if file.text), None))


def _read(name: str, content: bytes, form: TextForm | None) -> RawFile:
    try:
        return read_file(content, form)
    except CohortError as refusal:
        raise CohortError(f"{name}: {refusal}") from refusal


def _named(table: RawSheet, stem: str, taken: set[str], *, alone: bool) -> RawSheet:
    """The table under the name of its file, or of its sheet, told apart from the others; its numbers with a point."""
    name = stem if alone else table.name if table.name not in taken else f"{stem} {table.name}"
    faults = tuple(replace(fault, sheet=name) for fault in table.faults)
    rows = (
        tuple((number, tuple(map(_with_point, row))) for number, row in table.rows)
        if table.decimal_comma
        else table.rows
    )
    return replace(table, name=name, faults=faults, rows=rows, decimal_comma=False)


def _with_point(cell: Cell) -> Cell:
    """A number with a decimal comma as another file's columns write it."""
    if isinstance(cell, str) and _COMMA_NUMBER.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".")
    return cell
