"""Text -> a table: its encoding, the mark between its cells, its decimal mark; decided, kept and said, or chosen."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from cdanalysis.errors import CohortError
from cdanalysis.reading.budget import MOST_CHARACTERS, check_table
from cdanalysis.reading.formats import utf_16
from cdanalysis.reading.shape import Numbered, RawSheet, shaped
from cdanalysis.results import Fault

DELIMITERS = ",;\t|"
DECIMALS = (".", ",")
ENCODINGS = ("utf-8", "utf-16", "gb18030", "big5", "shift_jis", "cp1252", "cp1250", "cp1251")
LINES_LOOKED_AT, FIRST_CHARACTERS = 50, 500_000
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_COMMA_NUMBER = re.compile(r"^\s*[<>]?\s*[+-]?\d+,\d+\s*%?\s*$")
_POINT_NUMBER = re.compile(r"^\s*[<>]?\s*[+-]?\d+\.\d+\s*%?\s*$")


@dataclass(frozen=True)
class TextForm:
    """How a text file is, or is to be, read: None leaves it to be decided. guessed: what was decided without proof."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    guessed: tuple[str, ...] = ()


def read_text(content: bytes, chosen: TextForm) -> tuple[RawSheet, TextForm]:
    """The table and how it was read; CohortError names the choices where a chosen form does not exist or fit."""
    _check_choice(chosen)
    text, encoding, guessed = _decoded(content, chosen.encoding)
    text, said = _without_hint(text)
    delimiter = chosen.delimiter or said or _delimiter(text)
    rows = _rows(text, delimiter)
    decimal = chosen.decimal or _decimal(rows, delimiter)
    form = TextForm(encoding, delimiter, decimal, ("encoding",) if guessed else ())
    table = shaped("table", rows)
    return RawSheet(table.name, table.headers, table.rows, decimal == ",", (*table.faults, *_said(form))), form


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else strict UTF-8, else GB18030 if that gives Chinese, else Windows Latin."""
    return _decoded(content, None)[0]


def _check_choice(chosen: TextForm) -> None:
    for what, value, known in (
        ("encoding", chosen.encoding, ENCODINGS), ("delimiter", chosen.delimiter, tuple(DELIMITERS)),
        ("decimal mark", chosen.decimal, DECIMALS),
    ):  # fmt: skip
        if value is not None and value not in known:
            raise CohortError(f"The {what} {value!r} is not known. Accepted: {', '.join(map(repr, known))}.")


def _decoded(content: bytes, chosen: str | None) -> tuple[str, str, bool]:
    """The text, its encoding, and whether that was a guess."""
    if chosen:
        try:
            return content.decode("utf-8-sig" if chosen == "utf-8" else chosen), chosen, False
        except UnicodeDecodeError as error:
            raise CohortError(
                f"The file is not text in {chosen}: byte {error.start + 1} cannot be one. Choose another encoding."
            ) from error
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", errors="replace"), "utf-8", False
    if wide := utf_16(content):
        return content.decode(wide, errors="replace"), "utf-16", wide != "utf-16"
    return _without_mark(content)


def _without_mark(content: bytes) -> tuple[str, str, bool]:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or any("\u4e00" <= character <= "\u9fff" for character in text):
            return text, encoding, encoding != "utf-8"
    return content.decode("cp1252", errors="replace"), "cp1252", True


def _without_hint(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken as it says; its line is kept empty, so that row numbers stay."""
    hint = re.match(r"sep=([,;\t|])\r?\n", text)
    return (text[len(hint[0].rstrip("\r\n")) :], hint[1]) if hint else (text, "")


def _delimiter(text: str) -> str:
    """The mark that parts most of the first lines into the same number of cells, more than one."""
    start = "\n".join(text[:FIRST_CHARACTERS].splitlines()[:LINES_LOOKED_AT])

    def fitness(mark: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=mark) if row)
        width, n = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (n / widths.total() if width > 1 else 0.0, width)

    try:
        return max(DELIMITERS, key=fitness)
    except csv.Error as error:
        raise CohortError("The text is not a table: a cell in its first lines is too long.") from error


def _rows(text: str, delimiter: str) -> Numbered:
    """Every line's cells under its number; a quote that never closes would swallow the rest, so it is refused."""
    try:
        return _parsed(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise CohortError('The text is not a table: a quote (") is opened and never closed.') from error
    try:
        return _parsed(text, delimiter, strict=False)
    except csv.Error as error:
        raise CohortError("The text is not a table: a cell is too long.") from error


def _parsed(text: str, delimiter: str, *, strict: bool) -> Numbered:
    rows: Numbered = []
    widest, first = 0, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    for row in reader:
        widest = max(widest, len(row))
        check_table(len(rows), widest)
        if max(map(len, row), default=0) > MOST_CHARACTERS:
            raise CohortError(
                f'Row {first}: a cell has more than {MOST_CHARACTERS:,} characters; is a quote (") missing?'
            )
        rows.append((first, row))
        first = reader.line_num + 1
    return rows


def _decimal(rows: Numbered, delimiter: str) -> str:
    """A decimal comma if more cells are numbers with one than with a point; without either, as the delimiter tells."""
    cells = [cell for _, row in rows[:2_000] for cell in row]
    commas = sum(1 for cell in cells if _COMMA_NUMBER.match(cell))
    points = sum(1 for cell in cells if _POINT_NUMBER.match(cell))
    if commas == points or delimiter == ",":
        return "," if delimiter == ";" else "."
    return "," if commas > points else "."


def _said(form: TextForm) -> list[Fault]:
    """What was not plain: a guessed encoding, an unusual mark."""
    parts = []
    if form.guessed:
        parts.append(f"text taken as {form.encoding}, a guess")
    if form.delimiter != ",":
        parts.append(f"cells parted by {DELIMITER_NAMES[form.delimiter]}")
    if form.decimal == ",":
        parts.append("decimal comma")
    return [Fault("table", None, "", ", ".join(parts), "another choice, if this is wrong", "warning")] if parts else []
