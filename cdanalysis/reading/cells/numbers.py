"""Text -> number: `<5`, `1,234.5`, `1.234,5`, `1 234`, `12%`, full-width digits; how a column writes them is decided once.

`1,234` alone can be 1234 or 1.234: the other cells of the column decide, else the file's decimal mark does.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from cdanalysis.reading.bytes.child import Cell

LIMITS = ("<", ">", "≤", "≥")
BELOW = "below the limit of detection, read as half the limit"
ABOVE = "above the limit of detection, read as the limit"
PERCENT = "with a percent sign, which was left out"
THOUSANDS = "with a mark between thousands"
COMMA = "with a decimal comma"
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_COMMON = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")  # nothing to decide, so most cells are done at once
_POINTED = re.compile(r"[0-9]+\.[0-9]+")
_COMMAS, _POINTS = re.compile("[,\uff0c]"), re.compile("[.\uff0e]")
LONG = 30
LARGEST = 1e100  # a number beyond it is no measurement, and its square no number
# The digits of a number as it may be grouped: the marks of thousands, then the decimal mark.
_GROUPED_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(?:[,' ]\d{3})+(?:\.\d+)?")
_GROUPED_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.' ]\d{3})+(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SHOWS_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:[. ']\d{3})+,\d+)")
_SHOWS_POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:[, ']\d{3})+\.\d+)")


def plain_number(cell: Cell, decimal_comma: bool = False) -> tuple[float | None, str]:
    """A cell's number and how it was taken, if not as it stands; None where it is no finite number."""
    if isinstance(cell, (bool, date, time, timedelta)) or cell is None:
        return None, ""
    if isinstance(cell, (int, float)):
        return (float(cell), "") if abs(cell) < LARGEST else (None, "")
    if len(cell) < LONG and (_COMMON.fullmatch(cell) or (not decimal_comma and _POINTED.fullmatch(cell))):
        return float(cell), ""
    limit, text, percent = _parted(cell)
    digits, how = _digits(text, decimal_comma)
    value = float(digits) if _PLAIN.fullmatch(digits) else math.inf
    if not abs(value) < LARGEST:
        return None, ""
    if limit:
        return (value / 2, BELOW) if limit in "<≤" else (value, ABOVE)
    return value, PERCENT if percent else how


def writes_comma(cells: Iterable[Cell], decimal_comma: bool) -> bool:
    """Whether a column's decimal mark is the comma: by the texts that can be one thing only, else as given."""
    held = [cell for cell in dict.fromkeys(cells) if isinstance(cell, str)]
    comma, point = _shows(held, _COMMAS, _SHOWS_COMMA), _shows(held, _POINTS, _SHOWS_POINT)
    return decimal_comma if comma == point else comma


def undecided(cells: Sequence[Cell]) -> list[str]:
    """The texts such as `1,234` of a column in which no other cell tells whether that is 1234 or 1.234."""
    held = [cell for cell in cells if isinstance(cell, str)]
    alike = list(dict.fromkeys(held))
    if _shows(alike, _COMMAS, _SHOWS_COMMA) or _shows(alike, _POINTS, _SHOWS_POINT):
        return []
    marked = (_parted(cell)[1] for cell in held if _COMMAS.search(cell) or _POINTS.search(cell))
    return [text for text in marked if _EITHER.fullmatch(text)]


def _shows(cells: Sequence[str], mark: re.Pattern[str], form: re.Pattern[str]) -> bool:
    """Whether a text with a mark can be one thing only; without the mark none is looked at."""
    return any(form.fullmatch(_parted(cell)[1]) for cell in cells if mark.search(cell))


def _parted(cell: str) -> tuple[str, str, bool]:
    """The sign of a limit, the number's own text, and whether a percent sign stood after it."""
    text = " ".join(unicodedata.normalize("NFKC", cell).replace("−", "-").replace("’", "'").split())
    limit = text[0] if text.startswith(LIMITS) else ""
    text = text[len(limit) :].lstrip("= ") if limit else text
    return limit, text.removesuffix("%").rstrip(), text.endswith("%")


def _digits(text: str, decimal_comma: bool) -> tuple[str, str]:
    """The text as Python writes numbers, and what had to be changed for it."""
    grouped = _GROUPED_COMMA if decimal_comma else _GROUPED_POINT
    other = _GROUPED_POINT if decimal_comma else _GROUPED_COMMA
    if grouped.fullmatch(text):
        return _ungrouped(text, decimal_comma), THOUSANDS
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), COMMA
    if other.fullmatch(text) and not _EITHER.fullmatch(text):
        return _ungrouped(text, not decimal_comma), THOUSANDS
    return text, ""


def _ungrouped(text: str, decimal_comma: bool) -> str:
    bare = text.replace(" ", "").replace("'", "")
    return bare.replace(".", "").replace(",", ".") if decimal_comma else bare.replace(",", "")
