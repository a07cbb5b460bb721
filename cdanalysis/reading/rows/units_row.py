"""A row under the header that holds the units of the columns, or their longer names, in place of a patient."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.headers.unit_words import known_unit
from cdanalysis.reading.rows.header_rows import holds, is_number

_UNIT = re.compile(
    r"[µμun]?m?(?:g|mol|kat|l|u|iu)\s*/\s*\S{1,10}|[mk]?i?u/\S+|[cmk]m|kg|mmhg|kg/m[2²]|%|points?|score|punkte|分|"
    r"(?:[x×*]?\s*10\s*[\^*]?\s*\d{1,2}|[x×]?\s*10[⁰¹²³⁴-⁹]+)\s*/\s*\S+|mm/h\w*|pmol.*|nmol.*|fl|pg|g%|"
    r"years?|yrs?|y|months?|mos?|weeks?|wks?|days?|d|h|hours?|jahre?|monate?|wochen?|tage?|岁|年|月|个月|周|天|次|例",
    re.IGNORECASE,
)
_CODING = re.compile(
    r"(?:[\w+-]{1,12}\s*[/|;,]\s*)+[\w+-]{1,12}|[\w+-]+\s*=\s*.+|code|id|text|date|datum|yyyy.*|dd.*|日期|编号|-|n/?a",
    re.IGNORECASE,
)
MOSTLY = 0.5
ROWS_LOOKED_AT = 200


def _plain(cell: Cell) -> str:
    return str(cell).strip().strip("()[]（）").strip()


def _is_unit(text: str) -> bool:
    return bool(known_unit(text)) or bool(_UNIT.fullmatch(text))


def units_row(row: Sequence[Cell], headers: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row holds units: none of its cells a number, most of them units or codings, and one over numbers a unit."""
    texts = {place: _plain(cell) for place, cell in enumerate(row[: len(headers)]) if holds(cell)}
    units = [place for place, text in texts.items() if _is_unit(text)]
    others = [text for place, text in texts.items() if place not in units]
    codings = [text for text in others if _CODING.fullmatch(text)]
    if len(texts) < 2 or any(is_number(text) for text in others if text not in codings):
        return False
    fitting = len(units) + len(codings)
    return fitting > MOSTLY * len(texts) and any(_holds_numbers(place, below) for place in units)


def names_row(row: Sequence[Cell], headers: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row holds longer names of the columns: a text over every column of numbers, of which there are two."""
    if units_row(row, headers, below):
        return False
    numeric = [place for place in range(len(headers)) if _holds_numbers(place, below)]
    over = [row[place] for place in numeric if holds(row[place])]
    words = {cell.strip() for cell in over if isinstance(cell, str) and not is_number(cell) and not is_missing(cell)}
    return len(words) >= 2 and len(words) == len(over) >= MOSTLY * len(numeric) and max(map(len, words)) > 3


def _holds_numbers(place: int, rows: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    held = [row[place] for _, row in rows[:ROWS_LOOKED_AT] if holds(row[place])]
    return bool(held) and sum(map(is_number, held)) > 0.8 * len(held)


def with_units(headers: Sequence[str], row: Sequence[Cell]) -> tuple[str, ...]:
    """Each header with the unit under it in brackets, where it has no bracket of its own."""
    texts = [_plain(cell) if holds(cell) else "" for cell in row]
    return tuple(
        f"{header} ({text})" if header and _is_unit(text) and not re.search(r"[(\[（]", header) else header
        for header, text in zip(headers, texts, strict=False)
    )
