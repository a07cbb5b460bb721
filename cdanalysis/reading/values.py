"""Cell -> value as its column says: numbers with `<5` and decimal commas, yes/no, categories, dates; the rest is a fault.

`<5` is read as half the limit and `>450` as the limit, and said. Missing codes become missing and are counted.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cdanalysis.column_spec import ColumnSpec, accepted
from cdanalysis.reading.files import Cell
from cdanalysis.reading.matching import normalised
from cdanalysis.reading.words import CATEGORY_WORDS
from cdanalysis.results import Fault

MISSING = {
    "",
    "na",
    "n/a",
    "nan",
    "nd",
    "n.d.",
    "not done",
    "-",
    "--",
    ".",
    "?",
    "unknown",
    "missing",
    "未测",
    "不详",
    "缺失",
    "无数据",
}
MISSING_NUMBERS = {99.0, 999.0, 9999.0, -9.0, -99.0, -999.0}  # where outside the column's range
YES = {"yes", "y", "true", "1", "是", "有", "阳性", "positive", "t"}
NO = {"no", "n", "false", "0", "否", "无", "阴性", "negative", "f"}
_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")
EXCEL_EPOCH = datetime(1899, 12, 30)
LONGEST_SHOWN = 40


class UnreadableError(Exception):
    """A cell that its column does not accept; the message says what is accepted."""


@dataclass
class Notes:
    """What was read in a way that must be said, counted by kind."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str) -> None:
        """One more cell of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1


def read_column(
    spec: ColumnSpec, cells: Sequence[Cell], rows: Sequence[int], *, factor: float = 1.0, decimal_comma: bool = False
) -> tuple[list[object], list[Fault]]:
    """A column's values, None where missing or unreadable, and a fault for each cell that could not be read."""
    notes = Notes()
    read = _reader(spec, factor, decimal_comma, notes)
    ambiguous = _only_1_and_2(cells) if spec.kind == "yes_no" else ""
    if ambiguous:
        return [None] * len(cells), [Fault(spec.sheet, None, spec.name, "only 1 and 2", ambiguous)]
    values: list[object] = []
    faults: list[Fault] = []
    for cell, row in zip(cells, rows, strict=True):
        try:
            values.append(None if is_missing(cell) else read(cell))
        except UnreadableError as refusal:
            values.append(None)
            faults.append(Fault(spec.sheet, row, spec.name, shown(cell), str(refusal)))
    said = [
        Fault(spec.sheet, None, spec.name, f"{n} × {kind}", accepted(spec), "warning")
        for kind, n in notes.counts.items()
    ]
    return values, faults + said


def is_missing(cell: Cell) -> bool:
    """Nothing there, or a word for nothing."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return isinstance(cell, str) and cell.strip().casefold() in MISSING


def shown(cell: Cell) -> str:
    """What a fault quotes of a cell."""
    text = identity(cell) if not isinstance(cell, (date, datetime)) else cell.isoformat()[:10]
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def identity(cell: Cell) -> str:
    """An id as text: 007 stays 007, and the 7.0 of a spreadsheet is 7."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _reader(spec: ColumnSpec, factor: float, decimal_comma: bool, notes: Notes) -> Callable[[Cell], object]:
    if spec.kind == "number":
        return lambda cell: _number(cell, spec, factor, decimal_comma, notes)
    if spec.kind == "yes_no":
        return lambda cell: _yes_no(cell, spec)
    if spec.kind == "category":
        words = {
            normalised(word): name for name, others in CATEGORY_WORDS[spec.name].items() for word in (name, *others)
        }
        return lambda cell: _category(cell, spec, words)
    return _day if spec.kind == "date" else identity


def _number(cell: Cell, spec: ColumnSpec, factor: float, decimal_comma: bool, notes: Notes) -> float | None:
    value, kind = plain_number(cell, decimal_comma)
    if value is None:
        raise UnreadableError(accepted(spec))
    if kind:
        notes.add(kind)
    value *= factor
    if spec.lowest <= value <= spec.highest:
        return value
    if value / factor in MISSING_NUMBERS:
        notes.add(f"the missing code {value / factor:g}")
        return None
    raise UnreadableError(accepted(spec))


def plain_number(cell: Cell, decimal_comma: bool = False) -> tuple[float | None, str]:
    """A cell's number and, for `<5` or `>450`, how it was taken; None where it is no number."""
    if isinstance(cell, (bool, date, datetime, timedelta)):
        return None, ""
    if isinstance(cell, (int, float)):
        return (float(cell), "") if math.isfinite(cell) else (None, "")
    text = unicodedata.normalize("NFKC", str(cell)).strip().replace(" ", "").replace("−", "-")
    limit, text = (text[0], text[1:].lstrip("=")) if text[:1] in ("<", ">", "≤", "≥") else ("", text)
    if _DECIMAL_COMMA.match(text) and (decimal_comma or not _THOUSANDS.match(text)):
        text = text.replace(",", ".")
    elif _THOUSANDS.match(text):
        text = text.replace(",", "")
    if not _NUMBER.match(text):
        return None, ""
    if limit in ("<", "≤"):
        return float(text) / 2, "below the limit of detection, read as half the limit"
    return float(text), "above the limit of detection, read as the limit" if limit else ""


def _yes_no(cell: Cell, spec: ColumnSpec) -> bool:
    text = identity(cell).casefold()
    if text in YES or text in NO:
        return text in YES
    raise UnreadableError(accepted(spec))


def _only_1_and_2(cells: Sequence[Cell]) -> str:
    """A column of 1 and 2 only can mean two opposite things: it is not read, and said."""
    seen = {identity(cell) for cell in cells if not is_missing(cell)}
    return "yes or no (1 or 0): whether 1 or 2 means yes cannot be known" if seen in ({"1", "2"}, {"2"}) else ""


def _category(cell: Cell, spec: ColumnSpec, words: dict[str, str]) -> str:
    found = words.get(normalised(identity(cell)))
    if found is None:
        raise UnreadableError(accepted(spec))
    return found


def _day(cell: Cell) -> float:
    """Days since Excel's epoch: only differences are used."""
    if isinstance(cell, datetime):
        return (cell - EXCEL_EPOCH).total_seconds() // 86400
    if isinstance(cell, date):
        return float((cell - EXCEL_EPOCH.date()).days)
    number, _ = plain_number(cell)
    if number is not None and 10_000 <= number <= 80_000:
        return number // 1
    text = identity(cell).replace("/", "-").replace(".", "-")[:10]
    try:
        return float(
            (date.fromisoformat("-".join(part.zfill(2) for part in text.split("-"))) - EXCEL_EPOCH.date()).days
        )
    except ValueError:
        raise UnreadableError("a date such as 2024-03-31") from None
