"""What codes mean, where the file says it beside its table: a sheet of variables with their values, or a note below the rows.

`variable | value | label`, `variable | 1 = censored, 2 = dead`, REDCap's `0, No | 1, Yes`, or a note `status: 1 = censored, 2 =
dead`. Each goes into the header of its column, as one would write it there: `status (1 = censored, 2 = dead)`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.header_words import legend, readings
from cdanalysis.reading.headers.units.unit_words import known_unit, normalised
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import warned

NAMES = words_of(
    "variable|variable name|variables|field|field name|variable field name|item|column|column name|name|merkmal|spalte|"
    "variabele|variabile|nombre de variable|nom de la variable|变量|变量名|变量名称|字段"
)
VALUES = words_of("value|values|code|codes|level|wert|werte|kode|valeur|valor|valore|waarde|取值|编码|代码")
LABELS = words_of(
    "label|labels|value label|meaning|description|bedeutung|beschreibung|libellé|signification|significado|etiqueta|significato|"
    "betekenis|含义|标签|说明"
)
UNITS = words_of("unit|units|einheit|einheiten|unité|unités|unidad|unità|eenheid|单位")
NOTHING = words_of(
    "missing|missing value|missing values|missing code|missing codes|na code|fehlend|fehlende werte|valeur manquante|缺失值|缺失"
)
MOST_CODES, LEAST_CODES = 12, 2
MOST_ROWS = 2_000
_NOTE = re.compile(r"\s*(.{1,60}?)\s*(?:[:：]|[-–—]|\s)\s*[(（]?(-?\d{1,2}\s*[=:：].+?)[)）]?\s*")
_UNIT_BEHIND = re.compile(
    r"(?:[,;(\[]|\b(?:in|unit|units|en|einheit)\b:?)\s*([^,;()\[\]]{1,20}?)\s*[)\]]?\s*$", re.IGNORECASE
)
_CHOICE = re.compile(r"\s*(-?\d{1,3})\s*,\s*([^|]+?)\s*")
Codes = dict[str, dict[str, str]]


def with_codebook(tables: Sequence[RawSheet]) -> list[RawSheet]:
    """The tables, each header of codes with what they mean, where a sheet or a note of the file says it."""
    told: Codes = {}
    for table in tables:
        for name, code, meaning in (*_of_sheet(table), *_of_notes(table)):
            told.setdefault(name, {})[code] = meaning
    known = {name: codes for name, codes in told.items() if LEAST_CODES <= len(codes) <= MOST_CODES}
    units = {name: unit for table in tables for name, text in _beside(table, LABELS) if (unit := _unit_behind(text))}
    units |= {name: unit for table in tables for name, unit in _beside(table, UNITS) if known_unit(unit)}
    nothing = {name: code for table in tables for name, code in _beside(table, NOTHING)}
    tables = [_without(table, nothing) for table in tables] if nothing else tables
    return [_told(table, known, units) for table in tables] if known or units else list(tables)


def _of_sheet(table: RawSheet) -> Iterator[tuple[str, str, str]]:
    """Variable, code and meaning, row by row, of a sheet that lists variables; a name stands for the rows below it too."""
    words = [normalised(header) for header in table.headers]
    place = next((at for at, word in enumerate(words) if word in NAMES), None)
    if place is None or len(table.rows) > MOST_ROWS:
        return
    value, label = (next((at for at, word in enumerate(words) if word in of), None) for of in (VALUES, LABELS))
    name = ""
    for _, row in table.rows:
        name = normalised(identity(row[place])) if holds(row[place]) else name
        code = _code(row[value]) if value is not None else ""
        if code and label is not None and holds(row[label]):
            yield name, code, identity(row[label])
            continue
        for cell in row[: len(words)]:
            yield from ((name, one, meaning) for one, meaning in _choices(cell).items())


def _beside(table: RawSheet, words: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Variable and what its row holds under one of the words, of a sheet that lists variables."""
    headers = [normalised(header) for header in table.headers]
    name, place = (next((at for at, header in enumerate(headers) if header in of), None) for of in (NAMES, words))
    if name is None or place is None or len(table.rows) > MOST_ROWS:
        return
    for _, row in table.rows:
        if holds(row[name]) and holds(row[place]):
            yield normalised(identity(row[name])), identity(row[place])


def _unit_behind(text: str) -> str:
    """The unit at the end of a description, `overall survival in days`, `C-reactive protein, mg/dL`; empty where none is."""
    found = _UNIT_BEHIND.search(text)
    return found[1] if found and known_unit(found[1]) else ""


def _without(table: RawSheet, nothing: Mapping[str, str]) -> RawSheet:
    """The table without the codes for missing that the file's own list names: one or several, `-9; 99`."""
    names = table.labels or ("",) * len(table.headers)
    codes = [
        {*re.split(r"\s*[;,|/]\s*", nothing.get(normalised(header)) or nothing.get(normalised(name)) or "")} - {""}
        for header, name in zip(table.headers, names, strict=True)
    ]
    counted = [sum(holds(row[place]) and identity(row[place]) in of for _, row in table.rows) if of else 0
               for place, of in enumerate(codes)]  # fmt: skip
    if not any(counted) or any(normalised(header) in NAMES for header in table.headers):
        return table
    rows = tuple(
        (number, tuple(None if place < len(codes) and codes[place] and holds(cell) and identity(cell) in codes[place] else cell
                       for place, cell in enumerate(row)))
        for number, row in table.rows
    )  # fmt: skip
    said = (
        warned(
            table.name,
            f"{n} × {' or '.join(sorted(of))}, missing by the file's own list",
            "an empty cell",
            column=header,
        )
        for header, of, n in zip(table.headers, codes, counted, strict=True)
        if n
    )
    return replace(table, rows=rows, faults=(*table.faults, *said))


def _of_notes(table: RawSheet) -> Iterator[tuple[str, str, str]]:
    """The codes of the notes among the rows: one cell that names a column and what its codes mean."""
    headers = {normalised(header) for header in table.headers}
    for _, row in reversed(table.rows):
        held = [cell for cell in row if holds(cell)]
        if len(held) > 1:
            return
        found = _NOTE.fullmatch(held[0]) if held and isinstance(held[0], str) else None
        if found and normalised(found[1]) in headers:
            yield from ((normalised(found[1]), code, meaning) for code, meaning in legend(found[2]).items())


def _code(cell: Cell) -> str:
    """A whole number as text; empty of any other cell."""
    text = identity(cell) if holds(cell) else ""
    return text.removesuffix(".0") if re.fullmatch(r"-?\d{1,3}(?:\.0)?", text) else ""


def _choices(cell: Cell) -> dict[str, str]:
    """`1 = censored, 2 = dead` or `0, No | 1, Yes` as code -> meaning; empty of any other cell."""
    if not isinstance(cell, str):
        return {}
    parts = [_CHOICE.fullmatch(part) for part in cell.split("|")]
    if len(parts) >= LEAST_CODES and all(parts):
        return {part[1]: part[2] for part in parts if part}
    found = legend(cell)
    return found if len(found) >= LEAST_CODES else {}


def _told(table: RawSheet, known: Codes, units: Mapping[str, str]) -> RawSheet:
    names = table.labels or ("",) * len(table.headers)
    headers = []
    for header, name in zip(table.headers, names, strict=True):
        keys = normalised(header), normalised(name)
        unit = next((units[key] for key in keys if units.get(key)), "")
        codes = next((known[key] for key in keys if known.get(key)), {})
        headers.append(_measured(header, unit) if unit else _headed(header, codes))
    changed = [old for old, new in zip(table.headers, headers, strict=True) if old != new]
    if not changed:
        return table
    said = warned(
        table.name,
        f"what the codes or the unit of {', '.join(changed)} are, taken from the file's own list",
        "codes and units in the header",
    )
    return replace(table, headers=tuple(headers), faults=(*table.faults, said))


def _measured(header: str, unit: str) -> str:
    """The header with its unit in brackets, unless it states one."""
    return header if any(way.unit for way in readings(header)) else f"{header} ({unit})"


def _headed(header: str, codes: dict[str, str]) -> str:
    """The header with its codes in brackets, if they can be read there again."""
    plain = {code: " ".join(re.sub(r"[^\w\s-]|\d", " ", meaning).split()) for code, meaning in codes.items()}
    told = f"{header} ({', '.join(f'{code} = {meaning}' for code, meaning in plain.items())})"
    return told if codes and not legend(header) and len(legend(told)) == len(plain) else header
