"""Bytes of files that a clinic, or somebody with bad intentions, may hand in: each made in memory from a few cells."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
import pyreadstat
import xlsxwriter

Rows = Sequence[Sequence[object]]
HEADER = ["patient_id", "crp_mg_per_l", "sex", "follow_up_months", "relapse_months", "relapse_event"]
PATIENTS: Rows = [[f"P{i:02}", 2.5 * i, ("male", "female")[i % 2], 11 + i, 5 + i, i % 2] for i in range(1, 13)]
FLAT: Rows = [HEADER, *PATIENTS]


def table(rows: Rows = FLAT, *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\n") -> bytes:
    """A text table, nothing quoted."""
    return end.join(delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows).encode(encoding)


def with_column(header: str, cells: Sequence[object], rows: Rows = FLAT) -> Rows:
    """The flat cohort with a further column, or another in the place of one; its cells are used over and over."""
    titles = list(rows[0])
    place = titles.index(header) if header in titles else len(titles)
    filled = [[header], *([cells[i % len(cells)]] for i in range(len(rows) - 1))]
    return [[*row[:place], *cell, *row[place + 1 :]] for row, cell in zip(rows, filled, strict=True)]


def workbook(
    sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), merged: Mapping[str, str] | None = None
) -> bytes:
    """An xlsx; dates become date cells; merged: range of the first sheet -> its text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        written = [book.add_worksheet(name) for name in sheets]
        for place, text in (merged or {}).items():
            written[0].merge_range(place, text)
        for sheet, (name, rows) in zip(written, sheets.items(), strict=True):
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell, day if isinstance(cell, date) else None)
            if name in hidden:
                sheet.hide()
    return content.getvalue()


def edited(content: bytes, edits: Mapping[str, Any], extra: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A workbook with parts rewritten (a function of the part's bytes, None to leave it out) and parts added."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            edit = edits.get(name, lambda part: part)
            if edit is not None:
                new.writestr(name, edit(old.read(name)))
        for name, part in extra:
            new.writestr(name, part)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(xml: str, rows: Rows = FLAT) -> bytes:
    """A flat workbook with raw XML added at the end of its sheet data."""
    return edited(
        workbook({"patients": rows}),
        {SHEET: lambda part: part.replace(b"</sheetData>", xml.encode() + b"</sheetData>")},
    )


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return result.getvalue()


def ods(rows: Rows = FLAT, *, name: str = "patients", trailing: str = "", before: str = "") -> bytes:
    """An OpenDocument spreadsheet, as LibreOffice writes its cells; trailing: raw rows after the table."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{body}{trailing}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file (old Office, and the wrapper of a protected workbook): 512-byte sectors, no mini stream."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    padded = {name: data.ljust(-(-max(len(data), 4096) // 512) * 512, b"\0") for name, data in streams.items()}
    fat, sectors, entries = [fat_mark, end], [b"", b""], [_entry("Root Entry", 5, end, 0, child=1)]
    for place, (name, data) in enumerate(padded.items(), 1):
        first, n = len(sectors), len(data) // 512
        sectors += [data[i * 512 : i * 512 + 512] for i in range(n)]
        fat += [*range(first + 1, first + n), end]
        sibling = place + 1 if place < len(padded) else free
        entries.append(_entry(name, 2, first, len(data), sibling=sibling))
    sectors[0] = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    )
    return head + struct.pack("<109I", 0, *[free] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int, *, child: int = 0xFFFFFFFF, sibling: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, sibling, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def xls(rows: Rows = FLAT, *, stray: bool = False) -> bytes:
    """An Excel 97 workbook of numbers and texts in one sheet, `patients`; stray: one more cell at CD65536."""

    def record(number: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    def cell(row: int, column: int, value: object) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, int | float):
            return record(0x203, place + struct.pack("<d", value))
        text = str(value)
        return record(0x204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))

    start = struct.pack("<HHHHII", 0x600, 5, 0x1CC, 0x7CC, 0, 6)
    cells = b"".join(
        cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None
    )
    cells += cell(65_535, 81, 1.0) if stray else b""
    dimensions = record(0x200, struct.pack("<IIHHH", 0, 65_536 if stray else len(rows), 0, 256, 0))
    sheet = record(0x809, start[:2] + b"\x10\0" + start[4:]) + dimensions + cells + record(0x0A)
    fixed = record(0x809, start) + record(0x42, b"\xb0\x04") + record(0xE0, bytes(20))
    name = b"\0\0" + bytes([8, 0]) + b"patients"
    position = len(fixed) + 4 + 4 + len(name) + 4
    return compound({"Workbook": fixed + record(0x85, struct.pack("<I", position) + name) + record(0x0A) + sheet})


def statistical(ending: str, frame: pd.DataFrame | None = None, **details: Any) -> bytes:
    """A sav, zsav, dta or xpt file as pyreadstat writes it (it needs a path: a test's temporary file of made-up patients)."""
    write = {
        "sav": pyreadstat.write_sav,
        "zsav": pyreadstat.write_sav,
        "dta": pyreadstat.write_dta,
        "xpt": pyreadstat.write_xport,
    }
    if ending == "zsav":
        details["compress"] = True
    data = pd.DataFrame(PATIENTS, columns=HEADER) if frame is None else frame
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made.{ending}"
        write[ending](data, str(path), **details)
        return path.read_bytes()
