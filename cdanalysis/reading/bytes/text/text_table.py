"""Text -> a table: its encoding, the mark between its cells, its decimal mark; decided, kept and said, or chosen."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_CHARACTERS, check_table
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.bytes.text.encodings import LOST, Decoded, decode
from cdanalysis.reading.bytes.text.text_form import BLANK, DELIMITERS, TextForm, as_choice
from cdanalysis.reading.rows.shape import Numbered, RawSheet, shaped
from cdanalysis.results import Fault

LINES_LOOKED_AT, FIRST_CHARACTERS = 50, 500_000
ROWS_OF_NUMBERS = 2_000  # decide the decimal mark
LEAST_SWALLOWED = 3  # cells a row: lines of a note hold a comma or none
UNCLOSED = 'a quote (") is opened and never closed. Delete it, or close it at the end of its cell.'
JSON = "The file is JSON, in which a program passes data on, and no table. Save it as CSV or Excel, and upload that."
_JSON = re.compile(r"\s*\[?\s*\{\s*\"[^\"]*\"\s*:")
LEAST_PARTED, LEAST_BLANK = 0.8, 3  # of the lines, into so many cells: words of a text are not
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", BLANK: "blanks"}
_COMMA_NUMBER = re.compile(r"^\s*[<>]?\s*[+-]?\d+,\d+\s*%?\s*$")
_POINT_NUMBER = re.compile(r"^\s*[<>]?\s*[+-]?\d+\.\d+\s*%?\s*$")


def read_text(
    content: bytes, chosen: TextForm | None = None, *, most_rows: int | None = None
) -> tuple[RawSheet, TextForm]:
    """The table, or its first rows, and how it was read; CohortError where a chosen form does not exist or fit."""
    chosen = as_choice(chosen)
    found = decode(content, chosen.encoding)
    text, hint = _without_hint(found.text)
    if _JSON.match(text):
        raise CohortError(JSON)
    delimiter, parted = (chosen.delimiter, "chosen") if chosen.delimiter else _delimiter(text, hint)
    rows = _rows(text, delimiter, most_rows)
    decimal, marked = (chosen.decimal, "chosen") if chosen.decimal else decimal_mark(rows, delimiter)
    guessed = ("encoding",) if found.guessed else ()
    form = TextForm(found.encoding, delimiter, decimal, guessed, chosen.chosen, (found.evidence, parted, marked))
    table = shaped("table", rows)
    faults = (*table.faults, *_said(form), *_damaged(found))
    return RawSheet(table.name, table.headers, table.rows, decimal == ",", faults), form


def _without_hint(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken as it says; its line is kept empty, so that row numbers stay."""
    hint = re.match(r"sep=([,;\t|])\r?\n", text)
    return (text[len(hint[0].rstrip("\r\n")) :], hint[1]) if hint else (text, "")


def _delimiter(text: str, hint: str) -> tuple[str, str]:
    """The mark that parts most of the first lines into the same number of cells, more than one; and what told it."""
    if hint:
        return hint, "the file's own first line says so"
    start = "\n".join(text[:FIRST_CHARACTERS].splitlines()[:LINES_LOOKED_AT])

    def fitness(mark: str) -> tuple[float, int, int]:
        widths = Counter(len(row) for row in _reader(start, mark) if row)
        width, n = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (n / widths.total() if width > 1 else 0.0, width, n)

    try:
        (share, width, n), mark = max(
            ((fitness(mark), mark) for mark in DELIMITERS if mark != BLANK), key=lambda found: found[0]
        )
    except csv.Error as error:
        raise CohortError("The text is not a table: a cell in its first lines is too long.") from error
    if not share:
        by_blanks = fitness(BLANK)
        if by_blanks[0] >= LEAST_PARTED and by_blanks[1] >= LEAST_BLANK:
            (share, width, n), mark = by_blanks, BLANK
    if not share:
        return mark, "no mark parts the lines into cells"
    return mark, f"it divides {_of_lines(n, round(n / share))} into {width} cells"


def _of_lines(n: int, looked_at: int) -> str:
    """How many of the lines that were looked at: `all 11 lines`, `9 of the first 11 lines`, `the only line`."""
    if looked_at == 1:
        return "the only line"
    return f"all {n} lines looked at" if n == looked_at else f"{n} of the first {looked_at} lines"


def _reader(text: str, delimiter: str, *, strict: bool = False) -> Any:
    """The lines parted; several blanks are one mark."""
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=strict, skipinitialspace=delimiter == BLANK
    )


def _rows(text: str, delimiter: str, most: int | None) -> Numbered:
    """Every line's cells under its number; a quote that never closes would swallow the rest, so it is refused."""
    try:
        return _parsed(text, delimiter, most, strict=True)
    except csv.Error:  # a quote within a cell, which most programs read as it stands
        return _parsed(text, delimiter, most, strict=False)


def _parsed(text: str, delimiter: str, most: int | None, *, strict: bool) -> Numbered:
    rows: list[tuple[int, Sequence[Cell]]] = []
    widest, first = 0, 1
    reader = _reader(text, delimiter, strict=strict)
    try:
        for row in islice(reader, most):
            widest = max(widest, len(row))
            check_table(len(rows), widest)
            _check_cells(first, row, delimiter, reader.line_num, widest)
            rows.append((first, row))
            first = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise CohortError(f"Row {first}: {UNCLOSED}") from error
        if strict:
            raise
        raise CohortError(f"Row {first}: the text is not a table: a cell is too long.") from error
    return rows


def _check_cells(first: int, row: list[str], delimiter: str, last: int, width: int) -> None:
    """CohortError if a cell is longer than any may be, or holds rows of the table: a quote closed by one of another row."""
    if max(map(len, row), default=0) > MOST_CHARACTERS:
        raise CohortError(f'Row {first}: a cell has more than {MOST_CHARACTERS:,} characters; is a quote (") missing?')
    if last == first or width < LEAST_SWALLOWED:
        return
    if any(_swallows(cell, width - place, width, delimiter) for place, cell in enumerate(row)):
        raise CohortError(f"Row {first}: {UNCLOSED} It takes in the rows up to {last}.")


def _swallows(cell: str, left: int, width: int, delimiter: str) -> bool:
    """Whether a cell of several lines holds rows: the rest of its own, of `left` cells, then whole ones."""
    own, *lines = cell.splitlines() or [""]
    whole = lines[:-1]
    if whole:
        return all(line.count(delimiter) == width - 1 for line in whole)
    return bool(lines) and left >= LEAST_SWALLOWED and own.count(delimiter) == left - 1


def decimal_mark(rows: Numbered, delimiter: str) -> tuple[str, str]:
    """A decimal comma if more cells are numbers with one than with a point; without, as the delimiter tells; and what told it."""
    cells = [cell for _, row in rows[:ROWS_OF_NUMBERS] for cell in row if isinstance(cell, str)]
    commas = sum(1 for cell in cells if _COMMA_NUMBER.match(cell))
    points = sum(1 for cell in cells if _POINT_NUMBER.match(cell))
    if commas == points or delimiter == ",":
        by = "as commas part the cells" if delimiter == "," else "as is usual where semicolons part the cells"
        return ("," if delimiter == ";" else "."), by if delimiter in ",;" else "no cell says otherwise"
    return "," if commas > points else ".", f"{commas} cells are numbers with a comma, {points} with a point"


def _said(form: TextForm) -> list[Fault]:
    """What was not plain and nobody chose: a guessed encoding, an unusual mark."""
    parts = []
    if form.guessed:
        parts.append(f"text taken as {form.encoding}, a guess")
    if form.delimiter and form.delimiter != "," and "delimiter" not in form.chosen:
        parts.append(f"cells parted by {DELIMITER_NAMES[form.delimiter]}")
    if form.decimal == "," and "decimal" not in form.chosen:
        parts.append("decimal comma")
    accepts = "another choice under How the text was read, if this is wrong"
    return [Fault("table", None, "", ", ".join(parts), accepts, "warning")] if parts else []


def _damaged(found: Decoded) -> list[Fault]:
    """Characters that the encoding does not have, each shown as the sign for a lost one."""
    said = f"{found.damaged} × a character that is none in {found.encoding}, read as {LOST}"
    return [Fault("table", None, "", said, f"whole characters of {found.encoding}", "warning")] if found.damaged else []
