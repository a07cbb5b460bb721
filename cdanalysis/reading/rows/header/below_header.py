"""Rows under the header that hold the units of the columns, or their longer names, in place of a patient."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.headers.header_words import OR, readings
from cdanalysis.reading.headers.units.unit_words import factor_of, known_unit
from cdanalysis.reading.rows.header.header_rows import holds, is_number
from cdanalysis.reading.rows.header.labels import with_labels
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

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
_TYPE_WORDS = """string str char character text varchar int integer float double numeric number num real factor logical bool
    boolean date datetime object category chr dbl fct lgl"""
TYPES = frozenset(_TYPE_WORDS.split())
LEAST_TYPES, LEAST_NUMBERED = 3, 4  # columns
MOSTLY = 0.5
ROWS_LOOKED_AT = 200
_BRACKET = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")


def below_header(table: RawSheet) -> RawSheet:
    """Without the rows of units and of longer names that stand under the header; a unit goes to its header."""
    if len(table.rows) < 2:
        return table
    kinds = (
        ("types", types_row, _as_it_is),
        ("numbers of the columns", numbers_row, _as_it_is),
        ("names", names_row, _with_names),
        ("units", units_row, with_units),
    )
    for what, fits, used in kinds:
        number, row = table.rows[0]
        if fits(row, table.headers, table.rows[1:]):
            said = left_out(table, number, f"a row of {what} under the header", row)
            table = replace(used(table, row), rows=table.rows[1:], faults=(*table.faults, said))
    return table


def _as_it_is(table: RawSheet, _row: Sequence[Cell]) -> RawSheet:
    return table


def _with_names(table: RawSheet, row: Sequence[Cell]) -> RawSheet:
    """The table headed by the names under its headers, where these say less, as by the labels of a statistical file."""
    names = tuple(" ".join(str(cell).split()) if holds(cell) else "" for cell in row[: len(table.headers)])
    return table if any(table.labels) else with_labels(replace(table, labels=names))


def _plain(cell: Cell) -> str:
    return str(cell).strip().strip("()[]（）").strip()


def _is_unit(text: str) -> bool:
    return bool(known_unit(text)) or bool(_UNIT.fullmatch(text))


def units_row(row: Sequence[Cell], headers: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row holds units: none of its cells a number, most of them units or codings, and one over numbers a unit."""
    held = {place: cell for place, cell in enumerate(row[: len(headers)]) if holds(cell)}
    if not all(isinstance(cell, str) for cell in held.values()):
        return False
    texts = {place: _plain(cell) for place, cell in held.items()}
    units = [place for place, text in texts.items() if _is_unit(text)]
    others = [text for place, text in texts.items() if place not in units]
    codings = [text for text in others if _CODING.fullmatch(text)]
    if len(texts) < 2 or any(is_number(text) for text in others if text not in codings):
        return False
    fitting = len(units) + len(codings)
    return fitting > MOSTLY * len(texts) and any(_holds_numbers(place, below) for place in units)


def names_row(row: Sequence[Cell], headers: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row holds longer names of the columns: a text over every column of numbers, of which there are two."""
    numbers = (place for place, cell in enumerate(row[: len(headers)]) if holds(cell) and is_number(cell))
    if any(_holds_numbers(place, below) for place in numbers) or units_row(row, headers, below):
        return False
    numeric = [place for place in range(len(headers)) if _holds_numbers(place, below)]
    over = [row[place] for place in numeric if holds(row[place])]
    words = {cell.strip() for cell in over if isinstance(cell, str) and not is_number(cell) and not is_missing(cell)}
    return len(words) >= 2 and len(words) == len(over) >= MOSTLY * len(numeric) and max(map(len, words)) > 3


def types_row(row: Sequence[Cell], headers: Sequence[str], _below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row names the type of every column, as a database writes it: `string`, `int`, `<chr>`."""
    held = [_plain(cell).strip("<>").casefold() for cell in row[: len(headers)] if holds(cell)]
    return len(held) >= LEAST_TYPES and all(one in TYPES for one in held)


def numbers_row(row: Sequence[Cell], headers: Sequence[str], _below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3, ... in their order."""
    texts = [_plain(cell).removesuffix(".0") for cell in row[: len(headers)] if cell is not None]
    return len(texts) == len(headers) >= LEAST_NUMBERED and texts == [str(place) for place in range(1, len(texts) + 1)]


def _holds_numbers(place: int, rows: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    held = [row[place] for _, row in rows[:ROWS_LOOKED_AT] if holds(row[place])]
    return bool(held) and sum(map(is_number, held)) > 0.8 * len(held)


def with_units(table: RawSheet, row: Sequence[Cell]) -> RawSheet:
    """The table, each header with the unit under it in brackets; with both where its own is another one of the same."""
    texts = [_plain(cell) if holds(cell) else "" for cell in row]
    headers = tuple(
        _with_unit(header, text) if header and _is_unit(text) else header
        for header, text in zip(table.headers, texts, strict=False)
    )
    return replace(table, headers=headers)


def _with_unit(header: str, unit: str) -> str:
    stated = next((way for way in readings(header) if known_unit(way.unit)), None)
    if stated is None:
        return f"{header} ({unit})"
    if factor_of(known_unit(stated.unit), unit) in (None, 1.0):
        return header
    bare = _BRACKET.sub("", header).strip() if stated.proven else stated.words
    return f"{bare} ({stated.unit}{OR}{unit})"


def left_out(table: RawSheet, number: int, what: str, row: Sequence[Cell]) -> Fault:
    """Said of a row, by its number in the sheet, that is left out."""
    first = first_of(row)
    return warned(table.name, f"{first}: {what}, left out", "one row per patient", row=number)


def first_of(row: Sequence[Cell]) -> str:
    """What a row begins with, shortened."""
    text = " ".join(str(next((cell for cell in row if cell is not None), "")).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
