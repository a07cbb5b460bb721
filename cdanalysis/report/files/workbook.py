"""Every table in one XLSX workbook, a sheet each after a sheet of contents; no text of a file can become a formula.

A text that a spreadsheet would take for a formula is written as a text and marked as one (Excel's quote prefix), so that
it stays harmless when the cell is edited or copied and no apostrophe shows.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from cdanalysis.report.content import ReportTable
from cdanalysis.writing.tables.csv_file import harmless_cell

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_SHEET_NAME = 31  # Excel's
WIDEST = 60
LONGEST_TEXT = 32_767  # Excel's; a longer one would be left out


def workbook(tables: Sequence[ReportTable], created: datetime) -> bytes:
    """The workbook's bytes; numbers stay numbers, missing ones empty cells."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": created})
        formats = _formats(book)
        names = sheet_names([table.name for table in tables])
        contents = [(name, table.title, table.footnote) for name, table in zip(names, tables, strict=True)]
        _fill(book.add_worksheet("contents"), pd.DataFrame(contents, columns=["Sheet", "Table", "Note"]), formats)
        for name, table in zip(names, tables, strict=True):
            _fill(book.add_worksheet(name), table.frame, formats)
    return file.getvalue()


def single(table: ReportTable, created: datetime) -> bytes:
    """A workbook of one table and nothing else."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": created})
        _fill(book.add_worksheet(sheet_names([table.name])[0]), table.frame, _formats(book))
    return file.getvalue()


def sheet_names(names: Sequence[str]) -> list[str]:
    """The tables' names as Excel allows them: at most 31 characters, none of []:*?/\\, none twice."""
    taken = {"contents"}
    given = []
    for name in names:
        short = re.sub(r"[\[\]:*?/\\']", " ", name)[:LONGEST_SHEET_NAME].strip() or "table"
        number = 2
        unique = short
        while unique.lower() in taken:
            unique = f"{short[: LONGEST_SHEET_NAME - 1 - len(str(number))]} {number}"
            number += 1
        taken.add(unique.lower())
        given.append(unique)
    return given


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {"bold": book.add_format({"bold": True}), "text": book.add_format({"quote_prefix": True})}


def _fill(sheet: Any, frame: pd.DataFrame, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(frame.columns):
        cells = frame.iloc[:, column].tolist()
        sheet.set_column(column, column, min(WIDEST, 2 + max(len(str(cell)) for cell in [name, *cells])))
        sheet.write_string(0, column, _writable(str(name)), formats["bold"])
        for row, cell in enumerate(cells, 1):
            _write(sheet, row, column, cell, formats["text"])


def _writable(text: str) -> str:
    """What a cell can hold of a text: whole characters, not too many."""
    return text.encode("utf-8", "replace").decode()[:LONGEST_TEXT]


def _write(sheet: Any, row: int, column: int, cell: Any, as_text: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, _writable(cell), as_text if harmless_cell(cell) != cell else None)
    elif not pd.isna(cell):
        sheet.write(row, column, cell.item() if hasattr(cell, "item") else cell)
