"""A number with its unit in the cell: `33岁`, `12 mg/dL`, `<5 mg/L`, `18 Monate`, `2 years 3 months`, `1y6m`."""

import re
from collections.abc import Sequence

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import ABOUT, Cell, about_that_much, plain_number
from cdanalysis.reading.headers.units.unit_words import LASTING, factor_of, factors_of, known_unit
from cdanalysis.reading.questions import ColumnAsking
from cdanalysis.results import Fault

OF_TIMES = "months"  # the unit of a time; `M45` under the age is a man
IN_CELL = "with its unit in the cell"
LONGEST = 60  # characters: a longer text is a remark
_QUANTITY = re.compile(r"([<>≤≥＜＞]?=?\s*[-+−]?[\d０-９][\d０-９.,'’ ]*?)\s*([^\d\s.,'０-９].*)")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\.?")
# `P450D`, `P1Y2M`, `PT36H`, as ISO 8601 writes a duration, and the words for its letters.
_ISO = re.compile(r"P(?=.*\d)((?:\d+(?:[.,]\d+)?[YMWD])*)(?:T((?:\d+(?:[.,]\d+)?[HMS])*))?", re.IGNORECASE)
# As R and pandas print a duration: `Time difference of 693 days`, `693 days 00:00:00`.
_PRINTED = re.compile(
    r"(?:time difference of )?(\d[\d.]* (?:days?|weeks?|hours?))(?: 00:00:00(?:\.0+)?)?", re.IGNORECASE
)
_UNIT_FIRST = re.compile(r"([^\W\d_]+)\.?\s*(\d+(?:[.,]\d+)?)")  # `week 14`, `M6`
_SHORT = {"m": "months", "w": "weeks", "d": "days", "y": "years"}
_LETTERS = {"Y": " years ", "M": " months ", "W": " weeks ", "D": " days "}
_BETWEEN = re.compile(r"(?:\s|,|;|&|\band\b|\bund\b|又|零|\bet\b)*")


def with_unit(
    cell: str, spec: ColumnSpec, decimal_comma: bool, known: dict[str, float | None] | None = None
) -> tuple[float | None, str]:
    """The number of a cell in the column's unit, and how it was taken; None where its unit is not known.

    known: the factors of units that other cells of the column stated.
    """
    known, cell = {} if known is None else known, _in_words(cell)
    if len(cell) > LONGEST:
        return None, ""
    if (bare := about_that_much(cell.strip())) != cell.strip():
        value, how = with_unit(bare, spec, decimal_comma, known)
        return value, "" if value is None else f"{how}, {ABOUT}"
    if found := _QUANTITY.fullmatch(cell.strip()):
        value, how = plain_number(found[1], decimal_comma)
        unit = found[2].strip("()[] ")
        unit = _SHORT.get(unit.casefold(), unit) if spec.unit == OF_TIMES else unit
        if unit not in known:
            known[unit] = factor_of(spec, unit)
        factor = known[unit]
        if value is not None and factor is not None:
            return value * factor, ", ".join(filter(None, (how, _how(spec, unit, factor))))
    if spec.unit == OF_TIMES and (turned := unit_behind(cell)):
        return with_unit(turned, spec, decimal_comma, known)
    lasting = duration(cell, spec.unit)
    return lasting, "a duration in several units, added up" if lasting is not None else ""


def _in_words(cell: str) -> str:
    """`P1Y2M` as `1 years 2 months`; the hours of a day only where they are whole; another text as it is."""
    if printed := _PRINTED.fullmatch(cell.strip()):
        return printed[1]
    found = _ISO.fullmatch(cell.strip())
    if not found or re.search("[MS]", found[2] or "", re.IGNORECASE):
        return cell
    spread = re.sub("[YMWD]", lambda letter: _LETTERS[letter[0]], found[1].upper())
    parts = [part for part in re.findall(r"(\S+) (\w+)", f"{spread} {(found[2] or '').upper().replace('H', ' hours')}")]
    held = [f"{number} {unit}" for number, unit in parts if float(number.replace(",", "."))]
    return " ".join(held) or f"0 {parts[-1][1]}"


def with_units_beside(
    spec: ColumnSpec, cells: Sequence[Cell], units: Sequence[Cell], about: ColumnAsking
) -> tuple[list[Cell], list[Fault]]:
    """The cells of a column with the units that the column of units beside it holds; a number without one is left out."""
    texts = ["" if is_missing(unit) else str(unit).strip() for unit in units]
    held = [(cell, text) for cell, text in zip(cells, texts, strict=True) if not is_missing(cell)]
    meant = _meant(spec, {text for _, text in held}, about)
    told: list[Cell] = [
        f"{cell} {meant[text]}" if not is_missing(cell) and meant.get(text) else None
        for cell, text in zip(cells, texts, strict=True)
    ]
    n = sum(not text for _, text in held)
    found = f"{n} × a value without its unit in {about.column}"
    return told, [Fault(spec.sheet, None, spec.name, found, "a unit beside each value")] if n else []


def _meant(spec: ColumnSpec, texts: set[str], about: ColumnAsking) -> dict[str, str]:
    """Text of a unit -> the unit; none while it is asked what a text means."""
    meant = {text: known_unit(text, spec.unit) if factor_of(spec, text) is not None else "" for text in texts if text}
    unknown = sorted(text for text, unit in meant.items() if not unit)
    if unknown:
        text = f"the unit {' or '.join(map(repr, unknown))} is not known. In which unit are these values?"
        answer = about.ask("unit", text, tuple(factors_of(spec)), "left out until then")
        meant |= dict.fromkeys(unknown, answer or "")
    return meant


def _how(spec: ColumnSpec, unit: str, factor: float) -> str:
    return IN_CELL if factor == 1 else f"{IN_CELL}, converted from {known_unit(unit, spec.unit)} to {spec.unit}"


def duration(text: str, unit: str) -> float | None:
    """`2 years 3 months` in a unit of time; None where it is no such text, or the unit is not one of time."""
    parts = list(_PART.finditer(text)) if unit in LASTING else []
    if len(parts) < 2 or not _BETWEEN.fullmatch(_PART.sub("", text)):
        return None
    lasting = [LASTING.get(_unit_of(part[2], n > 0), 0.0) for n, part in enumerate(parts)]
    if not all(lasting) or sorted(lasting, reverse=True) != lasting or len(set(lasting)) < len(lasting):
        return None
    days = sum(float(part[1].replace(",", ".")) * one for part, one in zip(parts, lasting, strict=True))
    return days / LASTING[unit]


def is_lasting(cell: Cell) -> bool:
    """Whether a cell is a number with a unit of time behind it, `460 days`, or a duration in several: `12w3d`, `P450D`."""
    if not isinstance(cell, str):
        return False
    found = _PART.fullmatch(_in_words(cell).strip())
    if found is None:
        return duration(cell, OF_TIMES) is not None
    return known_unit(found[2]) in LASTING or found[2].casefold() in _SHORT


def unit_behind(text: str) -> str:
    """`14 weeks` of a time whose unit stands first, `week 14`, `W14`; empty of any other text."""
    found = _UNIT_FIRST.fullmatch(text.strip())
    word = _SHORT.get(found[1].casefold(), known_unit(found[1])) if found else ""
    return f"{found[2]} {word}" if found and word in LASTING else ""


def half_a_unit(cell: Cell) -> float:
    """Days of half a unit of the last digit of a duration with its units: `2 years 3 months`, `18.5 mo`; 0 of any other cell."""
    cell = unit_behind(cell) or _in_words(cell) if isinstance(cell, str) else cell
    parts = list(_PART.finditer(cell)) if isinstance(cell, str) else []
    if not parts or not isinstance(cell, str) or not _BETWEEN.fullmatch(_PART.sub("", cell)):
        return 0.0
    number, word = parts[-1].groups()
    lasting = LASTING.get(_unit_of(word, len(parts) > 1), 0.0)
    decimals = len(number.replace(",", ".").partition(".")[2])
    return 0.5 * lasting * 10.0**-decimals if lasting > 1 else 0.0


def _unit_of(word: str, after_years: bool) -> str:
    """A unit of time; `m` after the years is months."""
    short = word.casefold()
    return _SHORT[short] if short == "w" or (after_years and short == "m") else known_unit(word)
