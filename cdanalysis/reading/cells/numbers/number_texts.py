"""Text -> number: `<5`, `1,234.5`, `1.234,5`, `1 234`, `12%`, `3·1`, `2x10^5`, full-width digits; how a column writes them is
decided once. A mark beside a number, `12*`, `76²`, `↑27`, is no part of it.

`1,234` alone can be 1234 or 1.234: the other cells of the column decide, else the file's decimal mark does.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.numbers.fractions import with_decimals

LIMITS = ("<", ">", "≤", "≥")
BELOW = "below the limit of detection, read as half the limit"
ABOVE = "above the limit of detection, read as the limit"
PERCENT = "with a percent sign, which was left out"
THOUSANDS = "with a mark between thousands"
COMMA = "with a decimal comma"
MARKED = "with a mark beside the number (such as *, ↑ or ²), which was left out"
POWER = "written as a power of ten"
ABOUT = "about that much (such as ~5 or ca. 5), read as that"
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_COMMON = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")  # nothing to decide, so most cells are done at once
_POINTED = re.compile(r"[0-9]+\.[0-9]+")
_COMMAS, _POINTS = re.compile("[,\uff0c]"), re.compile("[.\uff0e]")
MARK = "\x1a"  # in place of a raised figure: what is no digit
_WRITTEN = str.maketrans("−–‒’", "---'")
LONG, LONGEST = 30, 60
LARGEST = 1e100  # a number beyond it is no measurement, and its square no number
# The digits of a number as it may be grouped: the marks of thousands, then the decimal mark.
_GROUPED_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(?:[,' ]\d{3})+(?:\.\d+)?")
_GROUPED_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.' ]\d{3})+(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_LAKHS = re.compile(r"[+-]?\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?")  # as India groups them
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
# What stands beside a number and is no part of it: a raised figure, a footnote's star, an arrow.
_RAISED = re.compile(r"(?<=[\d.,])(?<!10)[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?=\D*$)")
_BEHIND = re.compile(r"(?<=[\d.,])\s*(?:[*†‡§#↑↓⬆⬇▲▼!]+|\((?:\*+|[HLhl+]|high|low|[↑↓])\))$")
_BEFORE = re.compile(r"^[↑↓⬆⬇▲▼]\s*(?=[\d<>.])")
_FLAG = re.compile(r"(?<=\d)\s*[HL]$")  # of a laboratory: high, low
_WORDED = re.compile(
    r"^\(?\s*(?:(below|less than|under|lower than|unter|kleiner als|moins de|inférieur à|menos de|meno di|小于|低于)|"
    r"(above|more than|over|greater than|higher than|über|größer als|plus de|más de|più di|大于|高于))\s*(?=\d)",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset("abceghiklmoruzABCEGHIKLMORUZ")  # of those words, and of those for about
_ABOUT = re.compile(
    r"^\(?\s*(?:[~∼≈～≃]|c\.(?=\s*\d)|(?:c\.?\s?a|circa|zirka|approx|approximately|about|around|roughly|etwa|ungefähr|environ|env|aprox|"
    r"aproximadamente|ongeveer|около|大约|约|約)\.?(?![^\W\d_]))\s*(?=[\d<>])|"
    r"(?<=\d)\s*(?:\(\s*)?(?:approx|approximately|circa|c\.?a|estimated|est|geschätzt|左右)\.?\s*\)?$",
    re.IGNORECASE,
)
_POWER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s?(?:[x×*·]\s?10\s?(?:\^|\*\*|e)|e)\s*([+-]?\d{1,2})", re.IGNORECASE)
_POWERS = re.compile(r"(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_MIDDLE = re.compile("(?<=\\d)[·∙‧・](?=\\d)")  # 3·1
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
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
    if len(cell) > LONGEST or _is_word(cell):
        return None, ""
    cell = with_decimals(cell)
    limit, text, percent = _parted(cell)
    digits, how = _digits(text, decimal_comma)
    if not _PLAIN.fullmatch(digits):
        bare, why = _bare(cell)
        return (None, "") if bare == cell else _told(plain_number(bare, decimal_comma), why)
    value = float(digits)
    if not abs(value) < LARGEST:
        return None, ""
    if limit:
        return (value / 2, BELOW) if limit in "<≤" else (value, ABOVE)
    return value, PERCENT if percent else how


def limit_of(how: str, value: float) -> tuple[bool, float] | None:
    """Whether a number taken so stands for a value below a limit, and the limit; None of one that stands for itself."""
    if BELOW in how:
        return True, 2 * value
    return (False, value) if ABOVE in how else None


def flagged_number(cell: Cell, decimal_comma: bool = False) -> tuple[float | None, str]:
    """The number of a cell with a laboratory's flag behind it, `27.4 H`, which elsewhere may be a unit."""
    if not isinstance(cell, str) or cell.rstrip()[-1:] not in ("H", "L") or _is_word(cell):
        return None, ""
    bare = _FLAG.sub("", cell.strip())
    return (None, "") if bare == cell else _told(plain_number(bare, decimal_comma), MARKED)


def number_or_flagged(cell: Cell, decimal_comma: bool = False) -> tuple[float | None, str]:
    """As `plain_number`, also with a laboratory's flag behind the number."""
    plain = plain_number(cell, decimal_comma)
    return plain if plain[0] is not None else flagged_number(cell, decimal_comma)


def _is_word(cell: str) -> bool:
    """Whether a text begins with a letter with which no word of a limit begins: most texts are told by it."""
    return cell[:1].isascii() and cell[:1].isalpha() and cell[:1] not in _BEGINNINGS


def _told(read: tuple[float | None, str], why: str) -> tuple[float | None, str]:
    """A number and how it was taken: also for another reason."""
    number, how = read
    return number, "" if number is None else ", ".join(dict.fromkeys(filter(None, (how, why))))


def is_limit(cell: Cell) -> bool:
    """Whether a text begins as a limit does: `<40`, `under 40`."""
    return isinstance(cell, str) and (cell.strip()[:1] in LIMITS or _WORDED.match(cell.strip()) is not None)


def _bare(cell: str) -> tuple[str, str]:
    """The text without what is written beside a number, and what that was; itself where nothing is."""
    text = cell.strip()
    if found := _WORDED.match(text):
        return f"{'<' if found[1] else '>'}{text[found.end() :].rstrip(') ')}", ""
    if text[:1] == "(" and text[-1:] == ")" and text[1:2] in ("<", ">", "≤", "≥"):
        return text[1:-1], ""
    powered = _POWERS.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    if found := _POWER.fullmatch(powered.replace("−", "-")):
        return f"{found[1]}e{found[2]}", POWER
    bare = _BEFORE.sub("", _BEHIND.sub("", _RAISED.sub("", text)))
    if bare == text and (bare := about_that_much(text)) != text:
        return bare, ABOUT
    return (bare, MARKED) if bare != text else (cell, "")


def about_that_much(text: str) -> str:
    """The text without what says that its number is about right: `~5`, `ca. 5`, `5 (approx)`."""
    return _ABOUT.sub("", text).rstrip(" )") if _ABOUT.search(text) else text


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
    text = cell
    if not cell.isascii():
        kept = _RAISED.sub(MARK, _POWERS.sub(MARK, _UNSEEN.sub("", _MIDDLE.sub(".", cell))))
        text = unicodedata.normalize("NFKC", kept).translate(_WRITTEN)
    text = " ".join(text.split())
    limit = text[0] if text.startswith(LIMITS) else ""
    text = text[len(limit) :].lstrip("= ") if limit else text
    return limit, text.removesuffix("%").rstrip(), text.endswith("%")


def _digits(text: str, decimal_comma: bool) -> tuple[str, str]:
    """The text as Python writes numbers, and what had to be changed for it."""
    if _LAKHS.fullmatch(text):
        return text.replace(",", ""), THOUSANDS
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
