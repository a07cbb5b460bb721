"""xlsx, xlsm, xls and ods -> sheets of cells, by calamine; runs in the child process."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import (
    MOST_CHARACTERS,
    MOST_MERGED,
    MOST_SHEETS,
    check_parts,
    check_table,
    column_number,
)
from cdanalysis.reading.bytes.formats import OLE
from cdanalysis.reading.bytes.repetition import check_repetitions

PASSWORD = "The workbook is protected by a password: open it, save it without one, and upload that."
DAMAGED = (
    "The workbook is damaged or of a kind that cannot be read: open it in a spreadsheet program and save it as .xlsx."
)
ARCHIVED = (
    ("xl/workbook.xml", ""),
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb): save it as .xlsx."),
    ("word/document.xml", "a Word document: save its table as .xlsx."),
    ("ppt/presentation.xml", "a presentation: save its table as .xlsx."),
)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MOST_LOST = 20
_FILLED = re.compile(rb"<(?:\w+:)?c\s([^>/]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
NO_VALUE = "a formula whose value was never stored"
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*\br=[\"'](\d{1,7})[\"']")
Lost = list[tuple[int, int, str]]  # row, column, what the reader would make an empty cell of
Told = dict[str, tuple[Lost, list[int]]]  # by sheet: what it would lose, and the rows that are hidden
Parsed = Iterator[tuple[dict[str, object], Iterator[tuple[int, list[object]]]]]


def read_workbook(kind: str, content: bytes) -> Parsed:
    """What is said of each sheet, and its rows that hold something with the spreadsheet's own row number."""
    try:
        told = _checked_container(content) if kind == OLE else _checked_archive(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(book.sheet_names) > MOST_SHEETS:
            raise CohortError(f"The workbook has {len(book.sheet_names)} sheets; at most {MOST_SHEETS} are accepted.")
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield _sheet(book, meta.name, meta.visible == Visible.Visible, *told.get(meta.name, ([], [])))
    except PasswordError as error:
        raise CohortError(PASSWORD) from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, KeyError,
            ValueError) as error:  # fmt: skip
        raise CohortError(DAMAGED) from error


def _sheet(book: CalamineWorkbook, name: str, visible: bool, lost: Lost, hidden: list[int]) -> tuple[dict, Iterator]:
    sheet = book.get_sheet_by_name(name)
    check_table(sheet.height, sheet.width)
    try:
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    except (CalamineError, ValueError):  # a kind that does not tell
        merged = []
    if len(merged) > MOST_MERGED:
        raise CohortError(f"Sheet {name} has {len(merged):,} merged ranges; at most {MOST_MERGED:,} are accepted.")
    about = {"name": name, "visible": visible, "merged": merged, "lost": lost, "hidden": hidden}
    return about, _rows(sheet, name)


def _rows(sheet: CalamineSheet, name: str) -> Iterator[tuple[int, list[object]]]:
    """Rows from column A on, empty text as None, nothing behind the last cell that holds something."""
    left = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        cells: list[object] = [*[None] * left, *(None if cell == "" else cell for cell in row)]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            _check_length(name, number, cells)
            yield number, cells


def _check_length(name: str, number: int, cells: list[object]) -> None:
    for place, cell in enumerate(cells, 1):
        if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
            raise CohortError(
                f"Sheet {name}, row {number}, column {place}: a cell of {len(cell):,} characters; "
                f"at most {MOST_CHARACTERS:,} are accepted."
            )


def _checked_container(content: bytes) -> Told:
    """An old workbook stores every formula's value; what else is in such a container is said."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise CohortError(PASSWORD)
    if holds("WordDocument"):
        raise CohortError("This is an old Word document: save its table as .xlsx.")
    if not holds("Workbook") and not holds("Book"):
        raise CohortError("This is no workbook, though it is a file of an old Office program: save the table as .xlsx.")
    return {}


def _checked_archive(content: bytes) -> Told:
    """The archive is a workbook within its budget; what calamine does not tell: empty cells that are none, hidden rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        found = next((said for part, said in ARCHIVED if part in names), None)
        if found is None and "content.xml" in names and archive.open("mimetype").read(100).startswith(ODS):
            check_parts(archive)
            check_repetitions(archive)
            return {}
        if found is None:
            raise CohortError("This is a ZIP archive, not a workbook: unpack it and upload the workbook.")
        if found:
            raise CohortError(f"This is {found}")
        check_parts(archive)
        check_repetitions(archive)
        parts = {sheet: archive.read(part) for part, sheet in _sheet_parts(archive).items()}
        return {sheet: (_lost(part), _hidden(part)) for sheet, part in parts.items()}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet -> the sheet's name."""
    try:
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        target = _attribute(tag, "Target").lstrip("/")
        targets[_attribute(tag, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    sheets = re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book)
    parts = {targets.get(_attribute(tag, "r:id"), ""): unescape(_attribute(tag, "name")) for tag in sheets}
    return {part: sheet for part, sheet in parts.items() if part in archive.namelist()}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}=[\"']([^\"']*)[\"']", tag)
    return found[1] if found else ""


def _hidden(part: bytes) -> list[int]:
    """The numbers of the rows that are hidden, by hand or by a filter."""
    return [int(found[1]) for found in _HIDDEN.finditer(part)] if b"hidden=" in part else []


def _lost(part: bytes) -> Lost:
    """The first cells that hold an error such as #DIV/0!, or a formula without a stored value."""
    cells: Lost = []
    if b"<f" not in part and b't="e"' not in part:
        return cells
    for cell in _FILLED.finditer(part):
        place, value, error = _PLACE.search(cell[1]), _VALUE.search(cell[2]), b't="e"' in cell[1]
        unvalued = b"<f" in cell[2] and not value and b't="str"' not in cell[1]
        if place and (error or unvalued) and len(cells) < MOST_LOST:
            text = value[1].decode("utf-8", "replace") if error and value else NO_VALUE
            cells.append((int(place[2]), column_number(place[1]), text))
    return cells
