"""What a workbook may cost: its parts are unpacked and counted before a spreadsheet library allocates anything.

A stray cell at XFD1048576 in a file of 7 KB makes the fastest reader abort the process; entity expansion and a thousand
fold compression are of the same kind. Bounds: 100 MB unpacked, 50,000 rows, 200 columns, 1,000,000 cells, 1,000 parts.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from cdanalysis.errors import CohortError

MOST_BYTES = 100_000_000
MOST_PARTS = 1_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
STEP = 1 << 16

_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,9})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_OVERLAP = 200  # bytes kept from the last step, so that a reference cut in two is still seen


def check_workbook(content: bytes) -> None:
    """CohortError if the workbook is not one, or is larger unpacked than any cohort is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise CohortError("This is a ZIP archive, not an Excel workbook: unpack it and upload the workbook.")
            if len(archive.namelist()) > MOST_PARTS:
                raise CohortError(f"The workbook has more than {MOST_PARTS:,} parts.")
            unpacked = 0
            for name in archive.namelist():
                unpacked = _walk(archive, name, unpacked)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise CohortError("The workbook is damaged or protected: save it again as .xlsx without a password.") from error


def _walk(archive: zipfile.ZipFile, name: str, unpacked: int) -> int:
    """Unpack one part step by step, counting; the sizes a ZIP states of itself are not believed."""
    is_sheet = name.startswith("xl/worksheets/")
    cells = rows = 0
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(STEP):
            unpacked += len(piece)
            if unpacked > MOST_BYTES:
                raise CohortError(f"The workbook is larger than {MOST_BYTES // 1_000_000} MB when unpacked.")
            if b"<!DOCTYPE" in rest[-10:] + piece or b"<!ENTITY" in rest[-10:] + piece:
                raise CohortError("The workbook holds a document type, which no spreadsheet program writes.")
            if is_sheet:
                cells, rows = cells + len(_CELL.findall(piece)), rows + len(_ROW.findall(piece))
                _check_size(rest[-_OVERLAP:] + piece, rows, cells)
            rest = piece
    return unpacked


def _check_size(text: bytes, rows: int, cells: int) -> None:
    farthest = max((_column(letters) for letters, _ in _REFERENCE.findall(text)), default=0)
    lowest = max((int(number) for _, number in _REFERENCE.findall(text)), default=0)
    if max(rows, lowest) > MOST_ROWS or farthest > MOST_COLUMNS or cells > MOST_CELLS:
        raise CohortError(
            f"A sheet is larger than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_CELLS:,} cells "
            "(a single stray cell far out counts): delete the empty rows and columns around the table and save again."
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
