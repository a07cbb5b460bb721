"""Bytes of a file -> raw tables of cells, nothing interpreted. The content decides the format, not the ending.

Text is read here; everything else by native code in a child process under limits (`child.py`, `parser.py`).
"""

from dataclasses import dataclass, replace

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import check_upload
from cdanalysis.reading.bytes.child import Cell, ParsedSheet, parse
from cdanalysis.reading.bytes.formats import FILE_ENDINGS, TEXT, kind_of
from cdanalysis.reading.bytes.text.encodings import decoded
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.bytes.text.text_table import decimal_mark, read_text
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.rows.shape import RawSheet, shaped
from cdanalysis.results import Fault

__all__ = ["FILE_ENDINGS", "Cell", "RawFile", "RawSheet", "TextForm", "decoded", "read_file"]


@dataclass(frozen=True, eq=False)
class RawFile:
    """The tables of a file, what of it was left out, and of a text file how it was read."""

    sheets: list[RawSheet]
    faults: tuple[Fault, ...] = ()
    text: TextForm | None = None


MOST_NAMED = 5


def read_file(content: bytes, chosen: TextForm | None = None) -> RawFile:
    """The file's tables; CohortError says what the file is where it cannot be read."""
    check_upload(content)
    kind = kind_of(content)
    if kind == TEXT:
        table, form = read_text(content, chosen)
        return RawFile(_tables([table], []), (), form)
    parsed = parse(kind, content)
    hidden = [_hidden(sheet) for sheet in parsed if not sheet.about["visible"] and sheet.rows]
    tables = _tables([_shaped(sheet) for sheet in parsed if sheet.about["visible"]], [fault.sheet for fault in hidden])
    return RawFile(tables, tuple(hidden))


def _tables(sheets: list[RawSheet], hidden: list[str]) -> list[RawSheet]:
    tables = [sheet for sheet in sheets if sheet.headers]
    if not any(sheet.rows for sheet in tables):
        left_out = f" Hidden sheets are not read: {', '.join(hidden)}." if hidden else ""
        raise CohortError(
            ("The file holds no row below its headers." if tables else "The file holds no table.") + left_out
        )
    return tables


def _shaped(sheet: ParsedSheet) -> RawSheet:
    sheet = _without_nothing(sheet)
    table = shaped(sheet.name, sheet.rows, merged=sheet.about["merged"], lost=sheet.about["lost"])
    missing = [
        Fault(
            sheet.name, None, name, f"{n} × a value declared as missing in the file", "read as an empty cell", "warning"
        )
        for name, n in sheet.about.get("missing", {}).items()
    ]
    noted = [
        Fault(
            sheet.name, None, name, f"{n} × {value:g}, labelled {label!r} in the file", "read as the number", "warning"
        )
        for name, beside in sheet.about.get("notes", {}).items()
        for n, value, label in beside
        if not is_missing(label)
    ]
    unseen = _hidden_rows(sheet)
    told = sheet.about.get("labels", {})
    labels = tuple(told.get(name, "").strip() for name in table.headers) if told else ()
    codes = sheet.about.get("codes", {})
    comma = bool(sheet.about.get("texts")) and decimal_mark(sheet.rows, "")[0] == ","
    return replace(
        table, decimal_comma=comma, faults=(*table.faults, *missing, *noted, *unseen), labels=labels, codes=codes
    )


def _hidden_rows(sheet: ParsedSheet) -> list[Fault]:
    """Said of rows that a spreadsheet does not show: they are read as the others are."""
    hidden = set(sheet.about.get("hidden", ()))
    rows = [number for number, _ in sheet.rows if number in hidden] if hidden else []
    if not rows:
        return []
    some = ", ".join(map(str, rows[:MOST_NAMED])) + (" …" if len(rows) > MOST_NAMED else "")
    found = f"{len(rows):,} hidden row{'' if len(rows) == 1 else 's'}, read like the others: {some}"
    accepted = "no hidden rows; who is analysed is chosen on the page, by any column"
    return [Fault(sheet.name, rows[0], "", found, accepted, "warning")]


def _without_nothing(sheet: ParsedSheet) -> ParsedSheet:
    """The sheet with the label in place of each number whose label says that there is none, `99 = unknown`."""
    nothing = {
        name: {value: label for _, value, label in beside if is_missing(label)}
        for name, beside in sheet.about.get("notes", {}).items()
    }
    if not any(nothing.values()) or not sheet.rows:
        return sheet
    told = [nothing.get(str(name), {}) for name in sheet.rows[0][1]]
    rows = [(number, [of.get(cell, cell) if of else cell for of, cell in zip(told, cells, strict=True)])
            for number, cells in sheet.rows]  # fmt: skip
    return ParsedSheet(sheet.name, sheet.about, rows)


def _hidden(sheet: ParsedSheet) -> Fault:
    return Fault(sheet.name, None, "", "a hidden sheet, left out", "unhide it to have it read", "warning")
