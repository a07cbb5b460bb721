"""Bytes of a file -> raw tables of cells, nothing interpreted. The content decides the format, not the ending.

A workbook is walked under a budget before any reader sees it (`budget.py`): a stray cell in the last column makes a
spreadsheet library ask for hundreds of gigabytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cdanalysis.errors import CohortError
from cdanalysis.reading.budget import MOST_COLUMNS, MOST_ROWS, check_workbook

Cell = str | float | int | bool | datetime | date | time | timedelta | None
DELIMITERS = ",;\t|"


@dataclass(frozen=True, eq=False)
class RawSheet:
    """One table as it stands: headers, and rows with the spreadsheet's own row number."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    decimal_comma: bool = False


@dataclass(frozen=True)
class Format:
    """One kind of file: its endings, how its content is recognised, how it is read."""

    label: str
    endings: tuple[str, ...]
    recognised: Callable[[bytes], bool]
    read: Callable[[bytes], list[RawSheet]]


def read_sheets(content: bytes) -> list[RawSheet]:
    """The file's tables; CohortError says what the file is where it cannot be read."""
    if not content.strip():
        raise CohortError("The file is empty.")
    _refuse_known_strangers(content)
    for kind in FORMATS:
        if kind.recognised(content):
            sheets = [sheet for sheet in kind.read(content) if sheet.headers]
            if not any(sheet.rows for sheet in sheets):
                raise CohortError("The file holds no row below its headers." if sheets else "The file holds no table.")
            return sheets
    raise CohortError(
        f"This kind of file cannot be read. Accepted: {', '.join(f'.{ending}' for ending in FILE_ENDINGS)}."
    )


def _refuse_known_strangers(content: bytes) -> None:
    """Files people often mistake for a spreadsheet, each with its own sentence."""
    start = content[:2048].lstrip().lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise CohortError(
            "The workbook is protected by a password: save it without one." if locked
            else "This is an old Excel file (.xls): save it as .xlsx."
        )  # fmt: skip
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise CohortError("This is a web page with another ending: save it as .xlsx or .csv.")
    if content.startswith(b"%PDF"):
        raise CohortError("This is a PDF: save the table as .xlsx or .csv.")


def _is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _read_workbook(content: bytes) -> list[RawSheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    check_workbook(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(name, enumerate(book.get_sheet_by_name(name).to_python(), 1)) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError) as error:
        raise CohortError(
            "The workbook is damaged or of a kind that cannot be read: save it again as .xlsx."
        ) from error


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _read_text(content: bytes) -> list[RawSheet]:
    text = decoded(content)
    delimiter = _delimiter(text)
    rows = _within_budget(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    sheet = _sheet("table", rows)
    return [RawSheet(sheet.name, sheet.headers, sheet.rows, decimal_comma=delimiter != ",")]


def _within_budget(reader: csv.reader) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise CohortError(f"The table is larger than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.")
            rows.append((reader.line_num, row))
    except csv.Error as error:
        raise CohortError("The text file is not a table: a cell is too long or a quote is never closed.") from error
    return rows


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else strict UTF-8, else GB18030 if that gives Chinese, else Windows Latin."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or any("\u4e00" <= character <= "\u9fff" for character in text):
            return text
    return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The mark that parts the first line into most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _sheet(name: str, numbered: object) -> RawSheet:
    """The first row that holds anything is the header; rows that hold nothing are passed over."""
    filled = [(number, row) for number, row in numbered if any(_holds(cell) for cell in row)]
    if not filled:
        return RawSheet(name, (), ())
    headers = tuple(str(cell).strip() if _holds(cell) else "" for cell in filled[0][1])
    while headers and not headers[-1]:
        headers = headers[:-1]
    rows = tuple((number, _fitted(row, len(headers))) for number, row in filled[1:])
    return RawSheet(name, headers, rows)


def _fitted(row: list[Cell], width: int) -> tuple[Cell, ...]:
    """The row as wide as the headers or wider: a surplus cell stays, so that it can be named as a fault."""
    cells = [cell if _holds(cell) else None for cell in row]
    cells += [None] * (width - len(cells))
    while len(cells) > width and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _holds(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


# Another format is one more entry here.
FORMATS = (
    Format("Excel workbook", ("xlsx", "xlsm"), _is_workbook, _read_workbook),
    Format("text table", ("csv", "tsv", "txt"), _is_text, _read_text),
)
FILE_ENDINGS = tuple(ending for kind in FORMATS for ending in kind.endings)
